// Three APIs that nobody has seen before, each with its own shape, paging and sign-in, and a page
// with the set-up element under a policy as strict as one can be.

import { readFileSync, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { dist } from '../../../tools/build/paths.mjs';

const FIRST = ['Aïcha', 'Bruno', 'Chloé', 'Dieter', 'Emma', 'Fatima', 'Gaëlle', 'Hugo', 'Ines', 'Jörg', 'Karim', 'Léa'];
const LAST = ['Bernard', 'Charpentier', 'Durand', 'Eberhardt', 'Fournier', 'Garnier', 'Hofmann', 'Imbert'];
const JOBS = ['Welder', 'Buyer', 'Lawyer', 'Chemist', 'Planner'];
const PLACES = ['Lyon', 'Nantes', 'Ulm'];
const KNOWS = ['welding', 'Excel', 'contracts', 'pumps', 'VAT', 'chemistry'];
const pick = (list, n) => list[n % list.length];

/** Somebody, the same one for the same number. */
const one = (n) => ({ first: pick(FIRST, n), last: `${pick(LAST, n * 3)}`, job: pick(JOBS, n), place: pick(PLACES, n), skills: [pick(KNOWS, n), pick(KNOWS, n + 2)] });
/** The name of somebody. */
export const nameOf = (n) => `${one(n).first} ${one(n).last}`;

const send = (response, status, value, headers = {}) => {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(typeof value === 'string' ? value : JSON.stringify(value));
};
const read = async (request) => {
  let text = '';
  for await (const piece of request) text += piece;
  return text;
};

/** Listens on a free port of this machine. */
const listen = (answer) =>
  new Promise((resolve) => {
    const server = createServer((request, response) => {
      Promise.resolve(answer(request, response, new URL(request.url, 'http://h'))).catch((error) => send(response, 500, { error: String(error) }));
    });
    server.listen(0, '127.0.0.1', () => resolve({ server, url: `http://127.0.0.1:${server.address().port}` }));
  });

/** Lets pages of every origin in, and says so before they ask with a header of their own. */
const open = (headers, answer) => (request, response, url) => {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Access-Control-Allow-Headers', headers);
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
  if (request.method === 'OPTIONS') return send(response, 204, '');
  return answer(request, response, url);
};

/** An API behind a key, in an envelope of two levels, that skips and takes; ranks and crafts. */
export const skipping = () =>
  listen(
    open('X-Staff-Key', (request, response, url) => {
      if (request.headers['x-staff-key'] !== 'k-123') return send(response, 401, { message: 'no key' });
      const skip = Number(url.searchParams.get('skip') ?? 0);
      const take = Math.min(25, Number(url.searchParams.get('take') ?? 10));
      const all = Array.from({ length: 60 }, (_, n) => n);
      const entries = all.slice(skip, skip + take).map((n) => ({
        staffNo: `S${n}`,
        person: { given: one(n).first, family: one(n).last },
        rank: one(n).job,
        base: { town: one(n).place },
        crafts: one(n).skills.map((label, level) => ({ label, level })),
        reach: { mail: `s${n}@staff.example` },
      }));
      return send(response, 200, { payload: { matches: all.length, entries } });
    }),
  );

/** An API behind a token, with a cursor, a text with commas, and everything under odd names. */
export const tokens = () =>
  listen(
    open('Authorization', (request, response, url) => {
      if (request.headers.authorization !== 'Bearer t-456') return send(response, 401, { error: 'who?' });
      const after = Number(url.searchParams.get('cursor') ?? 0);
      const records = Array.from({ length: 20 }, (_, n) => after + n)
        .filter((n) => n < 45)
        .map((n) => ({ key: `u-${n}`, caption: nameOf(n), info: { what: one(n).job, unit: pick(['Line 1', 'Line 2'], n) }, does_well: one(n).skills.join(', ') }));
      return send(response, 200, { records, next_cursor: after + 20 < 45 ? String(after + 20) : null });
    }),
  );

/** What the third API was sent. */
export const posted = [];

/** An API on the page's own host behind a cookie: next addresses, and tickets that can be made. */
const ownHost = async (request, response, url) => {
  if (!/session=yes/.test(request.headers.cookie ?? '')) return send(response, 200, '<!doctype html><html><form><input type="password"></form></html>', { 'Content-Type': 'text/html' });
  const page = Number(url.searchParams.get('page') ?? 1);
  if (url.pathname === '/intranet/api/colleagues') {
    const people = Array.from({ length: 12 }, (_, n) => (page - 1) * 12 + n).map((n) => ({ id: n + 1, display_name: nameOf(n), job_title: one(n).job, department: 'Works', city: one(n).place, skills: JSON.stringify(one(n).skills) }));
    return send(response, 200, { people, links: { next: page < 3 ? `/intranet/api/colleagues?page=${page + 1}` : null } });
  }
  const single = /^\/intranet\/api\/colleagues\/(\d+)$/.exec(url.pathname);
  if (single) {
    const n = Number(single[1]) - 1;
    return send(response, 200, { person: { id: n + 1, display_name: nameOf(n), job_title: one(n).job, department: 'Works', city: one(n).place, skills: JSON.stringify(one(n).skills) } });
  }
  if (url.pathname === '/intranet/api/tickets' && request.method === 'POST') {
    const body = JSON.parse(await read(request));
    posted.push(body);
    return send(response, 201, { id: 900 + posted.length, ...body });
  }
  if (url.pathname === '/intranet/api/tickets') {
    return send(response, 200, [
      { id: 1, subject: 'How do I weld steel?', text: 'It is thin.', state: 'new', requester: { id: 4, name: nameOf(3) }, assignee: { id: 5, name: nameOf(4) }, opened_at: '2026-01-05T08:00:00Z' },
      { id: 2, subject: 'VAT for Ulm', text: '', state: 'resolved', requester: { id: 6, name: nameOf(5) }, assignee: { id: 5, name: nameOf(4) }, opened_at: '2026-01-04T08:00:00Z' },
    ]);
  }
  return send(response, 404, { error: 'no such thing' });
};

const TYPES = { js: 'text/javascript', wasm: 'application/wasm', json: 'application/json', css: 'text/css', html: 'text/html' };

/** The page with the element; `connect` are the origins that its policy allows to be called. */
export const setupPage = ({ connect = [] } = {}) =>
  listen((request, response, url) => {
    if (url.pathname.startsWith('/intranet/')) return ownHost(request, response, url);
    if (url.pathname.startsWith('/entraide/')) {
      const file = join(dist, url.pathname.slice(10));
      if (!existsSync(file)) return send(response, 404, 'nothing');
      response.writeHead(200, { 'Content-Type': TYPES[file.split('.').pop()] ?? 'text/plain' });
      return response.end(readFileSync(file));
    }
    if (url.pathname !== '/') return send(response, 404, '');
    const policy = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' ${connect.join(' ')}; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'`;
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy, 'Set-Cookie': 'session=yes; Path=/' });
    const lang = url.searchParams.get('lang') ?? 'en';
    response.end(`<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>Set-up</title><link rel="icon" href="data:,">
      <script src="/entraide/entraide.js" defer data-launcher="none"></script></head><body><main><h1>Set-up</h1><entraide-setup></entraide-setup></main></body></html>`);
  });
