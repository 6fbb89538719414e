// What to change, in words, for each thing that a diagnosis finds.

const FAILURES = {
  cors: ({ base }) =>
    `The server answers, and does not let this page read it. Either it sends Access-Control-Allow-Origin: ${location.origin} (with Access-Control-Allow-Credentials for cookies, and Access-Control-Allow-Headers for what is sent), or a proxy puts it under this page's own address; then \`base\` is a path such as /api instead of ${base}.`,
  csp: ({ base }) => `The Content-Security-Policy of this page refuses the call: add ${new URL(base, location.href).origin} to connect-src.`,
  'mixed-content': () => 'A page on https may not call an address on http: write https in `base`, or put the server under this page’s own address.',
  offline: ({ base }) => `No server answers at ${base}: check the address, that the server runs, and that this network reaches it. A page from the internet needs the reader’s permission besides, where the server is on the local network.`,
  timeout: () => 'No answer came in time: the server is slow or overloaded, or `timeoutMs` is too short; smaller pages (`paging.size`) may help.',
  'too-large': () => 'The answer is longer than `maxBytes`: ask for smaller pages (`paging.size`), or for fewer fields.',
  header: () => 'A header of the mapping cannot be sent by a page: take it out of `headers`.',
  'signed-out': ({ auth }) =>
    auth.kind === 'cookie'
      ? 'Nobody is signed in there: sign in to it in this browser; for another host, its cookie must be SameSite=None.'
      : auth.secret
        ? `The secret is missing or refused: the page gives it by entraide.configure({ getToken: (name) => … }), which is asked for \`${auth.secret}\`.`
        : 'The server wants to know who asks: say how in `auth`.',
  forbidden: () => 'Whoever reads the page may not call this: give them the right to, or leave the operation out.',
  'not-found': () => 'Check `base` and the address of the call, and which version of the API the server has.',
  html: ({ entry }) =>
    entry.login ? 'It is a page to sign in: sign in to the server in this browser, or give it a token (`auth`).' : '`base` leads to pages for people: the API is probably below another path, such as /api.',
  'not-json': () => 'The address gives something else than JSON: check it, or ask for JSON in `headers` (Accept: application/json).',
  'too-many': ({ entry }) => `The server limits how often it is called${entry.wait ? ` (it says to wait ${entry.wait} s)` : ''}: the widget waits as long, and goes on.`,
  unavailable: ({ entry }) => `The server fails at present: its own log says why${entry.wait ? ` (it says to wait ${entry.wait} s)` : ''}.`,
  unreadable: () => 'Look at the raw shape below, and let `items` (or `item`) name the place of the list (or of the one).',
  invalid: () => 'The server does not take the call as it is: check the parameters in `query` and `body`.',
  misconfigured: () => 'Mend the mapping where it says.',
};

/** What to change where a call failed. */
export const adviceForFailure = (entry, { auth, base }) => {
  const advice = FAILURES[entry.error]?.({ entry, auth, base });
  return advice ? [advice] : [];
};

/** Lists that hold all there is. */
const WHOLE = ['people.list', 'skills.list'];

/** What to change where a call succeeded and not all was taken. */
export const adviceFor = (entry, { name }) => {
  const advice = [];
  const { count, total, more, defects = [] } = entry;
  // That nobody asked anything yet is no fault, nor that a search gives the best alone.
  if (count === 0 && WHOLE.includes(name)) advice.push('It gave nothing: is that so, or is the list elsewhere (`items`), or may the one who asks see nothing?');
  if (WHOLE.includes(name) && count > 0 && !more && total > count) advice.push(`It says that there are ${total} and gave ${count} without a next page: check \`paging\`.`);
  for (const { pointer, problem, times } of defects) advice.push(`${pointer || '/'}: ${problem}${times > 1 ? ` (${times} times)` : ''}`);
  return advice;
};
