// Redmine, the issue tracker, from Debian's package with an SQLite database of its own. What its
// REST API cannot do (switch that API on, make custom fields, a role and its workflow) an
// administrator does in the browser; here `prepare.rb` does it, once, with the people, into a
// database that every start copies. Requests are posted by its REST API.

import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { call, each } from '../http.mjs';
import { apt, once } from '../install.mjs';
import { run, ToolError } from '../../build/run.mjs';

const packaged = '/usr/share/redmine';
const script = fileURLToPath(new URL('prepare.rb', import.meta.url));

/** What Rails must know to run the application in `app` on the database `file`. */
const environment = (app, file) => ({
  RAILS_ENV: 'production',
  SECRET_KEY_BASE: 'only-for-tests-0f3c0f3c0f3c0f3c0f3c0f3c',
  BUNDLE_GEMFILE: join(app, 'Gemfile'),
  DATABASE_FILE: file,
});

const unsynchronised = `require 'active_record/connection_adapters/sqlite3_adapter'
ActiveRecord::ConnectionAdapters::SQLite3Adapter.prepend(Module.new do
  def configure_connection
    super
    execute('PRAGMA synchronous = OFF')
  end
end)
`;

/** Copies the packaged application, bound to Debian's folders, to one of its own. */
function copyApplication(app) {
  cpSync(packaged, app, { recursive: true, verbatimSymlinks: true });
  for (const link of ['instances', 'Gemfile.lock', 'config/database.yml']) rmSync(join(app, link), { force: true });
  for (const folder of ['config', 'tmp', 'files', 'log', 'public/plugin_assets']) mkdirSync(join(app, 'instances/default', folder), { recursive: true });
  const database = "production:\n  adapter: sqlite3\n  database: <%= ENV.fetch('DATABASE_FILE') %>\n  timeout: 20000\n";
  writeFileSync(join(app, 'instances/default/config/database.yml'), database);
  // One request at a time: a thread that waits for SQLite's lock keeps the one that holds it waiting.
  writeFileSync(join(app, 'config/additional_environment.rb'), 'config.allow_concurrency = false\n');
  // What is lost when the machine stops is made again: no write waits for the disk.
  writeFileSync(join(app, 'config/initializers/01-sqlite.rb'), unsynchronised);
  const gems = readFileSync(join(packaged, 'Gemfile'), 'utf8').replaceAll(`${packaged}/`, `${app}/`);
  writeFileSync(join(app, 'Gemfile'), `${gems}\ngem 'webrick'\n`);
}

export async function install(home) {
  await apt('redmine', 'redmine-sqlite', 'dbconfig-no-thanks', 'ruby-webrick');
  const [app, file] = [join(home, 'app'), join(home, 'prepared.sqlite3')];
  const version = readFileSync(join(packaged, 'lib/redmine/version.rb'));
  const people = readFileSync(fileURLToPath(new URL('../../../server/tests/real/company.json', import.meta.url)));
  await once(home, [version, people, readFileSync(script), readFileSync(fileURLToPath(import.meta.url)), home], async () => {
    for (const old of [app, file]) rmSync(old, { recursive: true, force: true });
    copyApplication(app);
    const ruby = async (...args) => {
      const { code, output } = await run('bundle', args, { cwd: app, env: environment(app, file), capture: true, allowFailure: true });
      if (code !== 0) throw new ToolError(output.trim().split('\n').slice(0, 6).join('\n'));
    };
    await ruby('install', '--local', '--quiet');
    await ruby('exec', 'rake', 'db:migrate');
    await ruby('exec', 'rails', 'runner', script, join(home, 'prepared.json'));
  });
}

export async function start({ home, data, port, company, serve }) {
  const app = join(home, 'app');
  const file = join(data, 'redmine.sqlite3');
  copyFileSync(join(home, 'prepared.sqlite3'), file);
  const made = JSON.parse(readFileSync(join(home, 'prepared.json'), 'utf8'));
  const base = `http://127.0.0.1:${port}`;
  const args = ['exec', 'rails', 'server', '--using', 'webrick', '--binding', '127.0.0.1', '--port', String(port), '--pid', join(data, 'pid')];
  await serve('bundle', args, { cwd: app, env: environment(app, file), ready: `${base}/projects.json` });

  const key = (login) => made.people[login].key;
  const issues = await each(company.requests, async (posted) => {
    const { issue } = await call('POST', `${base}/issues.json`, {
      headers: { 'X-Redmine-API-Key': key(posted.asker) },
      json: {
        issue: {
          project_id: 'help',
          subject: posted.question,
          description: posted.details,
          assigned_to_id: made.people[posted.to[0]].id,
          custom_fields: [{ id: made.issueSkills, value: posted.skills.join(', ') }],
        },
      },
    });
    return issue.id;
  }, 1);
  const me = company.requests[0].asker;
  const helper = company.requests[0].to[0];
  return {
    base,
    secrets: { apiKey: key(me) },
    settings: { project: 'help', skillsField: made.issueSkills, solved: made.statuses.Resolved, closed: made.statuses.Closed },
    me,
    helper: { login: helper, apiKey: key(helper) },
    ids: Object.fromEntries(Object.entries(made.people).map(([login, { id }]) => [login, id])),
    issues,
  };
}
