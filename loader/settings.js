// What the page's owner set, as the widget reads it: JSON of texts, with the mapping's document
// fetched where only its address is given, and the presets that it extends.

import { presetsFor } from './presets.js';
import { strings } from './strings.js';
import { exchange } from './transport.js';

/** Most of a configuration document that is read, in bytes. */
const LONGEST = 1_000_000;
/** How long to wait for it, in milliseconds. */
const PATIENCE = 15_000;

const PROBLEMS = {
  offline: 'it cannot be reached (is the address right, and does its server allow this page, CORS?)',
  timeout: 'it did not come in time',
  'too-large': `it is larger than ${LONGEST} bytes`,
  moved: 'it was redirected to another origin',
};

const fetched = async (url) => {
  const { problem, status, body } = await exchange(url, {}, PATIENCE, LONGEST);
  // Behind a sign-in, or on a server that answers all it does not know with its front page.
  const page = /^\s*</.test(body) && 'a web page came instead of JSON';
  if (status >= 200 && status < 300 && !page) return { document: body };
  return { problem: `${url}: ${problem ? PROBLEMS[problem] : status >= 400 ? `HTTP ${status}` : page}` };
};

const mapping = async ({ config, backend }) => {
  if (typeof config === 'string') return fetched(config);
  try {
    const document = JSON.stringify(config ?? { extends: typeof backend === 'string' ? backend : 'entraide' });
    if (document) return { document };
  } catch {
    // It refers to itself, or throws when it is read.
  }
  return { problem: 'the configuration is no JSON document' };
};

/** Title and address of the page, the latter without query and fragment, which may hold what is
    nobody's business. */
const page = () => ({ title: document.title.trim() || location.pathname, url: location.origin + location.pathname });

/** Reads the options, the document that they name, and what that extends. */
export const readSettings = async (options) => {
  const read = await mapping(options);
  return JSON.stringify({
    ...strings({ lang: options.lang, base: options.base }),
    ...(options.context !== 'none' && page()),
    messages: strings(options.messages),
    ...read,
    ...(read.document && (await presetsFor(read.document, options.assets, fetched))),
  });
};
