//! The values of one record, as the file has them.

use super::field::Field;
use super::names;
use super::values;
use entraide::model::{NAME, clean_line};

/// The values of one record, before they are understood.
#[derive(Default)]
pub(super) struct Values {
    pub(super) id: Option<String>,
    pub(super) name: String,
    pub(super) given: String,
    pub(super) family: String,
    pub(super) title: String,
    pub(super) team: String,
    pub(super) place: String,
    pub(super) about: String,
    pub(super) email: Option<String>,
    /// Values that need reading.
    pub(super) single: Vec<(Field, String)>,
    /// Values of which there are several; `true` where each stands alone.
    pub(super) lists: Vec<(Field, String, bool)>,
}

impl Values {
    pub(super) fn set(&mut self, field: Field, text: &str) {
        let place = match field {
            Field::Id => {
                self.id = Some(text.to_owned());
                return;
            }
            Field::Email => {
                self.email = values::email(text).map(str::to_owned);
                return;
            }
            Field::Name => &mut self.name,
            Field::GivenName => &mut self.given,
            Field::FamilyName => &mut self.family,
            Field::Title => &mut self.title,
            Field::Team => &mut self.team,
            Field::Place => &mut self.place,
            Field::About => &mut self.about,
            other => {
                self.single.push((other, text.to_owned()));
                return;
            }
        };
        text.clone_into(place);
    }

    /// The name as it is said, given name first.
    pub(super) fn whole_name(&self) -> String {
        let given = names::given(&clean_line(&self.given, NAME));
        let family = names::family(&clean_line(&self.family, NAME));
        match (given.is_empty(), family.is_empty()) {
            (false, false) => format!("{given} {family}"),
            _ if !self.name.is_empty() => names::whole(&clean_line(&self.name, NAME)),
            (true, _) => family,
            _ => given,
        }
    }
}
