use super::*;
use proptest::prelude::*;
use serde_json::json;

fn expand(template: &str, values: &Value) -> Result<String, UriTemplateError> {
    super::expand(template, &mut |name| {
        values.get(name).cloned().unwrap_or_default()
    })
}

#[test]
fn writes_the_addresses_that_mappings_need() {
    let values =
        json!({"q": "R&D / été", "limit": 20, "skill": ["a b", "c"], "id": "a/../b", "none": null});
    for (template, expected) in [
        (
            "/people{?q,limit,none}",
            "/people?q=R%26D%20%2F%20%C3%A9t%C3%A9&limit=20",
        ),
        (
            "/people/search{?skill*}",
            "/people/search?skill=a%20b&skill=c",
        ),
        ("/people/{id}", "/people/a%2F..%2Fb"),
        (
            "?rest_route=/wp/v2/users{&limit}",
            "?rest_route=/wp/v2/users&limit=20",
        ),
        ("/People('{limit}')", "/People('20')"),
    ] {
        assert_eq!(
            expand(template, &values).as_deref(),
            Ok(expected),
            "{template}"
        );
    }
}

#[test]
fn passes_the_public_suite() {
    let root = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/suites/uritemplate-rfc6570/"
    );
    let mut ran = 0;
    for file in [
        "spec-examples",
        "spec-examples-by-section",
        "extended-tests",
        "negative-tests",
    ] {
        let Ok(text) = std::fs::read_to_string(format!("{root}{file}.json")) else {
            println!("SKIPPED: the public suite of RFC 6570 is not at {root}{file}.json");
            continue;
        };
        let suite: Value = serde_json::from_str(&text).unwrap();
        for (name, group) in suite.as_object().unwrap() {
            for case in group["testcases"].as_array().unwrap() {
                let template = case[0].as_str().unwrap();
                let got = expand(template, &group["variables"]);
                let fits = match &case[1] {
                    Value::Bool(false) => got.is_err(),
                    // The order of an object's members is free: the suite lists them all.
                    Value::Array(any) => got.as_ref().is_ok_and(|g| any.iter().any(|a| a == g)),
                    one => got.as_ref().is_ok_and(|g| one == g),
                };
                assert!(
                    fits,
                    "{file}, {name}: {template} gave {got:?}, not {}",
                    case[1]
                );
                ran += 1;
            }
        }
    }
    println!("{ran} cases of the public suite of RFC 6570 passed");
}

proptest! {
    #[test]
    fn no_value_leaves_its_place(text in "\\PC{0,40}") {
        let out = expand("/a/{x}?q={x}", &json!({"x": text})).unwrap();
        prop_assert_eq!(out.matches(['/', '?', '#', '&']).count(), 3);
        prop_assert!(out.is_ascii());
    }
    #[test]
    fn never_panics(template in "[{}?&+#*:,a-c%0-9é]{0,20}") {
        let _ = expand(&template, &json!({"a": ["x"], "b": {"k": "v"}, "c": 1}));
    }
}
