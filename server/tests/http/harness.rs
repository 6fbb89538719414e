//! A server on a database of its own, people to play with, and calls whose answers are checked
//! against the OpenAPI document.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use entraide::model::{Person, PersonId, PersonSkill, Timestamp};
use entraide_server::app::{App, IdentityMode};
use entraide_server::database::Database;
use entraide_server::site::Site;
use entraide_server::{api, fill};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use tower::ServiceExt;

/// 2026-11-24T12:00:00Z.
pub(crate) const NOON: i64 = 1_795_521_600_000;

pub(crate) struct Server {
    pub(crate) app: App,
    pub(crate) db: Database,
    pub(crate) router: Router,
    pub(crate) folder: TempDir,
    pub(crate) clock: Arc<AtomicI64>,
    pub(crate) document: Value,
    /// Operations called so far, as `GET /path/{template}`.
    pub(crate) exercised: Mutex<BTreeSet<String>>,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }
    pub(crate) fn id(&self) -> String {
        self.body["id"].as_str().unwrap().to_owned()
    }
    #[track_caller]
    pub(crate) fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }
    /// The pointers of a 422.
    pub(crate) fn pointers(&self) -> Vec<&str> {
        self.body["errors"]
            .as_array()
            .map(|e| e.iter().map(|e| e["pointer"].as_str().unwrap()).collect())
            .unwrap_or_default()
    }
}

pub(crate) fn person(id: &str, name: &str, skills: &[&str]) -> Person {
    let mut person = Person::named(PersonId::new(id).unwrap(), name);
    person.skills = skills
        .iter()
        .map(|s| PersonSkill::declared(s).unwrap())
        .collect();
    person.title = format!("Title of {id}");
    person.email = format!("{id}@valmer.example");
    person
}

/// ada asks; ben and cleo know Excel; dan knows welding; eve knows nothing.
pub(crate) fn cast() -> Vec<Person> {
    let mut ada = person("ada", "Ada Öztürk", &["SAP FI"]);
    ada.wants = vec!["Excel".into()];
    ada.team = "Finance".into();
    let mut ben = person("ben", "Ben Łukasz", &["EXCEL", "C++"]);
    ben.team = "Contrôle de gestion".into();
    ben.place = "Lyon".into();
    ben.languages = vec!["fr".into(), "en".into()];
    ben.joined = Some(Timestamp::from_millis(NOON - 1_000));
    ben.availability.load.weekly_limit = Some(3);
    let mut cleo = person("cleo", "Cléo D'Alençon", &["Excel", "C#"]);
    cleo.place = "Nantes".into();
    let dan = person("dan", "Dan <img src=x>", &["Welding"]);
    let eve = person("eve", "Eve Nobody", &[]);
    vec![ada, ben, cleo, dan, eve]
}

impl Server {
    pub(crate) async fn new() -> Self {
        Self::with(IdentityMode::Demo, &Site::default(), &cast()).await
    }

    pub(crate) async fn with(identity: IdentityMode, site: &Site, people: &[Person]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = Database::open(&folder.path().join("test.db"))
            .await
            .unwrap();
        fill::import(&db, people, false).await.unwrap();
        let clock = Arc::new(AtomicI64::new(NOON));
        let hands = clock.clone();
        let app = App::with_clock(
            db.clone(),
            identity,
            Arc::new(move || Timestamp::from_millis(hands.load(Ordering::Relaxed))),
        );
        let router = api::router(app.clone(), site);
        let document = serde_json::to_value(api::openapi()).unwrap();
        Self {
            app,
            db,
            router,
            folder,
            clock,
            document,
            exercised: Mutex::default(),
        }
    }

    pub(crate) fn document(&self) -> &Value {
        &self.document
    }

    pub(crate) fn pass_time(&self, ms: i64) {
        self.clock.fetch_add(ms, Ordering::Relaxed);
    }

    /// Any request; its answer is checked against the document.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let method = request.method().clone();
        let path = request.uri().path().to_owned();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let answer = Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: serde_json::from_str(&text).unwrap_or(Value::Null),
            text,
        };
        self.check(&method, &path, &answer);
        answer
    }

    pub(crate) async fn get(&self, who: &str, path: &str) -> Answer {
        self.send(request(Method::GET, who, path, &[], Body::empty()))
            .await
    }

    pub(crate) async fn get_with(&self, who: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(request(Method::GET, who, path, headers, Body::empty()))
            .await
    }

    pub(crate) async fn post(&self, who: &str, path: &str, body: Value) -> Answer {
        self.post_with(who, path, &[], body).await
    }

    pub(crate) async fn post_with(
        &self,
        who: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Value,
    ) -> Answer {
        let mut all = vec![("content-type", "application/json")];
        all.extend_from_slice(headers);
        self.send(request(
            Method::POST,
            who,
            path,
            &all,
            Body::from(body.to_string()),
        ))
        .await
    }

    /// Posts a question and gives the id of the request.
    pub(crate) async fn ask(
        &self,
        who: &str,
        question: &str,
        skills: &[&str],
        to: &[&str],
    ) -> String {
        let body = json!({"question": question, "skills": skills, "to": to});
        self.post(who, "/api/requests", body).await.is(201).id()
    }

    /// Answers and gives the id of the answer.
    pub(crate) async fn answer(&self, who: &str, request: &str, text: &str) -> String {
        let path = format!("/api/requests/{request}/answers");
        let thread = self.post(who, &path, json!({"text": text})).await.is(201);
        let answers = thread.body["answers"].as_array().unwrap();
        answers.last().unwrap()["id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn accept(&self, who: &str, request: &str, answer: &str) -> Answer {
        let path = format!("/api/requests/{request}/answers/{answer}/accept");
        self.post(who, &path, json!({})).await
    }

    /// The template of the document that a path falls under.
    fn template(&self, path: &str) -> Option<String> {
        let parts: Vec<&str> = path.split('/').collect();
        let fits = |template: &&String| {
            let wanted: Vec<&str> = template.split('/').collect();
            wanted.len() == parts.len()
                && wanted
                    .iter()
                    .zip(&parts)
                    .all(|(w, p)| w.starts_with('{') || w == p)
        };
        let paths = self.document["paths"].as_object().unwrap();
        // A fixed word goes before a parameter, as in the router.
        paths
            .keys()
            .filter(fits)
            .min_by_key(|t| t.matches('{').count())
            .cloned()
    }

    /// Fails unless the answer is one that the document describes.
    fn check(&self, method: &Method, path: &str, answer: &Answer) {
        let Some(template) = self.template(path) else {
            return;
        };
        let verb = method.as_str().to_lowercase();
        let operation = &self.document["paths"][&template][&verb];
        if operation.is_null() {
            assert_eq!(answer.status, 405, "{method} {template}");
            return;
        }
        self.exercised
            .lock()
            .unwrap()
            .insert(format!("{method} {template}"));
        if answer.status == 304 {
            assert!(answer.text.is_empty());
            return;
        }
        let responses = &operation["responses"];
        let status = answer.status.to_string();
        let response = responses.get(&status).or_else(|| responses.get("default"));
        let response =
            response.unwrap_or_else(|| panic!("{method} {template}: {status} is not described"));
        let kind = answer
            .header("content-type")
            .split(';')
            .next()
            .unwrap()
            .to_owned();
        let schema = &response["content"][&kind]["schema"];
        assert!(
            !schema.is_null(),
            "{method} {template} {status}: {kind} is not described"
        );
        if kind.ends_with("json") {
            let mut whole = schema.as_object().unwrap().clone();
            whole.insert("components".to_owned(), self.document["components"].clone());
            let validator = jsonschema::draft202012::new(&Value::Object(whole)).unwrap();
            let faults: Vec<String> = validator
                .iter_errors(&answer.body)
                .map(|e| format!("{}: {e}", e.instance_path()))
                .collect();
            assert!(
                faults.is_empty(),
                "{method} {template} {status}: {faults:?}\n{}",
                answer.text
            );
        }
        if answer.status >= 400 {
            assert_eq!(kind, "application/problem+json");
            assert_eq!(answer.body["status"], answer.status);
            assert!(!answer.body["detail"].as_str().unwrap().is_empty());
        }
    }
}

pub(crate) fn request(
    method: Method,
    who: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Body,
) -> Request<Body> {
    let mut builder = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "localhost");
    if !who.is_empty() {
        builder = builder.header("x-demo-person", who);
    }
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(body).unwrap()
}

pub(crate) const NOT_FOUND: u16 = StatusCode::NOT_FOUND.as_u16();
