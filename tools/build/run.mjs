// Runs other programs and tells how it goes: one line per step with its time, the program's
// own output only where it helps, and an error that names the command.

import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/** An error whose message is meant for the person at the terminal; no stack trace is shown. */
export class ToolError extends Error {}

/**
 * Runs a program to its end. Its output goes to the terminal, or is returned with
 * `capture: true` (and shown when the program fails).
 */
export function run(command, args, { env = {}, capture = false, cwd = root, allowFailure = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', capture ? 'pipe' : 'inherit', capture ? 'pipe' : 'inherit'],
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', (cause) => reject(new ToolError(`could not start ${command}: ${cause.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0 || allowFailure) return resolve({ code: code ?? 1, output });
      if (output) process.stderr.write(output);
      reject(new ToolError(`${[command, ...args].join(' ')} ended with ${signal ?? `code ${code}`}`));
    });
  });
}

/** Announces a step, runs it, and says how long it took when that was noticeable. */
export async function step(title, work) {
  const start = performance.now();
  console.log(`• ${title}`);
  const result = await work();
  const seconds = (performance.now() - start) / 1000;
  if (seconds > 1) console.log(`  done in ${seconds.toFixed(1)} s`);
  return result;
}

/** Runs a tool's main function; a ToolError ends it with its message and code 1. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    if (error instanceof ToolError) console.error(`\n${error.message}`);
    else console.error(error);
    process.exitCode = 1;
  }
}
