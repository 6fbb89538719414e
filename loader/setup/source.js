// Where it is and how to sign in: a preset, an address, or an answer that is pasted.

import { make } from '../dom.js';
import { button, field, input, select } from './form.js';

/** The presets that ship, as people call them, and what each can be for. */
const PRESETS = [
  ['entraide', 'Entraide', 'people requests'],
  ['scim', 'SCIM 2.0', 'people'],
  ['msgraph', 'Microsoft Graph (Microsoft 365)', 'people'],
  ['odata', 'OData v4', 'people requests'],
  ['jsonapi', 'JSON:API', 'people requests'],
  ['postgrest', 'PostgREST, Supabase', 'people requests'],
  ['directus', 'Directus', 'people requests'],
  ['strapi', 'Strapi', 'people requests'],
  ['wordpress', 'WordPress', 'people requests'],
  ['redmine', 'Redmine', 'people requests'],
  ['gitlab', 'GitLab', 'people requests'],
  ['github', 'GitHub', 'people requests'],
  ['jira', 'Jira', 'people requests'],
  ['servicenow', 'ServiceNow', 'people requests'],
  ['discourse', 'Discourse', 'people requests'],
  ['mattermost', 'Mattermost', 'people requests'],
  ['elasticsearch', 'Elasticsearch, OpenSearch', 'people'],
  ['meilisearch', 'Meilisearch', 'people'],
];

/** What a preset is called. */
export const presetLabel = (name) => PRESETS.find(([known]) => known === name)?.[1] ?? name;

/**
 * The form. `go(source)` is called with `{way, address, text, base, settings, auth}`, where `way`
 * is `address`, `paste`, `skip` or a preset's name; `preset(name)` gives a preset's document.
 */
export const makeSource = (goal, { t, go, preset, available }) => {
  const state = { way: goal === 'requests' ? '' : 'address', auth: { kind: 'none' } };
  const names = PRESETS.filter(([name, , goals]) => goals.includes(goal) && available.includes(name));
  const form = make('form', { class: 'stack', 'aria-label': t(goal) });
  const about = make('div', { class: 'stack' });
  const signIn = make('div', { class: 'stack' });

  const ways = [
    ['address', t('something')],
    ['paste', t('paste')],
    ...(goal === 'requests' ? [['skip', t('skip')]] : []),
    ...names.map(([name, label]) => [name, label]),
  ];
  if (goal === 'requests') state.way = 'skip';
  const what = select(ways, state.way, (way) => {
    state.way = way;
    drawAbout();
    if (way === 'skip') submit();
  });

  const secret = (key, label) => {
    const it = input(state.auth[key], { secret: key !== 'header' && key !== 'user' && !key.startsWith('csrf'), onInput: () => (state.auth[key] = it.value.trim()) });
    return field(t(label), it, key === 'token' || key === 'password' ? t('secret_hint') : undefined);
  };
  const drawSecrets = (box) => {
    const kinds = {
      none: [],
      cookie: [['csrfCookie', 'csrf_cookie'], ['csrfHeader', 'csrf_header']],
      bearer: [['token', 'token']],
      key: [['header', 'header'], ['token', 'key']],
      basic: [['user', 'user'], ['password', 'password']],
    };
    box.replaceChildren(...kinds[state.auth.kind].map(([key, label]) => secret(key, label)));
  };
  const drawSignIn = () => {
    const secrets = make('div', { class: 'columns' });
    const kinds = ['none', 'cookie', 'bearer', 'key', 'basic'].map((kind) => [kind, t(`auth_${kind}`)]);
    const kind = select(kinds, state.auth.kind, (value) => {
      state.auth.kind = value;
      drawSecrets(secrets);
    });
    drawSecrets(secrets);
    signIn.replaceChildren(field(t('auth'), kind), secrets);
  };

  const text = (key, label, hint) => {
    const it = input(state[key], { onInput: () => (state[key] = it.value) });
    it.setAttribute('inputmode', 'url');
    return field(t(label), it, hint && t(hint));
  };
  const drawAbout = async () => {
    const { way } = state;
    about.replaceChildren();
    signIn.replaceChildren();
    send.hidden = way === 'skip';
    send.textContent = t(way === 'paste' ? 'read' : way === 'address' ? 'call' : 'connect');
    if (way === 'skip') return;
    if (way === 'address') about.append(text('address', `address_${goal}`, 'address_hint'));
    else if (way === 'paste') {
      const area = make('textarea', { rows: 8, spellcheck: false });
      area.value = state.text ?? '';
      area.addEventListener('input', () => (state.text = area.value));
      about.append(field(t('answer'), area), text('address', 'address_optional', 'address_hint'));
    } else {
      const found = await preset(way);
      if (state.way !== way) return;
      state.settings = {};
      about.append(text('base', 'base', 'base_hint'));
      // What differs from site to site, in the preset's own words.
      for (const [name, meaning] of Object.entries(found?.requires ?? {})) {
        const it = input('', { onInput: () => (state.settings[name] = it.value.trim()) });
        about.append(field(name, it, String(meaning)));
      }
      state.auth = { ...state.auth, kind: found?.auth?.kind ?? 'none', header: found?.auth?.header };
    }
    drawSignIn();
  };

  const submit = () => go({ ...state, auth: { ...state.auth } });
  const send = button(t('call'), () => {}, 'primary');
  send.type = 'submit';
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  form.append(field(t('what'), what), about, signIn, make('div', { class: 'row' }, send));
  drawAbout();
  return {
    element: form,
    busy(is) {
      send.disabled = is;
      if (is) send.textContent = t('calling');
      else send.textContent = t(state.way === 'paste' ? 'read' : state.way === 'address' ? 'call' : 'connect');
    },
  };
};

/** The `auth` of a mapping. */
export const mappingAuth = ({ kind, header, csrfCookie, csrfHeader }) => {
  if (kind === 'none') return undefined;
  if (kind === 'key') return { kind, header: header || 'X-API-Key' };
  if (kind === 'cookie' && csrfCookie && csrfHeader) return { kind, csrf: { cookie: csrfCookie, header: csrfHeader } };
  return { kind };
};
