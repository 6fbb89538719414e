// How long a reader waits: from navigation until the launcher is there, and until a click on it
// has been answered by a panel that one can type into. Measured in a real page of the demo, with
// an empty cache each time, on this machine's speed and slowed down four times.

import { launchChromium } from '../../tests/e2e/harness/chromium.mjs';

const ROUNDS = 11;

/** Medians in milliseconds of both moments, for each slow-down. */
export async function measureStartup(url, slowdowns = [1, 4]) {
  const browser = await launchChromium();
  try {
    const rows = [];
    for (const slowdown of slowdowns) {
      const rounds = [];
      for (let round = 0; round < ROUNDS; round += 1) rounds.push(await once(browser, url, slowdown));
      rows.push({
        slowdown,
        launcher: median(rounds.map((r) => r.launcher)),
        answered: median(rounds.map((r) => r.answered)),
      });
    }
    return rows;
  } finally {
    await browser.close();
  }
}

async function once(browser, url, slowdown) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const client = await context.newCDPSession(page);
    await client.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await page.addInitScript(observe);
    await page.goto(url);
    const handle = await page.waitForFunction(() => window.__moments?.answered && window.__moments, null, { timeout: 60_000 });
    return await handle.jsonValue();
  } finally {
    await context.close();
  }
}

/** Runs in the page: clicks the launcher as soon as it is drawn, and notes both moments. */
function observe() {
  const moments = (window.__moments = {});
  const look = () => {
    const root = document.querySelector('entraide-launcher')?.shadowRoot;
    const button = root?.querySelector('button');
    if (button && !moments.launcher) {
      moments.launcher = performance.now();
      button.click();
    }
    if (root?.querySelector('textarea, input:not([type="hidden"])')) {
      moments.answered = performance.now();
      return;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** The middle value. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
