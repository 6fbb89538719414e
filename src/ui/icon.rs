//! The few icons, drawn for this widget on a 24-unit grid, 1.75 units thick; all decorative.

use super::attribute::Attribute as A;
use super::element::{Element, element};

impl Element {
    /// An icon inside, from its path.
    #[inline(never)]
    pub(super) fn icon(self, path: &'static str) -> Self {
        let svg = element("svg", "i")
            .is(A::ViewBox, "0 0 24 24")
            .is(A::Width, "20")
            .is(A::Height, "20")
            .is(A::Fill, "none")
            .is(A::Stroke, "currentColor")
            .is(A::StrokeWidth, "1.75")
            .is(A::StrokeLineCap, "round")
            .is(A::StrokeLineJoin, "round")
            .decorative()
            .is(A::Focusable, "false");
        self.child(svg.child(element("path", "").is(A::Path, path)))
    }
}

macro_rules! icons {
    ($($name:ident $what:literal $path:literal;)*) => {
        $(#[doc = $what]
        pub(super) const $name: &str = $path;)*
    };
}

icons! {
    MARK "Two speech bubbles that meet." "M4 5h10v7H9l-3 3v-3H4zM17 9h3v7h-2v3l-3-3h-4";
    BACK "An arrow back." "M15 5l-7 7 7 7";
    CLOSE "A cross." "M6 6l12 12M18 6L6 18";
    ASK "A question in a bubble." "M4 5h16v11h-8l-4 4v-4H4zM10 9a2 2 0 1 1 2.6 1.9c-.4.1-.6.4-.6.8M12 13.4v.1";
    PEOPLE "Two people." "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 19c0-3.3 2.7-5 6-5s6 1.7 6 5M16 5.2a3 3 0 0 1 0 5.6M17.5 14.3c2.1.6 3.5 2.2 3.5 4.7";
    MINE "A sheet with lines." "M6 4h12v16H6zM9 9h6M9 13h6";
    HELP "An open hand with a heart." "M12 9.5c-1.6-3-6-2-6 1.2C6 14 12 17.5 12 17.5s6-3.5 6-6.8c0-3.2-4.4-4.2-6-1.2z";
    SEARCH "A magnifying glass." "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM20 20l-4.6-4.6";
    FILTER "Lines that narrow." "M4 7h16M7 12h10M10 17h4";
    CHECK "A tick." "M5 12.5l4.5 4.5L19 7.5";
    PLUS "A plus." "M12 6v12M6 12h12";
    CLOCK "A clock." "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 8v4l2.5 2.5";
    HEART "A heart." "M12 19s-7-4.2-7-9.2c0-4 5-5 7-1.6 2-3.4 7-2.4 7 1.6 0 5-7 9.2-7 9.2z";
    LINK "A chain." "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3A4 4 0 0 0 11 18.700l1-1";
    WARNING "A triangle." "M12 4.500l8.500 15h-17zM12 10v4M12 16.800v.1";
    LOCK "A lock." "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3";
}
