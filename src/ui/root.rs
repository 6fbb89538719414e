//! What one element in the page shows: the panel with its sections, or one section alone.

use super::context::{Context, ContextProps};
use super::{ask, card, directory, icon, inbox, mine, notice, post_status, thread};
use crate::backend::Operation;
use crate::i18n::Message as M;
use crate::store::{Action, ListName, State, Surface, SurfaceId, SurfaceKind, View};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Root`].
#[derive(Properties, Clone)]
pub struct RootProps {
    /// The snapshot to draw.
    pub state: Rc<State>,
    /// Which element; none while the root waits in the pool.
    pub surface: Option<SurfaceId>,
    /// How to act.
    pub dispatch: Callback<Action>,
}

impl PartialEq for RootProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.state, &other.state) && self.surface == other.surface
    }
}

/// The root of one element.
#[component]
pub fn Root(props: &RootProps) -> Html {
    let Some(id) = props.surface else { return Html::default() };
    let context =
        Context { state: props.state.clone(), surface: id, dispatch: props.dispatch.clone() };
    let Some(surface) = context.shown() else { return Html::default() };
    let language = context.language();
    let direction = if language.is_right_to_left() { "rtl" } else { "ltr" };
    let kind = match surface.kind {
        SurfaceKind::Panel => "panel",
        SurfaceKind::Ask => "ask",
        SurfaceKind::Directory => "directory",
        SurfaceKind::Person => "person",
        SurfaceKind::Inbox => "inbox",
    };
    html! {
        <div class={classes!("entraide", kind)} lang={language.text_tag().to_owned()} dir={direction}>
            if surface.kind == SurfaceKind::Panel {
                { panel_header(&context, surface) }
            } else {
                <div class="slot-heading" part="header"><slot name="heading" /></div>
                if !surface.trail.is_empty() {
                    <div class="bar">{ back(&context) }</div>
                }
            }
            if !props.state.online {
                { notice::banner(&context) }
            }
            <div class="view" key={view_key(&surface.view)}>{ view(&context, surface) }</div>
            if surface.kind == SurfaceKind::Panel {
                { navigation(&context, surface) }
            }
            <slot name="footer" />
        </div>
    }
}

/// Another view gets new nodes, so that neither scroll position nor focus leaks into it.
fn view_key(view: &View) -> String {
    match view {
        View::Ask => "ask".into(),
        View::Directory => "directory".into(),
        View::Person(id) => format!("person {id}"),
        View::Thread(id) => format!("thread {id}"),
        View::Posted(key) => format!("posted {key}"),
        View::Mine => "mine".into(),
        View::Inbox => "inbox".into(),
    }
}

fn view(context: &Context, surface: &Surface) -> Html {
    if let Err(problem) = &context.state.config.backend {
        return notice::misconfigured(context, problem);
    }
    match &surface.view {
        View::Ask => html! { <ask::AskScreen ..ContextProps { context: context.clone() } /> },
        View::Directory => directory::screen(context, surface),
        View::Person(id) => card::screen(context, surface, id),
        View::Thread(id) => thread::screen(context, id),
        View::Posted(key) => post_status::screen(context, key),
        View::Mine => mine::screen(context),
        View::Inbox => inbox::screen(context),
    }
}

fn back(context: &Context) -> Html {
    html! {
        <button class="quiet icon-text" type="button" onclick={context.on(Action::Back(context.surface))}>
            { icon::back() }{ context.text(M::Back) }
        </button>
    }
}

fn panel_header(context: &Context, surface: &Surface) -> Html {
    html! {
        <header class="header" part="header">
            if surface.trail.is_empty() {
                <span class="mark">{ icon::mark() }</span>
            } else {
                <button class="quiet icon" type="button" aria-label={context.text(M::Back)}
                    onclick={context.on(Action::Back(context.surface))}>{ icon::back() }</button>
            }
            <h2><slot name="heading">{ context.text(M::Title) }</slot></h2>
            <button class="quiet icon" type="button" aria-label={context.text(M::Close)}
                onclick={context.on(Action::Close(context.surface))}>{ icon::close() }</button>
        </header>
    }
}

/// The sections; one that the backend cannot fill is not shown.
fn navigation(context: &Context, surface: &Surface) -> Html {
    let state = &context.state;
    let tab = |view: View, label: M, icon: Html, news: usize| {
        let current = surface.view == view;
        html! {
            <li><button type="button" class="tab" aria-current={current.then_some("page")}
                onclick={context.on_go(view)}>
                { icon }<span>{ context.text(label) }</span>
                if news > 0 {
                    <span class="count" aria-hidden="true">{ news }</span>
                    <span class="sr">{ context.language().count(M::NewsOne, M::NewsOther, news as u64) }</span>
                }
            </button></li>
        }
    };
    let lists = state.supports(Operation::RequestsList);
    let waiting = state.listed(ListName::Inbox).count();
    html! {
        <nav class="tabs" aria-label={context.text(M::NavLabel)}><ul>
            if state.supports(Operation::RequestsCreate) {
                { tab(View::Ask, M::NavAsk, icon::ask(), 0) }
            }
            if state.supports(Operation::PeopleList) {
                { tab(View::Directory, M::NavDirectory, icon::people(), 0) }
            }
            if lists {
                { tab(View::Mine, M::NavMine, icon::mine(), state.news.len()) }
                { tab(View::Inbox, M::NavInbox, icon::help(), waiting) }
            }
        </ul></nav>
    }
}
