// What the widget costs a page, in bytes as they travel, and the budget that the build keeps.
// A page view pays for the loader alone; whoever opens the widget pays for the rest.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotli } from './build/package.mjs';
import { dist } from './build/paths.mjs';
import { main, ToolError } from './build/run.mjs';

const KB = 1024;

/**
 * Budgets in bytes of Brotli (quality 11). `limit` fails the build; it is a ratchet that is only
 * ever lowered, as close above what is shipped as it can be. `goal` is where it has to go.
 */
const BUDGETS = [
  { name: 'loader', files: ['entraide.js'], limit: 4 * KB, goal: 4 * KB },
  { name: 'everything', files: ['entraide.js', 'entraide-app.js', 'entraide.wasm', 'presets/entraide.json'], limit: 206 * KB, goal: 150 * KB },
  // Only a page owner loads these, once.
  { name: 'setup', files: ['entraide-setup.js', 'entraide-setup.wasm'], limit: 150 * KB, goal: 150 * KB },
];

/** Raw and Brotli bytes of the files of dist/ that browsers fetch. */
export function sizes() {
  if (!existsSync(join(dist, 'entraide.wasm'))) throw new ToolError('dist/ is not built yet. Run `make dist`.');
  return readdirSync(dist, { recursive: true })
    .filter((name) => /\.(js|css|html|wasm)$|^presets.*\.json$/.test(name))
    .map((name) => {
      const bytes = readFileSync(join(dist, name));
      const packed = `${join(dist, name)}.br`;
      return { name, raw: bytes.length, brotli: existsSync(packed) ? readFileSync(packed).length : brotli(bytes).length };
    });
}

await main(async () => {
  const all = sizes();
  const row = (name, raw, packed, note = '') =>
    console.log(`${name.padEnd(26)} ${String(raw).padStart(9)} ${String(packed).padStart(9)}  ${note}`);
  row('file', 'raw', 'brotli');
  for (const { name, raw, brotli: packed } of all) row(name, raw, packed);

  const over = [];
  for (const { name, files, limit, goal } of BUDGETS) {
    const parts = all.filter((file) => files.includes(file.name));
    const raw = parts.reduce((sum, file) => sum + file.raw, 0);
    const packed = parts.reduce((sum, file) => sum + file.brotli, 0);
    row(name, raw, packed, `of ${limit} (${Math.round((100 * packed) / limit)} %)${packed > goal ? `; the goal is ${goal}` : ''}`);
    if (packed > limit) over.push(`${name} is ${packed - limit} bytes over its ${limit}`);
  }
  if (over.length) throw new ToolError(`Size budget exceeded: ${over.join('; ')}.`);
});
