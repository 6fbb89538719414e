// The same measurements in Chromium. The pages are isolated across origins, since only then a
// browser's clock has steps of five microseconds.

import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { build } from 'esbuild';
import { launchChromium } from '../../../tests/e2e/harness/chromium.mjs';
import { inRoot } from '../../build/paths.mjs';

const TYPES = { '.mjs': 'text/javascript', '.html': 'text/html', '.wasm': 'application/wasm' };

/** Measures the libraries of these names one after the other, each in a browser of its own. */
export async function inChromium(folder, names, count, budget) {
  const page = join(folder, 'page.mjs');
  await build({ entryPoints: [inRoot('tools/bench/search/page.mjs')], bundle: true, format: 'esm', outfile: page, logLevel: 'error' });
  const server = createServer((request, response) => {
    const name = request.url.slice(1).split('?')[0];
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    response.setHeader('Content-Type', TYPES[extname(name)] ?? (name ? 'application/octet-stream' : 'text/html'));
    // A browser also asks for an icon.
    if (name && !existsSync(join(folder, name))) return response.writeHead(404).end();
    response.end(name ? readFileSync(join(folder, name)) : '<!doctype html><script type="module" src="/page.mjs"></script>');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const out = [];
  try {
    for (const name of names) {
      const browser = await launchChromium({ args: ['--enable-precise-memory-info', '--js-flags=--expose-gc'] });
      try {
        const tab = await browser.newPage();
        await tab.goto(`http://127.0.0.1:${server.address().port}/`);
        await tab.waitForFunction('window.measureOne');
        out.push(await tab.evaluate(([n, c, b]) => window.measureOne(n, c, b), [name, count, budget]));
      } finally {
        await browser.close();
      }
    }
  } finally {
    server.close();
  }
  return out;
}
