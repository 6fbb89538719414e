//! The form for a question. Two minutes, one field that must be filled, and help while typing:
//! skills, colleagues with the reason, and questions that were answered before.

use super::attribute::Attribute as A;
use super::context::Context;
use super::deed::Deed;
use super::element::{Element, button, div, element, group, item, p, span};
use super::field::{self, Described, optional};
use super::listener::{When, Words};
use super::picker::{Pick, Picker};
use super::{avatar, icon, notice, post_status, review, similar};
use crate::backend::Operation;
use crate::exchange::Candidate;
use crate::i18n::Message as M;
use crate::model::{LONG_TEXT, PersonId, SHORT_TEXT, Visibility};
use crate::store::{AskEdit, AskForm, Draft, MOST, Surface, View, reason_words};

/// How many colleagues are proposed at once: few, so that each is likelier to reply.
const PROPOSED: usize = 3;

/// The form, or the last look before sending.
pub(super) fn screen(context: &Context, surface: &Surface) -> Element {
    if !context.state.supports(Operation::RequestsCreate) {
        return notice::empty(context.text(M::NotConnected), "");
    }
    if surface.ask.review {
        review::screen(context, &surface.ask)
    } else {
        form(context, &surface.ask)
    }
}

fn form(context: &Context, form: &AskForm) -> Element {
    let draft = &form.draft;
    let mut under_way = group();
    for entry in context.state.posts_under_way() {
        under_way = under_way.child(post_status::line(context, entry));
    }
    for draft in context.state.shelved.iter().rev().take(2) {
        under_way = under_way.child(shelved(context, draft));
    }
    // What the backend is not told is not asked for.
    let takes = |value| context.state.takes(Operation::RequestsCreate, value);
    let private = draft.visibility == Visibility::Private;
    let blank = draft.is_blank();
    let clear = button("quiet")
        .ask(context, AskEdit::Clear)
        .say(context, M::Clear);
    let kept = if context.state.storage {
        M::DraftKept
    } else {
        M::DraftNotKept
    };
    element("form", "ask")
        .flag(A::NoValidate, true)
        .on(When::Submit, context.then(Deed::Ask(AskEdit::Review(true))))
        .child(under_way)
        .child(element("h3", "").say(context, M::AskHeading))
        .child(question(context, form))
        .maybe(similar::list(context, form))
        .maybe(takes("details").then(|| details(context, draft)))
        .child(skills(context, form))
        .maybe(takes("to").then(|| people(context, form)))
        .maybe(
            takes("context")
                .then(|| context_of_page(context, draft))
                .flatten(),
        )
        .maybe((private || takes("visibility")).then(|| visibility(context, draft)))
        .child(
            div("row end")
                .child(submit("button primary", context, M::Continue))
                .maybe((!blank).then_some(clear)),
        )
        .maybe((!blank).then(|| p("hint").say(context, kept)))
}

/// The button that sends a form.
pub(super) fn submit(class: &'static str, context: &Context, label: M) -> Element {
    element("button", class)
        .is(A::Type, "submit")
        .part("button")
        .say(context, label)
}

fn question(context: &Context, form: &AskForm) -> Element {
    let described = Described {
        id: "question",
        label: M::Question,
        optional: false,
        hint: Some(M::QuestionHint),
        error: form.missing.then_some(M::QuestionMissing),
        rows: "2",
        focus: true,
        max: SHORT_TEXT,
        warn: 60,
    };
    field::area(context, &described, &form.draft.question, Words::Question)
}

fn details(context: &Context, draft: &Draft) -> Element {
    let described = Described {
        id: "details",
        label: M::Details,
        optional: true,
        hint: Some(M::DetailsHint),
        error: None,
        rows: "3",
        focus: false,
        max: LONG_TEXT,
        warn: 0,
    };
    field::area(context, &described, &draft.details, Words::Details)
}

fn shelved(context: &Context, draft: &Draft) -> Element {
    let go_on = Deed::Unshelve(draft.key.clone());
    let drop = Deed::DropDraft(draft.key.clone());
    let buttons = div("row")
        .child(
            button("button small")
                .act(context, go_on)
                .say(context, M::ShelvedContinue),
        )
        .child(
            button("quiet small")
                .act(context, drop)
                .say(context, M::ShelvedDrop),
        );
    let words = div("")
        .child(p("muted").say(context, M::Shelved))
        .child(p("strong clip").text(&draft.question))
        .child(buttons);
    div("notice").part("notice").key(&draft.key).child(words)
}

/// A group of fields whose heading says that it may stay empty.
fn optional_fields(context: &Context, heading: M) -> Element {
    let legend = element("legend", "")
        .say(context, heading)
        .child(optional(context));
    element("fieldset", "field").child(legend)
}

/// A chip that is taken out of the form by a click.
fn chosen(context: &Context, class: &'static str, remove: AskEdit) -> Element {
    // The name comes from the content, as a person sees it, with one word before it.
    let remove_word = context.fill(M::RemoveNamed, &[("value", "")]);
    button(class)
        .ask(context, remove)
        .child(span("sr").text(&remove_word))
}

fn skills(context: &Context, form: &AskForm) -> Element {
    let mut chips = element("ul", "chips");
    for skill in &form.draft.skills {
        let remove = AskEdit::RemoveSkill(skill.clone());
        let chip = chosen(context, "chip on", remove).part("skill");
        chips = chips.child(item(skill).child(chip.text(skill).icon(icon::CLOSE)));
    }
    for proposal in &form.proposals.skills {
        let name = &proposal.name;
        let chip = button("chip proposed")
            .part("skill")
            .label_with(context, M::AddNamed, "value", name)
            .ask(context, AskEdit::AddSkill(name.clone()))
            .icon(icon::PLUS)
            .text(name);
        chips = chips.child(item(&["+", name].concat()).child(chip));
    }
    let more = form.draft.skills.len() < MOST;
    optional_fields(context, M::SkillsLabel)
        .child(chips)
        .maybe(more.then(|| {
            Picker {
                id: "add-skill",
                label: M::SkillsAdd,
                focus: false,
                pick: Pick::Skill,
            }
            .place(context)
        }))
}

fn people(context: &Context, form: &AskForm) -> Element {
    let to = &form.draft.to;
    let mut chips = element("ul", "chips");
    for person in to {
        let name = name_of(context, person);
        let chip = chosen(
            context,
            "chip on who",
            AskEdit::RemovePerson(person.clone()),
        );
        let chip = chip
            .child(avatar::of_name(name))
            .text(name)
            .icon(icon::CLOSE);
        chips = chips.child(item(person.as_str()).child(chip));
    }
    if to.is_empty() {
        chips = p("hint").say(context, M::PeopleNobody);
    }
    let more = to.len() < MOST;
    let picker = Picker {
        id: "add-person",
        label: M::PeopleAdd,
        focus: false,
        pick: Pick::Person,
    };
    let known = context.state.supports(Operation::PeopleList);
    optional_fields(context, M::PeopleLabel)
        .child(chips)
        .maybe((more && !form.proposals.people.is_empty()).then(|| proposed(context, form)))
        .maybe((more && known).then(|| picker.place(context)))
}

/// The name of somebody, or their id where the directory does not know them.
pub(super) fn name_of<'a>(context: &'a Context, person: &'a PersonId) -> &'a str {
    context
        .state
        .person(person)
        .map_or(person.as_str(), |p| &p.name)
}

/// Colleagues who may help, with the reason.
fn proposed(context: &Context, form: &AskForm) -> Element {
    let free = PROPOSED.saturating_sub(form.draft.to.len().min(PROPOSED - 1));
    let mut list = element("ul", "candidates");
    for proposal in form.proposals.people.iter().take(free) {
        list = list.maybe(candidate(context, proposal));
    }
    group()
        .child(p("sub").say(context, M::PeopleProposed))
        .child(list)
}

fn candidate(context: &Context, candidate: &Candidate) -> Option<Element> {
    let person = context.state.person(&candidate.person)?;
    let mut why = span("why");
    for (i, reason) in candidate.reasons.iter().take(3).enumerate() {
        let dot = if i > 0 { " · " } else { "" };
        why = why
            .sign(dot)
            .text(&reason_words(context.language(), reason));
    }
    let who = span("who")
        .child(span("name").text(&person.name))
        .child(why);
    let face = button("person").go(context, View::Person(candidate.person.clone()));
    let add = button("button small")
        .ask(context, AskEdit::AddPerson(candidate.person.clone()))
        .label_with(context, M::AskName, "name", &person.name)
        .icon(icon::PLUS)
        .say(context, M::NavAsk);
    let out = item(candidate.person.as_str()).is(A::Class, "candidate");
    Some(
        out.child(face.child(avatar::of(person)).child(who))
            .child(add),
    )
}

fn context_of_page(context: &Context, draft: &Draft) -> Option<Element> {
    let page = draft.context.as_ref()?;
    let keep = draft.keep_context;
    let label = if keep {
        M::ContextRemove
    } else {
        M::ContextAdd
    };
    let words = keep.then(|| {
        let words = span("clip")
            .child(span("muted").say(context, M::ContextLabel))
            .sign(" ")
            .text(&page.title);
        words.maybe(
            page.url
                .as_ref()
                .map(|url| span("muted").sign(" ").text(url.as_str())),
        )
    });
    let change = button("quiet small")
        .ask(context, AskEdit::KeepContext(!keep))
        .say(context, label);
    Some(div("context").icon(icon::LINK).maybe(words).child(change))
}

fn visibility(context: &Context, draft: &Draft) -> Element {
    let radio = |value: Visibility, label: M| {
        let then = context.then(Deed::Ask(AskEdit::Visibility(value)));
        let input = element("input", "")
            .is(A::Type, "radio")
            .is(A::Name, "visibility")
            .checked(draft.visibility == value)
            .on(When::Change, then);
        element("label", "radio")
            .child(input)
            .child(span("").say(context, label))
    };
    let private = draft.visibility == Visibility::Private;
    let note = if !private {
        Some(p("hint").say(context, M::SeenByAllHint))
    } else if draft.to.is_empty() {
        Some(
            p("error")
                .is(A::Role, "alert")
                .say(context, M::SeenByAskedMissing),
        )
    } else {
        None
    };
    element("fieldset", "field")
        .child(element("legend", "").say(context, M::WhoSees))
        .child(radio(Visibility::Open, M::SeenByAll))
        .child(radio(Visibility::Private, M::SeenByAsked))
        .maybe(note)
}
