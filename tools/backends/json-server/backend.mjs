// json-server: a folder's worth of JSON served as REST, as prototypes and demos have it. Pages by
// the Link header and X-Total-Count, no accounts, errors without a word.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from '../install.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));

export async function install(home) {
  await npm(home, folder);
}

export async function start({ home, data, port, company, serve }) {
  const ids = new Map(company.people.map((person, index) => [person.login, index + 1]));
  const file = join(data, 'staff.json');
  writeFileSync(file, JSON.stringify({
    people: company.people.map(({ login, name, email, title, team, place, languages, skills }) => ({
      id: ids.get(login), name, mail: email, job: title, dept: { name: team, site: place }, languages: languages.join(', '), skills,
    })),
    questions: company.requests.map(({ asker, question, details, skills, to }, index) => ({
      id: index + 1, title: question, body: details, tags: skills, state: 'NEW', asker: ids.get(asker), asked: to.map((login) => ids.get(login)),
    })),
    answers: [],
  }));
  const base = `http://127.0.0.1:${port}`;
  const bin = join(home, 'node_modules', 'json-server', 'lib', 'cli', 'bin.js');
  await serve(process.execPath, [bin, '--host', '127.0.0.1', '--port', String(port), '--quiet', file], { ready: `${base}/people?_limit=1` });
  return { base, secrets: {} };
}
