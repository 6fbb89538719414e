//! Reading requests, with their answers and thanks.

use super::explain::says;
use super::fields::Record;
use super::records::{MOST_ENTRIES, Reader};
use super::seen::Seen;
use crate::model::{
    Answer, LONG_TEXT, NAME, PageContext, PersonRef, Request, RequestStatus, SHORT_TEXT, Thanks,
    Visibility, clean_line,
};
use serde_json::Value;

const R: Record = Record::Request;
/// What is said of the second of two with one identifier; the first one stays.
pub(super) const AGAIN: &str = "the same as one before it, so it is left out";
/// Longest `ETag` that is kept.
const ETAG: usize = 512;

impl<'a> Reader<'a> {
    /// A request; `None` (and told) without identifier or question. `etag` is the response's,
    /// where the response is about this one request.
    pub(super) fn request(&mut self, item: &'a Value, etag: Option<&str>) -> Option<Request> {
        if !item.is_object() {
            self.expected("", "a request", item);
            return None;
        }
        let id = self.id("id", self.get(R, "id", item))?;
        let question = self.line(R, "question", item, SHORT_TEXT);
        if question.is_empty() {
            let problem = says("the question is missing, so this request is left out");
            self.defect("question", problem);
            return None;
        }
        let answers = self.answers(item);
        let count = self.count(R, "answerCount", item).unwrap_or(0);
        Some(Request {
            id,
            question,
            details: self.lines(R, "details", item, LONG_TEXT),
            skills: self.names(R, "skills", item),
            asker: self.person_ref(R, "asker", item),
            asked: self.asked(item),
            status: self.status(item, &answers),
            visibility: self.visibility(item),
            context: self.context(item),
            created: self.date(R, "created", item),
            updated: self.date(R, "updated", item),
            answer_count: count.max(answers.len() as u32),
            answers,
            thanks: self.thanks_list(item),
            url: self.link(R, "url", item),
            etag: self.etag(item, etag),
        })
    }

    /// An answer; `None` (and told) without identifier, author or text.
    #[inline(never)]
    pub(super) fn answer(&mut self, item: &'a Value) -> Option<Answer> {
        const A: Record = Record::Answer;
        if !item.is_object() {
            self.expected("", "an answer", item);
            return None;
        }
        let id = self.id("id", self.get(A, "id", item))?;
        let author = self.person_ref(A, "author", item);
        let text = self.lines(A, "text", item, LONG_TEXT);
        let (Some(author), false) = (author, text.is_empty()) else {
            let problem = says("without author or text, so this answer is left out");
            self.defect("", problem);
            return None;
        };
        Some(Answer {
            id,
            author,
            text,
            created: self.date(A, "created", item),
            accepted: self.flag(A, "accepted", item).unwrap_or(false),
        })
    }

    fn answers(&mut self, item: &'a Value) -> Vec<Answer> {
        let mut answers = Vec::new();
        let mut seen = Seen::default();
        self.each_entry(R, "answers", item, &mut |r, entry| {
            let Some(answer) = r.answer(entry) else {
                return;
            };
            if seen.insert(answer.id.as_str().to_owned()) {
                answers.push(answer);
            } else {
                r.defect("", says(AGAIN));
            }
        });
        oldest_first(&mut answers);
        answers
    }

    fn thanks_list(&mut self, item: &'a Value) -> Vec<Thanks> {
        const T: Record = Record::Thanks;
        let mut out = Vec::new();
        self.each_entry(R, "thanks", item, &mut |r, entry| {
            let from = r.person_ref(T, "from", entry);
            let to = r.person_ref(T, "to", entry);
            let (Some(from), Some(to)) = (from, to) else {
                let problem = says("it does not say who thanks whom, so it is left out");
                return r.defect("", problem);
            };
            out.push(Thanks {
                from,
                to,
                skill: r.line(T, "skill", entry, NAME),
                note: r.lines(T, "note", entry, SHORT_TEXT),
                created: r.date(T, "created", entry),
            });
        });
        out
    }

    fn asked(&mut self, item: &'a Value) -> Vec<PersonRef> {
        let mut out: Vec<PersonRef> = Vec::new();
        let mut seen = Seen::default();
        self.each_entry(R, "asked", item, &mut |r, entry| {
            if let Some(person) = r.person_in(entry)
                && seen.insert(person.id.as_str().to_owned())
            {
                out.push(person);
            }
        });
        out
    }

    fn status(&mut self, item: &'a Value, answers: &[Answer]) -> RequestStatus {
        match self.word(R, "status", item).as_str() {
            // Where the backend does not say, or only that it is not closed, the thread does.
            "" | "open" | "false" if answers.iter().any(|a| a.accepted) => RequestStatus::Solved,
            "" | "open" | "false" if answers.is_empty() => RequestStatus::Open,
            "" | "open" | "false" | "answered" => RequestStatus::Answered,
            "solved" => RequestStatus::Solved,
            "closed" | "true" => RequestStatus::Closed,
            "unknown" => RequestStatus::Unknown,
            _ => {
                let problem = says(
                    "neither `open`, `answered`, `solved` nor `closed`; say in `values` which it is",
                );
                self.defect("status", problem);
                RequestStatus::Unknown
            }
        }
    }

    fn visibility(&mut self, item: &'a Value) -> Visibility {
        match self.word(R, "visibility", item).as_str() {
            "private" | "true" => return Visibility::Private,
            "" | "open" | "public" | "false" => {}
            // Taken as open: whoever writes there must not believe that few can read it.
            _ => {
                let problem = says("neither `open` nor `private`; say in `values` which it is");
                self.defect("visibility", problem);
            }
        }
        Visibility::Open
    }

    fn context(&mut self, item: &'a Value) -> Option<PageContext> {
        let url = self.link(R, "contextUrl", item);
        let mut title = self.line(R, "contextTitle", item, SHORT_TEXT);
        if title.is_empty() {
            title = clean_line(url.as_ref()?.as_str(), SHORT_TEXT);
        }
        Some(PageContext { title, url })
    }

    fn etag(&mut self, item: &'a Value, header: Option<&str>) -> Option<String> {
        let own = self.get(R, "etag", item);
        let etag = own.as_str().or(header)?;
        let sound =
            etag.len() <= ETAG && super::http::is_header_value(etag) && !etag.trim().is_empty();
        sound.then(|| etag.to_owned())
    }
}

/// Oldest first, where all say when and there are not more than people read; else the backend's
/// order.
pub(super) fn oldest_first(answers: &mut [Answer]) {
    if answers.len() > MOST_ENTRIES || answers.iter().any(|a| a.created.is_none()) {
        return;
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
