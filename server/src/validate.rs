//! Checks what people typed: cleaned by the model's rules, refused where too long (never cut
//! behind their back), with all faults told at once.

use crate::database::{person_read, request_write};
use crate::problem::{FieldProblem, Problem};
use entraide::model::{
    LONG_TEXT, NAME, NewRequest, NewThanks, PageContext, Pass, PassReason, SHORT_TEXT, Visibility,
    clean_line, clean_text, skill_key,
};
use sqlx::SqliteConnection;
use std::collections::HashSet;

/// Most skills that a request may be about.
const MAX_SKILLS: usize = 20;
/// Most people who may be asked by name.
const MAX_ASKED: usize = 20;

/// Collects faults.
#[derive(Debug, Default)]
struct Faults(Vec<FieldProblem>);

impl Faults {
    fn add(&mut self, pointer: impl Into<String>, detail: impl Into<String>) {
        self.0.push(FieldProblem {
            pointer: pointer.into(),
            detail: detail.into(),
        });
    }

    fn bounded(&mut self, pointer: &str, text: &str, max: usize) {
        let length = text.chars().count();
        if length > max {
            self.add(
                pointer,
                format!("This has {length} characters; {max} are allowed. Shorten it."),
            );
        }
    }

    /// One cleaned line of at most `max` characters.
    fn line(&mut self, pointer: &str, raw: &str, max: usize) -> String {
        let line = clean_line(raw, raw.len() + 1);
        self.bounded(pointer, &line, max);
        line
    }

    /// Cleaned lines of at most `max` characters together.
    fn text(&mut self, pointer: &str, raw: &str, max: usize) -> String {
        let text = clean_text(raw, raw.len() + 1);
        self.bounded(pointer, &text, max);
        text
    }

    fn done(self) -> Result<(), Problem> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Problem::fields(self.0))
        }
    }
}

/// A request that is fit to be posted.
#[derive(Debug)]
pub(crate) struct SoundRequest {
    /// The question in one line.
    pub(crate) question: String,
    /// What else one should know.
    pub(crate) details: String,
    /// Skills, each once.
    pub(crate) skills: Vec<String>,
    /// Rows of those asked, each once.
    pub(crate) to: Vec<i64>,
    /// Who may read it.
    pub(crate) visibility: Visibility,
    /// The page on which it arose.
    pub(crate) context: Option<PageContext>,
}

/// Checks a request that `asker` wants to post.
pub(crate) async fn new_request(
    db: &mut SqliteConnection,
    new: &NewRequest,
    asker: i64,
) -> Result<SoundRequest, Problem> {
    let mut faults = Faults::default();
    let question = faults.line("/question", &new.question, SHORT_TEXT);
    if question.is_empty() {
        faults.add("/question", "A question is needed.");
    }
    let details = faults.text("/details", &new.details, LONG_TEXT);
    if new.skills.len() > MAX_SKILLS {
        faults.add(
            "/skills",
            format!("At most {MAX_SKILLS} skills. Keep those that matter."),
        );
    }
    let mut seen = HashSet::new();
    let mut skills = Vec::new();
    for (i, raw) in new.skills.iter().take(MAX_SKILLS).enumerate() {
        let name = faults.line(&format!("/skills/{i}"), raw, NAME);
        if !name.is_empty() && seen.insert(skill_key(&name)) {
            skills.push(name);
        }
    }
    if new.to.len() > MAX_ASKED {
        faults.add(
            "/to",
            format!("At most {MAX_ASKED} people can be asked by name."),
        );
    }
    let mut to = Vec::new();
    for (i, id) in new.to.iter().take(MAX_ASKED).enumerate() {
        let pointer = format!("/to/{i}");
        match person_read::row_of(db, id.as_str()).await? {
            None => faults.add(pointer, "There is nobody with this id."),
            Some(row) if row == asker => faults.add(pointer, "One cannot ask oneself."),
            Some(row) if to.contains(&row) => {}
            Some(row) => to.push(row),
        }
    }
    if new.visibility == Visibility::Private && new.to.is_empty() {
        faults.add(
            "/to",
            "A private request needs somebody to ask, or nobody could read it.",
        );
    }
    let context = new.context.as_ref().map(|context| PageContext {
        title: faults.line("/context/title", &context.title, SHORT_TEXT),
        url: context.url.clone(),
    });
    faults.done()?;
    Ok(SoundRequest {
        question,
        details,
        skills,
        to,
        visibility: new.visibility,
        context,
    })
}

/// Checks the text of an answer.
pub(crate) fn answer_text(raw: &str) -> Result<String, Problem> {
    let mut faults = Faults::default();
    let text = faults.text("/text", raw, LONG_TEXT);
    if text.is_empty() {
        faults.add("/text", "An answer needs some words.");
    }
    faults.done()?;
    Ok(text)
}

/// Checks thanks by `from` in a request; gives the helper's row, the skill and the note.
pub(crate) async fn new_thanks(
    db: &mut SqliteConnection,
    new: &NewThanks,
    request: i64,
    from: i64,
) -> Result<(i64, String, String), Problem> {
    let mut faults = Faults::default();
    let skill = faults.line("/skill", &new.skill, NAME);
    let note = faults.text("/note", &new.note, SHORT_TEXT);
    let to = person_read::row_of(db, new.to.as_str()).await?;
    match to {
        Some(to) if to == from => faults.add("/to", "One cannot thank oneself."),
        Some(to) if request_write::has_helped(db, request, to).await? => {}
        _ => faults.add(
            "/to",
            "They neither answered here nor named somebody who knows.",
        ),
    }
    faults.done()?;
    to.map(|to| (to, skill, note))
        .ok_or_else(|| Problem::field("/to", "There is nobody with this id."))
}

/// Checks a pass by `from`; gives the row of the one they name.
pub(crate) async fn pass(
    db: &mut SqliteConnection,
    pass: &Pass,
    request: i64,
    from: i64,
) -> Result<Option<i64>, Problem> {
    let to = match (pass.reason, &pass.to) {
        (PassReason::KnowWho, Some(to)) => to,
        (PassReason::KnowWho, None) => {
            return Err(Problem::field("/to", "Name the colleague who knows."));
        }
        (_, Some(_)) => {
            return Err(Problem::field(
                "/to",
                "Somebody is named only with the reason know_who.",
            ));
        }
        (_, None) => return Ok(None),
    };
    let fault = |detail: &str| Err(Problem::field("/to", detail));
    match person_read::row_of(db, to.as_str()).await? {
        None => fault("There is nobody with this id."),
        Some(row) if row == from => fault("Name somebody else than yourself."),
        Some(row) if request_write::is_asker(db, request, row).await? => {
            fault("They are the one who asks.")
        }
        Some(row) if request_write::has_passed(db, request, row).await? => {
            fault("They cannot take this one. Name somebody else, or pass without naming anybody.")
        }
        Some(row) => Ok(Some(row)),
    }
}
