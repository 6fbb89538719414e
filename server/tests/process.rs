//! The built program as a person starts and stops it: what it says when something is wrong,
//! that it finishes what runs, and that nothing it acknowledged is ever lost.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_entraide-server");

/// Runs the program to its end.
fn run(args: &[&str]) -> Output {
    Command::new(PROGRAM).args(args).output().unwrap()
}

/// What it says when it refuses: one line on standard error, exit code 2, no Rust in it.
#[track_caller]
fn refusal(args: &[&str]) -> String {
    let output = run(args);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        output.stdout.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    for rust in [
        "Error {",
        "Os {",
        "panicked",
        "RUST_BACKTRACE",
        "Some(",
        "sqlx",
    ] {
        assert!(!said.contains(rust), "{said}");
    }
    said
}

/// A server that is killed when the test ends.
struct Running {
    child: Child,
    address: String,
}

impl Running {
    fn start(db: &Path) -> Self {
        let mut child = Command::new(PROGRAM)
            .args(["serve", "--port", "0", "--db", db.to_str().unwrap()])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line
            .trim()
            .strip_prefix("Entraide is ready: http://")
            .and_then(|rest| rest.strip_suffix('/'))
            .unwrap_or_else(|| panic!("{line}"))
            .to_owned();
        Self { child, address }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        stream
    }

    fn head(&self, method: &str, path: &str, length: usize) -> String {
        format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nX-Demo-Person: ada\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n",
            self.address
        )
    }

    /// The status and body of a call; `None` when the server is gone.
    fn call(&self, method: &str, path: &str, body: &str) -> Option<(u16, Value)> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .ok()?;
        stream
            .write_all((self.head(method, path, body.len()) + body).as_bytes())
            .ok()?;
        let mut text = String::new();
        stream.read_to_string(&mut text).ok()?;
        answer(&text)
    }

    fn signal(&self, name: &str) {
        let status = Command::new("kill")
            .args([name, &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(status.success());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn answer(text: &str) -> Option<(u16, Value)> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some((status, serde_json::from_str(body).unwrap_or(Value::Null)))
}

/// A database with ada and ben in it.
fn with_people(db: &Path) {
    use entraide::model::{Person, PersonId};
    let people = [("ada", "Ada"), ("ben", "Ben")]
        .map(|(id, name)| Person::named(PersonId::new(id).unwrap(), name));
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let db = entraide_server::database::Database::open(db).await.unwrap();
        entraide_server::fill::import(&db, &people, false)
            .await
            .unwrap();
        db.close().await;
    });
}

#[test]
fn wrong_ports_and_addresses_are_told_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("x.db");
    let db = db.to_str().unwrap();
    for port in ["70000", "-1", "http", "", "8080.5"] {
        let said = refusal(&["--port", port, "--db", db]);
        assert!(said.contains("0 to 65535"), "{said}");
    }
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let said = refusal(&["--port", &port, "--db", db]);
    assert!(
        said.contains(&port) && said.contains("in use") && said.contains("--port"),
        "{said}"
    );
    let said = refusal(&["--bind", "nowhere", "--db", db]);
    assert!(said.contains("--bind"), "{said}");
    let said = refusal(&[
        "--bind",
        "203.0.113.7",
        "--identity",
        "proxy",
        "--port",
        "0",
        "--db",
        db,
    ]);
    assert!(
        said.contains("203.0.113.7") && said.contains("--bind"),
        "{said}"
    );
    let said = refusal(&["serve", "--bind", "0.0.0.0", "--db", db]);
    assert!(said.contains("--identity proxy"), "{said}");
    let said = refusal(&["--identity", "proxy", "--user-header", "a b", "--db", db]);
    assert!(said.contains("--user-header"), "{said}");
    assert!(!Path::new(db).exists(), "nothing was made");
}

#[test]
fn wrong_paths_and_databases_are_told_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let with_db = |db: &str| refusal(&["--port", "0", "--db", db]);
    assert!(with_db(&at("missing/x.db")).contains("does not exist"));
    assert!(with_db(folder.path().to_str().unwrap()).contains("is a folder"));
    std::fs::write(
        at("letter.txt"),
        "Dear colleague, this is a letter. ".repeat(200),
    )
    .unwrap();
    assert!(with_db(&at("letter.txt")).contains("not a SQLite database"));
    assert!(
        std::fs::read_to_string(at("letter.txt"))
            .unwrap()
            .starts_with("Dear colleague")
    );

    let sql = |db: &str, statement: &'static str| {
        use sqlx::ConnectOptions;
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let options = sqlx::sqlite::SqliteConnectOptions::new()
                .filename(db)
                .create_if_missing(true);
            let mut connection = options.connect().await.unwrap();
            sqlx::query(statement)
                .execute(&mut connection)
                .await
                .unwrap();
            sqlx::Connection::close(connection).await.unwrap();
        });
    };
    sql(&at("other.db"), "CREATE TABLE invoices (id INTEGER)");
    assert!(with_db(&at("other.db")).contains("another program"));
    with_people(Path::new(&at("newer.db")));
    sql(
        &at("newer.db"),
        "INSERT INTO _sqlx_migrations VALUES (999, 'later', '2030-01-01', 1, x'00', 1)",
    );
    assert!(with_db(&at("newer.db")).contains("newer version"));

    let said = refusal(&[
        "--port",
        "0",
        "--db",
        &at("new.db"),
        "--site",
        &at("no-site"),
    ]);
    assert!(
        said.contains("--site") && said.contains("does not exist"),
        "{said}"
    );
    let said = refusal(&[
        "--port",
        "0",
        "--db",
        &at("new.db"),
        "--widget",
        &at("letter.txt"),
    ]);
    assert!(said.contains("--widget"), "{said}");
}

#[test]
fn a_database_without_permission_is_told_in_a_sentence() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("closed.db");
    with_people(&db);
    let closed = folder.path().join("closed");
    std::fs::create_dir(&closed).unwrap();
    std::fs::set_permissions(&closed, PermissionsExt::from_mode(0o500)).unwrap();
    std::fs::set_permissions(&db, PermissionsExt::from_mode(0o400)).unwrap();
    // Root may write everywhere; then another user's view is had through `setpriv`.
    let as_root = std::fs::write(closed.join("probe"), "x").is_ok();
    for file in [closed.join("x.db"), db] {
        let args = ["--port", "0", "--db", file.to_str().unwrap()];
        let output = if as_root {
            std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o555)).unwrap();
            let own = tempfile::tempdir().unwrap();
            std::fs::set_permissions(own.path(), PermissionsExt::from_mode(0o755)).unwrap();
            let program = own.path().join("entraide-server");
            std::fs::copy(PROGRAM, &program).unwrap();
            let mut user = Command::new("setpriv");
            user.args(["--reuid=65534", "--regid=65534", "--clear-groups"])
                .arg(&program);
            user.args(args).output().unwrap()
        } else {
            run(&args)
        };
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(
            said.contains("permissions") && said.contains("--db"),
            "{said}"
        );
        assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    }
}

/// Runs a command that must succeed, and gives what it says.
#[track_caller]
fn success(args: &[&str]) -> String {
    let output = run(args);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn an_import_reports_writes_and_changes_nothing_when_run_again() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (db, file) = (at("x.db"), at("people.csv"));
    let csv = "Matricule;Nom;Prénom;Compétences\r\nada;LOVELACE;Ada;Excel, C++\r\n;NOBODY;No;\r\nben;ŁUKASZ;Ben;EXCEL\r\n";
    std::fs::write(&file, csv).unwrap();
    let said = success(&["import", &file, "--db", &db, "--dry-run"]);
    assert!(
        said.contains("line 3") && said.contains("2 added, 0 changed, 0 unchanged"),
        "{said}"
    );
    let said = success(&["import", &file, "--db", &db]);
    assert!(
        said.ends_with("\n2 added, 0 changed, 0 unchanged\n"),
        "{said}"
    );
    let said = success(&["import", &file, "--db", &db]);
    assert!(
        said.ends_with("\n0 added, 0 changed, 2 unchanged\n"),
        "{said}"
    );
    let server = Running::start(Path::new(&db));
    let (_, ada) = server.call("GET", "/api/me", "").unwrap();
    assert_eq!(
        (&ada["name"], &ada["skills"][1]["name"]),
        (&json!("Ada Lovelace"), &json!("C++"))
    );

    assert!(refusal(&["import", &at("missing.csv"), "--db", &db]).contains("does not exist"));
    assert!(
        refusal(&["import", folder.path().to_str().unwrap(), "--db", &db]).contains("is a folder")
    );
    assert!(refusal(&["import", &file, "--db", &db, "--map", "Nom"]).contains("COLUMN=FIELD"));
    assert!(refusal(&["import", &file, "--db", &db, "--map", "Wage=id"]).contains("Wage"));
    std::fs::write(&file, "").unwrap();
    assert!(refusal(&["import", &file, "--db", &at("never.db")]).contains("nothing was imported"));
    assert!(!Path::new(&at("never.db")).exists());
    assert!(refusal(&["demo-data", "--db", &db]).contains("not the demo's"));
}

#[test]
fn an_import_that_is_killed_half_way_leaves_the_database_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("x.db");
    with_people(&db);
    let file = folder.path().join("many.csv");
    let lines = (0..3_000).map(|i| format!("p{i};Name {i};Excel, Skill {}\n", i % 50));
    std::fs::write(
        &file,
        format!("id;name;skills\n{}", lines.collect::<String>()),
    )
    .unwrap();
    let wal = folder.path().join("x.db-wal");
    let (file, path) = (file.to_str().unwrap(), db.to_str().unwrap());
    let mut child = Command::new(PROGRAM)
        .args(["import", file, "--db", path])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    // Pages spill into the log once the cache is full, well before the commit.
    let started = Instant::now();
    while std::fs::metadata(&wal).map_or(0, |m| m.len()) < 100_000 {
        assert!(started.elapsed() < Duration::from_secs(60) && child.try_wait().unwrap().is_none());
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let server = Running::start(&db);
    assert_eq!(
        server.call("GET", "/api/people?limit=5", "").unwrap().1["total"],
        2
    );
    drop(server);
    let said = success(&["import", file, "--db", path]);
    assert!(
        said.ends_with("\n3000 added, 0 changed, 0 unchanged\n"),
        "{said}"
    );
}

#[test]
fn the_demo_company_is_written_once_and_answers() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("demo.db");
    let db = db.to_str().unwrap();
    let said = success(&["demo-data", "--db", db]);
    assert!(said.contains("2000 people"), "{said}");
    assert!(success(&["demo-data", "--db", db]).contains("nothing was changed"));
    let server = Running::start(Path::new(db));
    let (_, first) = server.call("GET", "/demo/session", "").unwrap();
    assert_eq!(first["id"], entraide_server::demo::DEFAULT_PERSON);
}

#[test]
fn openapi_prints_the_document() {
    let output = run(&["openapi"]);
    assert!(output.status.success());
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        document,
        serde_json::to_value(entraide_server::api::openapi()).unwrap()
    );
}

#[test]
fn what_was_written_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("x.db");
    with_people(&db);
    let server = Running::start(&db);
    let body = json!({"question": "Still here?", "to": ["ben"]}).to_string();
    let (status, posted) = server.call("POST", "/api/requests", &body).unwrap();
    assert_eq!(status, 201);
    server.signal("-TERM");
    let mut server = server;
    assert!(server.child.wait().unwrap().success());
    let server = Running::start(&db);
    let path = format!("/api/requests/{}", posted["id"].as_str().unwrap());
    assert_eq!(server.call("GET", &path, "").unwrap(), (200, posted));
}

#[test]
fn stopping_finishes_what_runs_and_ends_streams() {
    for signal in ["-TERM", "-INT"] {
        let folder = tempfile::tempdir().unwrap();
        let db = folder.path().join("x.db");
        with_people(&db);
        let mut server = Running::start(&db);
        // A stream that is open, and a call of which the second half is still to come.
        let mut stream = server.connect();
        stream
            .write_all(server.head("GET", "/api/events", 0).as_bytes())
            .unwrap();
        let mut first = [0; 64];
        assert!(stream.read(&mut first).unwrap() > 0);
        let body = json!({"question": "Half way?"}).to_string();
        let mut half = server.connect();
        let whole = server.head("POST", "/api/requests", body.len()) + &body;
        let (one, two) = whole.split_at(whole.len() - 8);
        half.write_all(one.as_bytes()).unwrap();
        std::thread::sleep(Duration::from_millis(300));
        let started = Instant::now();
        server.signal(signal);
        std::thread::sleep(Duration::from_millis(300));
        assert!(
            TcpStream::connect(&server.address).is_err(),
            "takes no new calls"
        );
        half.write_all(two.as_bytes()).unwrap();
        let mut text = String::new();
        half.read_to_string(&mut text).unwrap();
        assert_eq!(answer(&text).unwrap().0, 201, "{text}");
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).unwrap();
        assert!(server.child.wait().unwrap().success());
        assert!(
            started.elapsed() < Duration::from_secs(8),
            "{:?}",
            started.elapsed()
        );
    }
}

#[test]
fn a_call_that_never_ends_does_not_hold_the_server_up() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("x.db");
    with_people(&db);
    let mut server = Running::start(&db);
    let mut half = server.connect();
    half.write_all(server.head("POST", "/api/requests", 100).as_bytes())
        .unwrap();
    std::thread::sleep(Duration::from_millis(200));
    let started = Instant::now();
    server.signal("-TERM");
    assert!(server.child.wait().unwrap().success());
    assert!(
        started.elapsed() < Duration::from_secs(13),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn killed_in_the_middle_of_writing_it_loses_no_acknowledged_write() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("x.db");
    with_people(&db);
    for round in 0..3 {
        let server = Running::start(&db);
        let acknowledged: Vec<Value> = std::thread::scope(|scope| {
            let writers: Vec<_> = (0..4)
                .map(|writer| {
                    let server = &server;
                    scope.spawn(move || {
                        let mut done = Vec::new();
                        for i in 0.. {
                            let body =
                                json!({"question": format!("{round} {writer} {i}")}).to_string();
                            match server.call("POST", "/api/requests", &body) {
                                Some((201, posted)) if posted.is_object() => done.push(posted),
                                _ => break,
                            }
                        }
                        done
                    })
                })
                .collect();
            std::thread::sleep(Duration::from_millis(700));
            server.signal("-KILL");
            writers
                .into_iter()
                .flat_map(|w| w.join().unwrap())
                .collect()
        });
        assert!(
            acknowledged.len() > 10,
            "only {} writes",
            acknowledged.len()
        );
        drop(server);
        let server = Running::start(&db);
        for posted in acknowledged {
            let path = format!("/api/requests/{}", posted["id"].as_str().unwrap());
            assert_eq!(server.call("GET", &path, "").unwrap(), (200, posted));
        }
    }
}
