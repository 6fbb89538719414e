//! One colleague: what they know and how that shows, what they want to learn, when and how to
//! reach them, and "ask" from anywhere on it.

use super::attribute::Attribute as A;
use super::context::Context;
use super::deed::Deed;
use super::element::{Element, button, div, element, item, p, span};
use super::facets::presence_word;
use super::person_row::{can_ask, first_name, is_me};
use super::review::prose;
use super::{avatar, icon, intl, notice};
use crate::i18n::{Message as M, short_date};
use crate::model::{Person, PersonId, PersonSkill, Presence};
use crate::store::{Loading, Prefill, Surface, SurfaceKind};

/// The card.
pub(super) fn screen(context: &Context, surface: &Surface, id: &PersonId) -> Element {
    if let Some(person) = context.state.person(id) {
        return card(context, surface, person);
    }
    match &context.state.directory.loading {
        Loading::Failed(error) => notice::broken(context, error),
        Loading::Complete | Loading::Cut => notice::empty(context.text(M::PersonMissing), ""),
        _ => notice::loading(context, 2),
    }
}

fn card(context: &Context, surface: &Surface, person: &Person) -> Element {
    let name = element("h3", "")
        .id("card-name")
        .focus_here()
        .is(A::TabIndex, "-1");
    let title = (!person.title.is_empty()).then(|| p("").text(&person.title));
    let mut place = person.team.clone();
    add(&mut place, &person.place, " · ");
    let who = div("")
        .child(name.text(&person.name))
        .maybe(title)
        .child(p("muted").text(&place));
    let no_skills = person
        .skills
        .is_empty()
        .then(|| p("muted").say(context, M::NoSkills));
    let languages = (!person.languages.is_empty()).then(|| {
        let label = span("muted").say(context, M::Languages).sign(": ");
        p("").child(label).text(&languages(context, person))
    });
    element("article", "card")
        .part("person")
        .is(A::AriaLabelledBy, "card-name")
        .child(div("card-head").child(avatar::of(person)).child(who))
        .child(ways(context, person))
        .child(availability(context, person))
        .maybe(prose(&person.about))
        .maybe(no_skills)
        .maybe(skills(context, surface, person, true))
        .maybe(skills(context, surface, person, false))
        .maybe(wants(context, person))
        .maybe(languages)
}

/// Adds a part to a line of parts.
fn add(line: &mut String, part: &str, between: &str) {
    if !line.is_empty() && !part.is_empty() {
        line.push_str(between);
    }
    line.push_str(part);
}

fn languages(context: &Context, person: &Person) -> String {
    let mut line = String::new();
    for language in &person.languages {
        let name = intl::language_name(context.language().text_tag(), language);
        add(&mut line, name.as_deref().unwrap_or(language), ", ");
    }
    line
}

/// The ways to reach them.
fn ways(context: &Context, person: &Person) -> Element {
    let ask = can_ask(context, person).then(|| {
        let ask = Deed::AskPerson(person.id.clone());
        let button = button("button primary")
            .part("button")
            .act(context, ask)
            .icon(icon::ASK);
        button.say_with(context, M::AskName, "name", first_name(&person.name))
    });
    let me = is_me(context, person).then(|| p("muted").say(context, M::ItIsYou));
    let link = |to: &str, label| element("a", "button").set(A::Href, to).say(context, label);
    let mail =
        (!person.email.is_empty()).then(|| link(&["mailto:", &person.email].concat(), M::SendMail));
    let profile = person
        .profile
        .as_ref()
        .map(|url| link(url.as_str(), M::FullProfile));
    div("row").maybe(ask).maybe(me).maybe(mail).maybe(profile)
}

/// Presence, load and local time: whether now is a good moment.
fn availability(context: &Context, person: &Person) -> Element {
    let now = &person.availability;
    let load = now.load;
    let fact = |text: &str| element("li", "").text(text);
    let presence = match (now.presence, now.until) {
        (Presence::Away, Some(until)) => {
            let date = short_date(context.language(), until);
            Some(fact(&context.fill(M::AwayUntil, &[("date", &date)])))
        }
        (Presence::Unknown, _) => None,
        (presence, _) => Some(fact(context.text(presence_word(presence)))),
    };
    let open = match load.open {
        0 => fact(context.text(M::LoadNone)),
        n => fact(
            &context
                .language()
                .count(M::LoadOne, M::LoadOther, u64::from(n)),
        ),
    };
    let limit = load.weekly_limit.map(|limit| {
        if load.is_full() {
            return fact(context.text(M::Full));
        }
        let (n, limit) = (load.recent.to_string(), limit.to_string());
        fact(&context.fill(M::LoadLimit, &[("n", &n), ("limit", &limit)]))
    });
    element("ul", "facts")
        .maybe(presence)
        .child(open)
        .maybe(limit)
        .maybe(time(context, person))
}

/// The time of day where they are, where that is another zone than here.
fn time(context: &Context, person: &Person) -> Option<Element> {
    let zone = &person.time_zone;
    if zone.is_empty() || intl::own_zone().as_ref() == Some(zone) {
        return None;
    }
    let ms = context.state.now.millis() as f64;
    let time = intl::time_in_zone(context.language().tag(), zone, ms)?;
    let fact = element("li", "").icon(icon::CLOCK);
    Some(fact.say_with(context, M::LocalTime, "time", &time))
}

/// The skills that are shown by help, or those that are only declared.
fn skills(context: &Context, surface: &Surface, person: &Person, shown: bool) -> Option<Element> {
    let can_ask = can_ask(context, person);
    let (mut chips, mut some) = (element("ul", "chips"), false);
    for skill in &person.skills {
        if skill.evidence.is_shown() != shown {
            continue;
        }
        some = true;
        let chip = if can_ask {
            button(if shown { "chip shown" } else { "chip" })
                .set(
                    A::Title,
                    &context.fill(M::AskAbout, &[("value", &skill.name)]),
                )
                .act(context, ask_about(surface, person, &skill.name))
        } else {
            span("chip")
        };
        let chip = chip.part("skill").child(skill_label(context, skill));
        chips = chips.child(item(&skill.name).child(chip));
    }
    let heading = if shown { M::ShownByHelp } else { M::Declared };
    some.then(|| section(context, heading, chips))
}

fn section(context: &Context, heading: M, chips: Element) -> Element {
    let heading = element("h4", "").say(context, heading);
    element("section", "").child(heading).child(chips)
}

/// A skill's name and how it shows, in one piece, so that the chip wraps between words.
fn skill_label(context: &Context, skill: &PersonSkill) -> Element {
    let (language, evidence) = (context.language(), skill.evidence);
    let mut words = String::new();
    if evidence.accepted > 0 {
        words = language.count(M::AcceptedOne, M::AcceptedOther, evidence.accepted.into());
    }
    if evidence.thanks > 0 {
        let thanks = language.count(M::ThanksOne, M::ThanksOther, evidence.thanks.into());
        add(&mut words, &thanks, " · ");
    }
    let label = span("").text(&skill.name);
    label.maybe((!words.is_empty()).then(|| span("muted").sign(" · ").text(&words)))
}

fn ask_about(surface: &Surface, person: &Person, skill: &str) -> Deed {
    let prefill = Prefill {
        skills: vec![skill.to_owned()],
        to: vec![person.id.clone()],
        ..Prefill::default()
    };
    if surface.kind == SurfaceKind::Person {
        Deed::Elsewhere(prefill)
    } else {
        Deed::Fill(prefill)
    }
}

/// What they want to learn; where the reader knows it, that is an opening.
fn wants(context: &Context, person: &Person) -> Option<Element> {
    let me = context.state.my_self().filter(|me| me.id != person.id);
    let mut chips = element("ul", "chips");
    for want in &person.wants {
        let known = me.is_some_and(|me| me.skill(want).is_some());
        let chip = span(if known {
            "chip want known"
        } else {
            "chip want"
        });
        let note = known.then(|| span("muted").sign(" · ").say(context, M::YouKnowThis));
        chips = chips.child(item(want).child(chip.child(span("").text(want).maybe(note))));
    }
    (!person.wants.is_empty()).then(|| section(context, M::WantsToLearn, chips))
}
