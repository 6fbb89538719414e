// The reference server as the other tools use it: built once per profile, a site folder that
// shows the demo's pages and nothing else, and one way to start it and know that it is ready.

import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { dist, inRoot, root, site, target } from './paths.mjs';
import { run, ToolError } from './run.mjs';

/** Compiles the server; returns the path of its program. Tests use `dev`, which they built anyway. */
export async function buildServer(profile) {
  await run('cargo', ['build', '--profile', profile, '--package', 'entraide-server']);
  return join(target, profile === 'dev' ? 'debug' : profile, 'entraide-server');
}

/** Makes the folder that is served at `/`: links, so that an edited page needs no rebuild. */
export function assembleSite() {
  rmSync(site, { recursive: true, force: true });
  mkdirSync(site, { recursive: true });
  symlinkSync(inRoot('index.html'), join(site, 'index.html'));
  symlinkSync(inRoot('demo'), join(site, 'demo'));
}

/** Fails with a sentence for the person when nothing can listen on this port. */
export function portIsFree(port) {
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new ToolError(`"${port}" is not a port. Choose a number from 1 to 65535: make demo PORT=9000`);
  }
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => {
      const why = error.code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be used (${error.code})`;
      reject(new ToolError(`Port ${port} ${why}. Choose another: make demo PORT=${port + 1}`));
    });
    probe.listen(port, '127.0.0.1', () => probe.close(resolve));
  });
}

/** A port of this machine that is free now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/**
 * Starts the server on a database with the demo's site and dist/, and waits until it answers
 * `/ready`. Returns the child process and its base URL; the caller ends the child.
 */
export async function startServer({ program, port, db, stdio = 'inherit', waitMs = 15_000 }) {
  const url = `http://127.0.0.1:${port}`;
  const args = ['serve', '--port', String(port), '--db', db, '--site', site, '--widget', dist, '--identity', 'demo'];
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', stdio, stdio] });
  let ended = null;
  child.once('error', (error) => (ended = error.message));
  child.once('exit', (code, signal) => (ended ??= `it ended with ${signal ?? `code ${code}`}`));
  const deadline = Date.now() + waitMs;
  while (ended === null && Date.now() < deadline) {
    const answer = await fetch(`${url}/ready`).catch(() => null);
    if (answer?.ok) return { child, url };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGTERM');
  throw new ToolError(`The server did not start: ${ended ?? `no answer from ${url}/ready`}.`);
}
