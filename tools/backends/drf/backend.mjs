// Django REST framework, and djangorestframework-jsonapi over the same models: the project in
// `project/` is what a company's own staff directory looks like when its programmers use Django.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../build/run.mjs';
import { exchange } from '../http.mjs';
import { pip } from '../install.mjs';

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));
const project = fileURLToPath(new URL('project/', import.meta.url));
const companyFile = fileURLToPath(new URL('../../../server/tests/real/company.json', import.meta.url));

export async function install(home) {
  await pip(home, requirements);
}

/** A browser's session: its cookies, and the token against forgery that is in one of them. */
async function signIn(origin, username) {
  const form = { username, password: `password of ${username}` };
  const { headers } = await exchange('POST', `${origin}/session/`, { form });
  const cookies = headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  const csrf = cookies.find((cookie) => cookie.startsWith('csrftoken=')).split('=')[1];
  return { csrf, cookies: cookies.join('; ') };
}

export async function start({ home, data, port, serve }) {
  const python = join(home, 'venv', 'bin', 'python');
  const env = { STAFF_DATA: data, PYTHONDONTWRITEBYTECODE: '1' };
  const manage = (...args) => [join(project, 'manage.py'), ...args];
  const { output } = await run(python, manage('fill', companyFile), { cwd: project, env, capture: true });
  const people = JSON.parse(output);
  const origin = `http://127.0.0.1:${port}`;
  await serve(python, manage('runserver', '--noreload', `127.0.0.1:${port}`), { cwd: project, env, ready: `${origin}/api/` });
  return {
    base: `${origin}/api`,
    jsonapi: `${origin}/jsonapi`,
    people,
    secrets: await signIn(origin, 'ada.ozturk'),
    // Somebody who can answer what the first one asks.
    helper: await signIn(origin, 'zoe.muller'),
  };
}
