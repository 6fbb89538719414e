//! The mapping language as a JSON Schema (draft 2020-12), so that editors complete and check a
//! document while it is written. It is generated from the table that the checker walks
//! ([`schema`](super::schema)), so the two cannot drift apart; what each member is for is said
//! here once. Only with the feature `explain`: no page needs it.

use super::operation::{Group, Operation};
use super::presets::NAMES;
use super::schema;
use serde_json::{Map, Value, json};

/// What each member is for, as `object.member`.
const ABOUT: &str = "\
document.$schema: Where this schema is, for editors.
document.name: A word for this backend; the page is asked for its secrets under it.
document.description: For whoever reads the document.
document.extends: A preset that this document is merged over (RFC 7396): members replace members, null removes.
document.base: Where the backend is: an https address, or a path on the page's own origin.
document.auth: What proves who is asking. Secrets themselves come from the page, never from here.
document.headers: Headers of every call.
document.timeoutMs: How long to wait for an answer, in milliseconds (15000).
document.maxBytes: Most bytes of an answer that are read (8000000).
document.settings: Values of your own, for all calls of this document.
document.requires: Settings that whoever extends this must give, and what each means.
document.paging: How lists come in pages.
document.records: Where in an answer everything is.
document.operations: What the backend can do. What is left out is switched off.
document.fails: A selector that is true where an answer with a good status is an error all the same.
document.errors: Where the words of an error are, if they are in an unusual place.
document.parts: Several backends together, each a document of its own.
auth.kind: none, the browser's cookies, a bearer token, an API key in a header, or Basic.
auth.secret: The name under which the page is asked for the secret; the document's name where absent.
auth.optional: Calls go out without the secret where the page gives none.
auth.csrf: The token against cross-site request forgery that writes carry.
auth.header: The header of an API key.
auth.prefix: What stands before an API key.
auth.credentials: Whether the browser sends its cookies along.
csrf.cookie: The cookie that holds the token.
csrf.meta: The name of the meta element that holds the token.
csrf.global: The global of the page that holds the token, like wpApiSettings.nonce.
csrf.call: A call that answers with the token, like GET /session/token: it goes out before each write.
csrf.headers: Headers of that call.
csrf.token: A selector to the token in its answer.
csrf.header: The header to send it in.
csrf.on: Whether writes carry it, or all calls.
paging.kind: By number of the page, by offset, by a cursor, by the address of the next page, or by the Link header (RFC 8288).
paging.size: How many items to ask for.
paging.max: How many items the backend gives at most.
paging.first: The number of the first page or item.
paging.next: A selector to the cursor or the address of the next page.
paging.more: A selector that is true while there are more pages.
paging.total: A selector to how many items there are in all, also header('x-total-count').
paging.rel: The relation of the Link header (next).
paging.rewriteOrigin: Takes only path and query of next addresses, where a proxy makes the backend write another host's name.
paging.query: Parameters of every list that comes in pages, like {\"page\": \"{=page}\"}; a call's own go over them.
paging.sparse: Pages may hold fewer items than were asked for, and only an empty one is the last.
errors.message: A selector to the words.
parts.people: The backend of colleagues (people.* and me).
parts.skills: The backend of skills.
parts.requests: The backend of requests, answers and thanks.
call.extends: Another operation of this document, whose members this one has unless it says otherwise (null removes).
call.call: Method and address, like GET /people{?q,limit}: a URI Template (RFC 6570) added to base.
call.vars: Values of your own for this call: names with selectors.
call.query: Further parameters; what has no value is left out.
call.headers: Further headers; what has no value is left out.
call.body: The JSON to send; \"{=selector}\" stands for a value with its type.
call.form: The form to send.
call.items: Where the list is in the answer; the whole answer where absent.
call.item: Where the one item is in the answer; the whole answer where absent.
call.records: Tables of this call alone, over those of the document.
call.paging: Paging of this call alone, over that of the document.
call.success: Statuses that mean success, where that is not 200 to 299.
call.returns: What a write answers with: the request, its identifier (at item), or nothing of use.
call.location: From the text of Location to the identifier, where that is not the last segment of its path.
call.event: The name of the event, for events.
call.id: The identifier of the request in an event's data.
call.scopes: For requests.list: what differs for each scope; a scope that is left out cannot be listed.
call.before: A call that goes out first; what it takes from its answer are values of this call.
call.then: A call that goes out afterwards, once or for each batch of identifiers that the answer names.
before.call: Method and address.
before.vars: Values of your own for this call: names with selectors.
before.query: Further parameters; what has no value is left out.
before.headers: Further headers.
before.body: The JSON to send.
before.form: The form to send.
before.success: Statuses that mean success, where that is not 200 to 299.
before.take: Names with selectors into the answer: values of the operation's own call.
then.call: Method and address; ids are the identifiers that it is for.
then.vars: Values of your own for this call: names with selectors.
then.query: Further parameters; what has no value is left out.
then.headers: Further headers.
then.body: The JSON to send.
then.form: The form to send.
then.success: Statuses that mean success, where that is not 200 to 299.
then.ids: A selector to the identifiers in the first answer; one call where absent.
then.batch: How many identifiers go into one call.
then.most: How many identifiers of a page are looked up at most.
scopes.mine: Requests of the person who asks.
scopes.inbox: Requests where this person can help.
scopes.open: Requests without an accepted answer.
scopes.solved: Requests with an accepted answer.
scopes.all: All requests that this person may see.
records.person: A colleague.
records.personRef: How requests name people; a bare identifier will do.
records.personSkill: One skill of a colleague; a plain text will do.
records.request: A question.
records.answer: An answer to it.
records.thanks: Thanks for help.
records.skill: A skill in the list of all.
person.same: Fields that the backend names as we do, as one text with spaces; or such texts by the object that they are in.
person.id: Identifies a colleague; without it a person is left out.
person.name: Their name; without it a person is left out.
person.title: What they do.
person.team: The team, department or unit.
person.place: Where they work.
person.email: Their e-mail address.
person.photo: The address of their picture.
person.profile: The address of their page.
person.languages: The languages that they speak.
person.timeZone: Their time zone (IANA name).
person.skills: What they can help with: texts, or objects as personSkill says.
person.wants: What they want to learn.
person.about: A few words about them.
person.joined: Since when they have been here.
person.presence: available, busy or away.
person.presenceUntil: Until when that holds.
person.openRequests: How many requests they have open.
person.recentRequests: How many requests they were asked lately.
person.weeklyLimit: How many a week they take.
personRef.same: Fields that the backend names as we do, as one text with spaces; or such texts by the object that they are in.
personRef.id: Identifies the colleague.
personRef.name: Their name.
personRef.title: What they do.
personSkill.same: Fields that the backend names as we do, as one text with spaces; or such texts by the object that they are in.
personSkill.name: The skill.
personSkill.declared: Whether they say so themselves.
personSkill.accepted: How many of their answers on it were accepted.
personSkill.thanks: How often they were thanked for it.
request.same: Fields that the backend names as we do, as one text with spaces; or such texts by the object that they are in.
request.id: Identifies the request; without it a request is left out.
request.question: The question in one line; without it a request is left out.
request.details: The rest of it.
request.skills: What it is about.
request.asker: Who asked.
request.asked: Who was asked.
request.status: open, answered, solved or closed.
request.visibility: open or private.
request.contextTitle: The title of the page from which it was asked.
request.contextUrl: The address of that page.
request.created: When it was asked.
request.updated: When anything last changed.
request.answerCount: How many answers there are, where they do not come along.
request.answers: The answers, where they come along.
request.thanks: The thanks that were given.
request.url: The address of the request in its own tool.
request.etag: Its version, for If-Match; the header ETag where absent.
answer.same: Fields that the backend names as we do, as one text with spaces; or such texts by the object that they are in.
answer.id: Identifies the answer.
answer.author: Who answered.
answer.text: What they wrote.
answer.created: When.
answer.accepted: Whether the asker accepted it.
thanks.same: Fields that the backend names as we do, as one text with spaces; or such texts by the object that they are in.
thanks.from: Who thanks.
thanks.to: Who is thanked.
thanks.skill: For which skill.
thanks.note: A word with it.
thanks.created: When.
skill.same: Fields that the backend names as we do, as one text with spaces; or such texts by the object that they are in.
skill.name: The skill.
skill.people: How many people have it.
field.select: A selector.
field.default: The value where the selector finds none.
field.values: Their words to ours; * stands for all others.
field.split: Where to cut one text into several.
field.date: How to read a date that could be mistaken.";

/// The JSON Schema of a mapping document.
#[must_use]
pub fn json_schema() -> Value {
    let mut definitions = Map::new();
    for name in schema::names() {
        definitions.insert(name.to_owned(), object(name));
    }
    definitions.insert("selector".to_owned(), json!({"type": "string", "minLength": 1, "description": "A selector (JMESPath), like `name`, `skills[].name` or `first || second`."}));
    definitions.insert("template".to_owned(), json!({"description": "JSON; in its texts `{=selector}` stands for a value. Amid other text the value says its grammar: `{=quote(q, 'odata')}`."}));
    definitions.insert(
        "operation".to_owned(),
        json!({"anyOf": [{"type": "string", "description": "Method and address, like `GET /people{?q}`."}, {"$ref": "#/$defs/call"}]}),
    );
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Mapping of a backend for Entraide",
        "description": "Describes any REST API, so that colleagues can be found and asked through it.",
        "$ref": "#/$defs/document",
        "$defs": definitions,
    })
}

/// One object of the table.
fn object(name: &str) -> Value {
    let mut properties = Map::new();
    properties.insert("$comment".to_owned(), json!(true));
    for text in schema::members(name).split(' ') {
        let (key, kind) = schema::member(text);
        let mut value = member(name, key, kind);
        if let Value::Object(map) = &mut value {
            map.insert("description".to_owned(), json!(about(name, key)));
        }
        properties.insert(key.to_owned(), value);
    }
    let mut whole =
        json!({"type": "object", "properties": properties, "additionalProperties": false});
    if name == "field" {
        whole["anyOf"] = json!([{"required": ["select"]}, {"required": ["default"]}]);
    }
    whole
}

/// What a member may be: its kind, or `null`, which removes what a preset says.
fn member(object: &str, key: &str, kind: &str) -> Value {
    match (object, key) {
        ("document", "extends") => json!({"type": ["string", "null"], "examples": NAMES}),
        ("document", "operations") => {
            let mut names: Vec<&str> = Operation::ALL.iter().map(|(_, name)| *name).collect();
            names.push("$comment");
            json!({"type": ["object", "null"], "propertyNames": {"enum": names},
                   "additionalProperties": {"anyOf": [{"$ref": "#/$defs/operation"}, {"type": "null"}]},
                   "properties": {"$comment": true}})
        }
        ("parts", part) if Group::ALL.iter().any(|group| group.name() == part) => {
            json!({"anyOf": [{"$ref": "#/$defs/document"}, {"type": "null"}]})
        }
        (_, "same") => {
            json!({"type": ["string", "object", "null"], "additionalProperties": {"type": "string"}})
        }
        // A record may be the text of its `same`.
        ("records", record) => {
            let inner = ["#/$defs/", record].concat();
            json!({"anyOf": [{"type": "string"}, {"$ref": inner}, {"type": "null"}]})
        }
        ("scopes", _) => {
            json!({"anyOf": [{"type": "string", "pattern": "^(\\?|[A-Z]+ )", "description": "Parameters of its own, like `?state=open`, or its own call."}, {"$ref": "#/$defs/call"}, {"type": "null"}]})
        }
        _ => of_kind(kind),
    }
}

fn of_kind(kind: &str) -> Value {
    let comment = json!({"$comment": true});
    match kind {
        "any" => json!({}),
        "text" => json!({"type": ["string", "null"]}),
        "flag" => json!({"type": ["boolean", "null"]}),
        "template" => json!({"$ref": "#/$defs/template"}),
        "headers" => {
            json!({"type": ["object", "null"], "properties": comment, "additionalProperties": {"$ref": "#/$defs/template"}})
        }
        "statuses" => {
            json!({"type": ["array", "null"], "items": {"type": "integer", "minimum": 200, "maximum": 599}})
        }
        "selector" => json!({"anyOf": [{"$ref": "#/$defs/selector"}, {"type": "null"}]}),
        "field" => {
            json!({"anyOf": [{"$ref": "#/$defs/selector"}, {"$ref": "#/$defs/field"}, {"type": "null"}]})
        }
        kind if kind.contains('|') => {
            let choices = kind.split('|').map(Value::from).chain([Value::Null]);
            json!({"enum": choices.collect::<Vec<_>>()})
        }
        kind if kind.starts_with("{*") => {
            let inner = of_kind(kind.trim_matches(['{', '}', '*']));
            json!({"type": ["object", "null"], "properties": comment, "additionalProperties": inner})
        }
        kind if kind.starts_with('{') => {
            let inner = ["#/$defs/", kind.trim_matches(['{', '}'])].concat();
            json!({"anyOf": [{"$ref": inner}, {"type": "null"}]})
        }
        bounds => {
            let (least, most) = bounds.split_once('-').unwrap_or_default();
            let number = |text: &str| text.parse::<u64>().unwrap_or_default();
            json!({"type": ["integer", "null"], "minimum": number(least), "maximum": number(most)})
        }
    }
}

/// What a member is for.
fn about(object: &str, key: &str) -> &'static str {
    let line = ABOUT.lines().find_map(|line| {
        let (name, text) = line.split_once(": ")?;
        let (of, member) = name.split_once('.')?;
        (of == object && member == key).then_some(text)
    });
    line.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_is_described_and_nothing_else() {
        let mut members = 0;
        for name in schema::names() {
            for text in schema::members(name).split(' ') {
                let (key, _) = schema::member(text);
                assert!(!about(name, key).is_empty(), "{name}.{key}");
                members += 1;
            }
        }
        assert_eq!(ABOUT.lines().count(), members);
    }

    #[test]
    fn the_published_schema_is_this_one() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/mapping.schema.json");
        let text = serde_json::to_string_pretty(&json_schema()).unwrap() + "\n";
        if std::env::var_os("ENTRAIDE_UPDATE").is_some() {
            std::fs::write(path, &text).unwrap();
        }
        let published = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            published == text,
            "docs/mapping.schema.json is not what the code says: run the tests with ENTRAIDE_UPDATE=1"
        );
    }
}
