// Does not do again what was done: a step names its inputs, and is skipped while their hash
// and its outputs are as they were. Content decides, never a time stamp, so a fresh clone,
// a branch switch or a touched file costs nothing and hides nothing.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { target } from './paths.mjs';

const stamps = join(target, 'stamps');

/** The hex SHA-256 of strings and buffers, each set apart from the next. */
export function digest(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) {
    const bytes = Buffer.from(part);
    hash.update(`${bytes.length}:`).update(bytes);
  }
  return hash.digest('hex');
}

/**
 * Runs `work` unless `key` is the one of the last run and all `outputs` still exist.
 * Returns whether it ran. Nothing is remembered of a run that failed.
 */
export async function unlessSame(name, key, outputs, work) {
  const stamp = join(stamps, name);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === key && outputs.every((file) => existsSync(file))) {
    return false;
  }
  await work();
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, key);
  return true;
}
