// Calls an address as the widget will, and tells apart why a browser gives a page no answer: all
// that a script sees of CORS, of a policy, and of a server that is down is "it failed".

import { exchange } from '../transport.js';

/** How long to wait, in milliseconds, and how much to read, in bytes. */
const PATIENCE = 15_000;
const MOST = 8_000_000;

/** The absolute address, or nothing where it is none that a page can call. */
export const absolute = (text) => {
  try {
    const url = new URL(text.trim(), document.baseURI);
    const sound = /^https?:\/\/|^\//i.test(text.trim()) && /^https?:$/.test(url.protocol);
    return sound ? url : undefined;
  } catch {
    return undefined;
  }
};

const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** The headers of a sign-in (`{kind, token, header, user, password}`), as lines. */
export const authHeaders = ({ kind, token, header, user, password }) => {
  if (kind === 'bearer' && token) return `Authorization: Bearer ${token}\n`;
  if (kind === 'key' && token && header) return `${header}: ${token}\n`;
  if (kind === 'basic' && user) return `Authorization: Basic ${base64(`${user}:${password}`)}\n`;
  return '';
};

/** `omit`, `same-origin` or `include`, as a mapping's `auth` decides it. */
export const credentials = ({ kind }) => (kind === 'cookie' ? 'include' : kind === 'none' ? 'same-origin' : 'omit');

/**
 * Sends a request (`{url, method, headers, body, credentials}`). Gives `{status, url, headers,
 * body}`, or `{trouble, detail}`. Never rejects.
 */
export const call = async ({ url, method = 'GET', headers = '', body, credentials }) => {
  const target = absolute(url);
  if (!target) return { trouble: 'address' };
  if (location.protocol === 'https:' && target.protocol === 'http:' && !/^(localhost|127\.|\[::1\])/.test(target.hostname)) return { trouble: 'mixed' };
  let refused = false;
  const hear = ({ effectiveDirective, blockedURI }) => {
    if (effectiveDirective === 'connect-src' && blockedURI.startsWith(target.origin)) refused = true;
  };
  document.addEventListener('securitypolicyviolation', hear);
  try {
    const got = await exchange(target.href, { method, headers, body, credentials }, PATIENCE, MOST);
    if (!got.problem) return got;
    if (got.problem !== 'offline') return { trouble: got.problem };
    // The event of a refusal comes in a task of its own.
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (refused) return { trouble: 'csp', detail: target.origin };
    if (target.origin === location.origin) return { trouble: 'offline' };
    return (await answers(target)) ? { trouble: 'cors', detail: location.origin } : { trouble: 'offline' };
  } finally {
    document.removeEventListener('securitypolicyviolation', hear);
  }
};

// An opaque answer is an answer: the server is there, and only does not name this page.
const answers = async (target) => {
  try {
    await fetch(target.origin, { mode: 'no-cors', credentials: 'omit', signal: AbortSignal.timeout(3000) });
    return true;
  } catch {
    return false;
  }
};
