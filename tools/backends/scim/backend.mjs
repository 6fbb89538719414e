// SCIM 2.0 (RFC 7643, RFC 7644) by scim2-server, which keeps everything in memory. Skills are
// in no standard schema, so it is started with an extension of its own, as companies have them.

import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { call, each } from '../http.mjs';
import { pip } from '../install.mjs';

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const EXPERTISE = 'urn:ietf:params:scim:schemas:extension:valmer:2.0:User';

export async function install(home) {
  await pip(home, requirements);
}

/** The schemas and resource types that the package ships with, and the extension beside them. */
function describe(home, data) {
  const lib = join(home, 'venv', 'lib');
  const [python] = readdirSync(lib).filter((name) => name.startsWith('python3'));
  const read = (name) => JSON.parse(readFileSync(join(lib, python, 'site-packages', 'scim2_server', 'resources', name), 'utf8'));
  const many = (name) => ({
    name,
    type: 'string',
    multiValued: true,
    description: `The person's ${name}`,
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
  });
  const extension = {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
    id: EXPERTISE,
    name: 'Expertise',
    description: 'What a person knows',
    attributes: [many('skills'), many('languages')],
  };
  const types = read('default-resource-types.json');
  types.find((type) => type.id === 'User').schemaExtensions.push({ schema: EXPERTISE, required: false });
  const files = { schema: join(data, 'schemas.json'), 'resource-type': join(data, 'types.json') };
  writeFileSync(files.schema, JSON.stringify([...read('default-schemas.json'), extension]));
  writeFileSync(files['resource-type'], JSON.stringify(types));
  return Object.entries(files).flatMap(([name, file]) => [`--${name}`, file]);
}

export async function start({ home, data, port, company, serve }) {
  const bearer = 'a-token-for-tests-0f3c';
  const server = join(home, 'venv', 'bin', 'scim2-server');
  const args = ['--hostname', '127.0.0.1', '--port', String(port), '--bearer-token', bearer, ...describe(home, data)];
  const base = `http://127.0.0.1:${port}/v2`;
  await serve(server, args, { ready: `${base}/ServiceProviderConfig` });
  const headers = { Authorization: `Bearer ${bearer}` };
  const ids = {};
  await each(company.people, async (person) => {
    const { id } = await call('POST', `${base}/Users`, {
      headers,
      type: 'application/scim+json',
      json: {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE, EXPERTISE],
        userName: person.login,
        name: { givenName: person.given, familyName: person.family, formatted: person.name },
        // A directory where some have no display name of their own.
        ...(person.login.length % 5 ? { displayName: person.name } : {}),
        title: person.title,
        preferredLanguage: person.languages[0],
        timezone: 'Europe/Paris',
        active: true,
        emails: [
          { value: `${person.login}@home.example`, type: 'home' },
          { value: person.email, type: 'work', primary: true },
        ],
        addresses: [{ type: 'work', locality: person.place, primary: true }],
        [ENTERPRISE]: { department: person.team },
        [EXPERTISE]: { skills: person.skills, languages: person.languages },
      },
    });
    ids[person.login] = id;
  }, 1);
  return { base, secrets: { bearer }, settings: { extension: EXPERTISE }, ids };
}
