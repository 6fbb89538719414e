//! When Rust panics, the loader hears of it first: Yew is locked for good from then on, so this
//! instance does nothing any more and the loader takes another.

use super::runtime;
use yew::prelude::*;

/// Sets the hook. Yew keeps one that is set through it, and no other.
pub(super) fn watch() {
    yew::set_custom_panic_hook(Box::new(|info| {
        let host = runtime::host();
        runtime::end();
        if let Some(host) = host {
            host.trap(&info.to_string());
        }
    }));
}

#[component]
fn Broken() -> Html {
    panic!("asked for, to see that the page survives it")
}

/// Panics where it is worst, in a drawing of Yew. For tests of what the page does then.
pub(super) fn provoke() {
    if let Some(root) = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.create_element("div").ok())
    {
        yew::Renderer::<Broken>::with_root(root).render();
    }
}
