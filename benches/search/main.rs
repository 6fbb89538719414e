//! How long a keystroke takes: every prefix of every query of a typing script (exact, prefix,
//! typo, accent-less, several words, filters), with ranking and facets, and the explanation of
//! the 30 rows that a screen shows; and how long building and changing an index takes. Each
//! figure is the median of some runs of one keystroke, the percentiles are over keystrokes.
//!
//! `cargo bench --bench search` prints a table. Sizes can be given: `-- 10000 100000`.

mod staff;

use entraide::exchange::{Ask, route, suggest_skills};
use entraide::model::Timestamp;
use entraide::search::{Filters, Index, Query};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// What people type, a group per row of the table.
const SCRIPT: [(&str, &[&str]); 7] = [
    (
        "exact",
        &[
            "excel",
            "Kubernetes",
            "soudure alu",
            "C++",
            "R",
            "ISO 9001",
            "Élodie",
            "droit du travail",
        ],
    ),
    (
        "accent-less",
        &[
            "elodie",
            "comptabilite generale",
            "kateryna",
            "krakow",
            "tresorerie",
            "malgorzata",
        ],
    ),
    (
        "typo",
        &[
            "excle",
            "kuberntes",
            "soudrue",
            "comptabiltié",
            "javascritp",
            "maintenence",
            "fracnois",
        ],
    ),
    (
        "two words",
        &[
            "marie excel",
            "anna power bi",
            "jean pierre",
            "sap krakow",
            "allemand lyon",
        ],
    ),
    (
        "nobody",
        &[
            "someone who can do pivot tables",
            "xyzzy",
            "excel plomberie",
        ],
    ),
    (
        "phrase",
        &[
            "\"chef de projet\" excel",
            "\"droit du travail\"",
            "-java linux",
        ],
    ),
    (
        "filter",
        &[
            "skill:excel mar",
            "team:\"R&D\" python",
            "place:lyon soudure",
        ],
    ),
];

fn at(sorted: &[Duration], share: f64) -> f64 {
    let n = ((sorted.len() as f64 - 1.0) * share).round() as usize;
    sorted[n].as_secs_f64() * 1e3
}

/// What the ask panel does after a pause in typing: skills from the words, then colleagues.
fn asking(index: &Index, rounds: usize) {
    let questions = [
        "Comment faire un tableau croisé dynamique dans Excel ?",
        "Qui peut relire un contrat de travail en allemand avant vendredi ?",
        "Our Kubernetes cluster does not pull images since the Docker update",
    ];
    let now = Timestamp::from_millis(1_800_000_000_000);
    let mut suggesting = Vec::new();
    let mut routing = Vec::new();
    for question in questions {
        suggesting.push(median(rounds, || {
            black_box(suggest_skills(question, index));
        }));
        let ask = Ask {
            question,
            ..Ask::default()
        };
        routing.push(median(rounds, || {
            black_box(route(&ask, index, now));
        }));
    }
    row("skills of a question", &mut suggesting, "");
    row("route a question", &mut routing, "");
}

/// The median time of a few runs, so that the figures tell of the search and not of what else
/// the machine does.
fn median(rounds: usize, mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[rounds / 2]
}

/// Resident memory of this process in megabytes, where the system tells.
fn memory() -> f64 {
    let pages = std::fs::read_to_string("/proc/self/statm")
        .ok()
        .and_then(|s| s.split(' ').nth(1)?.parse::<f64>().ok());
    pages.map_or(f64::NAN, |p| p * 4_096.0 / 1e6)
}

fn keystrokes(text: &str) -> impl Iterator<Item = String> + '_ {
    text.char_indices()
        .map(|(i, c)| text[..i + c.len_utf8()].to_owned())
}

fn main() {
    let given: Vec<usize> = std::env::args().filter_map(|a| a.parse().ok()).collect();
    let sizes = if given.is_empty() {
        vec![2_000, 10_000, 100_000]
    } else {
        given
    };
    for size in sizes {
        let people = staff::staff(size, 7);
        let before = memory();
        let start = Instant::now();
        let mut index = Index::build(people.clone());
        let build = start.elapsed();
        println!(
            "\n{size} people: {:.1} MB beside the people themselves",
            memory() - before
        );
        let start = Instant::now();
        let mut paged = Index::default();
        for page in people.chunks(500) {
            paged.extend(page.to_vec());
        }
        let pages = start.elapsed();
        black_box(&paged);
        let mut change = Vec::new();
        for n in 0..50 {
            let mut person = (*people[n * 31 % size]).clone();
            person.title.push_str(" senior");
            let start = Instant::now();
            index.upsert(person.into());
            change.push(start.elapsed());
        }
        change.sort();
        println!(
            "built in {:.1} ms, by pages of 500 in {:.1} ms; one change {:.2} ms (p50) {:.2} ms (p99)",
            build.as_secs_f64() * 1e3,
            pages.as_secs_f64() * 1e3,
            at(&change, 0.5),
            at(&change, 0.99)
        );
        println!(
            "{:<22}{:>8}{:>10}{:>10}{:>10}  slowest",
            "keystrokes", "n", "p50 ms", "p99 ms", "max ms"
        );
        let mut everything = Vec::new();
        let rounds = if size > 20_000 { 5 } else { 15 };
        for (group, texts) in SCRIPT {
            let mut times = Vec::new();
            let mut slowest = (Duration::ZERO, String::new());
            for text in texts {
                for typed in keystrokes(text) {
                    let query = Query {
                        text: typed,
                        filters: Filters::default(),
                    };
                    let time = median(rounds, || drop(black_box(index.search(&query))));
                    if time > slowest.0 {
                        slowest = (time, query.text);
                    }
                    times.push(time);
                }
            }
            row(group, &mut times, &slowest.1);
            everything.extend(times);
        }
        row("all", &mut everything, "");
        let mut times = Vec::new();
        for (_, texts) in SCRIPT {
            for text in texts {
                let query = Query {
                    text: (*text).to_owned(),
                    filters: Filters::default(),
                };
                let found = index.search(&query);
                times.push(median(rounds, || {
                    for hit in found.hits.iter().take(30) {
                        black_box(index.explain(&query, hit.person));
                    }
                }));
            }
        }
        row("explain 30 rows", &mut times, "");
        let mut times: Vec<Duration> = (0..20)
            .map(|_| median(rounds, || drop(black_box(index.search(&Query::default())))))
            .collect();
        row("empty query", &mut times, "");
        asking(&index, rounds);
    }
}

fn row(name: &str, times: &mut [Duration], slowest: &str) {
    times.sort();
    println!(
        "{name:<22}{:>8}{:>10.3}{:>10.3}{:>10.3}  {slowest}",
        times.len(),
        at(times, 0.5),
        at(times, 0.99),
        at(times, 1.0)
    );
}
