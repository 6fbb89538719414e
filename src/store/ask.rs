//! The form for a question, from the first letter to "sent".
//!
//! What is written here is a draft: it is kept beyond the page's life with every pause in
//! typing, and its idempotency key is made when it begins and not at the click, so that a
//! crash between "sent" and "heard" can never post it twice.

use super::action::{AskEdit, Prefill};
use crate::exchange::{Candidate, SkillSuggestion};
use crate::model::{
    LONG_TEXT, NAME, NewRequest, PageContext, PersonId, Request, SHORT_TEXT, Visibility,
    clean_line, clean_text, skill_key,
};
use std::rc::Rc;

/// The words of a question that is being written; what is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// Makes the post happen once.
    pub key: String,
    /// As typed, not yet cleaned.
    pub question: String,
    /// As typed, not yet cleaned.
    pub details: String,
    /// Chosen skills.
    pub skills: Vec<String>,
    /// Skills that were proposed and taken out.
    pub refused: Vec<String>,
    /// Who is asked by name.
    pub to: Vec<PersonId>,
    /// Who may read it.
    pub visibility: Visibility,
    /// The page that goes along.
    pub context: Option<PageContext>,
    /// Whether it does go along.
    pub keep_context: bool,
}

/// Most skills and most people of one question; more would ask everybody, which is nobody.
pub const MOST: usize = 8;

impl Draft {
    /// An empty draft with the key of its future post.
    #[must_use]
    pub fn new(key: String, page: Option<PageContext>) -> Self {
        Self {
            key,
            context: page,
            keep_context: true,
            ..Self::default()
        }
    }

    /// Whether nothing was written or chosen.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.question.trim().is_empty()
            && self.details.trim().is_empty()
            && self.skills.is_empty()
            && self.to.is_empty()
    }

    /// What is to be posted, or `None` while there is no question.
    #[must_use]
    pub fn to_request(&self) -> Option<NewRequest> {
        let question = clean_line(&self.question, SHORT_TEXT);
        (!question.is_empty()).then(|| NewRequest {
            question,
            details: clean_text(&self.details, LONG_TEXT),
            skills: self.skills.clone(),
            to: self.to.clone(),
            visibility: self.visibility,
            context: self.context.clone().filter(|_| self.keep_context),
        })
    }

    fn has_skill(&self, name: &str) -> bool {
        let key = skill_key(name);
        self.skills.iter().any(|s| skill_key(s) == key)
    }

    fn add_skill(&mut self, name: &str) {
        let name = clean_line(name, NAME);
        if !name.is_empty() && !self.has_skill(&name) && self.skills.len() < MOST {
            let key = skill_key(&name);
            self.refused.retain(|s| skill_key(s) != key);
            self.skills.push(name);
        }
    }

    fn add_person(&mut self, person: PersonId) {
        if !self.to.contains(&person) && self.to.len() < MOST {
            self.to.push(person);
        }
    }
}

/// What the widget found for the words so far.
#[derive(Debug, Clone, Default)]
pub struct Proposals {
    /// Of which revision of the draft.
    pub revision: u32,
    /// Skills that it may be about.
    pub skills: Vec<SkillSuggestion>,
    /// Colleagues who can and may help, best first.
    pub people: Vec<Candidate>,
}

/// The form.
#[derive(Debug, Clone, Default)]
pub struct AskForm {
    /// What is written.
    pub draft: Draft,
    /// Counts the edits.
    pub revision: u32,
    /// What was found for it.
    pub proposals: Rc<Proposals>,
    /// Answered questions like it, and the words they were looked up for.
    pub similar: Rc<Vec<Rc<Request>>>,
    /// The words for which `similar` was asked.
    pub similar_for: String,
    /// Whether the last look before sending is shown.
    pub review: bool,
    /// Whether "send" was pressed without a question.
    pub missing: bool,
}

impl AskForm {
    /// An empty form.
    #[must_use]
    pub fn new(key: String, page: Option<PageContext>) -> Self {
        Self {
            draft: Draft::new(key, page),
            ..Self::default()
        }
    }

    /// Applies one edit.
    pub fn edit(&mut self, edit: AskEdit) {
        self.revision = self.revision.wrapping_add(1);
        let draft = &mut self.draft;
        match edit {
            AskEdit::Question(text) => {
                self.missing = false;
                draft.question = text;
            }
            AskEdit::Details(text) => draft.details = text,
            AskEdit::AddSkill(name) => draft.add_skill(&name),
            AskEdit::RemoveSkill(name) => {
                let key = skill_key(&name);
                draft.skills.retain(|s| skill_key(s) != key);
                draft.refused.push(name);
            }
            AskEdit::AddPerson(person) => draft.add_person(person),
            AskEdit::RemovePerson(person) => draft.to.retain(|p| *p != person),
            AskEdit::Visibility(visibility) => draft.visibility = visibility,
            AskEdit::KeepContext(keep) => draft.keep_context = keep,
            AskEdit::Review(on) => {
                self.missing = on && draft.to_request().is_none();
                self.review = on && !self.missing;
            }
            // The store replaces the whole form: it needs a new key.
            AskEdit::Clear => {}
        }
    }

    /// Fills in what a page or another screen gives; what the person wrote is never replaced
    /// by nothing.
    pub fn fill(&mut self, prefill: Prefill) {
        self.revision = self.revision.wrapping_add(1);
        self.review = false;
        self.missing = false;
        if let Some(question) = prefill.question {
            self.draft.question = question;
        }
        if let Some(details) = prefill.details {
            self.draft.details = details;
        }
        for skill in &prefill.skills {
            self.draft.add_skill(skill);
        }
        for person in prefill.to {
            self.draft.add_person(person);
        }
        if prefill.context.is_some() {
            self.draft.context = prefill.context;
            self.draft.keep_context = true;
        }
    }
}
