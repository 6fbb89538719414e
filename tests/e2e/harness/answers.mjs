// Answers made by a test in the place of the real server's; what it does not make is real.

/** An answer of this value, or of this text as it is. */
export const json = (value) => ({ contentType: 'application/json', body: typeof value === 'string' ? value : JSON.stringify(value) });

/** Answers calls below `/api` by path; what is not in `answers` goes to the real server. */
export async function answerBy(visitor, answers) {
  await visitor.context.route('**/api/**', async (route) => {
    const url = new URL(route.request().url());
    const key = `${route.request().method()} ${url.pathname.slice(4)}`;
    const scoped = `${key}?scope=${url.searchParams.get('scope')}`;
    const answer = answers[scoped] ?? answers[key];
    if (answer === undefined) return route.continue();
    return typeof answer === 'function' ? answer(route) : route.fulfill(answer);
  });
}

/** A sound person; `more` makes it worse. */
export const person = (id, name, more = {}) => ({ id, name, title: 'Fitter', team: 'Line 2', place: 'Lyon', skills: [{ name: 'Excel' }], ...more });
/** A sound request to the one who looks; `more` makes it worse. */
export const request = (id, question, more = {}) => ({
  id,
  question,
  skills: ['Excel'],
  asker: { id: 'p9', name: 'Nadia Benali' },
  asked: [{ id: 'me', name: 'Max Meier' }],
  status: 'open',
  created: '2026-01-05T08:00:00Z',
  answerCount: 0,
  ...more,
});
/** The one who looks. */
export const ME = person('me', 'Max Meier');
/** A page of people. */
export const people = (...items) => json({ items, total: items.length });
/** The names of the rows that are drawn. */
export const names = (box) => box.getByRole('list', { name: 'Colleagues found' }).locator('li[aria-posinset] .name');
