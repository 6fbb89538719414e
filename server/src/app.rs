//! What all handlers share: the database, the clock, who is signed in how, and what is counted.

use crate::database::Database;
use crate::hub::Hub;
use crate::metrics::Metrics;
use axum::http::HeaderName;
use entraide::model::Timestamp;
use std::fmt;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::sync::watch;

/// How the server knows who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdentityMode {
    /// Everybody chooses who they are: for a demo on one's own machine only.
    Demo,
    /// A proxy in front signs people in and names them in this header (id or e-mail address).
    /// It must remove the header from what comes from outside.
    Proxy(HeaderName),
}

/// Tells the time; tests bring their own.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The state of the server. Clones are the same server.
#[derive(Clone)]
pub struct App {
    pub(crate) db: Database,
    pub(crate) identity: Arc<IdentityMode>,
    pub(crate) hub: Hub,
    pub(crate) metrics: Arc<Metrics>,
    clock: Clock,
    stopping: watch::Receiver<bool>,
    stop: Arc<watch::Sender<bool>>,
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App")
            .field("identity", &self.identity)
            .finish_non_exhaustive()
    }
}

impl App {
    /// A server on this database, on the system's clock. Its publisher of events starts now, so
    /// it needs a tokio runtime.
    #[must_use]
    pub fn new(db: Database, identity: IdentityMode) -> Self {
        Self::with_clock(db, identity, Arc::new(system_time))
    }

    /// The same on another clock.
    #[must_use]
    pub fn with_clock(db: Database, identity: IdentityMode, clock: Clock) -> Self {
        let (stop, stopping) = watch::channel(false);
        let hub = Hub::start(db.clone(), stopping.clone());
        Self {
            db,
            identity: Arc::new(identity),
            hub,
            metrics: Arc::new(Metrics::default()),
            clock,
            stopping,
            stop: Arc::new(stop),
        }
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Ends event streams and the publisher, so that connections can finish.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// Becomes true when the server stops.
    pub(crate) fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.clone()
    }
}

/// Comes back when the server stops, or is gone.
pub(crate) async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // An error means that the sender is gone, and so the server.
    let _ = stopping.wait_for(|stop| *stop).await;
}

/// The system's clock.
#[must_use]
pub fn system_time() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
