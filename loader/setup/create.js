// How a question is sent: method, address and body, composed by choosing from what the list
// showed. Nothing is sent until somebody presses the button that says so.

import { make } from '../dom.js';
import { call } from './call.js';
import { button, code, details, field, input, notice, select } from './form.js';

/** What a member of the body may be. */
const VALUES = {
  question: '{=question}',
  details: '{=details}',
  skills: '{=skills}',
  to0: '{=to[0]}',
  to: '{=to}',
  visibility: '{=visibility}',
};

/** `fields.summary` of an object made of texts: `{fields: {summary: ...}}`. */
const put = (body, path, value) => {
  const names = path.split('.').filter(Boolean);
  const last = names.pop();
  if (!last) return;
  let at = body;
  for (const name of names) at = at[name] = at[name] && typeof at[name] === 'object' ? at[name] : {};
  at[last] = value;
};

/** A text that is no template: `{=` would begin one. */
const plain = (text) => text.replaceAll('{=', '{ =');

/** The form. `document()` gives the document as it is; `people()` the colleagues to choose from. */
export const makeCreate = (part, { t, engine, changed, document: current, people, presets }) => {
  const element = make('div', { class: 'stack' });
  const rows = make('ul', { class: 'members' });
  const shown = make('div', {});
  const outcome = make('div', { class: 'stack', role: 'status' });
  const preview = make('div', { class: 'stack' });
  const state = { on: false, method: 'POST', address: '', wrap: '', members: [] };
  let of;

  const body = () => {
    const all = {};
    for (const { path, kind, text } of state.members) put(all, path, kind === 'fixed' ? plain(text ?? '') : VALUES[kind]);
    if (!state.wrap) return all;
    const wrapped = {};
    put(wrapped, state.wrap, all);
    return wrapped;
  };
  const drawBody = () => shown.replaceChildren(code(JSON.stringify(body(), null, 2), t('body')));
  const touched = () => {
    drawBody();
    outcome.replaceChildren();
    changed();
  };

  const drawRows = () => {
    rows.replaceChildren(
      ...state.members.map((member) => {
        const path = input(member.path, {
          onInput() {
            member.path = path.value.trim();
            touched();
          },
        });
        const kinds = [...Object.keys(VALUES), 'fixed'].map((kind) => [kind, t(`v_${kind}`)]);
        const kind = select(kinds, member.kind, (value) => {
          member.kind = value;
          drawRows();
          touched();
        });
        const parts = [field(t('member'), path), field(t('value'), kind)];
        if (member.kind === 'fixed') {
          const text = input(member.text, {
            onInput() {
              member.text = text.value;
              touched();
            },
          });
          parts.push(field(t('fixed'), text));
        }
        const remove = button(t('remove', member.path || '…'), () => {
          state.members = state.members.filter((other) => other !== member);
          drawRows();
          touched();
          add.focus();
        }, 'small');
        return make('li', {}, ...parts, remove);
      }),
    );
  };
  const add = button(t('add_member'), () => {
    state.members.push({ path: '', kind: 'fixed', text: '' });
    drawRows();
    touched();
    rows.lastChild.querySelector('input').focus();
  }, 'small');

  // The last word of a place: `attributes.title` is written as `title` in the envelope around it.
  const guess = () => {
    const { address, proposal, answer } = part.known();
    const inside = (place) => /^[\w.]+$/.test(place ?? '') ? place : undefined;
    const question = inside(part.place('question'));
    const details = inside(part.place('details'));
    const names = (question ?? 'title').split('.');
    state.address = address.call;
    state.wrap = '';
    const list = proposal.lists[0].selector;
    if (names[0] === 'attributes') state.wrap = 'data';
    else if (/"documentId"/.test(answer.body) && list === 'data') state.wrap = 'data';
    // Redmine and its like: `issues` come as a list, `issue` is sent.
    else if (/\/(\w+s)\.json$/.test(address.call) && address.call === `/${list}.json`) state.wrap = list.replace(/s$/, '');
    state.members = [{ path: question ?? 'title', kind: 'question' }];
    if (details) state.members.push({ path: details, kind: 'details' });
    if (names[0] === 'attributes') state.members.unshift({ path: 'type', kind: 'fixed', text: proposal.examples[0]?.type ?? '' });
    const asked = inside(part.place('asked'));
    if (asked) {
      const object = proposal.examples.some((one) => one[asked.split('.')[0]] && typeof one[asked.split('.')[0]] === 'object');
      state.members.push({ path: asked, kind: object && /s$/.test(asked) ? 'to' : 'to0' });
    }
  };

  const params = () => ({ question: test.value, details: '', skills: [], to: whom.value ? [whom.value] : [] });
  const test = input(t('test_text'), { onInput: () => drawPreview() });
  let whom = select([['', t('nobody')]], '', () => drawPreview());

  const drawPreview = () => {
    const request = engine.prepared({ document: current(), presets: presets(), operation: 'requests.create', params: params(), secrets: part.secrets() });
    if (request.problem) return preview.replaceChildren(notice('bad', make('p', {}, request.problem)));
    // Secrets stay where they are; only method, address and body are shown.
    let text = request.body ?? '';
    try {
      text = JSON.stringify(JSON.parse(text), null, 2);
    } catch {
      // A form is shown as it is.
    }
    preview.replaceChildren(code(`${request.method} ${request.url}\n\n${text}`, t('body')));
  };

  const send = button(t('test_send'), async () => {
    const document = current();
    const given = params();
    const input = { document, presets: presets(), operation: 'requests.create', params: given };
    const request = engine.prepared({ ...input, secrets: part.secrets() });
    if (request.problem) return outcome.replaceChildren(notice('bad', make('p', {}, t('test_bad', request.problem))));
    send.disabled = true;
    const got = await call(request);
    send.disabled = false;
    if (got.trouble) {
      const words = t.has(`t_${got.trouble}`) ? t(`t_${got.trouble}`, got.detail) : got.trouble;
      return outcome.replaceChildren(notice('bad', make('p', {}, t('test_bad', words))));
    }
    const read = engine.understood({ ...input, answer: got });
    const good = !read.problem;
    const id = read.items?.[0]?.id;
    outcome.replaceChildren(
      notice(good ? 'good' : 'bad', make('p', { class: 'strong' }, good ? t('test_good', got.status, '') : t('test_bad', read.problem)), ...(id ? [make('p', {}, t('test_id', id))] : [])),
      ...(got.body ? [details(t('shown_answer'), code(got.body.slice(0, 4000), t('shown_answer')))] : []),
    );
  }, 'primary');

  const compose = () => {
    const on = make('input', { type: 'checkbox', id: 'create-on' });
    on.checked = state.on;
    const inside = make('div', { class: 'stack' });
    on.addEventListener('change', () => {
      state.on = on.checked;
      inside.hidden = !state.on;
      touched();
    });
    const method = select(['POST', 'PUT', 'PATCH'].map((name) => [name, name]), state.method, (value) => {
      state.method = value;
      touched();
    });
    const address = input(state.address, {
      onInput() {
        state.address = address.value.trim();
        touched();
      },
    });
    const wrap = input(state.wrap, {
      onInput() {
        state.wrap = wrap.value.trim();
        touched();
      },
    });
    inside.append(
      make('div', { class: 'columns' }, field(t('method'), method), field(t('create_address'), address), field(t('wrapped'), wrap)),
      rows,
      make('div', { class: 'row' }, add),
      make('p', { class: 'strong' }, t('body')),
      shown,
    );
    inside.hidden = !state.on;
    drawRows();
    drawBody();
    return [make('label', { class: 'radio', for: 'create-on' }, on, t('create_on')), inside];
  };

  const tests = make('div', { class: 'stack' });
  return {
    element,
    /** Draws anew where what it stands on changed; `can` says whether the document can ask. */
    show(can) {
      const known = part.known();
      if (!known) return element.replaceChildren();
      if (of !== known) {
        of = known;
        const parts = [make('div', {}, make('h4', {}, t('create')), make('p', { class: 'hint' }, t('create_hint')))];
        if (!known.preset) {
          state.on = !!known.answer.url;
          guess();
          parts.push(...compose());
        }
        outcome.replaceChildren();
        element.replaceChildren(...parts, tests);
      }
      tests.hidden = !can;
      if (!can) return;
      const before = whom.options.length > 1 ? whom.value : undefined;
      const pairs = [['', t('nobody')], ...people().map(({ id, name }) => [id, name])];
      const fresh = select(pairs, pairs.some(([id]) => id === before) ? before : (pairs[1]?.[0] ?? ''), () => drawPreview());
      if (!tests.firstChild || fresh.options.length !== whom.options.length) {
        whom = fresh;
        const fields = make('div', { class: 'columns' }, field(t('test_question'), test), field(t('test_to'), whom));
        tests.replaceChildren(fields, preview, make('div', { class: 'row' }, send, make('span', { class: 'hint' }, t('test_note'))), outcome);
      }
      drawPreview();
    },
    /** The operation, or nothing while it is off. */
    value() {
      const known = part.known();
      if (!known || known.preset || !state.on) return undefined;
      const item = state.wrap && !state.wrap.includes('.') ? { item: state.wrap } : {};
      return { call: `${state.method} ${state.address || '/'}`, body: body(), ...item };
    },
  };
};
