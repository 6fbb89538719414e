// OData v4 by odatapy, a server in Python modelled on Apache Olingo, with a staff directory's
// model (`service.py`): pages by `@odata.nextLink`, navigation to skills, `If-Match` on changes.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { call, each } from '../http.mjs';
import { pip } from '../install.mjs';

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));
const service = fileURLToPath(new URL('service.py', import.meta.url));

export async function install(home) {
  await pip(home, requirements);
}

const basic = (login) => [login, `password of ${login}`];
const headersOf = (login) => ({ Authorization: `Basic ${Buffer.from(basic(login).join(':')).toString('base64')}` });

export async function start({ home, port, company, serve }) {
  const base = `http://127.0.0.1:${port}`;
  await serve(join(home, 'venv', 'bin', 'python'), [service, String(port)], { ready: `${base}/` });
  const names = [...new Set(company.people.flatMap((person) => person.skills))];
  // The first person is made before anybody can sign in; nobody else's word counts afterwards.
  const first = company.people[0].login;
  const post = (path, json, login = first) => call('POST', `${base}/${path}`, { json, headers: headersOf(login) });
  const skills = new Map(names.map((name, index) => [name, index + 1]));
  const people = new Map(company.people.map((person, index) => [person.login, index + 1]));
  for (const [name, ID] of skills) await post('Skills', { ID, name });
  await each(company.people, (person) => post('People', {
    ID: people.get(person.login),
    login: person.login,
    name: person.name,
    email: person.email,
    title: person.title,
    department: person.team,
    office: person.place,
    languages: person.languages,
    'skills@odata.bind': person.skills.map((name) => `Skills(${skills.get(name)})`),
  }), 1);
  await each(company.requests, (request) => post('Questions', {
    title: request.question,
    details: request.details,
    tags: request.skills,
    status: 'open',
    'asked@odata.bind': request.to.map((login) => `People(${people.get(login)})`),
  }, request.asker), 1);
  return { base, secrets: { basic: basic(first) }, helper: { basic: basic('zoe.muller') } };
}
