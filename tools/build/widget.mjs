// The whole way from the sources to dist/, as the tools that need a built widget call it.

import { existsSync } from 'node:fs';
import { fillDist } from './package.mjs';
import { bindgen, compile, compileProbe, compileSetup, optimise } from './wasm.mjs';
import { inRoot } from './paths.mjs';
import { step, ToolError } from './run.mjs';

const NEEDED = ['loader/entraide.js', 'loader/app.js', 'loader/setup/setup.js', 'LICENSE-MIT', 'LICENSE-APACHE', 'node_modules/esbuild'];

/** Builds dist/ and returns the names of its files; steps whose inputs did not change are skipped. */
export async function buildWidget() {
  for (const file of NEEDED) {
    if (!existsSync(inRoot(file))) throw new ToolError(`${file} is missing. Has \`make setup\` been run?`);
  }
  const wasm = await step('Compiling the widget to Wasm', compile);
  await step('Writing its JavaScript glue', () => bindgen(wasm));
  await step('Shrinking the Wasm', () => optimise());
  await step('The mapping layer alone, for diagnosis', async () => {
    await bindgen(await compileProbe(), 'probe');
    await optimise('probe');
  });
  await step('What the setup element thinks with', async () => {
    await bindgen(await compileSetup(), 'setup');
    await optimise('setup');
  });
  return step('Bundling the scripts into dist/', fillDist);
}
