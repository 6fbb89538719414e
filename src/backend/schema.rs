//! What a mapping document may say: one table, walked by the [`checker`](super::checker).
//!
//! Each row is the name of an object and its members as `key=kind`; without a kind it is a field
//! of a record. Kinds: `text`, `flag`, `any`, `selector`, `template`, `headers`, `statuses`, a
//! number as `least-most`, a choice as `one|two`, an object of this table as `{name}`, an object
//! with any keys as `{*kind}`, and `field`: a selector, or an object `field`.

/// The rows.
const OBJECTS: &[(&str, &str)] = &[
    (
        "document",
        "$schema=any name=text description=any extends=any base=text auth={auth} headers=headers \
         timeoutMs=100-300000 maxBytes=1000-64000000 settings={*any} requires={*text} \
         paging={paging} records={records} operations={*call} fails=selector errors={errors} \
         parts={parts}",
    ),
    (
        "auth",
        "kind=none|cookie|bearer|key|basic secret=text optional=flag csrf={csrf} header=text \
         prefix=text credentials=omit|same-origin|include",
    ),
    (
        "csrf",
        "cookie=text meta=text global=text call=text headers=headers token=selector header=text \
         on=writes|all",
    ),
    (
        "paging",
        "kind=none|page|offset|cursor|url|link size=1-5000 max=1-5000 first=0-1 next=selector \
         more=selector total=selector rel=text rewriteOrigin=flag sparse=flag query={*template}",
    ),
    ("errors", "message=selector"),
    ("parts", "people=any skills=any requests=any"),
    (
        "call",
        "extends=any call=text vars={*selector} query={*template} headers=headers body=template \
         form={*template} items=selector item=selector records={records} paging={paging} \
         success=statuses returns=request|id|nothing location=selector event=text id=selector \
         scopes={scopes} before={before} then={then}",
    ),
    (
        "before",
        "call=text vars={*selector} query={*template} headers=headers body=template \
         form={*template} success=statuses take={*selector}",
    ),
    (
        "then",
        "call=text vars={*selector} query={*template} headers=headers body=template \
         form={*template} success=statuses ids=selector batch=1-100 most=1-1000",
    ),
    (
        "scopes",
        "mine={call} inbox={call} open={call} solved={call} all={call}",
    ),
    (
        "records",
        "person={person} personRef={personRef} personSkill={personSkill} request={request} \
         answer={answer} thanks={thanks} skill={skill}",
    ),
    (
        "person",
        "same={*text} id name title team place email photo profile languages timeZone skills wants about \
         joined presence presenceUntil openRequests recentRequests weeklyLimit",
    ),
    ("personRef", "same={*text} id name title"),
    ("personSkill", "same={*text} name declared accepted thanks"),
    (
        "request",
        "same={*text} id question details skills asker asked status visibility contextTitle contextUrl created \
         updated answerCount answers thanks url etag",
    ),
    ("answer", "same={*text} id author text created accepted"),
    ("thanks", "same={*text} from to skill note created"),
    ("skill", "same={*text} name people"),
    (
        "field",
        "select=selector default=any values={*any} split=text date=auto|seconds|millis|dmy|mdy",
    ),
];

/// The members of an object, as the table writes them.
pub(super) fn members(object: &str) -> &'static str {
    let row = OBJECTS.iter().find(|(name, _)| *name == object);
    row.map_or("", |(_, members)| members)
}

/// The names of all objects, the document first.
#[cfg(feature = "explain")]
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    OBJECTS.iter().map(|(name, _)| *name)
}

/// A member's key and its kind.
pub(super) fn member(text: &'static str) -> (&'static str, &'static str) {
    text.split_once('=').unwrap_or((text, "field"))
}
