//! The expertise directory: search, facets, and the list of colleagues.

use super::context::Context;
use super::facets::{Facets, FacetsProps};
use super::people_list::{PeopleList, PeopleListProps};
use super::{field, icon, notice};
use crate::i18n::Message as M;
use crate::store::{Action, AskEdit, Loading, Surface, View};
use yew::prelude::*;

/// The directory.
pub(super) fn screen(context: &Context, surface: &Surface) -> Html {
    let state = &context.state;
    let view = &surface.directory;
    let here = state.directory.index.len();
    let found = view.results.as_ref().map_or(0, |r| r.hits.len());
    let id = surface.id;
    let oninput = {
        let dispatch = context.dispatch.clone();
        Callback::from(move |e: InputEvent| {
            dispatch.emit(Action::Search { surface: id, text: field::typed(&e) });
        })
    };
    let asks_something = !view.query.text.trim().is_empty() || view.chosen() > 0;
    html! {
        <section class="directory">
            <div class="search" part="search" role="search">
                <label class="sr" for="q">{ context.text(M::SearchLabel) }</label>
                <span class="search-icon">{ icon::search() }</span>
                <input id="q" type="search" enterkeyhint="search" autocomplete="off" spellcheck="false"
                    placeholder={context.text(M::SearchHint)} value={view.query.text.clone()}
                    maxlength="200" {oninput} data-focus="" aria-describedby="found" aria-controls="people" />
                if asks_something {
                    <button class="quiet icon" type="button" aria-label={context.text(M::ClearSearch)}
                        onclick={context.on(Action::ClearSearch(id))}>{ icon::close() }</button>
                }
            </div>
            if here > 0 {
                <Facets ..FacetsProps { context: context.clone() } />
            }
            <div class="results" part="result">
                <p class="found" id="found" role="status">{ summary(context, found, here, asks_something) }</p>
                if view.results.as_ref().is_some_and(|r| r.partial) && found > 0 {
                    <p class="hint">{ context.text(M::PartialMatch) }</p>
                }
                if found > 0 {
                    <PeopleList ..PeopleListProps { context: context.clone() } />
                } else {
                    { nobody(context, here, asks_something) }
                }
                if let Loading::Failed(error) = &state.directory.loading {
                    { notice::broken(context, error) }
                }
            </div>
        </section>
    }
}

fn summary(context: &Context, found: usize, here: usize, asks: bool) -> Html {
    let language = context.language();
    if let Loading::Arriving { total } = context.state.directory.loading {
        let n = language.number(here as u64);
        return match total {
            _ if here == 0 => Html::default(),
            Some(total) => {
                let total = language.number(total);
                html! { { context.fill(M::PeopleLoading, &[("n", &n), ("total", &total)]) } }
            }
            None => html! { { context.fill(M::PeopleLoadingOpen, &[("n", &n)]) } },
        };
    }
    if found == 0 && !asks {
        return Html::default();
    }
    html! { { language.count(M::PeopleOne, M::PeopleOther, found as u64) } }
}

fn nobody(context: &Context, here: usize, asks: bool) -> Html {
    let id = context.surface;
    match context.state.directory.loading {
        Loading::Failed(_) => Html::default(),
        Loading::NotAsked | Loading::Arriving { .. } if here == 0 => notice::loading(context, 6),
        _ if asks && here > 0 => {
            let words = context.shown().map(|s| s.directory.query.text.clone()).unwrap_or_default();
            let dispatch = context.dispatch.clone();
            let ask = Callback::from(move |_: MouseEvent| {
                let edit = AskEdit::AddSkill(words.clone());
                dispatch.emit(Action::Ask { surface: id, edit });
                dispatch.emit(Action::Go { surface: id, view: View::Ask });
            });
            notice::empty(
                context.text(M::NobodyFound),
                context.text(M::NobodyFoundHint),
                html! {
                    <div class="row">
                        <button type="button" class="button primary" onclick={ask}>{ context.text(M::AskEveryone) }</button>
                        <button type="button" class="button" onclick={context.on(Action::ClearSearch(id))}>{ context.text(M::ClearSearch) }</button>
                    </div>
                },
            )
        }
        _ => notice::empty(
            context.text(M::EmptyDirectory),
            context.text(M::EmptyDirectoryHint),
            Html::default(),
        ),
    }
}
