// The widget as a person meets it: found by roles and names, never by the classes of its markup.

import { SLOW } from './slow.mjs';

/** The launcher's button; its name is followed by the number of news, where there are some. */
export const launcher = (page) => page.locator('entraide-launcher [part=launcher]');

/** The panel; nothing while it is closed. */
export const panel = (page) => page.locator('entraide-launcher').getByRole('dialog');

/** Opens the panel, and goes to a section of it where one is named. */
export async function openPanel(page, section) {
  if (!(await panel(page).isVisible())) await launcher(page).click();
  await panel(page).getByRole('navigation').waitFor();
  if (section) await tab(page, section).click();
  return panel(page);
}

/** A tab of the panel; its name is followed by what is new. */
export const tab = (page, name) => panel(page).getByRole('navigation').getByRole('button', { name: new RegExp(`^${name}`) });

/** Waits until a field holds this text: what is drawn anew is filled a moment after it is there. */
export const holds = (field, text) => until(`the field holds “${text}”`, async () => (await field.inputValue()) === text);

/** Waits until the panel is closed. */
export const closed = (page) => until('the panel is closed', async () => !(await panel(page).isVisible()));

/** Waits until a place has the focus, inside of its shadow root. */
export const hasFocus = (place, what) => until(`${what} has the focus`, () => place.evaluate((element) => element.getRootNode().activeElement === element));

/** Waits until there is none of these. */
export const gone = (place, what) => until(`${what} is gone`, async () => (await place.count()) === 0);

/** The row of a colleague in a list of results. */
export const row = (place, name) => place.getByRole('listitem').filter({ has: place.page().getByText(name, { exact: true }) });

/** What a closed launcher says of news: a number, or nothing. */
export const badge = (page) => launcher(page).locator('b');

/** Waits until `look` gives something true, and returns that; `what` says what was waited for. */
export async function until(what, look, { timeout = 20_000 * SLOW, every = 100 } = {}) {
  const deadline = Date.now() + timeout;
  let last;
  for (;;) {
    try {
      const found = await look();
      if (found) return found;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) throw new Error(`waited ${timeout} ms in vain: ${what}`, { cause: last });
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}
