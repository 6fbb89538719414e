// Where things are: every tool takes its paths from here, so that none depends on the
// directory it was started in, and CARGO_TARGET_DIR is obeyed everywhere.

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** Cargo's target directory. */
export const target = resolve(root, process.env.CARGO_TARGET_DIR ?? 'target');

/** What a page owner gets. */
export const dist = join(root, 'dist');

/** What the demo serves at `/`: links to index.html and demo/, and nothing else of the repository. */
export const site = join(root, '.cache', 'site');

/** A path inside the repository. */
export const inRoot = (...parts) => join(root, ...parts);

/** The version of the workspace, which Cargo.toml holds for all that is built here. */
export function version() {
  const manifest = readFileSync(inRoot('Cargo.toml'), 'utf8');
  const section = manifest.split(/^\[workspace\.package\]\s*$/m)[1] ?? '';
  const found = /^version\s*=\s*"([^"]+)"/m.exec(section);
  if (!found) throw new Error('Cargo.toml has no version under [workspace.package]');
  return found[1];
}
