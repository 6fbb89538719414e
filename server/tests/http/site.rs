//! Pages and the widget beside the API.

use crate::harness::{Server, cast};
use entraide_server::app::IdentityMode;
use entraide_server::site::Site;
use std::fs;

const CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

async fn server(open_csp: bool) -> (Server, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let (pages, widget) = (folder.path().join("site"), folder.path().join("dist"));
    fs::create_dir_all(pages.join("expenses")).unwrap();
    fs::create_dir_all(&widget).unwrap();
    fs::write(pages.join("index.html"), "<h1>Home</h1>").unwrap();
    fs::write(pages.join("expenses/index.html"), "<h1>Expenses</h1>").unwrap();
    fs::write(pages.join("old.js"), "var a").unwrap();
    fs::write(folder.path().join("secret.txt"), "secret").unwrap();
    fs::write(widget.join("entraide.js"), "(()=>{})()").unwrap();
    fs::write(widget.join("entraide.wasm"), "\0asm").unwrap();
    fs::write(widget.join("entraide.wasm.br"), "br").unwrap();
    let site = Site {
        pages: Some(pages),
        widget: Some(widget),
        open_csp,
    };
    (
        Server::with(IdentityMode::Demo, &site, &cast()).await,
        folder,
    )
}

#[tokio::test]
async fn pages_are_sent_under_the_policy() {
    let (s, _folder) = server(false).await;
    for path in ["/", "/index.html", "/expenses/"] {
        let page = s.get("", path).await.is(200);
        assert_eq!(page.header("content-security-policy"), CSP, "{path}");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("referrer-policy"), "same-origin");
        assert!(page.header("content-type").starts_with("text/html"));
    }
    let missing = s.get("", "/nothing.html").await.is(404);
    assert_eq!(missing.header("content-security-policy"), CSP);
    assert!(missing.text.contains("Not found"));
    let script = s.get("", "/old.js").await.is(200);
    assert_eq!(script.header("content-security-policy"), "");
    // The API stays what it is.
    s.get("ada", "/api/nothing").await.is(404);
    s.get("ada", "/api/me").await.is(200);
    for out in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/entraide/../../secret.txt",
    ] {
        let answer = s.get("", out).await;
        assert!(
            answer.status >= 400 && !answer.text.contains("secret"),
            "{out}"
        );
    }
}

#[tokio::test]
async fn the_widget_has_its_types_encodings_and_validators() {
    let (s, _folder) = server(false).await;
    let wasm = s.get("", "/entraide/entraide.wasm").await.is(200);
    assert_eq!(
        (wasm.header("content-type"), wasm.header("content-encoding")),
        ("application/wasm", "")
    );
    let small = s
        .get_with(
            "",
            "/entraide/entraide.wasm",
            &[("accept-encoding", "gzip, br")],
        )
        .await
        .is(200);
    assert_eq!(
        (
            small.header("content-type"),
            small.header("content-encoding")
        ),
        ("application/wasm", "br")
    );
    assert_eq!(small.text, "br");
    // Pages of other origins may load it, and only it.
    assert_eq!(wasm.header("access-control-allow-origin"), "*");
    assert_eq!(wasm.header("cross-origin-resource-policy"), "cross-origin");
    let me = s.get("ada", "/api/me").await.is(200);
    assert_eq!(me.header("access-control-allow-origin"), "");
    assert_eq!(me.header("cross-origin-resource-policy"), "same-origin");
    let script = s.get("", "/entraide/entraide.js").await.is(200);
    assert!(
        script.header("content-type").contains("javascript"),
        "{}",
        script.header("content-type")
    );
    assert_eq!(script.header("cache-control"), "no-cache");
    let modified = script.header("last-modified").to_owned();
    let again = s
        .get_with(
            "",
            "/entraide/entraide.js",
            &[("if-modified-since", &modified)],
        )
        .await;
    assert_eq!(again.status, 304);
    let tag = script.header("etag").to_owned();
    let again = s
        .get_with("", "/entraide/entraide.js", &[("if-none-match", &tag)])
        .await;
    assert_eq!(again.status, 304);
    s.get("", "/entraide/nothing.js").await.is(404);
}

#[tokio::test]
async fn the_policy_can_be_left_out() {
    let (s, _folder) = server(true).await;
    let page = s.get("", "/").await.is(200);
    assert_eq!(page.header("content-security-policy"), "");
    assert_eq!(page.header("x-content-type-options"), "nosniff");
}
