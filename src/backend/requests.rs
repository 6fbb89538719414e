//! Reading requests, with their answers and thanks.

use super::fields::Record;
use super::records::Reader;
use crate::model::{
    Answer, LONG_TEXT, NAME, PageContext, PersonRef, Request, RequestStatus, SHORT_TEXT, Thanks,
    Visibility, clean_line,
};
use serde_json::Value;

const R: Record = Record::Request;
/// Longest `ETag` that is kept.
const ETAG: usize = 512;

impl<'a> Reader<'a> {
    /// A request; `None` (and told) without identifier or question. `etag` is the response's,
    /// where the response is about this one request.
    pub(super) fn request(&mut self, item: &Value, etag: Option<&str>) -> Option<Request> {
        if !item.is_object() {
            self.expected("", "a request", item);
            return None;
        }
        let id = self.id("id", &self.get(R, "id", item))?;
        let question = self.line(R, "question", item, SHORT_TEXT);
        if question.is_empty() {
            self.defect(
                "question",
                "the question is missing, so this request is left out",
            );
            return None;
        }
        let asker = self.person_ref("asker", &self.get(R, "asker", item));
        let answers = self.answers(item);
        let status = self.status(item, &answers);
        let count = self.count(R, "answerCount", item).unwrap_or(0);
        let found = u32::try_from(answers.len()).unwrap_or(u32::MAX);
        Some(Request {
            id,
            question,
            details: self.lines(R, "details", item, LONG_TEXT),
            skills: self.names(R, "skills", item),
            asker,
            asked: self.asked(item),
            status,
            visibility: self.visibility(item),
            context: self.context(item),
            created: self.date(R, "created", item),
            updated: self.date(R, "updated", item),
            answer_count: count.max(found),
            answers,
            thanks: self.thanks_list(item),
            url: self.link(R, "url", item),
            etag: self.etag(item, etag),
        })
    }

    /// An answer; `None` (and told) without identifier, author or text.
    pub(super) fn answer(&mut self, item: &Value) -> Option<Answer> {
        const A: Record = Record::Answer;
        if !item.is_object() {
            self.expected("", "an answer", item);
            return None;
        }
        let id = self.id("id", &self.get(A, "id", item))?;
        let Some(author) = self.person_ref("author", &self.get(A, "author", item)) else {
            self.defect(
                "author",
                "nobody is named, so this answer is left out; give `author` a `default`",
            );
            return None;
        };
        let text = self.lines(A, "text", item, LONG_TEXT);
        if text.is_empty() {
            self.defect("text", "there is no text, so this answer is left out");
            return None;
        }
        let created = self.date(A, "created", item);
        let accepted = self.flag(A, "accepted", item).unwrap_or(false);
        Some(Answer {
            id,
            author,
            text,
            created,
            accepted,
        })
    }

    fn answers(&mut self, item: &Value) -> Vec<Answer> {
        let entries = self.entries(R, "answers", item);
        let mut answers: Vec<Answer> = self.inside("answers", |r| {
            let read = entries
                .iter()
                .enumerate()
                .map(|(i, e)| r.inside(i, |r| r.answer(e)));
            read.flatten().collect()
        });
        oldest_first(&mut answers);
        answers
    }

    fn thanks_list(&mut self, item: &Value) -> Vec<Thanks> {
        const T: Record = Record::Thanks;
        let entries = self.entries(R, "thanks", item);
        self.inside("thanks", |r| {
            let mut out = Vec::new();
            for (i, entry) in entries.iter().enumerate() {
                out.extend(r.inside(i, |r| {
                    let from = r.person_ref("from", &r.get(T, "from", entry));
                    let to = r.person_ref("to", &r.get(T, "to", entry));
                    let (Some(from), Some(to)) = (from, to) else {
                        r.defect("", "it does not say who thanks whom, so it is left out");
                        return None;
                    };
                    let skill = r.line(T, "skill", entry, NAME);
                    let note = r.lines(T, "note", entry, SHORT_TEXT);
                    Some(Thanks {
                        from,
                        to,
                        skill,
                        note,
                        created: r.date(T, "created", entry),
                    })
                }));
            }
            out
        })
    }

    fn asked(&mut self, item: &Value) -> Vec<PersonRef> {
        let entries = self.entries(R, "asked", item);
        let mut out: Vec<PersonRef> = Vec::new();
        self.inside("asked", |r| {
            for (i, entry) in entries.iter().enumerate() {
                let person = r.person_ref(&i.to_string(), entry);
                out.extend(person.filter(|p| out.iter().all(|o| o.id != p.id)));
            }
        });
        out
    }

    fn status(&mut self, item: &Value, answers: &[Answer]) -> RequestStatus {
        let value = self.get(R, "status", item);
        let word = match value.as_ref() {
            // A backend that only knows "closed" or "not closed".
            Value::Bool(closed) => if *closed { "closed" } else { "" }.to_owned(),
            _ => self.line(R, "status", item, NAME).to_ascii_lowercase(),
        };
        match word.as_str() {
            // Where the backend does not say, the thread does.
            "" | "open" if answers.iter().any(|a| a.accepted) => RequestStatus::Solved,
            "" | "open" if !answers.is_empty() => RequestStatus::Answered,
            "" | "open" => RequestStatus::Open,
            "answered" => RequestStatus::Answered,
            "solved" => RequestStatus::Solved,
            "closed" => RequestStatus::Closed,
            "unknown" => RequestStatus::Unknown,
            _ => {
                self.defect("status", "neither `open`, `answered`, `solved` nor `closed`; say in `values` which it is");
                RequestStatus::Unknown
            }
        }
    }

    fn visibility(&mut self, item: &Value) -> Visibility {
        let value = self.get(R, "visibility", item);
        match value.as_ref() {
            Value::Bool(true) => return Visibility::Private,
            Value::Bool(false) | Value::Null => return Visibility::Open,
            _ => {}
        }
        match self
            .line(R, "visibility", item, NAME)
            .to_ascii_lowercase()
            .as_str()
        {
            "" | "open" | "public" => Visibility::Open,
            "private" => Visibility::Private,
            _ => {
                // Taken as open: whoever writes there must not believe that few can read it.
                self.defect(
                    "visibility",
                    "neither `open` nor `private`; say in `values` which it is",
                );
                Visibility::Open
            }
        }
    }

    fn context(&mut self, item: &Value) -> Option<PageContext> {
        let url = self.link(R, "contextUrl", item);
        let mut title = self.line(R, "contextTitle", item, SHORT_TEXT);
        if title.is_empty() {
            title = clean_line(url.as_ref()?.as_str(), SHORT_TEXT);
        }
        Some(PageContext { title, url })
    }

    fn etag(&mut self, item: &Value, header: Option<&str>) -> Option<String> {
        let own = self.get(R, "etag", item);
        let etag = own.as_str().or(header)?;
        let sound =
            etag.len() <= ETAG && super::http::is_header_value(etag) && !etag.trim().is_empty();
        sound.then(|| etag.to_owned())
    }
}

/// Oldest first, where all say when; else the backend's order.
pub(super) fn oldest_first(answers: &mut [Answer]) {
    if answers.iter().any(|a| a.created.is_none()) {
        return;
    }
    if answers.first().map(|a| a.created) > answers.last().map(|a| a.created) {
        answers.reverse();
    }
    // By insertion: nearly sorted as it is, and much less code than a sort of its own kind.
    for end in 1..answers.len() {
        let mut at = end;
        while at > 0 && answers[at - 1].created > answers[at].created {
            answers.swap(at - 1, at);
            at -= 1;
        }
    }
}
