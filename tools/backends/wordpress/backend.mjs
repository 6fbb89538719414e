// WordPress, from Debian's packages, served by PHP's own server, with a MariaDB of its own that
// listens on a socket only. People and settings are made once, by WordPress's own functions;
// questions are posted by its REST API.

import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { call, each } from '../http.mjs';
import { apt, once } from '../install.mjs';
import { Processes } from '../processes.mjs';
import { run, ToolError } from '../../build/run.mjs';

const packaged = '/usr/share/wordpress';
const packages = ['php-cli', 'php-mysql', 'php-xml', 'php-mbstring', 'php-curl', 'mariadb-server', 'wordpress', 'wordpress-theme-twentytwentythree'];
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const people = here('../../../server/tests/real/company.json');

async function program(command, args, options = {}) {
  const { code, output } = await run(command, args, { ...options, capture: true, allowFailure: true });
  if (code !== 0) throw new ToolError(output.trim().split('\n').slice(-6).join('\n') || `${command} ended with code ${code}`);
  return output;
}

/** Arguments of a MariaDB on the folder `tables`: small, on a socket, and nothing else. */
function database(tables, socket) {
  return [
    '--no-defaults', `--datadir=${tables}`, `--socket=${socket}`, '--skip-networking', '--skip-grant-tables', '--skip-log-bin',
    '--innodb-log-file-size=8M', '--innodb-buffer-pool-size=32M', '--innodb-flush-log-at-trx-commit=0', '--user=root',
  ];
}

/** Succeeds when the database answers. */
const pings = (socket) => program('mariadb-admin', ['--no-defaults', `--socket=${socket}`, '--user=root', 'ping']);

async function prepare(home, site, tables) {
  const folder = mkdtempSync(join(tmpdir(), 'entraide-wp-'));
  const processes = new Processes();
  try {
    const socket = join(folder, 'sql');
    await program('mariadb-install-db', ['--no-defaults', `--datadir=${tables}`, '--innodb-log-file-size=8M', '--auth-root-authentication-method=normal', '--skip-test-db', '--user=root']);
    await processes.serve('wordpress', join(home, 'prepare.log'), 'mariadbd', database(tables, socket), { ready: () => pings(socket) });
    await program('mariadb', ['--no-defaults', `--socket=${socket}`, '--user=root', '--execute=create database wordpress character set utf8mb4']);
    const env = { ENTRAIDE_WP_SOCKET: socket, ENTRAIDE_WP_URL: 'http://127.0.0.1' };
    await program('php', [here('prepare.php'), site, people, join(home, 'prepared.json')], { env });
  } finally {
    await processes.stopAll();
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function install(home) {
  await apt(...packages);
  const [site, tables] = [join(home, 'site'), join(home, 'tables')];
  const own = ['wp-config.php', 'colleagues.php', 'prepare.php', 'backend.mjs'].map((name) => readFileSync(here(name)));
  await once(home, [readFileSync(join(packaged, 'wp-includes/version.php')), readFileSync(people), ...own, home], async () => {
    for (const old of [site, tables]) rmSync(old, { recursive: true, force: true });
    cpSync(packaged, site, { recursive: true, dereference: true, filter: (path) => !path.endsWith('/.htaccess') });
    cpSync(here('wp-config.php'), join(site, 'wp-config.php'));
    mkdirSync(join(site, 'wp-content/mu-plugins'));
    cpSync(here('colleagues.php'), join(site, 'wp-content/mu-plugins/colleagues.php'));
    mkdirSync(tables);
    await prepare(home, site, tables);
  });
}

/** Signs somebody in as a browser does; gives the cookies, and the nonce that pages hold. */
async function signIn(base, login) {
  const form = new URLSearchParams({ log: login, pwd: 'a-password-for-tests-0f3c', 'wp-submit': 'Log In', testcookie: '1' });
  const response = await fetch(`${base}/wp-login.php`, { method: 'POST', body: form, headers: { Cookie: 'wordpress_test_cookie=WP%20Cookie%20check' }, redirect: 'manual' });
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ');
  const nonce = await fetch(`${base}/wp-admin/admin-ajax.php?action=rest-nonce`, { headers: { Cookie: cookies } });
  return { csrf: (await nonce.text()).trim(), headers: { Cookie: cookies } };
}

export async function start({ home, data, port, company, serve }) {
  const site = join(home, 'site');
  const tables = join(data, 'tables');
  const socket = join(data, 'sql');
  cpSync(join(home, 'tables'), tables, { recursive: true });
  chmodSync(tables, 0o700);
  await serve('mariadbd', database(tables, socket), { ready: () => pings(socket) });
  const base = `http://127.0.0.1:${port}`;
  const env = { ENTRAIDE_WP_SOCKET: socket, ENTRAIDE_WP_URL: base, PHP_CLI_SERVER_WORKERS: '3' };
  const php = ['-d', 'variables_order=EGPCS', '-S', `127.0.0.1:${port}`, '-t', site];
  await serve('php', php, { env, ready: `${base}/?rest_route=/` });

  const made = JSON.parse(readFileSync(join(home, 'prepared.json'), 'utf8'));
  const secrets = (login) => ({ basic: [login, made.people[login].password] });
  const posts = await each(company.requests, async (posted) => {
    const { basic } = secrets(posted.asker);
    const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    const { id } = await call('POST', `${base}/?rest_route=/wp/v2/posts`, {
      headers: { Authorization: `Basic ${btoa(basic.join(':'))}` },
      json: { title: escape(posted.question), content: escape(posted.details), status: 'publish', categories: [made.category] },
    });
    return id;
  }, 1);
  const me = company.requests[0].asker;
  const helper = company.requests[0].to[0];
  return {
    base,
    secrets: secrets(me),
    settings: { category: made.category },
    me,
    helper: { login: helper, ...secrets(helper) },
    browser: await signIn(base, me),
    ids: Object.fromEntries(Object.entries(made.people).map(([login, { id }]) => [login, id])),
    posts,
  };
}
