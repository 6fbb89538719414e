// The report as a text to copy into a ticket.

const line = (name, value) => (value == null || value === '' ? [] : [`${name}: ${value}`]);
const yes = (value) => (value ? 'yes' : 'no');

const operationText = ([name, entry]) => {
  const { call, status, ms, error, words, count, total, mapped, empty, raw, skipped, advice = [] } = entry;
  if (skipped) return [`${name}: not run, ${skipped}`];
  const got = error ? `failed (${error}${words ? `: ${words}` : ''})` : `${count} taken${total == null ? '' : ` of ${total}`}`;
  return [
    `${name}: ${call ?? 'not sent'} -> ${status ?? 'no answer'}, ${ms ?? 0} ms, ${got}`,
    ...(mapped ? [`    mapped: ${Object.entries(mapped).map(([field, n]) => `${field} ${n}`).join(', ') || 'nothing'}`] : []),
    ...(empty?.length ? [`    mapped, and empty in all that came: ${empty.join(', ')} (compare their selectors with the raw shape)`] : []),
    ...(raw === undefined ? [] : [`    raw: ${JSON.stringify(raw)}`]),
    ...advice.map((each) => `    ! ${each}`),
  ];
};

/** The text. */
export const asText = (report) => {
  const { version, loaded, failure, violations, browser, page, policy, locale, settings, online, storage, problem, signIn = {}, operations, memory } = report;
  return [
    `Entraide ${version}, diagnosis`,
    ...line('widget', loaded ? `runs${memory ? ` (${Math.round(memory / 1024)} KB of memory)` : ''}` : `does not run: ${failure?.message ?? ''}`),
    ...line('browser', browser),
    ...line('page', `${page.origin}${page.secure ? '' : ', not secure'}${page.framed ? ', in a frame' : ''}, fetch ${policy.ownFetch ? 'patched by the page' : 'of the browser'}`),
    ...line('refused by the policy', violations.join(', ')),
    ...line('language', `${locale.language} (texts ${locale.texts}, ${locale.direction})`),
    ...line('storage', yes(storage)),
    ...line('network', yes(online)),
    ...line('backend', `${settings.backend}${settings.base ? ` at ${settings.base}` : ''}`),
    ...line('problem', problem),
    ...Object.entries(signIn).map(([name, { kind, secret, csrf }]) => `sign-in ${name}: ${kind}${secret === undefined ? '' : `, secret given: ${yes(secret)}`}${csrf === undefined ? '' : `, token against forgery found: ${yes(csrf)}`}`),
    '',
    ...Object.entries(operations).flatMap(operationText),
  ].join('\n');
};
