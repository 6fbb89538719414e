//! Asking: words are typed, skills and colleagues are proposed, and the question goes out.

use super::Turn;
use super::action::{Action, AskEdit};
use super::ask::{AskForm, Draft, Proposals};
use super::call::Call;
use super::command::Command;
use super::kept;
use super::surface::{Field, SurfaceId, View};
use crate::backend::Operation;
use crate::exchange::{Ask, route, similar, suggest_skills};
use crate::model::{NewRequest, Request, skill_key};
use crate::outbox::{Event, Write};
use std::rc::Rc;

/// How long typing rests before anything is proposed, in milliseconds.
const PAUSE: u32 = 250;
/// How many characters a question has before similar ones are looked for.
const ENOUGH: usize = 12;
/// Most drafts that are put aside; older ones are those that nobody came back to.
const MOST_SHELVED: usize = 10;

/// The slot of a draft in storage.
fn slot(key: &str) -> String {
    format!("draft.{key}")
}

impl Turn<'_> {
    pub(super) fn edit_ask(&mut self, id: SurfaceId, edit: AskEdit) {
        let Some(surface) = self.state.surfaces.get_mut(&id) else {
            return;
        };
        let turns = matches!(edit, AskEdit::Review(_));
        if edit == AskEdit::Clear {
            return self.clear_form(id);
        }
        let form = Rc::make_mut(&mut surface.ask);
        form.edit(edit);
        if turns {
            // To the summary, back to the form, or to the field that is missing.
            self.commands.push(Command::Focus(id));
        }
        self.after_edit(id);
    }

    fn clear_form(&mut self, id: SurfaceId) {
        let key = (self.affairs.keys)();
        let page = self.state.config.page.clone();
        let Some(surface) = self.state.surfaces.get_mut(&id) else {
            return;
        };
        let old = std::mem::replace(&mut surface.ask, Rc::new(AskForm::new(key, page)));
        self.keep(slot(&old.draft.key), None);
    }

    /// Keeps the draft, and proposes once typing rests.
    pub(super) fn after_edit(&mut self, id: SurfaceId) {
        let Some(surface) = self.state.surfaces.get(&id) else {
            return;
        };
        let (draft, revision) = (&surface.ask.draft, surface.ask.revision);
        let (key, text) = (draft.key.clone(), keepable(draft));
        self.keep(slot(&key), text);
        self.want_people();
        self.after(
            PAUSE,
            Action::Propose {
                surface: id,
                revision,
            },
        );
    }

    pub(super) fn propose(&mut self, id: SurfaceId, revision: u32) {
        if self
            .state
            .surfaces
            .get(&id)
            .is_some_and(|s| s.ask.revision == revision)
        {
            self.propose_now(id);
            self.look_for_similar(id);
        }
    }

    /// Skills and colleagues for the words so far.
    pub(super) fn propose_now(&mut self, id: SurfaceId) {
        let me = self.state.my_self().cloned();
        let index = Rc::clone(&self.state.directory.index);
        let now = self.state.now;
        let Some(surface) = self.state.surfaces.get_mut(&id) else {
            return;
        };
        let form = Rc::make_mut(&mut surface.ask);
        let draft = &form.draft;
        let words = format!("{}\n{}", draft.question, draft.details);
        let known: Vec<String> = draft
            .skills
            .iter()
            .chain(&draft.refused)
            .map(|s| skill_key(s))
            .collect();
        let mut skills = Vec::new();
        let mut people = Vec::new();
        if !words.trim().is_empty() || !draft.skills.is_empty() {
            skills = suggest_skills(&words, &index);
            skills.retain(|s| !known.contains(&skill_key(&s.name)));
            let ask = Ask {
                question: &draft.question,
                details: &draft.details,
                skills: &draft.skills,
                asker: me.as_deref(),
                language: None,
                exclude: &draft.to,
            };
            people = route(&ask, &index, now);
        }
        form.proposals = Rc::new(Proposals {
            revision: form.revision,
            skills,
            people,
        });
    }

    fn look_for_similar(&mut self, id: SurfaceId) {
        let Some(surface) = self.state.surfaces.get_mut(&id) else {
            return;
        };
        let form = Rc::make_mut(&mut surface.ask);
        let words = form.draft.question.trim().to_owned();
        if words.chars().count() < ENOUGH {
            form.similar = Rc::default();
            form.similar_for.clear();
            return;
        }
        if form.similar_for == words {
            return;
        }
        form.similar_for.clone_from(&words);
        if self.state.supports(Operation::RequestsSimilar) {
            self.call(Call::Similar(words));
        } else {
            let requests = &self.state.requests;
            let mut found = Vec::new();
            for (id, _) in similar(&words, requests.values().map(|t| t.request.as_ref())) {
                found.extend(requests.get(&id).map(|t| Rc::clone(&t.request)));
            }
            self.similar_arrived(&words, found);
        }
    }

    /// Similar questions came; only for the words that were asked for.
    pub(super) fn similar_arrived(&mut self, words: &str, found: Vec<Rc<Request>>) {
        let found = Rc::new(found);
        for surface in self.state.surfaces.values_mut() {
            if surface.ask.similar_for == words {
                Rc::make_mut(&mut surface.ask).similar = Rc::clone(&found);
            }
        }
    }

    /// "Send": the page's listeners have a say first.
    pub(super) fn post(&mut self, id: SurfaceId) {
        let Some(surface) = self.state.surfaces.get_mut(&id) else {
            return;
        };
        let form = Rc::make_mut(&mut surface.ask);
        match form.draft.to_request() {
            Some(request) => {
                self.commands.push(Command::BeforePost {
                    surface: id,
                    request: Box::new(request),
                });
            }
            None => {
                form.missing = true;
                form.review = false;
                self.commands.push(Command::Focus(id));
            }
        }
    }

    /// The page's listeners have run.
    pub(super) fn approved(&mut self, id: SurfaceId, request: Option<Box<NewRequest>>) {
        let Some(request) = request else { return };
        let next = (self.affairs.keys)();
        let page = self.state.config.page.clone();
        let Some(surface) = self.state.surfaces.get_mut(&id) else {
            return;
        };
        let form = std::mem::replace(&mut surface.ask, Rc::new(AskForm::new(next, page)));
        let key = form.draft.key.clone();
        surface.view = View::Posted(key.clone());
        surface.trail.clear();
        // First into the queue, which is kept, then the draft may go.
        self.outbox(Event::Enqueue {
            key: key.clone(),
            write: Write::Request(*request),
        });
        self.keep(slot(&key), None);
        self.listen();
        self.commands.push(Command::Focus(id));
    }

    /// A post that needs its person goes back into its form.
    pub(super) fn edit_post(&mut self, key: &str, id: SurfaceId) {
        match self.state.outbox.get(key).map(|e| e.write.clone()) {
            Some(Write::Request(post)) => self.edit_question(key, id, post),
            Some(Write::Answer(request, text)) => {
                let field = Field::Answer(request);
                // What was begun meanwhile comes after it, not instead of it.
                let begun = self.state.field(&field);
                let both = if begun.is_empty() {
                    text
                } else {
                    format!("{text}\n\n{begun}")
                };
                self.write_field(field, both);
                self.outbox(Event::Remove(key.to_owned()));
            }
            _ => {}
        }
    }

    fn edit_question(&mut self, key: &str, id: SurfaceId, post: NewRequest) {
        let fresh = (self.affairs.keys)();
        let Some(surface) = self.state.surfaces.get_mut(&id) else {
            return;
        };
        let old = std::mem::take(&mut surface.ask);
        // The backend refused it, so nothing exists under the old key; and it may hold the
        // refusal against that key.
        let mut draft = Draft::new(fresh, post.context);
        draft.question = post.question;
        draft.details = post.details;
        draft.skills = post.skills;
        draft.to = post.to;
        draft.visibility = post.visibility;
        draft.keep_context = draft.context.is_some();
        surface.ask = Rc::new(AskForm {
            draft,
            ..AskForm::default()
        });
        surface.view = View::Ask;
        if !old.draft.is_blank() {
            self.shelve(old.draft.clone());
        }
        self.after_edit(id);
        self.outbox(Event::Remove(key.to_owned()));
        self.commands.push(Command::Focus(id));
    }

    pub(super) fn shelve(&mut self, draft: Draft) {
        if draft.is_blank() || self.state.shelved.iter().any(|d| d.key == draft.key) {
            return;
        }
        self.keep(slot(&draft.key), keepable(&draft));
        self.state.shelved.push(draft);
        if self.state.shelved.len() > MOST_SHELVED {
            let oldest = self.state.shelved.remove(0);
            self.keep(slot(&oldest.key), None);
        }
    }

    pub(super) fn unshelve(&mut self, id: SurfaceId, key: &str) {
        let Some(at) = self.state.shelved.iter().position(|d| d.key == key) else {
            return;
        };
        let draft = self.state.shelved.remove(at);
        let Some(surface) = self.state.surfaces.get_mut(&id) else {
            return;
        };
        let form = AskForm {
            draft,
            ..AskForm::default()
        };
        let old = std::mem::replace(&mut surface.ask, Rc::new(form));
        self.shelve(old.draft.clone());
        self.go(id, View::Ask);
        self.after_edit(id);
    }

    pub(super) fn drop_draft(&mut self, key: &str) {
        self.state.shelved.retain(|d| d.key != key);
        self.keep(slot(key), None);
    }

    /// A draft that storage gave back: into an empty form, or aside.
    pub(super) fn restore_draft(&mut self, text: &str) {
        let Some(draft) = kept::draft_from_text(text) else {
            return;
        };
        let known = |d: &Draft| d.key == draft.key;
        if draft.key.is_empty()
            || draft.is_blank()
            || self.state.shelved.iter().any(known)
            || self.state.surfaces.values().any(|s| known(&s.ask.draft))
            || self.state.outbox.get(&draft.key).is_some()
        {
            return;
        }
        self.state.shelved.push(draft);
    }
}

/// What storage keeps of a draft: nothing while nothing is written.
fn keepable(draft: &Draft) -> Option<String> {
    if draft.is_blank() {
        None
    } else {
        Some(kept::draft_to_text(draft))
    }
}
