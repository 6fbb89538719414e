// `make demo`: builds what is missing, fills a database once, and serves the demo site.
//   node tools/demo.mjs [--port 8787] [--data people.csv]

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { assembleSite, buildServer, portIsFree, startServer } from './build/server.mjs';
import { buildWidget } from './build/widget.mjs';
import { inRoot } from './build/paths.mjs';
import { main, run, step, ToolError } from './build/run.mjs';

const databases = inRoot('.cache', 'demo');

await main(async () => {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '8787' }, data: { type: 'string', default: '' } } });
  const port = Number(values.port);
  // Before minutes of building: what the person can mend at once.
  await portIsFree(port);
  const data = values.data && resolve(values.data);
  if (data && !(existsSync(data) && statSync(data).isFile())) throw new ToolError(`There is no file ${data}.`);

  await buildWidget();
  const program = await step('Compiling the server', () => buildServer('demo'));
  const db = data ? await importedDatabase(program, data) : await companyDatabase(program);
  assembleSite();
  const { child, url } = await startServer({ program, port, db });
  console.log(`\nThe demo is at ${url}/   (Ctrl-C ends it)\n`);
  await untilEnd(child);
});

/** The database of the invented company, made once for each state of its data and of the schema. */
async function companyDatabase(program) {
  const db = join(databases, `company-${contentHash('server/src/demo', 'server/migrations')}.db`);
  if (!existsSync(db)) {
    await step('Making a company of 2,000 colleagues', () => makeDatabase(db, () => run(program, ['demo-data', '--db', db])));
  }
  return db;
}

/** A database of the person's own colleagues. Importing again changes nothing, and shows the report. */
async function importedDatabase(program, data) {
  const hash = createHash('sha256').update(data).digest('hex').slice(0, 8);
  const db = join(databases, `${basename(data).replace(/[^\w.-]/g, '_')}-${hash}.db`);
  const isNew = !existsSync(db);
  const work = () => run(program, ['import', data, '--db', db]);
  await step(`Importing ${data}`, () => (isNew ? makeDatabase(db, work) : work()));
  return db;
}

/** Runs `work`, which makes `db`; leaves no half-made database behind when it fails. */
async function makeDatabase(db, work) {
  mkdirSync(databases, { recursive: true });
  try {
    await work();
  } catch (error) {
    for (const suffix of ['', '-wal', '-shm']) rmSync(db + suffix, { force: true });
    throw error;
  }
}

/** A short hash over all files below the given folders, so that a database follows its sources. */
function contentHash(...folders) {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const path = inRoot(folder);
    if (!existsSync(path)) continue;
    for (const name of readdirSync(path, { recursive: true }).sort()) {
      const file = join(path, name);
      if (statSync(file).isFile()) hash.update(name).update('\0').update(readFileSync(file));
    }
  }
  return hash.digest('hex').slice(0, 12);
}

/** Waits for the server's end; Ctrl-C and a polite kill are passed on to it. */
function untilEnd(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
  return new Promise((done) => {
    child.once('exit', (code, signal) => {
      process.exitCode = signal ? 0 : (code ?? 1);
      done();
    });
  });
}
