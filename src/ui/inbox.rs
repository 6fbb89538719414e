//! "Where you can help": questions put to oneself, then those on what one knows, each with the
//! reason why it is here.

use super::context::Context;
use super::element::{Element, element};
use super::mine::{ended, line, list_screen, section};
use super::notice;
use crate::exchange::InviteReason;
use crate::i18n::Message as M;
use crate::store::{ListName, invite_words};

/// The list.
pub(super) fn screen(context: &Context) -> Element {
    let state = &context.state;
    let invitations = state.invitations();
    let mut screen = list_screen(context, M::InboxHeading);
    for (heading, by_name) in [(M::GroupByName, true), (M::GroupBySkill, false)] {
        let (mut list, mut some) = (element("ul", "requests"), false);
        for invitation in &invitations {
            let Some(thread) = state.requests.get(&invitation.request) else {
                continue;
            };
            if (invitation.why == InviteReason::AskedByName) == by_name {
                let why = invite_words(context.language(), &invitation.why);
                list = list.child(line(context, thread, Some(why)));
                some = true;
            }
        }
        screen = screen.maybe(some.then(|| section(context, heading, list)));
    }
    let empty = invitations
        .is_empty()
        .then(|| notice::empty(context.text(M::InboxEmpty), context.text(M::InboxEmptyHint)));
    ended(screen, context, ListName::Inbox, empty)
}
