// The server's API as its database sees it: what a test asks to know that what stood on the
// screen was kept.

import assert from 'node:assert/strict';

/** Gets a path below `/api` as somebody; fails on anything but 200. */
export async function get(stage, path, as) {
  const answer = await fetch(`${stage.url}/api${path}`, { headers: as ? { 'X-Demo-Person': as } : {} });
  assert.equal(answer.status, 200, `${path} as ${as}: ${answer.status}`);
  return answer.json();
}

/** The status of a path, for what must not be seen. */
export async function statusOf(stage, path, as) {
  const answer = await fetch(`${stage.url}/api${path}`, { headers: { 'X-Demo-Person': as } });
  await answer.body?.cancel();
  return answer.status;
}

/** Posts a body as somebody; fails on anything but success. */
export async function post(stage, path, as, body) {
  const answer = await fetch(`${stage.url}/api${path}`, {
    method: 'POST',
    headers: { 'X-Demo-Person': as, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.ok(answer.ok, `POST ${path} as ${as}: ${answer.status} ${await answer.clone().text()}`);
  return answer.json();
}

/** Everybody in the directory. */
export async function everybody(stage, as) {
  const people = [];
  let cursor = '';
  do {
    const page = await get(stage, `/people?limit=500${cursor && `&cursor=${encodeURIComponent(cursor)}`}`, as);
    people.push(...page.items);
    cursor = page.next ?? '';
  } while (cursor);
  return people;
}

/** The requests of somebody's own that have this question, newest first. */
export async function asked(stage, as, question) {
  const { items } = await get(stage, '/requests?scope=mine&limit=500', as);
  return items.filter((request) => request.question === question);
}
