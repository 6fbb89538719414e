// `make test`: lints, native tests, mappings against real software, then the widget in a real browser
// against the real server.
// Everything is run even when something failed, and the last line counts it all.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { lints } from './lint.mjs';
import { buildServer } from './build/server.mjs';
import { buildWidget } from './build/widget.mjs';
import { inRoot, root } from './build/paths.mjs';
import { run, step } from './build/run.mjs';

const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];

/** Counts one check that passes by not throwing; returns whether it passed. */
async function check(name, work) {
  try {
    await step(name, work);
    total.passed += 1;
    return true;
  } catch (error) {
    total.failed += 1;
    failures.push(`${name}: ${error.message}`);
    console.error(`  failed: ${error.message}`);
    return false;
  }
}

/** Runs a test runner, shows its output, and counts by what it says. */
async function tests(name, command, args, count, env = {}) {
  console.log(`• ${name}`);
  const { code, output } = await show(command, args, env);
  const { passed, failed, skipped = 0 } = count(output);
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  if (failed > 0) failures.push(`${name}: ${failed} failed`);
  else if (code !== 0 || passed + skipped === 0) {
    // It did not compile, crashed, or ran nothing: all of them must be seen.
    total.failed += 1;
    failures.push(`${name}: ended with code ${code} after ${passed} tests`);
  }
}

function show(command, args, env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      process.stdout.write(chunk);
    });
    child.on('error', (error) => resolve({ code: error.message, output }));
    child.on('close', (code, signal) => resolve({ code: signal ?? code, output }));
  });
}

const sum = (text, pattern) => [...text.matchAll(pattern)].reduce((all, match) => all + Number(match[1]), 0);

/** Counts of `cargo test`: one result line for each test binary. */
const countCargo = (text) => ({
  passed: sum(text, /^test result: .*?(\d+) passed/gm),
  failed: sum(text, /^test result: .*?(\d+) failed/gm),
});

/** Counts of `tools/backends/run.mjs`: what cargo said, and what could not be installed here. */
const countBackends = (text) => ({ ...countCargo(text), skipped: (text.match(/^SKIPPED /gm) ?? []).length });

/** Counts of `node --test` with its spec or TAP reporter. */
const countNode = (text) => ({
  passed: sum(text, /^(?:ℹ|#) pass (\d+)/gm),
  failed: sum(text, /^(?:ℹ|#) (?:fail|cancelled) (\d+)/gm),
});

for (const lint of lints) await check(lint.name, lint.run);
await tests('Native tests', 'cargo', ['test', '--quiet', '--workspace', '--no-fail-fast'], countCargo);
// Each backend that is skipped says why; a machine with node, python3 and npm skips none.
await tests('Mappings against real software', process.execPath, [inRoot('tools/backends/run.mjs')], countBackends);

await check('Search finds and ranks whom it should, as Wasm', () => run(process.execPath, [inRoot('tools/bench/search/quick.mjs')]));

const built = await check('Building the widget', buildWidget);
if (built) await check('Size budget', () => run(process.execPath, [inRoot('tools/size.mjs')]));
const served = await check('Compiling the server', () => buildServer('dev'));
if (built && served) {
  const directory = inRoot('tests/e2e');
  const specs = readdirSync(directory).filter((name) => name.endsWith('.test.mjs')).map((name) => join(directory, name));
  // One file at a time: two browsers and two servers on two cores only wait for each other.
  await tests('Browser tests', process.execPath, ['--test', '--test-reporter=spec', '--test-concurrency=1', ...specs], countNode);
}

if (failures.length) console.log(`\nFailed:\n${failures.map((line) => `  ${line}`).join('\n')}`);
const skipped = total.skipped ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed ? 1 : 0;
