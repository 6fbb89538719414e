// Installs software from the usual registries by their ordinary clients, pinned, into a folder
// that is kept: pip into a virtual environment, npm by a lock file. Packages of the system come from
// the distribution, whose release fixes their versions.

import { chmodSync, copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digest } from '../build/memo.mjs';
import { run, ToolError } from '../build/run.mjs';

/** Does `work` unless it was done with the same `inputs` before, and says so in `home`. */
export async function once(home, inputs, work) {
  const stamp = join(home, '.installed');
  const key = digest(...inputs);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === key) return;
  rmSync(stamp, { force: true });
  await work();
  writeFileSync(stamp, key);
}

/** Runs a program quietly; its last words are the error's where it fails. */
async function quietly(command, args, options = {}) {
  const { code, output } = await run(command, args, { ...options, capture: true, allowFailure: true });
  if (code !== 0) throw new ToolError(output.trim() || `${command} ended with code ${code}`);
  return output;
}

/**
 * Installs the packages of a requirements file, with the hashes that it holds, into the virtual
 * environment `home`/venv. Returns the path of its `bin`.
 */
export async function pip(home, requirements) {
  const python = process.env.PYTHON ?? 'python3';
  const [version, path] = (await quietly(python, ['-c', 'import sys; print(sys.version_info[:3]); print(sys.executable)'])).trim().split('\n');
  const venv = join(home, 'venv');
  const bin = join(venv, 'bin');
  await once(home, [readFileSync(requirements), version, home], async () => {
    rmSync(venv, { recursive: true, force: true });
    const install = ['install', '--quiet', '--disable-pip-version-check', '--no-input', '--no-compile', '--require-hashes', '--requirement', requirements];
    // A pip that is there already serves all environments (since 22.3); a new one in each costs
    // half of the time.
    const { code } = await run(python, ['-m', 'pip', '--python', path, '--version'], { capture: true, allowFailure: true });
    await quietly(python, ['-m', 'venv', ...(code === 0 ? ['--without-pip'] : []), venv]);
    if (code === 0) await quietly(python, ['-m', 'pip', '--python', join(bin, 'python'), ...install]);
    else await quietly(join(bin, 'python'), ['-m', 'pip', ...install]);
  });
  return bin;
}

/** Installs what the `package.json` and `package-lock.json` of a folder say into `home`. */
export async function npm(home, folder) {
  const files = ['package.json', 'package-lock.json'];
  await once(home, [...files.map((name) => readFileSync(join(folder, name))), process.version], async () => {
    for (const name of files) copyFileSync(join(folder, name), join(home, name));
    await quietly('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: home });
  });
}

// dpkg takes one at a time.
let turn = Promise.resolve();

/**
 * Installs packages of the distribution (Debian and what follows it) that are not there yet, as
 * root only, and so that no service starts: the tests start their own on loopback.
 */
export function apt(...packages) {
  const mine = turn.then(() => aptNow(packages));
  turn = mine.catch(() => {});
  return mine;
}

async function aptNow(packages) {
  const known = await run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...packages], { capture: true, allowFailure: true });
  const there = new Set(known.output.split('\n').filter((line) => line.endsWith(' installed')).map((line) => line.split(' ')[0]));
  const missing = packages.filter((name) => !there.has(name));
  if (!missing.length) return;
  if (process.getuid() !== 0) throw new ToolError(`packages are missing, and only root can install them: apt-get install ${missing.join(' ')}`);
  // Debian's way to say that no service may be started (invoke-rc.d, policy-rc.d).
  const policy = '/usr/sbin/policy-rc.d';
  const own = !existsSync(policy);
  if (own) {
    writeFileSync(policy, '#!/bin/sh\nexit 101\n');
    chmodSync(policy, 0o755);
  }
  const install = () =>
    quietly('apt-get', ['-qq', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120', 'install', ...missing], {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    });
  try {
    // The lists may be old, or not there at all.
    await install().catch(() => quietly('apt-get', ['-qq', 'update']).then(install));
  } finally {
    if (own) rmSync(policy, { force: true });
  }
}
