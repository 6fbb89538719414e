// Kinto, Mozilla's store for JSON over HTTP, with everything in memory: accounts by Basic
// authentication, the next page in a header, a version on every record.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { call, each } from '../http.mjs';
import { pip } from '../install.mjs';

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));

export async function install(home) {
  await pip(home, requirements);
}

const settings = (port) => `
[server:main]
use = egg:waitress#main
host = 127.0.0.1
port = ${port}

[app:main]
use = egg:kinto
kinto.includes = kinto.plugins.accounts
kinto.storage_backend = kinto.core.storage.memory
kinto.cache_backend = kinto.core.cache.memory
kinto.permission_backend = kinto.core.permission.memory
kinto.userid_hmac_secret = for-tests
kinto.paginate_by = 50
multiauth.policies = account
multiauth.policy.account.use = kinto.plugins.accounts.AccountsPolicy
kinto.account_create_principals = system.Everyone
kinto.bucket_create_principals = account:ada-ozturk
kinto.project_name = staff
`;

const secretsOf = (login) => ({ basic: [login, `password of ${login}`] });
/** Identifiers here have no dots. */
const slug = (login) => login.replaceAll('.', '-');
const headersOf = (login) => ({ Authorization: `Basic ${Buffer.from(secretsOf(login).basic.join(':')).toString('base64')}` });

export async function start({ home, data, port, company, serve }) {
  const file = join(data, 'kinto.ini');
  writeFileSync(file, settings(port));
  const base = `http://127.0.0.1:${port}/v1`;
  const env = { PYTHONWARNINGS: 'ignore' };
  await serve(join(home, 'venv', 'bin', 'kinto'), ['start', '--ini', file, '--port', String(port)], { env, ready: `${base}/` });
  const [asker, helper] = ['ada-ozturk', 'zoe-muller'];
  for (const login of [asker, helper]) {
    await call('PUT', `${base}/accounts/${login}`, { json: { data: { password: `password of ${login}` } } });
  }
  const headers = headersOf(asker);
  const staff = `${base}/buckets/staff`;
  await call('PUT', staff, { headers, json: { permissions: { write: ['system.Authenticated'] } } });
  for (const name of ['people', 'questions']) await call('PUT', `${staff}/collections/${name}`, { headers, json: {} });
  const put = (collection, id, record) =>
    call('PUT', `${staff}/collections/${collection}/records/${id}`, { headers, json: { data: record } });
  await each(company.people, ({ login, name, email, title, team, place, skills, languages }) =>
    put('people', slug(login), { name, email, title, team, place, languages, skills }));
  await each(company.requests, ({ asker, question, details, skills, to }, index) =>
    put('questions', `q${index}`, { title: question, body: details, tags: skills, asker: slug(asker), asked: to.map(slug), status: 'open', answers: [] }));
  return { base, secrets: secretsOf(asker), helper: secretsOf(helper) };
}
