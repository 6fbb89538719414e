//! Publishes what changed to all event streams, in the order of the database.
//!
//! Writers only wake the publisher after their commit. It alone reads the new rows of `event`,
//! so streams never see 5 before 4, and one query serves them all. It also looks by itself from
//! time to time: a writer may die between commit and waking, and another process may write.

use crate::app::stopped;
use crate::database::Database;
use crate::database::event::{self, Change};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, broadcast, watch};

/// How many changes a slow stream may lag behind before it reads from the database again.
const BACKLOG: usize = 1_024;
/// How often the publisher looks by itself.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// The publisher's handle.
#[derive(Debug, Clone)]
pub(crate) struct Hub {
    wake: Arc<Notify>,
    changes: broadcast::Sender<Arc<Change>>,
}

impl Hub {
    /// Starts publishing until `stopping` becomes true.
    pub(crate) fn start(db: Database, stopping: watch::Receiver<bool>) -> Self {
        let wake = Arc::new(Notify::new());
        let (changes, _) = broadcast::channel(BACKLOG);
        tokio::spawn(publish(db, wake.clone(), changes.clone(), stopping));
        Self { wake, changes }
    }

    /// Tells that something was committed.
    pub(crate) fn wake(&self) {
        self.wake.notify_one();
    }

    /// Changes from now on.
    pub(crate) fn subscribe(&self) -> broadcast::Receiver<Arc<Change>> {
        self.changes.subscribe()
    }
}

async fn publish(
    db: Database,
    wake: Arc<Notify>,
    changes: broadcast::Sender<Arc<Change>>,
    mut stopping: watch::Receiver<bool>,
) {
    let mut last = None;
    loop {
        match new_changes(&db, last).await {
            Ok((found, newest)) => {
                last = Some(newest);
                let more = !found.is_empty();
                for change in found {
                    // Nobody listening is no error.
                    let _ = changes.send(Arc::new(change));
                }
                if more {
                    continue;
                }
            }
            Err(error) => tracing::warn!(%error, "events cannot be read; trying again"),
        }
        tokio::select! {
            () = wake.notified() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
            () = stopped(&mut stopping) => return,
        }
    }
}

/// What came after `last`; at the start nothing, only where to begin.
async fn new_changes(db: &Database, last: Option<i64>) -> sqlx::Result<(Vec<Change>, i64)> {
    let mut tx = db.read().await?;
    let Some(last) = last else {
        return Ok((Vec::new(), event::bounds(&mut tx).await?.0));
    };
    let found = event::since(&mut tx, last).await?;
    let newest = found.last().map_or(last, |change| change.id);
    Ok((found, newest))
}
