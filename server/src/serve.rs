//! Runs the server: binds, says when it answers, and stops without breaking off what runs.

use crate::app::App;
use crate::database::{event, idempotency};
use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

/// How long the head of a call may take, and how long an idle connection is kept.
const HEAD_PATIENCE: Duration = Duration::from_secs(30);
/// How long running calls may take to finish when the server stops.
const STOP_PATIENCE: Duration = Duration::from_secs(10);
/// How often what is past its time is forgotten.
const PRUNE_EVERY: Duration = Duration::from_secs(3_600);

/// Why the server cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// Another program has the port.
    #[error(
        "port {port} on {ip} is in use; stop the program that has it, or choose another with --port"
    )]
    InUse {
        /// The address.
        ip: IpAddr,
        /// The port.
        port: u16,
    },
    /// Ports below 1024 belong to root on many systems.
    #[error("port {port} needs more rights than this user has; choose one above 1023 with --port")]
    Forbidden {
        /// The port.
        port: u16,
    },
    /// No network card has the address.
    #[error(
        "this machine has no address {ip}; choose one that it has with --bind, such as 127.0.0.1"
    )]
    NoSuchAddress {
        /// The address.
        ip: IpAddr,
    },
    /// Anything else, in the system's words.
    #[error("cannot listen on {ip} port {port}: {source}; choose others with --bind and --port")]
    Other {
        /// The address.
        ip: IpAddr,
        /// The port.
        port: u16,
        /// The system's words.
        source: io::Error,
    },
}

/// Listens on an address. Port 0 takes a free one.
///
/// # Errors
/// [`BindError`], each with what to do.
pub async fn bind(ip: IpAddr, port: u16) -> Result<TcpListener, BindError> {
    TcpListener::bind(SocketAddr::new(ip, port))
        .await
        .map_err(|source| match source.kind() {
            io::ErrorKind::AddrInUse => BindError::InUse { ip, port },
            io::ErrorKind::PermissionDenied => BindError::Forbidden { port },
            io::ErrorKind::AddrNotAvailable => BindError::NoSuchAddress { ip },
            _ => BindError::Other { ip, port, source },
        })
}

/// Answers calls until `stop` comes, then lets running ones finish for at most ten seconds.
/// Event streams end at once; browsers connect again by themselves.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    app: App,
    stop: impl Future<Output = ()>,
) {
    let graceful = GracefulShutdown::new();
    let pruning = tokio::spawn(prune(app.clone()));
    tokio::pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => answer(stream, router.clone(), &graceful),
                // Out of file handles, mostly: waiting lets some be given back.
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            },
            () = &mut stop => break,
        }
    }
    drop(listener);
    tracing::info!("stopping");
    app.stop();
    pruning.abort();
    if tokio::time::timeout(STOP_PATIENCE, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("some calls did not finish in time");
    }
    app.db.close().await;
}

fn answer(stream: TcpStream, router: Router, graceful: &GracefulShutdown) {
    // Small answers must not wait for more (Nagle's algorithm).
    let _ = stream.set_nodelay(true);
    let service = router.map_request(|request: hyper::Request<Incoming>| request.map(Body::new));
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_PATIENCE)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        // A caller who went away is none of our faults.
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection ended early");
        }
    });
}

async fn prune(app: App) {
    loop {
        let pruned = async {
            let mut tx = app.db.write().await?;
            event::prune(&mut tx, app.now()).await?;
            idempotency::prune(&mut tx, app.now()).await?;
            tx.commit().await
        };
        if let Err(error) = pruned.await {
            tracing::warn!(%error, "old events and keys stay for now");
        }
        tokio::time::sleep(PRUNE_EVERY).await;
    }
}

/// Comes when the process is told to end: Ctrl-C, or SIGTERM where there are signals.
pub async fn end_signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
