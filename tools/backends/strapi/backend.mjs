// Strapi 5 on SQLite. Its content types are made as the Content-Type Builder would write them, its
// administration pages are never built; people come in once, requests by its REST API.

import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { call, each } from '../http.mjs';
import { npm, once } from '../install.mjs';
import { Processes, freePort } from '../processes.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const people = here('../../../server/tests/real/company.json');
const types = createRequire(import.meta.url)('./app/types.cjs');

const config = {
  server: "({ env }) => ({ host: '127.0.0.1', port: env.int('PORT'), app: { keys: ['for-tests-a', 'for-tests-b'] } })",
  admin: "() => ({ serveAdminPanel: false, auth: { secret: 'for-tests-c' }, apiToken: { salt: 'for-tests-d' }, transfer: { token: { salt: 'for-tests-e' } }, secrets: { encryptionKey: 'for-tests-0f3c0f3c0f3c0f3c0f3c0f3c' } })",
  api: '{ rest: { defaultLimit: 25, maxLimit: 100, withCount: true } }',
  database: "({ env }) => ({ connection: { client: 'sqlite', connection: { filename: env('DATABASE_FILE') }, useNullAsDefault: true } })",
  middlewares: "['strapi::logger', 'strapi::errors', 'strapi::security', 'strapi::cors', 'strapi::query', 'strapi::body', 'strapi::session', 'strapi::favicon', 'strapi::public']",
  plugins: "{ 'users-permissions': { config: { jwtSecret: 'for-tests-f' } } }",
};

/** Writes the application: what `create-strapi` and the Content-Type Builder leave behind. */
function writeApplication(home) {
  const write = (path, text) => {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
  };
  for (const [name, text] of Object.entries(config)) write(`config/${name}.js`, `module.exports = ${text};\n`);
  for (const [name, { plural, attributes }] of Object.entries(types)) {
    const uid = `api::${name}.${name}`;
    const schema = { kind: 'collectionType', collectionName: plural, info: { singularName: name, pluralName: plural, displayName: name }, options: { draftAndPublish: false }, attributes };
    write(`src/api/${name}/content-types/${name}/schema.json`, JSON.stringify(schema, null, 2));
    for (const [folder, kind] of [['controllers', 'Controller'], ['routes', 'Router'], ['services', 'Service']]) {
      write(`src/api/${name}/${folder}/${name}.js`, `module.exports = require('@strapi/strapi').factories.createCore${kind}('${uid}');\n`);
    }
  }
  // Who an account belongs to: a relation of the user to a person.
  const relation = "{ type: 'relation', relation: 'oneToOne', target: 'api::person.person' }";
  write('src/extensions/users-permissions/strapi-server.js', `module.exports = (plugin) => {\n  plugin.contentTypes.user.schema.attributes.person = ${relation};\n  return plugin;\n};\n`);
  mkdirSync(join(home, 'public/uploads'), { recursive: true });
  for (const [from, to] of [['index.cjs', 'src/index.js'], ['types.cjs', 'types.cjs'], ['start.cjs', 'start.cjs']]) copyFileSync(here(`app/${from}`), join(home, to));
}

const environment = (file, port) => ({
  NODE_ENV: 'production', PORT: String(port), DATABASE_FILE: file, COMPANY: people, STRAPI_TELEMETRY_DISABLED: 'true', STRAPI_DISABLE_UPDATE_NOTIFICATION: 'true',
});

export async function install(home) {
  await npm(home, here('.'));
  const own = ['backend.mjs', 'app/index.cjs', 'app/types.cjs', 'app/start.cjs'].map((name) => readFileSync(here(name)));
  const prepared = join(home, 'prepared');
  mkdirSync(prepared, { recursive: true });
  await once(prepared, [...own, readFileSync(people), readFileSync(here('package-lock.json'))], async () => {
    writeApplication(home);
    const folder = mkdtempSync(join(tmpdir(), 'entraide-strapi-'));
    const processes = new Processes();
    try {
      const file = join(folder, 'data.sqlite3');
      const port = await freePort();
      const options = { cwd: home, env: environment(file, port), ready: `http://127.0.0.1:${port}/api/people`, seconds: 120 };
      try {
        await processes.serve('strapi', join(home, 'prepare.log'), process.execPath, ['start.cjs'], options);
      } catch (error) {
        throw new Error(`${error.message}\n${processes.tail('strapi')}`);
      }
      await processes.stopAll();
      copyFileSync(file, join(prepared, 'data.sqlite3'));
    } finally {
      await processes.stopAll();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

export async function start({ home, data, port, company, serve }) {
  const file = join(data, 'data.sqlite3');
  copyFileSync(join(home, 'prepared/data.sqlite3'), file);
  const base = `http://127.0.0.1:${port}/api`;
  await serve(process.execPath, ['start.cjs'], { cwd: home, env: environment(file, port), ready: `${base}/people` });
  const sessions = {};
  const session = async (login) => {
    sessions[login] ??= await call('POST', `${base}/auth/local`, { json: { identifier: login, password: 'a-password-for-tests-0f3c' } });
    return { bearer: sessions[login].jwt };
  };
  const headers = async (login) => ({ Authorization: `Bearer ${(await session(login)).bearer}` });
  const me = company.requests[0].asker;
  const helper = company.requests[0].to[0];
  const { data: listed } = await call('GET', `${base}/people?pagination[pageSize]=100`, { headers: await headers(me) });
  const ids = Object.fromEntries(company.people.map(({ login, name }) => [login, listed.find((person) => person.name === name).documentId]));
  const questions = await each(company.requests, async (posted) => {
    const { question, details, skills } = posted;
    const json = { data: { question, details, skills, asker: ids[posted.asker], asked: posted.to.map((login) => ids[login]) } };
    return (await call('POST', `${base}/questions`, { headers: await headers(posted.asker), json })).data.documentId;
  }, 1);
  return { base, secrets: await session(me), helper: { login: helper, ...(await session(helper)) }, ids, questions };
}
