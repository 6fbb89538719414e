//! What a person types, and what they are told when it cannot be done: one sentence each, on
//! standard error, with exit code 2.

use crate::api;
use crate::app::{App, IdentityMode, system_time};
use crate::check::command::{self as check, CheckArgs, CheckError};
use crate::database::person_write::ImportOutcome;
use crate::database::{Database, OpenError};
use crate::demo;
use crate::fill::{self, FillError};
use crate::import::{self, ImportError};
use crate::serve::{self, BindError};
use crate::site::Site;
use axum::http::HeaderName;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::io::{self, IsTerminal, Write};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The reference backend of Entraide: ask a colleague, from any intranet page.
#[derive(Debug, Parser)]
#[command(
    name = "entraide-server",
    version,
    args_conflicts_with_subcommands = true
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: ServeArgs,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answers over HTTP until it is stopped; what happens without a command.
    Serve(ServeArgs),
    /// Takes people from a CSV or JSON file as HR departments export them. Running it again
    /// changes nothing; nobody is removed.
    Import(ImportArgs),
    /// Fills an empty database with an invented company of 2,000 colleagues.
    DemoData(DbArg),
    /// Says what is wrong with a mapping, and with --live what each field of it gets from the
    /// backend. Ends with 1 where something is wrong.
    Check(CheckArgs),
    /// Prints the OpenAPI 3.1 document of the API.
    Openapi,
}

#[derive(Debug, Args)]
struct ServeArgs {
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1", value_name = "ADDRESS")]
    bind: String,
    /// Port to listen on; 0 takes a free one.
    #[arg(
        long,
        default_value = "8787",
        value_name = "PORT",
        allow_negative_numbers = true
    )]
    port: String,
    #[command(flatten)]
    db: DbArg,
    /// Folder of pages to serve at /.
    #[arg(long, value_name = "DIR")]
    site: Option<PathBuf>,
    /// Folder of the built widget to serve at /entraide/.
    #[arg(long, value_name = "DIR")]
    widget: Option<PathBuf>,
    /// How callers are known.
    #[arg(long, value_enum, default_value = "demo")]
    identity: Identity,
    /// With --identity proxy: the header in which the proxy puts the person's id or e-mail
    /// address. The proxy must remove it from what comes from outside.
    #[arg(long, default_value = "X-Remote-User", value_name = "HEADER")]
    user_header: String,
    /// Sends the pages of --site without a content security policy.
    #[arg(long)]
    open_site_csp: bool,
}

#[derive(Debug, Args)]
struct ImportArgs {
    /// The file to take people from.
    file: PathBuf,
    #[command(flatten)]
    db: DbArg,
    /// Takes a column as a field, whatever its name says: --map "Matricule=id". May be repeated.
    #[arg(long, value_name = "COLUMN=FIELD")]
    map: Vec<String>,
    /// Reports what would be imported, and writes nothing.
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Args)]
struct DbArg {
    /// The database file; made where it is missing.
    #[arg(long, default_value = "entraide.db", value_name = "PATH")]
    db: PathBuf,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Identity {
    /// Everybody chooses who they are; on this machine only.
    Demo,
    /// A proxy in front signs people in.
    Proxy,
}

/// Why a command cannot be carried out.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// Not a port number.
    #[error("{0:?} is not a port; give --port a number from 0 to 65535, such as 8787")]
    Port(String),
    /// Not an IP address.
    #[error("{0:?} is not an address; give --bind one such as 127.0.0.1 or 0.0.0.0")]
    Address(String),
    /// Not a header name.
    #[error("{0:?} is not a header's name; give --user-header one such as X-Remote-User")]
    Header(String),
    /// The demo would be open to others.
    #[error(
        "with --identity demo anybody can be anybody, so it listens on this machine only: leave --bind {0} out, or use --identity proxy behind a proxy that signs people in"
    )]
    OpenDemo(IpAddr),
    /// A folder to serve is missing.
    #[error("the folder {folder:?} of {option} does not exist; name one that does")]
    NoFolder {
        /// The option that names it.
        option: &'static str,
        /// The folder.
        folder: PathBuf,
    },
    /// `--map` without a field.
    #[error("{0:?} names no field; write --map \"COLUMN=FIELD\", such as --map \"Matricule=id\"")]
    Map(String),
    /// The file of people cannot be read.
    #[error("the file {file:?} cannot be read: {reason}; name another one")]
    File {
        /// The file.
        file: PathBuf,
        /// Why.
        reason: String,
    },
    /// The file of people can be read and is of no use.
    #[error("nothing was imported from {file:?}: {reason}")]
    Import {
        /// The file.
        file: PathBuf,
        /// Why, and what to do.
        reason: ImportError,
    },
    /// The database cannot be filled.
    #[error(transparent)]
    Fill(#[from] FillError),
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The address cannot be listened on.
    #[error(transparent)]
    Bind(#[from] BindError),
    /// A check that cannot be made.
    #[error(transparent)]
    Check(#[from] CheckError),
    /// The system fails.
    #[error("the system failed: {0}")]
    System(#[from] io::Error),
}

/// Runs what the process's arguments say.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match carry_out(cli) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            let _ = writeln!(io::stderr(), "entraide-server: {error}.");
            ExitCode::from(2)
        }
    }
}

/// `false` where what was to be checked is wrong.
fn carry_out(cli: Cli) -> Result<bool, CliError> {
    match cli.command.unwrap_or(Command::Serve(cli.serve)) {
        Command::Serve(args) => runtime()?.block_on(answer_calls(args)),
        Command::Import(args) => runtime()?.block_on(import_file(&args)),
        Command::DemoData(db) => runtime()?.block_on(fill_demo(&db.db)),
        Command::Check(args) => {
            let variable = |name: &str| std::env::var(name).ok();
            return Ok(check::run(&args, &variable, &mut io::stdout().lock())?);
        }
        Command::Openapi => {
            let json = api::openapi().to_pretty_json().map_err(io::Error::other)?;
            writeln!(io::stdout(), "{json}")?;
            Ok(())
        }
    }?;
    Ok(true)
}

fn runtime() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
}

async fn answer_calls(args: ServeArgs) -> Result<(), CliError> {
    start_log();
    let port = args
        .port
        .parse::<u16>()
        .map_err(|_| CliError::Port(args.port.clone()))?;
    let ip = match args.bind.as_str() {
        "localhost" => IpAddr::from([127, 0, 0, 1]),
        other => other
            .parse()
            .map_err(|_| CliError::Address(args.bind.clone()))?,
    };
    let identity = match args.identity {
        Identity::Demo if !ip.is_loopback() => return Err(CliError::OpenDemo(ip)),
        Identity::Demo => IdentityMode::Demo,
        Identity::Proxy => IdentityMode::Proxy(
            HeaderName::from_bytes(args.user_header.as_bytes())
                .map_err(|_| CliError::Header(args.user_header.clone()))?,
        ),
    };
    check_folder("--site", args.site.as_deref())?;
    check_folder("--widget", args.widget.as_deref())?;
    let site = Site {
        pages: args.site,
        widget: args.widget,
        open_csp: args.open_site_csp,
    };
    // The port first: a second start by mistake must not touch the database of the first.
    let listener = serve::bind(ip, port).await?;
    let db = Database::open(&args.db.db).await?;
    let app = App::new(db, identity);
    let router = api::router(app.clone(), &site);
    writeln!(
        io::stdout(),
        "Entraide is ready: http://{}/",
        listener.local_addr()?
    )?;
    io::stdout().flush()?;
    serve::serve(listener, router, app, serve::end_signal()).await;
    Ok(())
}

/// Reads a file of people, reports what it found in it, and writes them in one transaction.
async fn import_file(args: &ImportArgs) -> Result<(), CliError> {
    let mut overrides = Vec::new();
    for pair in &args.map {
        // Fields hold no equals sign, columns may.
        let (column, field) = pair
            .rsplit_once('=')
            .ok_or_else(|| CliError::Map(pair.clone()))?;
        overrides.push((column.trim().to_owned(), field.trim().to_owned()));
    }
    let bytes = read_file(&args.file)?;
    let import = import::read(&bytes, &overrides).map_err(|reason| CliError::Import {
        file: args.file.clone(),
        reason,
    })?;
    // Before the database is touched, so that the report is there whatever comes.
    let mut out = io::stdout().lock();
    write!(out, "{import}")?;
    out.flush()?;
    let db = Database::open(&args.db.db).await?;
    let done = fill::import(&db, &import.people, args.dry_run).await;
    db.close().await;
    let ImportOutcome {
        added,
        changed,
        unchanged,
    } = done?;
    let would = if args.dry_run {
        "Nothing was written (--dry-run); it would be: "
    } else {
        ""
    };
    writeln!(
        out,
        "{would}{added} added, {changed} changed, {unchanged} unchanged"
    )?;
    Ok(())
}

fn read_file(file: &Path) -> Result<Vec<u8>, CliError> {
    let fails = |reason: String| CliError::File {
        file: file.to_owned(),
        reason,
    };
    let about = std::fs::metadata(file).map_err(|e| fails(reason(&e)))?;
    if about.is_dir() {
        return Err(fails("it is a folder".to_owned()));
    }
    // Told by the import in its own words, without reading it all first.
    let bytes = usize::try_from(about.len()).unwrap_or(usize::MAX);
    if bytes > import::MAX_BYTES {
        let reason = ImportError::TooLarge { bytes };
        return Err(CliError::Import {
            file: file.to_owned(),
            reason,
        });
    }
    std::fs::read(file).map_err(|e| fails(reason(&e)))
}

/// Why a file cannot be read, without the number of the system's error.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it does not exist".to_owned(),
        io::ErrorKind::PermissionDenied => "this user may not read it".to_owned(),
        _ => error.to_string(),
    }
}

async fn fill_demo(path: &Path) -> Result<(), CliError> {
    let db = Database::open(path).await?;
    let company = demo::company(system_time());
    let done = fill::demo(&db, path, &company.people, &company.requests).await;
    db.close().await;
    match done? {
        (0, 0) => writeln!(
            io::stdout(),
            "The demo company is there already; nothing was changed"
        )?,
        (people, requests) => writeln!(
            io::stdout(),
            "{}: {people} people and {requests} requests written",
            demo::COMPANY_NAME
        )?,
    }
    Ok(())
}

fn check_folder(option: &'static str, folder: Option<&Path>) -> Result<(), CliError> {
    match folder {
        Some(folder) if !folder.is_dir() => Err(CliError::NoFolder {
            option,
            folder: folder.to_owned(),
        }),
        _ => Ok(()),
    }
}

/// Logs to standard error: lines for people on a terminal, JSON for machines. `ENTRAIDE_LOG`
/// takes the levels (`warn`, `entraide_server=debug`).
fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("ENTRAIDE_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr);
    if io::stderr().is_terminal() {
        log.compact().with_target(false).init();
    } else {
        log.json().flatten_event(true).init();
    }
}
