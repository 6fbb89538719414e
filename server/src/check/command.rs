//! `entraide-server check`: says what is wrong with a mapping, and with `--live` what each field
//! of it gets from the backend.

use super::backend::Backend;
use super::caller::{Caller, SendError};
use super::live::Trial;
use super::report::{self, Report};
use super::secrets::{Given, SecretError};
use super::{document, presets};
use clap::Args;
use entraide::backend::{Mapping, Operation};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// What `check` takes.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The mapping; `-` reads it from standard input. May be left out with --preset.
    file: Option<PathBuf>,
    /// A preset that the mapping stands on, or that is checked alone.
    #[arg(long, value_name = "NAME")]
    preset: Option<String>,
    /// Where the backend is, over what the document says.
    #[arg(long, value_name = "URL")]
    base: Option<String>,
    /// A value of the document's settings. May be repeated.
    #[arg(long, value_name = "NAME=VALUE")]
    setting: Vec<String>,
    /// Calls every operation that reads, and says what each field gets.
    #[arg(long)]
    live: bool,
    /// With --live: also posts a request that says that it is a test, answers and closes it.
    #[arg(long, requires = "live")]
    write: bool,
    /// With --live: what proves who asks, from an environment variable. NAME is the backend's;
    /// NAME.csrf is its token against request forgery. May be repeated.
    #[arg(long, value_name = "[NAME=]VARIABLE")]
    secret: Vec<String>,
    /// With --live: a header of every call, as a proxy in front of the backend would add it. May
    /// be repeated.
    #[arg(long, value_name = "NAME: VALUE")]
    header: Vec<String>,
    /// With --live: the origin of the page that will hold the widget. Bases that are paths count
    /// from it; for backends elsewhere it is checked that browsers let the page read them.
    #[arg(long, value_name = "ORIGIN")]
    page: Option<String>,
    /// With --live: a word to search people by; a part of the first one's name where absent.
    #[arg(long, value_name = "WORD")]
    search: Option<String>,
}

/// Why nothing can be checked.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// Neither file nor preset.
    #[error("there is nothing to check; name a file, or a preset: --preset NAME")]
    Nothing,
    /// The file cannot be read.
    #[error("the file {file:?} cannot be read: {reason}; name another one")]
    File {
        /// The file.
        file: PathBuf,
        /// Why.
        reason: String,
    },
    /// There is no such preset.
    #[error("there is no preset {name:?}; there are: {known}")]
    Preset {
        /// The name.
        name: String,
        /// Those that there are.
        known: String,
    },
    /// The file extends another preset.
    #[error("the document extends {0:?} already; leave --preset out")]
    Extends(String),
    /// An option without its two parts.
    #[error("{option} {text:?} has no {sign:?}; write {option} \"{example}\"")]
    Pair {
        /// The option.
        option: &'static str,
        /// What was given.
        text: String,
        /// What separates the parts.
        sign: char,
        /// How it is written.
        example: &'static str,
    },
    /// A secret cannot be taken.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The page's origin is none.
    #[error("{0:?} is no origin; write --page https://intranet.example")]
    Page(String),
    /// Bases are paths, and nobody says of which host.
    #[error(
        "the backend is at {0:?} on the page's own host; say which: --page https://intranet.example"
    )]
    NoPage(String),
    /// What was found cannot be written.
    #[error("the report cannot be written: {0}")]
    Output(#[from] io::Error),
}

/// Longest document, in bytes.
const LONGEST: u64 = 1_000_000;

/// Checks, and writes what it finds to `out`; `true` where nothing is wrong.
///
/// # Errors
/// [`CheckError`] where the command itself is wrong.
pub fn run(
    args: &CheckArgs,
    variable: &dyn Fn(&str) -> Option<String>,
    out: &mut dyn Write,
) -> Result<bool, CheckError> {
    let mut name = args.file.as_ref().map(|file| file.display().to_string());
    let text = args.file.as_deref().map(read_file).transpose()?;
    if let Some(preset) = &args.preset {
        if presets::preset(preset).is_none() {
            let known: Vec<&str> = presets::names().collect();
            return Err(CheckError::Preset {
                name: preset.clone(),
                known: known.join(", "),
            });
        }
        name.get_or_insert_with(|| format!("the preset {preset}"));
    }
    let name = name.ok_or(CheckError::Nothing)?;
    let settings = pairs(&args.setting, "--setting", '=', "project=help")?;
    let text = document::compose(text.as_deref(), args.preset.as_deref(), &settings)
        .map_err(CheckError::Extends)?;
    let mapping = match document::read(&text, args.base.as_deref()) {
        Ok(mapping) => mapping,
        Err(problems) => {
            for problem in &problems {
                writeln!(out, "{}", document::line(problem))?;
            }
            writeln!(out, "{name}: {}", report::count(problems.len()))?;
            return Ok(false);
        }
    };
    writeln!(out, "{name}: the document is sound")?;
    abilities(&mapping, out)?;
    if !args.live {
        return Ok(true);
    }
    try_live(args, &text, mapping, variable, out)
}

/// What the widget will and will not show.
fn abilities(mapping: &Mapping, out: &mut dyn Write) -> io::Result<()> {
    let can: Vec<&str> = mapping.operations().iter().map(|op| op.name()).collect();
    writeln!(out, "  in it: {}", can.join(", "))?;
    let all = Operation::ALL.into_iter();
    let cannot: Vec<&str> = all
        // Answers most often come along with their request.
        .filter(|(op, _)| !mapping.supports(*op) && *op != Operation::AnswersList)
        .map(|(_, name)| name)
        .collect();
    if !cannot.is_empty() {
        let cannot = cannot.join(", ");
        writeln!(out, "  not in it, so the widget does not show it: {cannot}")?;
    }
    for service in mapping.services() {
        let kind = format!("{:?}", service.auth.kind).to_lowercase();
        writeln!(
            out,
            "  `{}` at {}, auth: {kind}",
            service.name, service.base
        )?;
    }
    Ok(())
}

fn try_live(
    args: &CheckArgs,
    text: &str,
    mapping: Mapping,
    variable: &dyn Fn(&str) -> Option<String>,
    out: &mut dyn Write,
) -> Result<bool, CheckError> {
    let page = args.page.as_deref();
    if page.is_none()
        && let Some(service) = mapping.services().iter().find(|s| s.base.starts_with('/'))
    {
        return Err(CheckError::NoPage(service.base.clone()));
    }
    let caller = Caller::new(page).map_err(|error| match error {
        SendError::Address(page) => CheckError::Page(page),
        other => CheckError::Page(other.to_string()),
    })?;
    let given = Given::read(&args.secret, variable)?;
    let (mut secrets, cookies) = given.for_mapping(&mapping)?;
    for (base, cookies) in cookies {
        caller.set_cookies(&base, &cookies);
    }
    let headers = pairs(&args.header, "--header", ':', "X-Remote-User: ada")?;
    for service in mapping.services() {
        let own = secrets.entry(service.auth.secret.clone()).or_default();
        own.headers.clone_from(&headers);
    }
    let mut backend = Backend::new(mapping, caller);
    backend.secrets = secrets;
    let document = document::with_presets(text);
    let mut trial = Trial::new(&mut backend, &document);
    trial.read(args.search.as_deref());
    let mut report = Report::default();
    report.write(&trial.steps, &given, out)?;
    if args.write {
        writeln!(
            out,
            "\nNow a request is posted that says that it is a test (--write)."
        )?;
        out.flush()?;
        trial.steps.clear();
        trial.write(&format!("entraide-check-{}", unique()));
        report.write(&trial.steps, &given, out)?;
    }
    writeln!(out)?;
    if page.is_none() {
        writeln!(
            out,
            "Whether browsers let your page read this backend was not looked at: add --page with \
             the page's origin."
        )?;
    }
    writeln!(out, "{}", report::count(report.problems()))?;
    Ok(report.problems() == 0)
}

/// A number that no earlier check has used, so that a backend does not take this request for one
/// that it has.
fn unique() -> u128 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |since| since.as_micros())
}

fn pairs(
    texts: &[String],
    option: &'static str,
    sign: char,
    example: &'static str,
) -> Result<Vec<(String, String)>, CheckError> {
    let pair = |text: &String| match text.split_once(sign) {
        Some((name, value)) => Ok((name.trim().to_owned(), value.trim().to_owned())),
        None => Err(CheckError::Pair {
            option,
            text: text.clone(),
            sign,
            example,
        }),
    };
    texts.iter().map(pair).collect()
}

fn read_file(file: &Path) -> Result<String, CheckError> {
    let fails = |reason: &str| CheckError::File {
        file: file.to_owned(),
        reason: reason.to_owned(),
    };
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        io::stdin().take(LONGEST + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|open| open.take(LONGEST + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => fails("it does not exist"),
        io::ErrorKind::PermissionDenied => fails("this user may not read it"),
        io::ErrorKind::IsADirectory => fails("it is a folder"),
        _ => fails(&error.to_string()),
    })?;
    if bytes.len() as u64 > LONGEST {
        return Err(fails("it is longer than 1 MB, which no mapping is"));
    }
    String::from_utf8(bytes).map_err(|_| fails("it is not UTF-8"))
}
