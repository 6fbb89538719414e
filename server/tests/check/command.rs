//! The command as a page owner calls it: what it prints, and how it ends.

use crate::canned::{Asked, Canned, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_entraide-server");

/// Runs `check` on a document; gives what it prints, without times, and how it ends.
fn check(document: &str, args: &[&str], variables: &[(&str, &str)]) -> (String, i32) {
    let mut child = Command::new(PROGRAM)
        .arg("check")
        .args(args)
        .arg("-")
        .envs(variables.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(document.as_bytes()).unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (without_times(&said), output.status.code().unwrap())
}

fn without_times(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        match (line.find(", "), line.find(" ms")) {
            (Some(from), Some(to)) if line.starts_with("  ") && from < to => {
                out.push_str(&[&line[..from], &line[to + 3..]].concat());
            }
            _ => out.push_str(line),
        }
        out.push('\n');
    }
    out
}

/// A document of people at a server.
fn people(server: &Canned, more: &str) -> String {
    format!(
        r#"{{"name": "hr", "base": "{}/api", {more}
            "paging": {{"kind": "page", "total": "total", "size": 2}},
            "records": {{"person": {{"id": "uid", "name": "fullName", "title": "job", "team": "dept.name", "skills": "skills"}}}},
            "operations": {{"people.list": {{"call": "GET /staff{{?page}}", "items": "rows"}},
                "people.search": {{"call": "GET /staff{{?q}}", "items": "rows"}},
                "people.get": {{"call": "GET /staff/{{id}}", "item": "row"}}}}}}"#,
        server.origin
    )
}

const ADA: &str = r#"{"uid": 1, "fullName": "Ada Byron", "job": null, "department": "R&D", "skills": ["algebra"]}"#;
const BEN: &str = r#"{"uid": 2, "fullName": "Ben Ox", "job": "Fitter", "skills": []}"#;
const EVE: &str = r#"{"uid": 3, "fullName": "", "job": "Spy"}"#;

fn rows(rows: &[&str], total: usize) -> String {
    format!(r#"{{"rows": [{}], "total": {total}}}"#, rows.join(","))
}

/// A backend that does all that it is asked for.
fn sound(asked: &Asked) -> (u16, String) {
    let line = asked.line.as_str();
    let body = match line.split_once("/api/staff").map(|(_, rest)| rest) {
        Some("?page=1") => rows(&[ADA, BEN], 3),
        Some("?page=2") => rows(&[EVE], 3),
        Some("?q=Byron") => rows(&[ADA], 1),
        Some("/1") => format!(r#"{{"row": {ADA}}}"#),
        _ => rows(&[], 0),
    };
    (200, body)
}

#[test]
fn a_wrong_document_is_told_place_by_place() {
    let document = r#"{"base": "/a", "auth": {"kind": "baerer"},
        "records": {"person": {"id": "id", "name": "lowr(name)"}},
        "operations": {"people.list": "GET /p{?limt}", "people.lst": "GET /"}}"#;
    let (said, code) = check(document, &[], &[]);
    assert_eq!(
        said,
        "/auth/kind: `baerer` is not known here; did you mean `bearer`?\n\
         /records/person/name: `lowr(name)` is no selector: there is no function `lowr`; did you mean `lower`? (at character 0)\n\
         /operations/people.lst: `people.lst` means nothing here; did you mean `people.list`?\n\
         /operations/people.list/call: there is no value `limt` here; did you mean `limit`?\n\
         -: 4 problems\n"
    );
    assert_eq!(code, 1);
    let (said, code) = check(r#"{"extends": "redmin"}"#, &[], &[]);
    assert!(
        said.starts_with("/extends: there is no preset `redmin`; did you mean `redmine`?"),
        "{said}"
    );
    assert_eq!(code, 1);
    let (said, code) = check("{\"base\": ", &[], &[]);
    assert!(
        said.starts_with("the document: this is not JSON: EOF"),
        "{said}"
    );
    assert_eq!(code, 1);
}

#[test]
fn a_sound_document_is_told_with_what_the_widget_will_show() {
    let args = ["--preset", "entraide", "--base", "/entraide/api"];
    let (said, code) = check("{\"operations\": {\"events\": null}}", &args, &[]);
    assert!(
        said.starts_with("-: the document is sound\n  in it: me, people.list"),
        "{said}"
    );
    assert!(said.contains("does not show it: events\n"), "{said}");
    assert!(
        said.ends_with("`Entraide` at /entraide/api, auth: bearer\n"),
        "{said}"
    );
    assert_eq!(code, 0);
}

#[test]
fn what_cannot_be_checked_is_refused_in_a_sentence() {
    for (document, args, words) in [
        (
            "{}",
            &["--preset", "redmin"][..],
            "there is no preset \"redmin\"; there are: ",
        ),
        (
            r#"{"extends": "scim"}"#,
            &["--preset", "entraide"],
            "extends \"scim\" already",
        ),
        ("{}", &["--setting", "x"], "--setting \"x\" has no '='"),
        (
            "{}",
            &["--preset", "entraide", "--base", "/a", "--live"],
            "say which: --page",
        ),
        (
            "{}",
            &[
                "--preset", "entraide", "--base", "/a", "--live", "--page", "intranet",
            ],
            "\"intranet\" is no origin",
        ),
        (
            "{}",
            &[
                "--preset",
                "entraide",
                "--base",
                "http://127.0.0.1:1",
                "--live",
                "--secret",
                "NO_SUCH",
            ],
            "\"NO_SUCH\" of --secret is not set",
        ),
    ] {
        let (said, code) = check(document, args, &[]);
        assert!(said.contains(words), "{said}");
        assert_eq!(code, 2, "{said}");
    }
}

#[test]
fn each_field_is_shown_with_what_it_got() {
    let server = Canned::new(|asked| {
        let (status, body) = sound(asked);
        let ok = asked.header("authorization") == Some("Bearer tok-secret");
        if ok {
            json(status, &body)
        } else {
            json(401, "{}")
        }
    });
    let document = people(&server, r#""auth": {"kind": "bearer"},"#);
    let variables = [("HR_TOKEN", "tok-secret")];
    let (said, code) = check(
        &document,
        &["--live", "--secret", "hr=HR_TOKEN"],
        &variables,
    );
    let origin = &server.origin;
    let expected = format!(
        "-: the document is sound
  in it: people.list, people.search, people.get
  not in it, so the widget does not show it: me, skills.list, requests.create, requests.list, requests.get, requests.similar, answers.create, answers.accept, thanks.create, requests.pass, requests.close, events
  `hr` at {origin}/api, auth: bearer

people.list
  GET {origin}/api/staff?page=1
  200: 2 people, 3 in all; 0 on the second page
    id      100 %  1
    name    100 %  Ada Byron
    skills   50 %  algebra
    team      0 %
    title    50 %  Fitter
  note: nothing came for /records/person/team; an item holds: department, fullName, job, skills, uid

people.search (Byron)
  GET {origin}/api/staff?q=Byron
  200: 1 person, 1 in all
    id      100 %  1
    name    100 %  Ada Byron
    skills  100 %  algebra
    team      0 %
    title     0 %

people.get
  GET {origin}/api/staff/1
  200: read
    id      100 %  1
    name    100 %  Ada Byron
    skills  100 %  algebra
    team      0 %
    title     0 %

Whether browsers let your page read this backend was not looked at: add --page with the page's origin.
no problem
"
    );
    assert_eq!(said, expected);
    assert_eq!(code, 0);
    let (again, _) = check(
        &document,
        &["--live", "--secret", "hr=HR_TOKEN"],
        &variables,
    );
    assert_eq!(said, again, "the same words for the same findings");
    // Without the secret nothing is sent, and with a wrong one it is told whose it is.
    let sent = server.asked().len();
    let (said, code) = check(&document, &["--live"], &[]);
    assert!(
        said.contains("give it, or a valid one: --secret hr=VARIABLE"),
        "{said}"
    );
    assert_eq!((code, server.asked().len()), (1, sent));
    let wrong = [("HR_TOKEN", "tok-wrong-one")];
    let (said, _) = check(&document, &["--live", "--secret", "HR_TOKEN"], &wrong);
    assert!(
        said.contains("  401\n  PROBLEM: not signed in: sign in and try again; give it"),
        "{said}"
    );
    assert!(
        !said.contains("tok-wrong-one") && said.ends_with("1 problem\n"),
        "{said}"
    );
}

/// What is said of a backend that answers each call in some way.
fn told(
    document: &dyn Fn(&Canned) -> String,
    answer: fn(&Asked) -> crate::canned::Answer,
    args: &[&str],
) -> String {
    let server = Canned::new(answer);
    let (said, code) = check(&document(&server), &[&["--live"], args].concat(), &[]);
    assert_eq!(code, 1, "{said}");
    said
}

#[test]
fn what_a_backend_does_wrong_is_seen() {
    let plain = |server: &Canned| people(server, "");
    let said = told(&plain, |_| json(200, &rows(&[ADA, BEN], 9)), &[]);
    assert!(
        said.contains("the second page is the first again"),
        "{said}"
    );
    assert!(
        said.contains("(`qxzvkwjq`) gives 2 people: the backend does not read the query"),
        "{said}"
    );
    // Asked for one, another comes.
    let said = told(
        &plain,
        |asked| match asked.line.contains("/staff/") {
            true => json(200, &format!(r#"{{"row": {BEN}}}"#)),
            false => json(200, &sound(asked).1),
        },
        &[],
    );
    assert!(said.contains("another one than was asked for"), "{said}");
    // A search that finds nobody.
    let said = told(
        &plain,
        |asked| match asked.line.contains("?q=") {
            true => json(200, &rows(&[], 0)),
            false => json(200, &sound(asked).1),
        },
        &[],
    );
    assert!(
        said.contains("`Ada Byron` is in people.list, and a search for `Byron` finds nobody"),
        "{said}"
    );
    // Items of another shape.
    let said = told(
        &plain,
        |_| {
            json(
                200,
                r#"{"rows": [{"id": 1, "attributes": {"name": "Ada"}}]}"#,
            )
        },
        &[],
    );
    assert!(
        said.contains("1 came and none of them can be taken (/0/"),
        "{said}"
    );
    assert!(said.contains("one holds: attributes.name, id"), "{said}");
    // The list is somewhere else.
    let said = told(&plain, |_| json(200, r#"{"data": []}"#), &[]);
    assert!(
        said.contains("`rows` gives null; there are: data"),
        "{said}"
    );
    let html = |_: &Asked| {
        let page = "<!doctype html><title>Sign in</title><form><input type=\"password\"></form>";
        let kind = ("Content-Type", "text/html".to_owned());
        (200, vec![kind], page.as_bytes().to_vec())
    };
    let said = told(&plain, html, &[]);
    assert!(
        said.contains("(\"Sign in\")") && said.contains("that is a page to sign in"),
        "{said}"
    );
    let away = |_: &Asked| {
        let to = ("Location", "https://sso.example/authorize".to_owned());
        (302, vec![to], Vec::new())
    };
    let said = told(&plain, away, &[]);
    assert!(
        said.contains("it sends calls on to https://sso.example/authorize, which is not followed"),
        "{said}"
    );
    let nobody = |_: &Canned| {
        r#"{"base": "http://127.0.0.1:1", "operations": {"people.list": "GET /"}}"#.to_owned()
    };
    let said = told(&nobody, |_| json(200, "{}"), &[]);
    assert!(
        said.contains("http://127.0.0.1:1 cannot be reached: "),
        "{said}"
    );
}

#[test]
fn what_browsers_would_withhold_is_seen() {
    let page = ["--page", "https://intranet.example"];
    let plain = |server: &Canned| people(server, "");
    let answer = |asked: &Asked| json(200, &sound(asked).1);
    let said = told(&plain, answer, &page);
    let fault = "browsers will not give this answer to a page on https://intranet.example: let it answer with `Access-Control-Allow-Origin: https://intranet.example`";
    assert_eq!(said.matches(fault).count(), 1, "{said}");
    // With cookies a star is not enough.
    let cookie = |server: &Canned| people(server, r#""auth": {"kind": "cookie"},"#);
    let star = |asked: &Asked| {
        let mut answer = json(200, &sound(asked).1);
        answer
            .1
            .push(("Access-Control-Allow-Origin", "*".to_owned()));
        answer
    };
    let said = told(&cookie, star, &page);
    assert!(said.contains("cookies go along, so `Access-Control-Allow-Origin` must be `https://intranet.example` and not `*`"), "{said}");
    // A header of the mapping's own is asked for first, and one that it reads must be exposed.
    let own = |server: &Canned| {
        people(server, r#""headers": {"X-Tenant": "7"},"#)
            .replace("\"total\": \"total\"", "\"total\": \"header('x-total')\"")
    };
    let no_preflight = |asked: &Asked| {
        let mut answer = json(200, &sound(asked).1);
        if asked.line.starts_with("OPTIONS") {
            answer = json(405, "");
        }
        answer
            .1
            .push(("Access-Control-Allow-Origin", "*".to_owned()));
        answer.1.push(("X-Total", "2".to_owned()));
        answer
    };
    let said = told(&own, no_preflight, &page);
    assert!(
        said.contains("browsers ask `OPTIONS http://")
            && said.contains("it answers 405: let it answer 204"),
        "{said}"
    );
    assert!(
        said.contains("let the backend answer with `Access-Control-Expose-Headers: x-total`"),
        "{said}"
    );
    let half = |asked: &Asked| {
        let mut answer = json(200, &sound(asked).1);
        answer
            .1
            .push(("Access-Control-Allow-Origin", "*".to_owned()));
        answer
            .1
            .push(("Access-Control-Allow-Headers", "Accept".to_owned()));
        answer
    };
    let said = told(&own, half, &page);
    assert!(
        said.contains("`Access-Control-Allow-Headers: x-tenant`"),
        "{said}"
    );
    // And one where all is well.
    let server = Canned::new(|asked| {
        let mut answer = json(200, &sound(asked).1);
        answer.1.push((
            "Access-Control-Allow-Origin",
            "https://intranet.example".to_owned(),
        ));
        answer
            .1
            .push(("Access-Control-Allow-Headers", "X-Tenant".to_owned()));
        answer
    });
    let document = people(&server, r#""headers": {"X-Tenant": "7"},"#);
    let (said, code) = check(
        &document,
        &["--live", "--page", "https://intranet.example"],
        &[],
    );
    assert_eq!(code, 0, "{said}");
    assert!(server.asked().iter().any(|a| a.line.starts_with("OPTIONS")));
}

/// The reference server, ended with the test.
struct Reference(Child, String);

impl Drop for Reference {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn reference(folder: &std::path::Path) -> Reference {
    let file = folder.join("people.csv");
    let people =
        "id;name;title;skills\nada;Ada Byron;Analyst;Algebra\nben;Ben Ox;Fitter;Excel, Welding\n";
    std::fs::write(&file, people).unwrap();
    let db = folder.join("x.db");
    let (file, db) = (file.to_str().unwrap(), db.to_str().unwrap());
    let import = Command::new(PROGRAM)
        .args(["import", file, "--db", db])
        .output();
    assert!(import.unwrap().status.success());
    let mut child = Command::new(PROGRAM)
        .args(["serve", "--port", "0", "--db", db])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap())
        .read_line(&mut line)
        .unwrap();
    let url = line
        .trim()
        .strip_prefix("Entraide is ready: ")
        .unwrap()
        .trim_end_matches('/');
    Reference(child, url.to_owned())
}

#[test]
fn the_reference_server_passes_whole() {
    let folder = tempfile::tempdir().unwrap();
    let server = reference(folder.path());
    let args = [
        "--preset", "entraide", "--base", "/api", "--page", &server.1, "--live",
    ];
    let (said, code) = check(
        "{}",
        &[&args[..], &["--header", "X-Demo-Person: ada"]].concat(),
        &[],
    );
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains(
            "requests.get\n  note: not called: there is no request yet; --write posts one\n"
        ),
        "{said}"
    );
    let (said, code) = check(
        "{}",
        &[&args[..], &["--write", "--header", "X-Demo-Person: ada"]].concat(),
        &[],
    );
    assert_eq!(code, 0, "{said}");
    let at = said
        .find("Now a request is posted that says that it is a test")
        .unwrap();
    for step in [
        "requests.create\n",
        "requests.get\n",
        "answers.create\n",
        "requests.close\n",
    ] {
        assert!(said[at..].contains(step), "{step}: {said}");
    }
    let (said, _) = check(
        "{}",
        &[&args[..], &["--header", "X-Demo-Person: ada"]].concat(),
        &[],
    );
    assert!(
        said.contains("requests.list mine\n") && said.contains("Test of Entraide, please ignore"),
        "{said}"
    );
}
