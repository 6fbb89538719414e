// The widget as a person meets it: found by roles and names, never by the classes of its markup.

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

/** The row of a colleague in a list of results. */
export const row = (place, name) => place.getByRole('listitem').filter({ has: place.page().getByText(name, { exact: true }) });

/** What a closed launcher says of news: a number, or nothing. */
export const badge = (page) => launcher(page).locator('b');

/** Waits until `look` gives something true, and returns that; `what` says what was waited for. */
export async function until(what, look, { timeout = 10_000, every = 100 } = {}) {
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
