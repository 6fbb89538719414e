//! The company that the demo runs on: Maison Valmer, an invented maker of pumps and heating
//! equipment with people in France, Britain, Ireland, Germany and Austria.
//!
//! Everything is made of the texts in `data/` and of a fixed stream of chance, so the same
//! moment always gives the same company. Names of people are combinations; whoever bears one
//! is not meant. Answers are what a colleague who knows would write; they are part of a demo,
//! and no advice.

mod data;
mod people;
mod random;
mod requests;

use data::Data;
use entraide::model::{Person, Request, Timestamp};
use random::Random;

/// Its name.
pub const COMPANY_NAME: &str = "Maison Valmer";
/// The person whom one is in the demo unless one chooses another: Camille Rousset, controller
/// in Lyon, with questions of her own and questions put to her.
pub const DEFAULT_PERSON: &str = "vm-0001";

/// The demo company at a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Company {
    /// 2,000 people, "vm-0001" onwards. Evidence of skills and load are left empty: they follow
    /// from the requests.
    pub people: Vec<Person>,
    /// Requests of the 18 months before the moment, oldest first, "q-0001" onwards; answers and
    /// thanks are in them.
    pub requests: Vec<Request>,
}

/// The demo company as it is at `now`. The same `now` gives the same company; another moves
/// its dates.
#[must_use]
pub fn company(now: Timestamp) -> Company {
    let data = Data::load();
    let mut random = Random::new(0x5641_4C4D_4552);
    let people = people::everybody(&data, now, &mut random);
    let requests = requests::all(&data, &people, now, &mut random);
    Company { people, requests }
}

#[cfg(test)]
mod tests;
