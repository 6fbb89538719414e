//! The attributes that the screens use, each with a number.
//!
//! Yew compares two drawings of an element attribute by attribute where both name their
//! attributes by the very same list. So all elements share one list, of which each takes the
//! part up to its last attribute; the common ones stand first to keep those parts short.

macro_rules! attributes {
    ($($name:ident $text:literal,)*) => {
        /// An attribute.
        #[derive(Clone, Copy)]
        pub(super) enum Attribute {
            $(#[doc = $text] $name),*
        }

        /// The names, in the order of [`Attribute`].
        pub(super) const NAMES: &[&str] = &[$($text),*];
    };
}

attributes! {
    Class "class",
    Type "type",
    Part "part",
    AriaHidden "aria-hidden",
    AriaLabel "aria-label",
    Title "title",
    Role "role",
    Id "id",
    TabIndex "tabindex",
    DataFocus "data-focus",
    Href "href",
    Hidden "hidden",
    Disabled "disabled",
    AriaCurrent "aria-current",
    AriaExpanded "aria-expanded",
    AriaControls "aria-controls",
    AriaLabelledBy "aria-labelledby",
    AriaSelected "aria-selected",
    AriaPosInSet "aria-posinset",
    AriaSetSize "aria-setsize",
    DataRow "data-row",
    DataText "data-text",
    For "for",
    Lang "lang",
    Dir "dir",
    Name "name",
    NoValidate "novalidate",
    Value "value",
    Selected "selected",
    Rows "rows",
    MaxLength "maxlength",
    AriaInvalid "aria-invalid",
    AriaDescribedBy "aria-describedby",
    AutoComplete "autocomplete",
    SpellCheck "spellcheck",
    Placeholder "placeholder",
    EnterKeyHint "enterkeyhint",
    AriaAutoComplete "aria-autocomplete",
    AriaActiveDescendant "aria-activedescendant",
    Src "src",
    Alt "alt",
    Loading "loading",
    Decoding "decoding",
    ReferrerPolicy "referrerpolicy",
    ViewBox "viewBox",
    Width "width",
    Height "height",
    Fill "fill",
    Stroke "stroke",
    StrokeWidth "stroke-width",
    StrokeLineCap "stroke-linecap",
    StrokeLineJoin "stroke-linejoin",
    Focusable "focusable",
    Path "d",
}
