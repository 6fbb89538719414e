// Datasette: a SQLite file served as JSON, read only. Rows are arrays beside their column names,
// and a list in a column is JSON inside JSON.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../build/run.mjs';
import { pip } from '../install.mjs';

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));

export async function install(home) {
  await pip(home, requirements);
}

// Python brings SQLite along; the file is made by the same version that serves it.
const MAKE = `
import json, sqlite3, sys
rows = json.load(open(sys.argv[1], encoding="utf-8"))
db = sqlite3.connect(sys.argv[2])
db.execute("create table people (id integer primary key, name text, email text, job text, dept text, site text, languages text, skills text)")
db.executemany("insert into people values (?, ?, ?, ?, ?, ?, ?, ?)", rows)
db.commit()
`;

export async function start({ home, data, port, company, serve }) {
  const bin = join(home, 'venv', 'bin');
  const [rows, db] = [join(data, 'people.json'), join(data, 'hr.db')];
  writeFileSync(rows, JSON.stringify(company.people.map((person, index) => [
    index + 1, person.name, person.email, person.title, person.team, person.place,
    JSON.stringify(person.languages), JSON.stringify(person.skills),
  ])));
  await run(join(bin, 'python'), ['-c', MAKE, rows, db], { capture: true });
  const base = `http://127.0.0.1:${port}/hr`;
  await serve(join(bin, 'datasette'), ['serve', db, '-h', '127.0.0.1', '-p', String(port), '--nolock'], { ready: `${base}.json` });
  return { base, secrets: {} };
}
