//! "Where you can help": questions put to oneself, then those on what one knows, each with the
//! reason why it is here.

use super::context::Context;
use super::mine::{ending, line, more};
use super::notice;
use crate::exchange::{InviteReason, inbox};
use crate::i18n::Message as M;
use crate::store::{ListName, Thread, invite_words};
use yew::prelude::*;

/// The list.
pub(super) fn screen(context: &Context) -> Html {
    let state = &context.state;
    let threads: Vec<&Thread> = state.listed(ListName::Inbox).collect();
    let invitations = state.my_self().map_or_else(Vec::new, |me| {
        inbox(me, threads.iter().map(|t| t.request.as_ref()))
    });
    let of = |by_name: bool| {
        invitations
            .iter()
            .filter(move |i| (i.why == InviteReason::AskedByName) == by_name)
            .filter_map(|i| Some((state.requests.get(&i.request)?, &i.why)))
            .collect::<Vec<_>>()
    };
    let group = |heading: M, items: &[(&Thread, &InviteReason)]| {
        if items.is_empty() {
            return Html::default();
        }
        html! {
            <section class="group">
                <h4>{ context.text(heading) }</h4>
                <ul class="requests">
                    { for items.iter().map(|(t, why)| line(context, t, Some(invite_words(context.language(), why)))) }
                </ul>
            </section>
        }
    };
    let list = state.list(ListName::Inbox);
    html! {
        <section class="list">
            <h3 tabindex="-1" data-focus="">{ context.text(M::InboxHeading) }</h3>
            { group(M::GroupByName, &of(true)) }
            { group(M::GroupBySkill, &of(false)) }
            { ending(context, ListName::Inbox, invitations.is_empty(), || notice::empty(
                context.text(M::InboxEmpty),
                context.text(M::InboxEmptyHint),
                Html::default(),
            )) }
            if list.next.is_some() { { more(context, ListName::Inbox) } }
        </section>
    }
}
