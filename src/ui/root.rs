//! What one element in the page shows: the panel with its sections, or one section alone.

use super::attribute::Attribute as A;
use super::context::Context;
use super::deed::Deed;
use super::element::{Element, button, div, element, group, span};
use super::{ask, card, directory, icon, inbox, mine, notice, post_status, thread};
use crate::i18n::Message as M;
use crate::store::{Action, ListName, State, Surface, SurfaceId, SurfaceKind, View};
use std::rc::Rc;
use yew::{Callback, Component, Html, Properties};

/// No surface: whoever draws it panics. It is for tests of what a page does when a drawing does,
/// which is where Yew takes it worst.
pub const FAULT: SurfaceId = SurfaceId(u32::MAX);

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
pub struct Root;

impl Component for Root {
    type Message = ();
    type Properties = RootProps;

    fn create(_: &yew::Context<Self>) -> Self {
        Self
    }

    fn view(&self, yew: &yew::Context<Self>) -> Html {
        draw(yew.props())
            .map(Element::into_html)
            .unwrap_or_default()
    }
}

fn draw(props: &RootProps) -> Option<Element> {
    assert!(
        props.surface != Some(FAULT),
        "asked for, to see that the page survives it"
    );
    let context = Context {
        state: props.state.clone(),
        surface: props.surface?,
        dispatch: props.dispatch.clone(),
    };
    let surface = context.shown()?;
    let panel = surface.kind == SurfaceKind::Panel;
    let language = context.language();
    let direction = if language.is_right_to_left() {
        "rtl"
    } else {
        "ltr"
    };
    let top = if panel {
        panel_header(&context, surface)
    } else {
        let back = (!surface.trail.is_empty()).then(|| div("bar").child(back(&context)));
        let heading = div("slot-heading").part("header");
        group().child(heading.child(slot("heading"))).maybe(back)
    };
    let class = match surface.kind {
        SurfaceKind::Panel => "entraide panel",
        SurfaceKind::Ask => "entraide ask",
        SurfaceKind::Directory => "entraide directory",
        SurfaceKind::Person => "entraide person",
        SurfaceKind::Inbox => "entraide inbox",
    };
    let whole = div(class)
        .set(A::Lang, language.text_tag())
        // Where the page says a direction, the style sheet lets that one win.
        .is(A::Dir, direction)
        .child(top)
        .maybe((!props.state.online).then(|| notice::banner(&context)))
        .child(
            div("view")
                .key(&view_key(&surface.view))
                .child(view(&context, surface)),
        )
        .maybe(panel.then(|| navigation(&context, surface)))
        .child(slot("footer"));
    Some(whole)
}

fn slot(name: &'static str) -> Element {
    element("slot", "").is(A::Name, name)
}

/// Another view gets new nodes, so that neither scroll position nor focus leaks into it.
fn view_key(view: &View) -> String {
    let (name, id) = match view {
        View::Ask => ("ask", ""),
        View::Directory => ("directory", ""),
        View::Person(id) => ("person ", id.as_str()),
        View::Thread(id) => ("thread ", id.as_str()),
        View::Posted(key) => ("posted ", key.as_str()),
        View::Mine => ("mine", ""),
        View::Inbox => ("inbox", ""),
    };
    [name, id].concat()
}

fn view(context: &Context, surface: &Surface) -> Element {
    if let Err(problem) = &context.state.config.backend {
        return notice::misconfigured(context, problem);
    }
    match &surface.view {
        View::Ask => ask::screen(context, surface),
        View::Directory => directory::screen(context, surface),
        View::Person(id) => card::screen(context, surface, id),
        View::Thread(id) => thread::screen(context, id),
        View::Posted(key) => post_status::screen(context, key),
        View::Mine => mine::screen(context),
        View::Inbox => inbox::screen(context),
    }
}

fn back(context: &Context) -> Element {
    button("quiet icon-text")
        .act(context, Deed::Back)
        .icon(icon::BACK)
        .say(context, M::Back)
}

fn panel_header(context: &Context, surface: &Surface) -> Element {
    let first = if surface.trail.is_empty() {
        span("mark").icon(icon::MARK)
    } else {
        button("quiet icon")
            .label(context, M::Back)
            .act(context, Deed::Back)
            .icon(icon::BACK)
    };
    let close = button("quiet icon")
        .label(context, M::Close)
        .act(context, Deed::Close)
        .icon(icon::CLOSE);
    element("header", "header")
        .part("header")
        .child(first)
        .child(element("h2", "").child(slot("heading").say(context, M::Title)))
        .child(close)
}

/// The sections; one that the backend cannot fill is not shown.
fn navigation(context: &Context, surface: &Surface) -> Element {
    let state = &context.state;
    let waiting = state.listed(ListName::Inbox).count();
    let tabs = [
        (View::Ask, M::NavAsk, icon::ASK, 0),
        (View::Directory, M::NavDirectory, icon::PEOPLE, 0),
        (View::Mine, M::NavMine, icon::MINE, state.news.len()),
        (View::Inbox, M::NavInbox, icon::HELP, waiting),
    ];
    let mut list = element("ul", "");
    for (view, label, icon, news) in tabs {
        if state.shows(&view) {
            list = list.child(tab(context, surface, view, label, icon, news));
        }
    }
    element("nav", "tabs")
        .label(context, M::NavLabel)
        .child(list)
}

fn tab(
    context: &Context,
    surface: &Surface,
    view: View,
    label: M,
    icon: &'static str,
    news: usize,
) -> Element {
    let mut tab = button("tab").icon(icon).child(span("").say(context, label));
    if surface.view == view {
        tab = tab.is(A::AriaCurrent, "page");
    }
    if news > 0 {
        let words = context
            .language()
            .count(M::NewsOne, M::NewsOther, news as u64);
        tab = tab
            .child(span("count").decorative().text(&news.to_string()))
            .child(span("sr").text(&words));
    }
    element("li", "").child(tab.go(context, view))
}
