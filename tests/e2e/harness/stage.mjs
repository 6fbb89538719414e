// The stage of an end-to-end test: the real server on a database of its own, the demo's pages
// with the built widget in them, and a real browser. Whatever a page complains about (console
// errors and warnings, uncaught errors, violations of the content security policy, answers that
// failed) fails the test, unless the test said beforehand that it provokes it.

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from './chromium.mjs';
import { SLOW, slowDown } from './slow.mjs';
import { target } from '../../../tools/build/paths.mjs';
import { run } from '../../../tools/build/run.mjs';
import { assembleSite, freePort, startServer } from '../../../tools/build/server.mjs';

/** The first colleague of the demo's company, whom a new visitor is taken for. */
export const DEFAULT_PERSON = 'vm-0001';

/** The server's program; `make test` has built it, ENTRAIDE_SERVER names another one. */
function serverProgram() {
  const program = process.env.ENTRAIDE_SERVER ?? join(target, 'debug', 'entraide-server');
  assert.ok(existsSync(program), `${program} is missing: run \`make test\`, or cargo build -p entraide-server`);
  return program;
}

/**
 * Sets the stage. `fill` gets the server's program and the database's path and puts people
 * there; by default it is the demo's company. End it with `close()`.
 */
export async function openStage({ fill = fillWithCompany } = {}) {
  const program = serverProgram();
  const folder = mkdtempSync(join(tmpdir(), 'entraide-e2e-'));
  const db = join(folder, 'test.db');
  await fill(program, db);
  assembleSite();
  const stage = new Stage({ program, folder, db, port: await freePort(), browser: await launchChromium() });
  await stage.startServer();
  return stage;
}

const fillWithCompany = (program, db) => run(program, ['demo-data', '--db', db], { capture: true });

class Stage {
  #server = null;

  constructor({ program, folder, db, port, browser }) {
    Object.assign(this, { program, folder, db, port, browser });
    this.url = `http://127.0.0.1:${port}`;
    /** What the server wrote; shown by a test that fails because of it. */
    this.serverLog = '';
  }

  /** Starts the server (again) on the same port and database. */
  async startServer() {
    const { child } = await startServer({ program: this.program, port: this.port, db: this.db, stdio: 'pipe' });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (this.serverLog += chunk));
    this.#server = child;
  }

  /** Stops the server, so that a test can be offline. */
  async stopServer() {
    const child = this.#server;
    this.#server = null;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    // Open event streams may hold a graceful end up; a test does not wait for them for long.
    const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
    await ended;
    clearTimeout(timer);
  }

  /**
   * A person with a browser of their own. `as` is a person's id; `t` the running test, at whose
   * end the person leaves and their pages must have had nothing to complain about.
   */
  async visitor(t, { as = DEFAULT_PERSON, width = 1280, height = 800, locale = 'en-GB', ...options } = {}) {
    const context = await this.browser.newContext({
      baseURL: this.url,
      viewport: { width, height },
      locale,
      ...options,
    });
    // A page of this machine answers in moments, on a busy one in some seconds; who waits for longer waits in vain.
    context.setDefaultTimeout(20_000 * SLOW);
    const visitor = new Visitor(context);
    t.after(() => visitor.leave());
    const answer = await context.request.post('/demo/session', { data: { person: as } });
    assert.ok(answer.ok(), `no session for ${as}: ${answer.status()} ${await answer.text()}`);
    return visitor;
  }

  async close() {
    await this.browser.close();
    await this.stopServer();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** One person's browser, with an ear for complaints. */
class Visitor {
  #expected = [];
  #complaints = [];

  constructor(context) {
    this.context = context;
  }

  /** Announces complaints that a test provokes on purpose. */
  expect(...patterns) {
    this.#expected.push(...patterns);
  }

  /** Opens a page and waits until it is quiet enough to look at. */
  async open(path) {
    const page = await this.context.newPage();
    await slowDown(page);
    const complain = (text) => {
      if (!this.#expected.some((pattern) => pattern.test(text))) this.#complaints.push(`${path}: ${text}`);
    };
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complain(`console ${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => complain(`uncaught: ${error.stack ?? error}`));
    page.on('crash', () => complain('the page crashed'));
    page.on('response', (response) => {
      if (response.status() >= 400) complain(`${response.status()} for ${response.request().method()} ${response.url()}`);
    });
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`CSP violation: ${event.violatedDirective} by ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`);
      });
    });
    await page.goto(path);
    return page;
  }

  /** What the pages complained about so far. */
  get complaints() {
    return [...this.#complaints];
  }

  /** Drops the complaints so far: a test that has asserted them says so. */
  forgive() {
    this.#complaints.length = 0;
  }

  /** Closes the browser and fails on complaints. */
  async leave() {
    await this.context.close();
    assert.deepEqual(this.#complaints, [], 'the pages complained');
  }
}
