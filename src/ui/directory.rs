//! The expertise directory: search, facets, and the list of colleagues.

use super::attribute::Attribute as A;
use super::context::Context;
use super::deed::Deed;
use super::element::{Element, button, div, element, p, span};
use super::listener::{When, Words};
use super::local::{Piece, local};
use super::{icon, notice};
use crate::backend::Operation;
use crate::i18n::Message as M;
use crate::store::{AskEdit, Loading, Surface, View};
use yew::Html;

/// The directory.
pub(super) fn screen(context: &Context, surface: &Surface) -> Element {
    let state = &context.state;
    let view = &surface.directory;
    let here = state.directory.index.len();
    let (found, partial) = view
        .results
        .as_ref()
        .map_or((0, false), |r| (r.hits.len(), r.partial));
    let asks_something = !view.query.text.trim().is_empty() || view.chosen() > 0;
    let component = |there: bool, key: &str, piece| {
        if there {
            local(context, key, piece)
        } else {
            Html::default()
        }
    };
    let broken = match &state.directory.loading {
        Loading::Failed(error) => Some(notice::broken(context, error)),
        _ => None,
    };
    let status = p("found").id("found").is(A::Role, "status");
    let results = div("results")
        .part("result")
        .child(status.text(&summary(context, found, here, asks_something)))
        .maybe((partial && found > 0).then(|| p("hint").say(context, M::PartialMatch)))
        .maybe(
            (state.directory.loading == Loading::Cut).then(|| p("hint").say(context, M::PeopleCut)),
        )
        .component(component(found > 0, "people", Piece::People))
        .maybe(if found > 0 {
            None
        } else {
            nobody(context, surface, here, asks_something)
        })
        .maybe(broken);
    element("section", "directory")
        .child(search(context, surface, asks_something))
        .component(component(here > 0, "facets", Piece::Facets))
        .child(results)
}

fn search(context: &Context, surface: &Surface, asks_something: bool) -> Element {
    let input = element("input", "")
        .id("q")
        .is(A::Type, "search")
        .is(A::EnterKeyHint, "search")
        .is(A::AutoComplete, "off")
        .is(A::SpellCheck, "false")
        .set(A::Placeholder, context.text(M::SearchHint))
        .value(&surface.directory.query.text)
        .is(A::MaxLength, "200")
        .on(When::Input, Words::Search.then(context))
        .focus_here()
        .is(A::AriaDescribedBy, "found");
    // What it controls is named only while it is there.
    let found = surface
        .directory
        .results
        .as_ref()
        .is_some_and(|r| !r.hits.is_empty());
    let input = if found {
        input.is(A::AriaControls, "people")
    } else {
        input
    };
    div("search")
        .part("search")
        .is(A::Role, "search")
        .child(
            element("label", "sr")
                .is(A::For, "q")
                .say(context, M::SearchLabel),
        )
        .child(span("search-icon").icon(icon::SEARCH))
        .child(input)
        .maybe(asks_something.then(|| {
            button("quiet icon")
                .label(context, M::ClearSearch)
                .act(context, Deed::ClearSearch)
                .icon(icon::CLOSE)
        }))
}

fn summary(context: &Context, found: usize, here: usize, asks: bool) -> String {
    let language = context.language();
    match context.state.directory.loading {
        Loading::Arriving { .. } if here == 0 => String::new(),
        Loading::Arriving { total } => {
            let n = language.number(here as u64);
            match total {
                Some(total) => {
                    let total = language.number(total);
                    context.fill(M::PeopleLoading, &[("n", &n), ("total", &total)])
                }
                None => context.fill(M::PeopleLoadingOpen, &[("n", &n)]),
            }
        }
        _ if found == 0 && !asks => String::new(),
        _ => language.count(M::PeopleOne, M::PeopleOther, found as u64),
    }
}

/// What stands in place of the list.
fn nobody(context: &Context, surface: &Surface, here: usize, asks: bool) -> Option<Element> {
    let state = &context.state;
    let empty = |heading, hint| notice::empty(context.text(heading), context.text(hint));
    Some(match context.state.directory.loading {
        Loading::Failed(_) => return None,
        Loading::NotAsked | Loading::Arriving { .. } if here == 0 => notice::loading(context, 6),
        _ if !asks && !state.supports(Operation::PeopleList) => {
            empty(M::SearchLabel, M::SearchHint)
        }
        Loading::Arriving { .. } if !state.supports(Operation::PeopleList) => {
            notice::loading(context, 6)
        }
        _ if asks && (here > 0 || !state.supports(Operation::PeopleList)) => {
            let ask = button("button primary")
                .ask(
                    context,
                    AskEdit::AddSkill(surface.directory.query.text.clone()),
                )
                .go(context, View::Ask)
                .say(context, M::AskEveryone);
            let clear = button("button")
                .act(context, Deed::ClearSearch)
                .say(context, M::ClearSearch);
            let ask = state.shows(&View::Ask).then_some(ask);
            empty(M::NobodyFound, M::NobodyFoundHint).child(div("row").maybe(ask).child(clear))
        }
        _ => empty(M::EmptyDirectory, M::EmptyDirectoryHint),
    })
}
