//! What storage keeps of the widget's fields: drafts, and what is written into threads.
//!
//! A draft is an object with the members of [`Draft`] under their names; the fields of threads
//! are an array of pairs, `[{"Answer": "<request>"}, "<words>"]`. Reading is forgiving: a
//! member that makes no sense costs itself and never the words beside it.

use super::ask::Draft;
use super::surface::Field;
use crate::model::json::{
    member, object, person_ids, read_id, read_person_ids, read_string, read_strings, string,
    strings,
};
use crate::model::{PageContext, Table, Visibility};
use serde_json::Value;

/// The text that storage keeps of a draft.
pub(super) fn draft_to_text(draft: &Draft) -> String {
    object(vec![
        ("key", string(&draft.key)),
        ("question", string(&draft.question)),
        ("details", string(&draft.details)),
        ("skills", strings(&draft.skills)),
        ("refused", strings(&draft.refused)),
        ("to", person_ids(&draft.to)),
        ("visibility", string(draft.visibility.as_str())),
        (
            "context",
            draft
                .context
                .as_ref()
                .map_or(Value::Null, PageContext::to_json),
        ),
        ("keep_context", Value::Bool(draft.keep_context)),
    ])
    .to_string()
}

/// The draft of a text that storage kept; `None` where it is no object with a key.
pub(super) fn draft_from_text(text: &str) -> Option<Draft> {
    let kept: Value = serde_json::from_str(text).ok()?;
    Some(Draft {
        key: member(&kept, "key").as_str()?.to_owned(),
        question: read_string(&kept, "question").unwrap_or_default(),
        details: read_string(&kept, "details").unwrap_or_default(),
        skills: read_strings(&kept, "skills").unwrap_or_default(),
        refused: read_strings(&kept, "refused").unwrap_or_default(),
        to: read_person_ids(&kept, "to").unwrap_or_default(),
        // A word that is unknown may have meant fewer readers, never more.
        visibility: Visibility::from_json(member(&kept, "visibility"))
            .unwrap_or(Visibility::Private),
        context: PageContext::from_json(member(&kept, "context")),
        keep_context: member(&kept, "keep_context").as_bool().unwrap_or(true),
    })
}

/// The text that storage keeps of the fields of threads.
pub(super) fn fields_to_text(fields: &Table<Field, String>) -> String {
    let mut pairs = Vec::with_capacity(fields.len());
    for (field, text) in fields.iter() {
        let (name, request) = match field {
            Field::Answer(request) => ("Answer", request),
            Field::ThanksNote(request) => ("ThanksNote", request),
        };
        let field = object(vec![(name, string(request.as_str()))]);
        pairs.push(Value::Array(vec![field, string(text)]));
    }
    Value::Array(pairs).to_string()
}

/// The fields of a text that storage kept, as far as they can be read.
pub(super) fn fields_from_text(text: &str) -> Vec<(Field, String)> {
    let mut fields = Vec::new();
    if let Ok(Value::Array(pairs)) = serde_json::from_str(text) {
        for pair in &pairs {
            fields.extend(field_from_json(pair));
        }
    }
    fields
}

fn field_from_json(pair: &Value) -> Option<(Field, String)> {
    let [field, text] = pair.as_array()?.as_slice() else {
        return None;
    };
    let (name, request) = field.as_object()?.iter().next()?;
    let request = read_id(request)?;
    let field = match name.as_str() {
        "Answer" => Field::Answer(request),
        "ThanksNote" => Field::ThanksNote(request),
        _ => return None,
    };
    Some((field, text.as_str()?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RequestId;
    use crate::model::json_tests::{a_context, a_visibility, an_id};
    use proptest::prelude::*;

    prop_compose! {
        fn a_draft()(
            key in ".*", question in ".*", details in ".*",
            skills in prop::collection::vec(".*", 0..4),
            refused in prop::collection::vec(".*", 0..4),
            to in prop::collection::vec(an_id(), 0..4),
            visibility in a_visibility(), context in a_context(), keep_context: bool,
        ) -> Draft {
            Draft { key, question, details, skills, refused, to, visibility, context, keep_context }
        }
    }

    fn a_field() -> impl Strategy<Value = Field> {
        (an_id(), any::<bool>()).prop_map(|(id, answer)| {
            let request = RequestId::new(id.as_str()).unwrap();
            if answer {
                Field::Answer(request)
            } else {
                Field::ThanksNote(request)
            }
        })
    }

    proptest! {
        #[test]
        fn what_is_kept_comes_back(
            draft in a_draft(), fields in prop::collection::vec((a_field(), ".*"), 0..5)
        ) {
            prop_assert_eq!(draft_from_text(&draft_to_text(&draft)), Some(draft));
            let mut table = Table::new();
            for (field, text) in fields {
                table.insert(field, text);
            }
            let back = fields_from_text(&fields_to_text(&table));
            prop_assert!(back.iter().eq(table.iter()));
        }

        #[test]
        fn reads_anything_without_a_panic(text in "\\PC{0,60}") {
            let _ = (draft_from_text(&text), fields_from_text(&text));
        }
    }

    /// As the first versions wrote them; they must be read for ever.
    #[test]
    fn reads_what_was_first_written() {
        let draft = draft_from_text(
            r#"{"key":"k","question":"q","details":"d","skills":["s"],"refused":["r"],"to":["p"],"visibility":"private","context":{"title":"t"},"keep_context":false}"#,
        )
        .unwrap();
        assert_eq!((draft.key.as_str(), draft.question.as_str()), ("k", "q"));
        assert_eq!(
            (draft.visibility, draft.keep_context),
            (Visibility::Private, false)
        );
        assert_eq!(draft.context.unwrap().title, "t");

        let sparse = draft_from_text(r#"{"key":"k","question":"q","context":null}"#).unwrap();
        assert!(sparse.keep_context && sparse.skills.is_empty());

        let request = || RequestId::new("r").unwrap();
        assert_eq!(
            fields_from_text(
                r#"[[{"Answer":"r"},"a"],[{"ThanksNote":"r"},"n"],[{"Poem":"r"},"p"],7]"#
            ),
            [
                (Field::Answer(request()), "a".into()),
                (Field::ThanksNote(request()), "n".into())
            ],
        );
    }

    #[test]
    fn damage_costs_the_damaged_member_only() {
        let draft = draft_from_text(
            r#"{"key":"k","question":"kept","details":5,"skills":"x","to":[""],"visibility":"team","context":{"title":"t","url":"javascript:x"},"keep_context":"no"}"#,
        )
        .unwrap();
        assert_eq!(draft.question, "kept");
        assert_eq!(
            draft.visibility,
            Visibility::Private,
            "never more readers than meant"
        );
        assert!(draft.details.is_empty() && draft.skills.is_empty() && draft.to.is_empty());
        assert_eq!(draft.context, None);
        assert_eq!(draft_from_text(r#"{"question":"no key"}"#), None);
        assert_eq!(draft_from_text("[]"), None);
    }
}
