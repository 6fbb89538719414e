// Servers that a run starts: each in a process group of its own, on loopback, with its output in
// a file, and stopped by its id, whatever happens.

import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A TCP port of 127.0.0.1 that nobody listens on at present. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The servers of one run. */
export class Processes {
  #running = [];
  #logs = new Map();

  /** `clean` is called after a signal has stopped them all, before the run ends. */
  constructor(clean) {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.once(signal, () => void this.stopAll().then(clean).finally(() => process.exit(1)));
    }
  }

  /**
   * Starts a server and waits until it answers at `ready` (an address; any HTTP answer counts)
   * or until `ready()` no longer throws. Throws when it ends before, or after 60 s.
   */
  async serve(name, log, command, args, { ready, cwd, env = {}, seconds = 60 } = {}) {
    // Several servers of one backend write one after the other into its log.
    const file = openSync(log, this.#logs.has(name) ? 'a' : 'w');
    this.#logs.set(name, log);
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', file, file],
      detached: true,
    });
    closeSync(file);
    let ended = null;
    child.on('error', (error) => (ended = error.message));
    child.on('exit', (code, signal) => (ended ??= `it ended with ${signal ?? `code ${code}`}`));
    this.#running.push(child);
    const answers = typeof ready === 'function' ? ready : () => fetch(ready, { redirect: 'manual', signal: AbortSignal.timeout(2000) });
    const until = Date.now() + seconds * 1000;
    for (;;) {
      if (ended !== null) throw new Error(`${command}: ${ended}`);
      try {
        await answers();
        return child;
      } catch (error) {
        if (Date.now() > until) throw new Error(`${command} does not answer after ${seconds} s: ${error.message}`);
      }
      await pause(100);
    }
  }

  /** The last lines that the servers of a backend wrote. */
  tail(name) {
    const log = this.#logs.get(name);
    return log ? readFileSync(log, 'utf8').split('\n').slice(-15).join('\n') : '';
  }

  /** Stops all of them, in words first, by force after three seconds. */
  async stopAll() {
    const running = this.#running.splice(0).reverse();
    await Promise.all(running.map(stop));
  }

  /** Waits until a signal ends the run. */
  untilStopped() {
    // A promise alone keeps nothing alive; the timer does.
    return new Promise(() => setInterval(() => {}, 60_000));
  }
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null || !child.pid) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const signal = (name) => {
    try {
      process.kill(-child.pid, name);
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  };
  signal('SIGTERM');
  const ended = await Promise.race([gone.then(() => true), pause(3000, false)]);
  if (!ended) {
    signal('SIGKILL');
    await gone;
  }
}
