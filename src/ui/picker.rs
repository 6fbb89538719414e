//! Choosing from many by typing: the WAI-ARIA combobox with a listbox, list autocomplete.
//!
//! Nothing is proposed before typing begins. Arrow keys move, Enter takes, Escape closes the
//! list first and only then what is around it.

use super::attribute::Attribute as A;
use super::context::Context;
use super::element::{Element, button, div, element, group, item, span};
use super::field;
use super::listener::When;
use super::local::{Here, Piece, Signal, local};
use crate::i18n::Message as M;
use crate::model::{Pass, PassReason, PersonId, RequestId};
use crate::search::{Filters, Query};
use crate::store::{Action, AskEdit, State};
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

/// How many choices are shown.
const SHOWN: usize = 6;

/// One choice.
struct Choice {
    /// What is handed out when it is taken.
    value: String,
    /// What is shown.
    label: String,
    /// Behind it, quieter.
    aside: String,
}

/// What is chosen, and what for.
#[derive(Clone, PartialEq)]
pub(super) enum Pick {
    /// A skill of the question; one that nobody has may be typed.
    Skill,
    /// A colleague who is to be asked.
    Person,
    /// A colleague who knows more of a request.
    PassTo(RequestId),
}

/// The combobox.
#[derive(Clone)]
pub(super) struct Picker {
    /// Unique within the widget's element.
    pub id: &'static str,
    /// The label, which is also the placeholder.
    pub label: M,
    /// Whether a new view's focus goes here.
    pub focus: bool,
    /// What is chosen.
    pub pick: Pick,
}

impl Picker {
    /// Puts it into a screen.
    pub(super) fn place(self, context: &Context) -> Element {
        group().component(local(context, self.id, Piece::Picker(self)))
    }
}

/// Colleagues or skills for the words typed.
fn choices(state: &State, pick: &Pick, text: &str) -> Vec<Choice> {
    let mut out = Vec::new();
    if text.trim().is_empty() {
        return out;
    }
    let index = &state.directory.index;
    if *pick == Pick::Skill {
        for (name, people) in index.complete_skill(text, SHOWN) {
            out.push(Choice {
                value: name.clone(),
                label: name,
                aside: state
                    .config
                    .language
                    .count(M::PeopleOne, M::PeopleOther, people.into()),
            });
        }
        return out;
    }
    let query = Query {
        text: text.to_owned(),
        filters: Filters::default(),
    };
    let me = state.my_self().map(|me| &me.id);
    for hit in index.search(&query).hits {
        let Some(person) = index.people().get(hit.person as usize) else {
            continue;
        };
        if out.len() < SHOWN && Some(&person.id) != me {
            out.push(Choice {
                value: person.id.as_str().to_owned(),
                label: person.name.clone(),
                aside: [&*person.title, " · ", &*person.place].concat(),
            });
        }
    }
    out
}

/// What is offered now.
fn offered(here: &Here, picker: &Picker) -> Vec<Choice> {
    if here.memory.open.get() {
        choices(
            &here.context.state,
            &picker.pick,
            &here.memory.text.borrow(),
        )
    } else {
        Vec::new()
    }
}

fn take(here: &Here, picker: &Picker, value: String) {
    here.memory.text.borrow_mut().clear();
    here.memory.at.set(None);
    let surface = here.context.surface;
    let action = match &picker.pick {
        Pick::Skill => Some(Action::ask(surface, AskEdit::AddSkill(value))),
        Pick::Person => PersonId::new(value)
            .ok()
            .map(|id| Action::ask(surface, AskEdit::AddPerson(id))),
        Pick::PassTo(request) => PersonId::new(value).ok().map(|id| {
            let pass = Pass {
                reason: PassReason::KnowWho,
                to: Some(id),
            };
            Action::PassOn {
                request: request.clone(),
                pass,
            }
        }),
    };
    if let Some(action) = action {
        here.context.dispatch.emit(action);
    }
}

/// What happened; whether it is to be drawn anew.
pub(super) fn hear(here: &Here, picker: &Picker, signal: &Signal, event: &Event) -> bool {
    let memory = &here.memory;
    match signal {
        Signal::Input => {
            *memory.text.borrow_mut() = field::typed(event);
            memory.at.set(None);
            memory.open.set(true);
        }
        Signal::Key => {
            return event
                .dyn_ref()
                .is_some_and(|event| press(here, picker, event));
        }
        Signal::Focus => {
            here.context.dispatch.emit(Action::WantPeople);
            memory.open.set(true);
        }
        Signal::Blur => memory.open.set(false),
        Signal::Take(value) => {
            // The field keeps its focus.
            event.prevent_default();
            take(here, picker, value.clone());
        }
        _ => return false,
    }
    true
}

fn press(here: &Here, picker: &Picker, event: &KeyboardEvent) -> bool {
    let mut found = offered(here, picker);
    let (count, at) = (found.len(), here.memory.at.get());
    match event.key().as_str() {
        "ArrowDown" if count > 0 => {
            here.memory.at.set(Some(
                at.map_or(0, |i| if i + 1 < count { i + 1 } else { 0 }),
            ));
        }
        "ArrowUp" if count > 0 => {
            here.memory
                .at
                .set(Some(at.filter(|i| *i > 0).unwrap_or(count) - 1));
        }
        "Enter" => {
            let words = here.memory.words();
            let (at, typed) = (at.filter(|at| *at < count), words.trim());
            let value = match at {
                None if picker.pick == Pick::Skill && !typed.is_empty() => typed.to_owned(),
                None if count == 0 => return false,
                at => found.swap_remove(at.unwrap_or(0)).value,
            };
            take(here, picker, value);
        }
        "Escape" if count > 0 => {
            // Only the list closes; the panel around it does not hear of it.
            event.stop_propagation();
            here.memory.open.set(false);
        }
        _ => return false,
    }
    event.prevent_default();
    true
}

/// The combobox.
pub(super) fn draw(here: &Here, picker: &Picker) -> Element {
    let Picker { id, label, .. } = *picker;
    let context = &here.context;
    let found = offered(here, picker);
    let open = !found.is_empty();
    let text = here.memory.words();
    let typed = text.trim();
    let list_id = [id, "-list"].concat();
    let option_id = |at: usize| [id, "-", &at.to_string()].concat();

    let mut input = element("input", "")
        .id(id)
        .is(A::Type, "text")
        .is(A::Role, "combobox")
        .is(A::AutoComplete, "off")
        .is(A::SpellCheck, "false")
        .is(A::MaxLength, "120")
        .set(A::Placeholder, context.text(label))
        .value(&text)
        .truth(A::AriaExpanded, open)
        .set(A::AriaControls, &list_id)
        .is(A::AriaAutoComplete, "list")
        .tell(here, When::Input, Signal::Input)
        .tell(here, When::KeyDown, Signal::Key)
        .tell(here, When::Blur, Signal::Blur)
        .tell(here, When::Focus, Signal::Focus);
    if picker.focus {
        input = input.focus_here();
    }
    let at = here.memory.at.get();
    if let Some(at) = at.filter(|_| open) {
        input = input.set(A::AriaActiveDescendant, &option_id(at));
    }
    let add = (picker.pick == Pick::Skill && !typed.is_empty()).then(|| {
        button("button small")
            .tell(here, When::Click, Signal::Take(typed.to_owned()))
            .label_with(context, M::AddNamed, "value", typed)
            .say(context, M::Add)
    });
    let mut options = element("ul", "options")
        .set(A::Id, &list_id)
        .is(A::Role, "listbox")
        .label(context, label)
        .flag(A::Hidden, !open);
    for (i, choice) in found.into_iter().enumerate() {
        let option = item(&choice.value)
            .set(A::Id, &option_id(i))
            .is(A::Role, "option")
            .truth(A::AriaSelected, at == Some(i))
            .text(&choice.label)
            .child(span("muted").sign(" ").text(&choice.aside));
        // Pressed, not clicked: the click comes after the field has lost its focus.
        options = options.child(option.tell(here, When::MouseDown, Signal::Take(choice.value)));
    }
    let words = element("label", "sr").is(A::For, id).say(context, label);
    div("picker")
        .child(words)
        .child(input)
        .maybe(add)
        .child(options)
}
