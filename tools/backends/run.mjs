// Runs the tests of the mapping layer against real software: installs it (once), starts each on a
// free port of this machine, fills it with the people of a believable company through its own
// means, tells the tests in server/tests/real/ where it is, and stops it again.
//
//   node tools/backends/run.mjs                 all of the normal run, and those named in BACKENDS
//   node tools/backends/run.mjs scim kinto      only these
//   node tools/backends/run.mjs --install       only install
//   node tools/backends/run.mjs --serve redmine keep it running, and say where it is
//
// What cannot be installed here is said as `SKIPPED name: why`; what is installed and then does
// not start, or cannot be filled, is a failure.

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot, root } from '../build/paths.mjs';
import { main, ToolError } from '../build/run.mjs';
import { NORMAL, OPTIONAL } from './catalogue.mjs';
import { Processes, freePort } from './processes.mjs';

const cache = inRoot('.cache', 'backends');
const company = JSON.parse(readFileSync(inRoot('server/tests/real/company.json'), 'utf8'));

/** Runs `work`, and says how long it took. */
async function timed(words, work) {
  const start = performance.now();
  const result = await work();
  console.log(`  ${words}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

/** Installs all of them, two at a time; gives those that are there. */
async function installAll(names) {
  const installed = [];
  const queue = [...names];
  const worker = async () => {
    for (let name = queue.shift(); name; name = queue.shift()) {
      const home = join(cache, name);
      mkdirSync(home, { recursive: true });
      const software = await import(`./${name}/backend.mjs`);
      try {
        const worked = await timed(`${name} is installed`, () => software.install(home));
        if (worked !== false) installed.push({ name, home, software });
      } catch (error) {
        console.log(`SKIPPED ${name}: ${error.message.trim().split('\n').slice(-3).join(' | ')}`);
      }
    }
  };
  await Promise.all([worker(), worker()]);
  return installed.sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
}

/** Starts one and fills it; gives what the tests must know of it. */
async function startOne({ name, home, software }, scratch, processes) {
  const data = join(scratch, name);
  mkdirSync(data);
  const port = await freePort();
  const serve = (command, args, options) => processes.serve(name, join(cache, `${name}.log`), command, args, options);
  try {
    return [name, await timed(`${name} runs and is filled`, () => software.start({ home, data, port, company, serve }))];
  } catch (error) {
    throw new ToolError(`${name} is installed, and could not be started or filled: ${error.stack}\n${processes.tail(name)}`);
  }
}

function cargo(args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn('cargo', ['test', '--quiet', '-p', 'entraide-server', '--test', 'real', ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      process.stdout.write(chunk);
    });
    child.on('error', (cause) => reject(new ToolError(`could not start cargo: ${cause.message}`)));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Runs the tests of those that were started: `NAME::` is the module of a backend's cases. */
async function test(started, scratch) {
  const file = join(scratch, 'started.json');
  writeFileSync(file, JSON.stringify(Object.fromEntries(started)), { mode: 0o600 });
  const filters = started.map(([name]) => `${name.replaceAll('-', '_')}::`);
  const { code } = await cargo(['--', '--test-threads=4', ...filters], { ENTRAIDE_REAL_BACKENDS: file });
  if (code !== 0) throw new ToolError('tests against real backends failed (their logs lie in .cache/backends/)');
}

function wanted(args) {
  const named = args.filter((arg) => !arg.startsWith('--'));
  const extra = (process.env.BACKENDS ?? '').split(/[ ,]+/).filter(Boolean);
  const names = named.length ? named : [...new Set([...NORMAL, ...extra])];
  for (const name of names) {
    if (![...NORMAL, ...OPTIONAL].includes(name)) {
      throw new ToolError(`no backend is called ${name}; there are ${[...NORMAL, ...OPTIONAL].join(', ')}`);
    }
  }
  return names;
}

await main(async () => {
  const args = process.argv.slice(2);
  const names = wanted(args);
  if (args.includes('--install')) return void (await installAll(names));
  const serveOnly = args.includes('--serve');
  // The tests compile while the software is fetched.
  const compiled = serveOnly ? { code: 0 } : cargo(['--no-run']);
  const installed = await installAll(names);
  if ((await compiled).code !== 0) throw new ToolError('the tests against real backends do not compile');
  if (!installed.length) return;
  const scratch = mkdtempSync(join(tmpdir(), 'entraide-backends-'));
  const clean = () => rmSync(scratch, { recursive: true, force: true });
  const processes = new Processes(clean);
  try {
    const starts = await Promise.allSettled(installed.map((one) => startOne(one, scratch, processes)));
    const started = starts.filter((one) => one.status === 'fulfilled').map((one) => one.value);
    const broken = starts.filter((one) => one.status === 'rejected').map((one) => one.reason.message);
    // The others are tested all the same.
    for (const message of broken) console.error(message);
    if (serveOnly) {
      console.log(JSON.stringify(Object.fromEntries(started), null, 2));
      await processes.untilStopped();
    } else {
      if (started.length) await timed('tests', () => test(started, scratch));
      if (broken.length) throw new ToolError(`${broken.length} of ${starts.length} backends did not start`);
    }
  } finally {
    await processes.stopAll();
    clean();
  }
});
