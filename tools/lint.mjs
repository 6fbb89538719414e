// Formatting and lints: rustfmt, clippy natively and for the browser, warnings as errors.

import { pathToFileURL } from 'node:url';
import { cargoForWasm, wasmToolchain } from './build/toolchain.mjs';
import { main, run, step, ToolError } from './build/run.mjs';

/** The lints, each with its name; `run` throws when it finds something. */
export const lints = [
  { name: 'rustfmt', run: () => run('cargo', ['fmt', '--all', '--check']) },
  {
    name: 'clippy',
    run: async () => {
      await run('cargo', ['clippy', '--quiet', '--workspace', '--all-targets', '--', '-D', 'warnings']);
      // `--all-targets` leaves out what `cargo test` alone does not run.
      await run('cargo', ['clippy', '--quiet', '-p', 'entraide-server', '--test', 'real', '--', '-D', 'warnings']);
    },
  },
  {
    name: 'clippy for wasm32',
    run: async () => {
      // Debian's compiler comes without clippy; there the browser's code is at least compiled.
      const { name } = await wasmToolchain();
      const args = ['--lib', '--quiet', '--package', 'entraide', '--features', 'widget'];
      if (name === 'debian') await cargoForWasm('check', 'dev', args);
      else await run('cargo', ['clippy', '--target', 'wasm32-unknown-unknown', ...args, '--', '-D', 'warnings']);
    },
  },
];

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    const failed = [];
    for (const lint of lints) {
      await step(lint.name, lint.run).catch((error) => failed.push(`${lint.name}: ${error.message}`));
    }
    if (failed.length) throw new ToolError(failed.join('\n'));
  });
}
