//! What the server counts about itself, in the text format of Prometheus.
//!
//! Labels are the method, the route's template and the status; never an id, so that the numbers
//! of series stays small and nobody can be recognised.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Upper bounds of the latency histogram, in seconds.
const BOUNDS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

#[derive(Debug, Default, Clone)]
struct Series {
    count: u64,
    seconds: f64,
    buckets: [u64; BOUNDS.len()],
}

type Label = (&'static str, String, u16);

/// Counters of one server.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    calls: Mutex<BTreeMap<Label, Series>>,
    streams: AtomicI64,
}

/// An open event stream; counted until it is dropped.
#[derive(Debug)]
pub(crate) struct OpenStream(Arc<Metrics>);

impl Drop for OpenStream {
    fn drop(&mut self) {
        self.0.streams.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Metrics {
    /// Counts one answered call. `route` is a template or a fixed word.
    pub(crate) fn count(&self, method: &'static str, route: &str, status: u16, took: Duration) {
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        let series = calls.entry((method, route.to_owned(), status)).or_default();
        let seconds = took.as_secs_f64();
        series.count += 1;
        series.seconds += seconds;
        for (bucket, bound) in series.buckets.iter_mut().zip(BOUNDS) {
            *bucket += u64::from(seconds <= bound);
        }
    }

    /// Counts a stream until the guard is dropped.
    pub(crate) fn open_stream(self: &Arc<Self>) -> OpenStream {
        self.streams.fetch_add(1, Ordering::Relaxed);
        OpenStream(self.clone())
    }

    /// Everything, in the text format.
    pub(crate) fn render(&self) -> String {
        let calls = self
            .calls
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let mut out = String::from(
            "# HELP entraide_http_requests_total Answered calls.\n\
             # TYPE entraide_http_requests_total counter\n",
        );
        for ((method, route, status), series) in &calls {
            let _ = writeln!(
                out,
                "entraide_http_requests_total{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}} {}",
                series.count
            );
        }
        out.push_str(
            "# HELP entraide_http_request_duration_seconds Time to the head of the answer.\n\
             # TYPE entraide_http_request_duration_seconds histogram\n",
        );
        let mut routes: BTreeMap<(&str, &str), Series> = BTreeMap::new();
        for ((method, route, _), series) in &calls {
            let sum = routes.entry((method, route)).or_default();
            sum.count += series.count;
            sum.seconds += series.seconds;
            for (to, from) in sum.buckets.iter_mut().zip(series.buckets) {
                *to += from;
            }
        }
        for ((method, route), series) in &routes {
            let name = "entraide_http_request_duration_seconds";
            let labels = format!("method=\"{method}\",route=\"{route}\"");
            for (count, bound) in series.buckets.iter().zip(BOUNDS) {
                let _ = writeln!(out, "{name}_bucket{{{labels},le=\"{bound}\"}} {count}");
            }
            let _ = writeln!(
                out,
                "{name}_bucket{{{labels},le=\"+Inf\"}} {}",
                series.count
            );
            let _ = writeln!(out, "{name}_sum{{{labels}}} {}", series.seconds);
            let _ = writeln!(out, "{name}_count{{{labels}}} {}", series.count);
        }
        let _ = write!(
            out,
            "# HELP entraide_event_streams Open event streams.\n\
             # TYPE entraide_event_streams gauge\n\
             entraide_event_streams {}\n",
            self.streams.load(Ordering::Relaxed)
        );
        out
    }
}
