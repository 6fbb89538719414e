// Finds a Chromium on this machine and starts it as tests need it: without a screen, a profile
// of its own, and without the background requests that would fill its log.
// Run as a program, it prints the path it found, or fails.

import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'msedge'];
const BUNDLES = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];

/** The path of a Chromium: `CHROME` where it is set, else the first one on PATH. */
export function findChromium() {
  const named = process.env.CHROME;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROME names ${named}, which does not exist`);
    return named;
  }
  const directories = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const places = [...NAMES.flatMap((name) => directories.map((directory) => join(directory, name))), ...BUNDLES];
  const found = places.find(isExecutable);
  if (!found) throw new Error('No Chromium or Chrome was found on PATH. Run `make setup`, or set CHROME to its path.');
  return found;
}

/** Starts a headless Chromium through Playwright. */
export async function launchChromium(options = {}) {
  const { chromium } = await import('playwright-core');
  const asRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: findChromium(),
    headless: true,
    ...options,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...(asRoot ? ['--no-sandbox'] : []),
      ...(options.args ?? []),
    ],
  });
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    console.log(findChromium());
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
