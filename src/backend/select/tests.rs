use super::*;
use proptest::prelude::*;
use serde_json::json;

fn select(selector: &str, value: &Value) -> Value {
    Selector::parse(selector).unwrap().select_in(value, &[])
}

#[test]
fn selects_what_real_backends_need() {
    let value = json!({
        "a": {"b-c": [1, 2, 3], "urn:x:1.0": {"dept": "R&D"}},
        "people": [{"id": 1, "n": "Ada", "skills": ["1", "9"]}, {"id": 2, "n": "Bo", "ok": true}],
        "included": [{"id": "1", "t": "rust"}, {"id": "2", "t": "sql"}],
        "fields": [{"name": "Skills", "value": "rust, wasm"}, {"name": "X"}],
        "json": "[\"x\"]", "cols": ["id", "n"], "rows": [[1, "Ada"], [2, "Bo"]], "empty": ""
    });
    for (selector, expected) in [
        ("a.\"b-c\"[-1]", json!(3)),
        ("a.\"urn:x:1.0\".dept", json!("R&D")),
        ("people[].n", json!(["Ada", "Bo"])),
        ("people[?ok].n | [0]", json!("Bo")),
        ("people[?id==`1`].n", json!(["Ada"])),
        ("fields[?name=='Skills'].value | [0]", json!("rust, wasm")),
        (
            "split(fields[?name=='Skills'].value | [0], ',')",
            json!(["rust", "wasm"]),
        ),
        ("nothing || empty || a.none || 'last'", json!("last")),
        (
            "join(' ', [people[0].n, none, people[1].n])",
            json!("Ada Bo"),
        ),
        ("parse_json(json)[0]", json!("x")),
        ("zip(cols, rows)[1]", json!({"id": 2, "n": "Bo"})),
        (
            "people[0] | lookup($.included, 'id', skills)[].t",
            json!(["rust"]),
        ),
        ("lookup(included, 'id', people[1].id).t", json!("sql")),
        ("length(people)", json!(2)),
        ("to_number('12')", json!(12)),
        ("a.*[]", json!([1, 2, 3, {"dept": "R&D"}])),
        (
            "people[*].{x: n, y: @.id} | [1]",
            json!({"x": "Bo", "y": 2}),
        ),
        ("a.\"b-c\"[::-1]", json!([3, 2, 1])),
        ("!people[0].ok && 'no'", json!("no")),
        (
            "people[].join('-', [n, to_string(id)])",
            json!(["Ada-1", "Bo-2"]),
        ),
        ("join('', 'not a list')", json!(null)),
        ("header('x')", json!(null)),
    ] {
        assert_eq!(select(selector, &value), expected, "{selector}");
    }
}

/// The examples of `docs/mapping.md`.
#[test]
fn the_documentation_is_true() {
    let document = include_str!("../../../docs/mapping.md");
    let (_, block) = document.split_once("```selectors\n").unwrap();
    let (block, _) = block.split_once("```").unwrap();
    let mut lines = 0;
    for line in block.lines() {
        let parts: Vec<&str> = line.split(" ; ").collect();
        let [selector, value, expected] = parts.as_slice() else {
            panic!("{line}")
        };
        let value: Value = serde_json::from_str(value).unwrap();
        let expected: Value = serde_json::from_str(expected).unwrap();
        assert_eq!(select(selector, &value), expected, "{line}");
        lines += 1;
    }
    assert!(lines > 10);
}

#[test]
fn mistakes_are_told_with_their_place() {
    for (selector, at) in [
        ("a.", 2),
        ("a..b", 2),
        ("a[", 2),
        ("a b", 2),
        ("a = b", 2),
        ("first(a)", 0),
        ("join(a)", 0),
        ("a-b", 1),
        ("'open", 0),
        ("a[?b", 4),
        ("{a}", 2),
        ("&a", 0),
        ("quote(a, 'sqll')", 0),
        ("", 0),
        ("[::0]", 5),
    ] {
        let error = Selector::parse(selector).expect_err(selector);
        assert_eq!(error.at, at, "{selector}: {error:?}");
    }
    assert!(Selector::parse(&"(".repeat(500)).is_err());
    assert!(Selector::parse(&"a.".repeat(5_000)).is_err());
    assert!(Selector::parse(&"!".repeat(400)).is_err());
}

#[test]
fn work_is_bounded() {
    let list: Vec<Value> = (0..3_000).map(|i| json!({"id": i})).collect();
    let value = json!({"list": list});
    let (kept, fuel) = (Kept::default(), Fuel::default());
    let scope = Scope::new(&value, &[], &kept, &fuel);
    let none = "lookup($.list, 'id', `-1`)";
    let selector = Selector::parse(&format!("list[].[{none}, {none}, {none}]")).unwrap();
    selector.select(&value, &scope);
    assert!(fuel.is_exhausted());
}

/// What several calls brought is put together once, not for each item that looks into it.
#[test]
fn a_list_from_the_root_is_made_once() {
    let part = |from: i64| -> Vec<Value> {
        let ids = from..from + 1_000;
        ids.map(|id| json!({"id": id, "t": "a text"})).collect()
    };
    let value = json!({"list": part(0), "then": [{"r": part(0)}, {"r": part(1_000)}]});
    let (kept, fuel) = (Kept::default(), Fuel::default());
    let scope = Scope::new(&value, &[], &kept, &fuel);
    let items = value["list"].as_array().unwrap();
    let each = Selector::parse("lookup($.then[].r[], 'id', id).id").unwrap();
    let one = Selector::parse("$.then[].r[?id==`3`][].id").unwrap();
    for (n, item) in items.iter().enumerate() {
        assert_eq!(each.select(item, &scope), &json!(n));
        assert_eq!(
            one.select(item, &scope),
            &json!([3]),
            "each selector has its own"
        );
    }
    assert!(!fuel.is_exhausted());
    // What begins at the item differs from item to item.
    let own = Selector::parse("[id, $.then[0].r[0].id][]").unwrap();
    assert_eq!(own.select(&items[1], &scope), &json!([1, 0]));
    assert_eq!(own.select(&items[2], &scope), &json!([2, 0]));
}

/// The specification's own suite, where a copy of its repository lies beside the project.
#[test]
fn passes_the_public_suite() {
    let root = std::env::var("JMESPATH_SUITE").unwrap_or_else(|_| {
        concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/suites/jmespath").to_owned()
    });
    let Ok(folder) = std::fs::read_dir(&root) else {
        println!(
            "SKIPPED: the public suite of JMESPath (jmespath/jmespath.test, tests/) is not at {root}"
        );
        return;
    };
    // Functions that mappings do not need, and type errors, which give null here.
    let ours = [
        "abs",
        "avg",
        "ceil",
        "ends_with",
        "floor",
        "map",
        "max",
        "max_by",
        "merge",
        "min",
        "min_by",
        "reverse",
        "sort",
        "sort_by",
        "sum",
        "to_array",
        "type",
    ];
    let (mut passed, mut failed) = (0, Vec::new());
    for file in folder.flatten() {
        let text = std::fs::read_to_string(file.path()).unwrap();
        let suites: Value = serde_json::from_str(&text).unwrap();
        for suite in suites.as_array().unwrap() {
            for case in suite["cases"].as_array().unwrap() {
                let expression = case["expression"].as_str().unwrap();
                if ours.iter().any(|f| expression.contains(&format!("{f}(")))
                    || case.get("bench").is_some()
                {
                    continue;
                }
                let given = &suite["given"];
                let got = Selector::parse(expression).map(|s| s.select_in(given, &[]));
                let fits = match (case.get("error").and_then(Value::as_str), &got) {
                    (Some("invalid-type"), _) => true,
                    (Some(_), got) => got.is_err(),
                    (None, Ok(got)) => same(got, &case["result"]),
                    (None, Err(_)) => false,
                };
                if fits {
                    passed += 1
                } else {
                    failed.push(format!("{expression}: {got:?}, not {}", case["result"]))
                }
            }
        }
    }
    println!("{passed} cases of the public suite of JMESPath passed");
    assert!(failed.is_empty(), "{} failed: {failed:#?}", failed.len());
}

fn same(a: &Value, b: &Value) -> bool {
    a == b || a.as_f64().is_some_and(|x| b.as_f64() == Some(x))
}

fn json_values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[a-c]{0,3}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("[a-c]", inner, 0..4)
                .prop_map(|m| Value::Object(m.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn never_panics(text in "[a-c.*\\[\\]?@$&|!(){}:,'`\"0-9 =<>-]{0,24}", value in json_values()) {
        if let Ok(selector) = Selector::parse(&text) {
            let _ = selector.select_in(&value, &[]);
            selector.each_root(&mut |_| {});
        }
    }

    #[test]
    fn borrowed_and_owned_values_select_alike(value in json_values(), path in prop::sample::select(vec![
        "a", "a.b", "a[].b", "a[?b]", "[?a==b].c", "a.*", "*.a", "[a, b]", "{x: a, y: b.c}", "a || b && c", "a[0]", "a[-1:]", "[[a][], b]",
    ])) {
        let direct = select(path, &value);
        let through = select(&format!("not_null(nothing, @) | {path}"), &value);
        let copied = select(&format!("[@] | [0] | {path}"), &value);
        prop_assert_eq!(&direct, &through);
        if !value.is_null() {
            prop_assert_eq!(&direct, &copied);
        }
    }
}
