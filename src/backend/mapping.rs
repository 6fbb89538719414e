//! A mapping, read and ready: which operations there are, how each is called and read.

use super::call::{Call, parse_call};
use super::checker::{Checker, MappingProblem, below};
use super::document::{self, Presets};
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

const KEYS: [&str; 17] = [
    "$schema",
    "name",
    "description",
    "extends",
    "base",
    "auth",
    "headers",
    "timeoutMs",
    "maxBytes",
    "settings",
    "requires",
    "paging",
    "records",
    "operations",
    "fails",
    "errors",
    "parts",
];

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
                checker.add(
                    "/operations",
                    "there is no operation, so nothing can be done",
                    "begin with `people.list`",
                );
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

    /// The operations that are described, in the order of [`Operation::ALL`].
    #[must_use]
    pub fn operations(&self) -> Vec<Operation> {
        Operation::ALL
            .into_iter()
            .map(|(op, _)| op)
            .filter(|op| self.supports(*op))
            .collect()
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
        let mut calls = self.calls.iter().filter(|(op, _, _)| *op == operation);
        let (_, first_scope, first) = calls.clone().next()?;
        match (first_scope, scope) {
            (None, Some(scope)) if !first.takes_scope => (scope == Scope::All).then_some(first),
            (None, _) => Some(first),
            (Some(_), scope) => {
                let scope = scope.unwrap_or(Scope::All);
                calls
                    .find(|(_, s, _)| *s == Some(scope))
                    .map(|(_, _, call)| call)
            }
        }
    }

    fn add_document(
        &mut self,
        document: &Value,
        pointer: &str,
        group: Option<Group>,
        presets: Presets<'_>,
        checker: &mut Checker,
    ) {
        let Some(map) = checker.object(document, pointer, &KEYS) else {
            return;
        };
        if let Some(operations) = Checker::member(map, "operations") {
            let here = below(pointer, "operations");
            let names = Operation::ALL.map(|(_, name)| name);
            let service = self.services.len();
            let parsed = Service::parse(map, pointer, group, checker);
            let records = map.get("records");
            let tables = self.tables.len();
            self.tables
                .push(Tables::parse(records, &below(pointer, "records"), checker));
            if let Some(operations) = checker.object(operations, &here, &names) {
                for (operation, name) in Operation::ALL {
                    let here = below(&here, name);
                    let Some(call) = Checker::member(operations, name) else {
                        continue;
                    };
                    // A part answers for its own group only.
                    if group.is_some_and(|g| g != operation.group()) {
                        continue;
                    }
                    self.add_operation(
                        operation, call, &here, &parsed, map, service, tables, checker,
                    );
                }
            }
            self.services.push(parsed);
        }
        if let Some(parts) = Checker::member(map, "parts") {
            let here = below(pointer, "parts");
            if group.is_some() {
                checker.add(&here, "a part cannot have parts of its own", "");
                return;
            }
            let names = Group::ALL.map(Group::name);
            let Some(parts) = checker.object(parts, &here, &names) else {
                return;
            };
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
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "one call site; a struct would only rename them"
    )]
    fn add_operation(
        &mut self,
        operation: Operation,
        value: &Value,
        pointer: &str,
        service: &Service,
        document: &Map<String, Value>,
        index: usize,
        tables: usize,
        checker: &mut Checker,
    ) {
        let mut tables = tables;
        let Some(own) = value.as_object() else {
            checker.add(
                pointer,
                "a call like \"GET /people\" or an object should stand here",
                "",
            );
            return;
        };
        if let Some(records) = Checker::member(own, "records") {
            // The operation's own tables go over those of the document.
            let mut all = document.get("records").cloned().unwrap_or(Value::Null);
            document::merge(&mut all, records.clone());
            tables = self.tables.len();
            self.tables.push(Tables::parse(
                Some(&all),
                &below(pointer, "records"),
                checker,
            ));
        }
        let scopes =
            Checker::member(own, "scopes").filter(|_| operation == Operation::RequestsList);
        let Some(scopes) = scopes else {
            let call = parse_call(operation, own, pointer, service, document, checker);
            self.calls.extend(call.map(|c| {
                (
                    operation,
                    None,
                    Call {
                        service: index,
                        tables,
                        ..c
                    },
                )
            }));
            return;
        };
        let here = below(pointer, "scopes");
        let Some(scopes) = checker.object(scopes, &here, &Scope::ALL.map(Scope::name)) else {
            return;
        };
        for scope in Scope::ALL {
            let Some(patch) = Checker::member(scopes, scope.name()) else {
                continue;
            };
            let mut whole = own.clone();
            whole.remove("scopes");
            let mut whole = Value::Object(whole);
            document::merge(&mut whole, patch.clone());
            let here = below(&here, scope.name());
            let call = whole
                .as_object()
                .and_then(|o| parse_call(operation, o, &here, service, document, checker));
            self.calls.extend(call.map(|c| {
                (
                    operation,
                    Some(scope),
                    Call {
                        service: index,
                        tables,
                        ..c
                    },
                )
            }));
        }
    }
}
