//! A colleague with the widget, without a browser: the real store, whose commands are carried
//! out on the real server's router through the real mapping. Time stands still until it is told
//! to pass; the network can be cut.

use axum::Router;
use axum::body::Body;
use entraide::backend::{BackendError, HttpRequest, HttpResponse, Mapping, Secrets, preset};
use entraide::i18n::Language;
use entraide::model::Timestamp;
use entraide::store::{
    Action, Call, Command, Config, Reply, State, Store, SurfaceId, SurfaceKind, prepare, read,
};
use http_body_util::BodyExt;
use std::collections::BTreeMap;
use std::rc::Rc;
use tower::ServiceExt;

/// The panel of each colleague.
pub(crate) const PANEL: SurfaceId = SurfaceId(1);

/// What the network does.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Network {
    Up,
    /// Nothing gets through.
    Down,
    /// Requests arrive, answers are lost.
    AnswersLost,
}

pub(crate) struct Colleague {
    id: &'static str,
    router: Router,
    mapping: Rc<Mapping>,
    store: Store,
    pub(crate) network: Network,
    /// What storage keeps; survives [`Colleague::reload`].
    pub(crate) storage: BTreeMap<String, String>,
    timers: Vec<(i64, Action)>,
    now: i64,
    /// Events for the page, with their detail.
    pub(crate) events: Vec<(&'static str, serde_json::Value)>,
    /// What was said to a screen reader.
    pub(crate) said: Vec<String>,
}

fn fresh_store(mapping: &Rc<Mapping>, now: i64, id: &'static str) -> Store {
    let config = Config {
        language: Language::new("en"),
        page: None,
        backend: Ok(Rc::clone(mapping)),
    };
    let mut n = 0;
    let keys = Box::new(move || {
        n += 1;
        format!("{id}-{now}-{n}")
    });
    Store::new(config, Timestamp::from_millis(now), keys)
}

impl Colleague {
    pub(crate) fn new(id: &'static str, router: &Router, now: i64) -> Self {
        let document = preset("entraide").unwrap();
        let presets = |name: &str| preset(name).map(str::to_owned);
        let mapping = Mapping::parse(document, Some("http://127.0.0.1/api"), &presets).unwrap();
        let mapping = Rc::new(mapping);
        Self {
            id,
            router: router.clone(),
            store: fresh_store(&mapping, now, id),
            mapping,
            network: Network::Up,
            storage: BTreeMap::new(),
            timers: Vec::new(),
            now,
            events: Vec::new(),
            said: Vec::new(),
        }
    }

    /// Opens the panel, as the first thing on a page.
    pub(crate) async fn open_panel(&mut self) {
        let kept = self.storage.clone().into_iter().collect();
        self.act(Action::Restored(kept)).await;
        self.act(Action::Mounted {
            surface: PANEL,
            kind: SurfaceKind::Panel,
        })
        .await;
        self.act(Action::Shown {
            surface: PANEL,
            open: true,
        })
        .await;
    }

    /// The page goes away at once and comes back; only storage is left.
    pub(crate) async fn reload(&mut self) {
        self.timers.clear();
        self.now += 1;
        self.store = fresh_store(&self.mapping, self.now, self.id);
        self.open_panel().await;
    }

    pub(crate) fn state(&self) -> Rc<State> {
        self.store.snapshot()
    }

    /// Lets an action happen, with all that follows from it at once.
    pub(crate) async fn act(&mut self, action: Action) {
        let mut actions = vec![action];
        while let Some(action) = actions.pop() {
            for command in self.store.dispatch(action) {
                match command {
                    Command::Call { ticket, call } => {
                        let result = self.call(&call).await.map(Rc::new);
                        actions.push(Action::Replied { ticket, result });
                    }
                    Command::Keep { slot, value } => match value {
                        Some(text) => drop(self.storage.insert(slot, text)),
                        None => drop(self.storage.remove(&slot)),
                    },
                    Command::After { ms, action } => {
                        self.timers.push((self.now + i64::from(ms), *action));
                    }
                    Command::BeforePost { surface, request } => {
                        actions.push(Action::Approved {
                            surface,
                            request: Some(request),
                        });
                    }
                    Command::Emit { name, detail, .. } => self.events.push((name, detail)),
                    Command::Announce { text, .. } => self.said.push(text),
                    Command::Listen => actions.push(Action::Streaming(true)),
                    _ => {}
                }
            }
        }
    }

    /// Time passes; what is due happens.
    pub(crate) async fn wait(&mut self, ms: i64) {
        let until = self.now + ms;
        while let Some(at) = self.next_due(until) {
            let (due, action) = self.timers.remove(at);
            self.now = self.now.max(due);
            self.act(Action::Tick(Timestamp::from_millis(self.now)))
                .await;
            self.act(action).await;
        }
        self.now = until;
        self.act(Action::Tick(Timestamp::from_millis(until))).await;
    }

    fn next_due(&self, until: i64) -> Option<usize> {
        let due = self
            .timers
            .iter()
            .enumerate()
            .filter(|(_, (at, _))| *at <= until);
        due.min_by_key(|(_, (at, _))| *at).map(|(i, _)| i)
    }

    async fn call(&self, call: &Call) -> Result<Reply, BackendError> {
        let request = prepare(&self.mapping, &self.state(), call, &Secrets::default())?;
        if self.network == Network::Down {
            return Err(BackendError::Offline);
        }
        let response = self.exchange(&request).await;
        if self.network == Network::AnswersLost {
            return Err(BackendError::Timeout);
        }
        let (reply, defects) = read(&self.mapping, call, &request, &response)?;
        assert!(
            defects.is_empty(),
            "the native API has no defects: {defects:?}"
        );
        Ok(reply)
    }

    async fn exchange(&self, request: &HttpRequest) -> HttpResponse {
        let path = request.url.strip_prefix("http://127.0.0.1").unwrap();
        let mut builder = axum::http::Request::builder()
            .method(request.method.as_str())
            .uri(path)
            .header("host", "127.0.0.1")
            .header("x-demo-person", self.id);
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        let body = Body::from(request.body.clone().unwrap_or_default());
        let response = self
            .router
            .clone()
            .oneshot(builder.body(body).unwrap())
            .await
            .unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let header = |(name, value): (&axum::http::HeaderName, &axum::http::HeaderValue)| {
            (
                name.as_str().to_owned(),
                value.to_str().unwrap_or_default().to_owned(),
            )
        };
        HttpResponse {
            status: parts.status.as_u16(),
            url: request.url.clone(),
            headers: parts.headers.iter().map(header).collect(),
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
}
