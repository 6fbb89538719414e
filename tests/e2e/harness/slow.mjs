// A slow machine, made here: `SLOW=6` gives each page a sixth of the processor, and each of its calls
// 300 ms more. What fails then waits for a time, or for a place before its data, and would fail some
// day without it too. Without SLOW nothing is changed.

/** How many times slower. */
export const SLOW = Math.max(1, Number(process.env.SLOW ?? 1));

/** Makes a page that slow. */
export async function slowDown(page) {
  if (SLOW === 1) return;
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOW });
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', { offline: false, latency: 50 * SLOW, downloadThroughput: -1, uploadThroughput: -1 });
}
