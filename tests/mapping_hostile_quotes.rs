//! Nothing typed changes what a query means: for each grammar that a mapping may write into, a
//! small reader of that grammar, written from its specification and not from `quote`, takes the
//! query apart again. It must find the mapping's own parts as they are, and in the place of the
//! value one text, which is what was typed.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use entraide::backend::{Mapping, Operation, Params, Secrets};
use proptest::prelude::*;
use serde_json::{Value, json};

/// What a reader finds in a query.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// What is no text, without white space.
    Bare(String),
    /// A text, without what guards it.
    Text(String),
}

use Part::{Bare, Text};

fn bare(text: &str) -> Part {
    Bare(text.to_owned())
}

/// How texts stand in a grammar.
struct Texts {
    quote: char,
    /// What makes the next character stand for itself; with [`Texts::quote`] itself, a doubled
    /// quote stands for one.
    guard: char,
}

/// Cuts a query into its texts and the rest. `None` where a text never ends.
fn parts(query: &str, texts: &Texts) -> Option<Vec<Part>> {
    let mut out = Vec::new();
    let mut rest = String::new();
    let mut chars = query.chars().peekable();
    while let Some(c) = chars.next() {
        if c != texts.quote {
            rest.push(c);
            continue;
        }
        out.push(Bare(std::mem::take(&mut rest).trim().to_owned()));
        let mut text = String::new();
        loop {
            let c = chars.next()?;
            if c == texts.guard && texts.guard == texts.quote {
                if chars.peek() != Some(&c) {
                    break;
                }
                text.push(chars.next()?);
            } else if c == texts.guard {
                text.push(chars.next()?);
            } else if c == texts.quote {
                break;
            } else {
                text.push(c);
            }
        }
        out.push(Text(text));
    }
    out.push(Bare(rest.trim().to_owned()));
    Some(out)
}

/// The parameter `f` of the address that a search for `typed` is sent to, decoded as forms are.
fn written(template: &str, typed: &str) -> Option<String> {
    let document = json!({
        "base": "/api",
        "records": {"person": {"id": "id", "name": "name"}},
        "operations": {"people.search": {"call": "GET /people", "query": {"f": template, "last": "x"}}}
    });
    let mapping = Mapping::parse(&document.to_string(), None, &|_| None).unwrap();
    let request = mapping
        .prepare(
            Operation::PeopleSearch,
            &Params::search(typed),
            &Secrets::default(),
        )
        .unwrap();
    let query = request.url.strip_prefix("/api/people?").unwrap();
    let (first, last) = query.split_once('&').unwrap_or(("", query));
    assert_eq!(last, "last=x", "a parameter of its own: {query}");
    let value = first.strip_prefix("f=")?;
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(b) = rest.next() {
        bytes.push(match b {
            b'%' => {
                let mut digit = || char::from(rest.next().unwrap()).to_digit(16).unwrap() as u8;
                digit() * 16 + digit()
            }
            b'+' => b' ',
            b => b,
        });
    }
    Some(String::from_utf8(bytes).unwrap())
}

/// What hurts in one grammar or another, in any order, between letters.
fn typed() -> impl Strategy<Value = String> {
    let signs = prop::sample::select(vec![
        "'",
        "''",
        "\"",
        "\"\"",
        "\\",
        "\\\\",
        "\\\"",
        "\\u0022",
        "^",
        "^OR",
        "^NQ",
        "^EQ",
        "*",
        "%",
        "_",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ";",
        ":",
        "=",
        "==",
        "!",
        "~",
        "|",
        "||",
        "&",
        "&&",
        "&quot;",
        "&#39;",
        "<",
        ">",
        "</p>",
        "<!--",
        "/",
        "/*",
        "--",
        "+",
        "-",
        "?",
        "#",
        "@",
        "$",
        "..",
        " ",
        " or ",
        " and ",
        " OR ",
        " AND ",
        " eq true",
        " pr",
        "not(",
        ".eq.",
        "javascript:",
        "JAVASCRIPT:",
        "javajavascript:script:",
        "{=q}",
        "%27",
        "%22",
        "%5E",
        "\n",
        "\r\n",
        "\t",
        "\0",
        "\u{85}",
        "\u{2028}",
        "\u{FEFF}",
        "\u{202E}",
        "’",
        "＇",
        "é",
        "e\u{301}",
        "😀",
        "true",
        "null",
        "7",
        "a",
        "Ada",
    ]);
    prop_oneof![
        6 => prop::collection::vec(signs, 1..10).prop_map(|all| all.concat()),
        1 => "(?s).{0,20}",
        1 => "\\PC{0,20}",
    ]
}

/// What is typed, as every call sees it; `None` where it is nothing.
fn meant(typed: &str) -> Option<&str> {
    Some(typed.trim()).filter(|t| !t.is_empty())
}

/// Control characters as spaces, and further ones that the grammar cannot write.
fn spaced(text: &str, signs: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_control() || signs.contains(c) {
                ' '
            } else {
                c
            }
        })
        .collect()
}

/// Checks a grammar whose texts stand between quotes.
fn check(
    typed: &str,
    template: &str,
    texts: &Texts,
    expected: &dyn Fn(&str) -> Vec<Part>,
) -> Result<(), TestCaseError> {
    let query = written(template, typed);
    let Some(typed) = meant(typed) else {
        prop_assert_eq!(query, None, "a filter without its value is left out");
        return Ok(());
    };
    let query = query.unwrap();
    prop_assert_eq!(parts(&query, texts), Some(expected(typed)), "{}", query);
    Ok(())
}

const BACK_SLASH: Texts = Texts {
    quote: '"',
    guard: '\\',
};
const DOUBLED: Texts = Texts {
    quote: '\'',
    guard: '\'',
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// OData 4.01 ABNF: `string = SQUOTE *( SQUOTE-in-string / pchar-no-SQUOTE ) SQUOTE`.
    #[test]
    fn odata(typed in typed()) {
        let template = "contains(name,{=quote(q, 'odata')}) and active eq true";
        check(&typed, template, &DOUBLED, &|t| vec![bare("contains(name,"), Text(t.to_owned()), bare(") and active eq true")])?;
    }

    /// RFC 7644, section 3.4.2.2: `compValue` is a JSON string (RFC 8259, section 7).
    #[test]
    fn scim(typed in typed()) {
        let query = written("name co {=quote(q, 'scim')} and active eq true", &typed);
        let Some(typed) = meant(&typed) else { return Ok(()) };
        let query = query.unwrap();
        let inside = query.strip_prefix("name co ").and_then(|q| q.strip_suffix(" and active eq true"));
        // The first JSON value in it is all of it.
        let mut values = serde_json::Deserializer::from_str(inside.unwrap()).into_iter::<Value>();
        prop_assert_eq!(values.next().unwrap().unwrap(), json!(typed));
        prop_assert_eq!(values.byte_offset(), inside.unwrap().len());
        // And for readers that know only the back slash before a quotation mark.
        prop_assert_eq!(parts(&query, &BACK_SLASH).unwrap().len(), 3);
    }

    /// RSQL (the grammar of rsql-parser): `"` *( escaped / unescaped ) `"`.
    #[test]
    fn rsql(typed in typed()) {
        let template = "name=={=quote(q, 'rsql')};active==true";
        check(&typed, template, &BACK_SLASH, &|t| vec![bare("name=="), Text(t.to_owned()), bare(";active==true")])?;
    }

    /// Jira's JQL: `"..."` with the back slash as guard, on one line.
    #[test]
    fn jql(typed in typed()) {
        let template = "summary ~ {=quote(q, 'jql')} AND project = HELP";
        check(&typed, template, &BACK_SLASH, &|t| vec![bare("summary ~"), Text(spaced(t, "")), bare("AND project = HELP")])?;
    }

    /// Lucene's classic query parser: a quoted phrase, with the back slash as guard.
    #[test]
    fn lucene(typed in typed()) {
        let template = "name:{=quote(q, 'lucene')} AND active:true";
        check(&typed, template, &BACK_SLASH, &|t| vec![bare("name:"), Text(spaced(t, "<>")), bare("AND active:true")])?;
    }

    /// PostgREST, "Logical operators" and "Reserved characters": `"..."` with the back slash.
    #[test]
    fn postgrest(typed in typed()) {
        let template = "(name.eq.{=quote(q, 'postgrest')},active.is.true)";
        check(&typed, template, &BACK_SLASH, &|t| vec![bare("(name.eq."), Text(t.to_owned()), bare(",active.is.true)")])?;
    }

    /// Microsoft Graph, `$search`: clauses between quotation marks, joined by AND and OR.
    #[test]
    fn search(typed in typed()) {
        let template = "\"displayName:{=quote(q, 'search')}\" OR \"mail:{=quote(q, 'search')}\"";
        check(&typed, template, &BACK_SLASH, &|t| {
            let t = spaced(t, "\"\\");
            let clause = |name: &str| Text(format!("{name}:{t}"));
            vec![bare(""), clause("displayName"), bare("OR"), clause("mail"), bare("")]
        })?;
    }

    /// ServiceNow's encoded queries: conditions between `^`; no guard exists, and a value that
    /// begins with `javascript:` is run.
    #[test]
    fn servicenow(typed in typed()) {
        let query = written("nameLIKE{=quote(q, 'servicenow')}^active=true", &typed);
        let Some(typed) = meant(&typed) else { return Ok(()) };
        let query = query.unwrap();
        let conditions: Vec<&str> = query.split(['^', '\n', '\r']).collect();
        prop_assert_eq!(conditions.len(), 2, "{}", query);
        prop_assert_eq!(conditions[1], "active=true");
        let value = conditions[0].strip_prefix("nameLIKE").unwrap();
        prop_assert!(!value.to_lowercase().contains("javascript:"), "{}", value);
        // Nothing but that is lost.
        let plain = |text: &str| spaced(text, "^:");
        prop_assert_eq!(plain(value), plain(typed));
        prop_assert!(value.contains(':') == typed.contains(':') || typed.to_lowercase().contains("javascript:"));
    }

    /// WHATWG HTML: text ends at `<`, an attribute's value at its quotation mark.
    #[test]
    fn html(typed in typed()) {
        let template = "<p title=\"{=quote(q, 'html')}\" lang='{=quote(q, 'html')}'>{=quote(q, 'html')}</p>";
        let query = written(template, &typed);
        let Some(typed) = meant(&typed) else { return Ok(()) };
        let query = query.unwrap();
        let rest = query.strip_prefix("<p title=\"").unwrap();
        let (title, rest) = rest.split_once('"').unwrap();
        let rest = rest.strip_prefix(" lang='").unwrap();
        let (lang, rest) = rest.split_once('\'').unwrap();
        let (text, rest) = rest.strip_prefix('>').unwrap().split_once('<').unwrap();
        prop_assert_eq!(rest, "/p>");
        for value in [title, lang, text] {
            prop_assert_eq!(&unescaped(value), typed);
        }
    }

    /// JSON inside a text: one value, and what was typed.
    #[test]
    fn json_in_a_text(typed in typed()) {
        let query = written("{\"match\": {=quote(q, 'json')}, \"size\": 3}", &typed);
        let Some(typed) = meant(&typed) else { return Ok(()) };
        let value: Value = serde_json::from_str(&query.unwrap()).unwrap();
        prop_assert_eq!(value, json!({"match": typed, "size": 3}));
    }
}

/// Character references resolved, each from its own `&` to its own `;`.
fn unescaped(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('&') {
        let (name, after) = after.split_once(';').unwrap();
        out.push_str(before);
        out.push_str(match name {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "#39" => "'",
            other => panic!("an unexpected reference: {other}"),
        });
        rest = after;
    }
    out + rest
}

/// A list, a number or nothing in the place of a text: the number is written as one, and the
/// others leave the filter out rather than half of it.
#[test]
fn what_is_no_text_ends_no_text() {
    for (grammar, number) in [
        ("odata", "7"),
        ("scim", "7"),
        ("rsql", "\"7\""),
        ("jql", "\"7\""),
        ("lucene", "\"7\""),
        ("postgrest", "\"7\""),
        ("search", "7"),
        ("servicenow", "7"),
        ("html", "7"),
        ("json", "7"),
    ] {
        let document = json!({
            "base": "/api", "settings": {"n": 7, "list": ["a"], "object": {"a": 1}},
            "records": {"person": {"id": "id", "name": "name"}},
            "operations": {"people.search": {"call": "GET /people", "query": {
                "n": format!("a {{=quote(n, '{grammar}')}}"),
                "list": format!("a {{=quote(list, '{grammar}')}}"),
                "object": format!("a {{=quote(object, '{grammar}')}}"),
                "none": format!("a {{=quote(q, '{grammar}')}}"),
            }}}
        });
        let mapping = Mapping::parse(&document.to_string(), None, &|_| None).unwrap();
        let request = mapping
            .prepare(
                Operation::PeopleSearch,
                &Params::default(),
                &Secrets::default(),
            )
            .unwrap();
        let encoded = number.replace('"', "%22");
        let url = &request.url;
        assert!(
            url.contains(&format!("n=a%20{encoded}")),
            "{grammar}: {url}"
        );
        // JSON has lists and objects too.
        let others = if grammar == "json" { 2 } else { 0 };
        assert_eq!(url.matches('&').count(), others, "{grammar}: {url}");
    }
}
