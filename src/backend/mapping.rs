//! A mapping, read and ready: which operations there are, how each is called and read.

use super::call::Call;
use super::checker::{Checker, MappingProblem, below};
use super::document::{self, Presets};
use super::explain::{hint, says};
use super::fields::Tables;
use super::operation::{Group, Operation, Scope};
use super::service::Service;
use serde_json::{Map, Value};

/// A mapping, parsed and validated. It may stand on several backends (its `parts`).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mapping {
    services: Vec<Service>,
    pub(super) tables: Vec<Tables>,
    calls: Vec<(Operation, Option<Scope>, Call)>,
}

impl Mapping {
    /// Reads a document.
    ///
    /// `base` is the page's own word on where the backend is, over the document's; `presets`
    /// gives the documents that it may extend (see [`preset`](super::preset)).
    ///
    /// # Errors
    /// Every mistake found, with its place and the nearest right thing.
    pub fn parse(
        text: &str,
        base: Option<&str>,
        presets: Presets<'_>,
    ) -> Result<Self, Vec<MappingProblem>> {
        let mut checker = Checker::default();
        let mut mapping = Self::default();
        if let Some(mut document) = document::load(text, presets, &mut checker) {
            if let (Some(base), Value::Object(map)) = (base, &mut document) {
                map.insert("base".to_owned(), Value::from(base));
            }
            mapping.add_document(&document, "", None, presets, &mut checker);
            if mapping.calls.is_empty() && checker.problems.is_empty() {
                let problem = says("there is no operation, so nothing can be done");
                let advice = hint("begin with `people.list`");
                checker.add("/operations", problem, "", advice);
            }
        }
        if checker.problems.is_empty() {
            Ok(mapping)
        } else {
            Err(checker.problems)
        }
    }

    /// Whether an operation is described; where it is not, its buttons are not shown.
    #[must_use]
    pub fn supports(&self, operation: Operation) -> bool {
        self.calls.iter().any(|(op, _, _)| *op == operation)
    }

    /// Whether requests of this scope can be listed.
    #[must_use]
    pub fn supports_scope(&self, scope: Scope) -> bool {
        self.call(Operation::RequestsList, Some(scope)).is_some()
    }

    /// Whether the call of an operation sends the value of this name (`to`, `visibility`); what is
    /// not sent must not be asked of anybody.
    #[must_use]
    pub fn takes(&self, operation: Operation, name: &str) -> bool {
        self.call(operation, None)
            .is_some_and(|call| call.takes(name))
    }

    /// The operations that are described, in the order of [`Operation::ALL`].
    #[must_use]
    pub fn operations(&self) -> Vec<Operation> {
        let all = Operation::ALL.into_iter().map(|(op, _)| op);
        all.filter(|op| self.supports(*op)).collect()
    }

    /// The fields that the document reads of what an operation answers with: those of the record
    /// `person`, `skill`, `request` or `answer`. For reports to the page's owner.
    #[cfg(feature = "explain")]
    #[must_use]
    pub fn mapped_fields(&self, operation: Operation) -> Vec<&str> {
        use super::fields::Record;
        let record = match operation {
            Operation::SkillsList => Record::Skill,
            Operation::AnswersList => Record::Answer,
            _ if operation.group() == Group::People => Record::Person,
            _ => Record::Request,
        };
        let mut calls = self.calls.iter().filter(|(op, _, _)| *op == operation);
        let call = calls
            .next()
            .and_then(|(_, _, call)| self.tables.get(call.tables));
        call.map_or_else(Vec::new, |tables| tables.names(record))
    }

    /// The backend that answers for an operation; its `auth` says which secrets a call needs.
    #[must_use]
    pub fn service(&self, operation: Operation) -> Option<&Service> {
        let (_, _, call) = self.calls.iter().find(|(op, _, _)| *op == operation)?;
        self.services.get(call.service)
    }

    /// All backends that it stands on.
    #[must_use]
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// The call of an operation. With scopes of its own, `requests.list` is one call for each;
    /// a scope that is not among them cannot be listed.
    pub(super) fn call(&self, operation: Operation, scope: Option<Scope>) -> Option<&Call> {
        let scope = scope.filter(|_| operation == Operation::RequestsList);
        let wanted = scope.unwrap_or(Scope::All);
        let mut calls = self.calls.iter().filter(|(op, _, _)| *op == operation);
        let (_, _, call) = calls.find(|(_, of, call)| match of {
            Some(of) => *of == wanted,
            None => scope.is_none() || call.takes("scope") || wanted == Scope::All,
        })?;
        Some(call)
    }

    fn add_document(
        &mut self,
        document: &Value,
        pointer: &str,
        group: Option<Group>,
        presets: Presets<'_>,
        checker: &mut Checker,
    ) {
        checker.check(document, pointer, "{document}");
        let Some(map) = document.as_object() else {
            return;
        };
        if let Some(Value::Object(operations)) = map.get("operations") {
            self.add_operations(operations, map, pointer, group, checker);
        }
        let Some(Value::Object(parts)) = map.get("parts") else {
            return;
        };
        let here = below(pointer, "parts");
        if group.is_some() {
            let problem = says("a part cannot have parts of its own");
            return checker.add(&here, problem, "", "");
        }
        for group in Group::ALL {
            let Some(part) = Checker::member(parts, group.name()) else {
                continue;
            };
            let here = below(&here, group.name());
            // What a part says of its group stands instead of what the document itself says.
            self.calls.retain(|(op, _, _)| op.group() != group);
            if let Some(part) = document::extend(part.clone(), &here, presets, checker, 8) {
                self.add_document(&part, &here, Some(group), presets, checker);
            }
        }
    }

    fn add_operations(
        &mut self,
        operations: &Map<String, Value>,
        document: &Map<String, Value>,
        pointer: &str,
        group: Option<Group>,
        checker: &mut Checker,
    ) {
        let service = Service::parse(document, pointer, group, checker);
        let records = document.get("records").unwrap_or(&Value::Null);
        let shared = self.tables.len();
        self.tables.push(Tables::parse(records));
        let pointer = below(pointer, "operations");
        for key in operations.keys() {
            if Operation::named(key).is_none() && key != "$comment" {
                let names = Operation::ALL.map(|(_, name)| name);
                checker.unknown(key, &pointer, &names);
            }
        }
        for (operation, name) in Operation::ALL {
            // A part answers for its own group only.
            let theirs = group.is_some_and(|g| g != operation.group());
            let Some(Value::Object(own)) = operations.get(name).filter(|_| !theirs) else {
                continue;
            };
            let here = below(&pointer, name);
            let mut tables = shared;
            if let Some(own) = Checker::member(own, "records") {
                // The operation's own tables go over those of the document.
                let mut all = records.clone();
                document::merge(&mut all, own.clone());
                tables = self.tables.len();
                self.tables.push(Tables::parse(&all));
            }
            let mut add = |scope, own: Map<String, Value>, here: &str| {
                if let Some(mut call) = Call::parse(operation, own, here, &service, "", checker) {
                    call.service = self.services.len();
                    call.tables = tables;
                    self.calls.push((operation, scope, call));
                }
            };
            let scopes = own
                .get("scopes")
                .filter(|_| operation == Operation::RequestsList);
            let Some(scopes) = scopes.and_then(Value::as_object) else {
                add(None, own.clone(), &here);
                continue;
            };
            let here = below(&here, "scopes");
            for scope in Scope::ALL {
                if let Some(patch) = Checker::member(scopes, scope.name()) {
                    let mut whole = Value::Object(own.clone());
                    document::merge(&mut whole, patch.clone());
                    if let Value::Object(own) = whole {
                        add(Some(scope), own, &below(&here, scope.name()));
                    }
                }
            }
        }
        self.services.push(service);
    }
}
