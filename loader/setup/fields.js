// What each value means: one row for each field of the widget, with the value that was found,
// how sure that is and why, and what it gives for the first few entries.

import { make } from '../dom.js';
import { details, field, select } from './form.js';

/** Above these a proposal is called sure, or likely. */
const SURE = 75;
const LIKELY = 48;

/** Without these the widget shows nobody, and nothing. */
export const NEEDED = { people: ['id', 'name'], requests: ['id', 'question'] };

/** The rows. `changed()` is called when something else was chosen. */
export const makeFields = (goal, { t, changed }) => {
  const list = make('ul', { class: 'fields' });
  // What nothing was found for is out of the way, and not out of reach.
  const rest = make('ul', { class: 'fields' });
  const more = details('', rest);
  const count = () => {
    more.firstChild.textContent = t('more_fields', [...rest.children].map(({ dataset }) => t(`f_${dataset.field}`)).join(', '));
    more.hidden = !rest.children.length;
  };
  let rows = new Map();

  const why = ({ kind, name, second }) => t(`why_${kind}`, name, second);
  const how = (choice) => {
    if (choice.why.kind === 'chosen') return ['good', why(choice.why)];
    const level = choice.confidence >= SURE ? 'sure' : choice.confidence >= LIKELY ? 'likely' : 'guess';
    return [level, `${t(level)}: ${why(choice.why)}`];
  };

  const draw = (row) => {
    const { choices, at, name } = row;
    const chosen = choices[at];
    const pairs = [...choices.map(({ place }, index) => [String(index), place]), ['-1', t('nothing')]];
    const control = select(pairs, String(at), (value) => {
      row.at = Number(value);
      draw(row);
      changed();
      row.element.querySelector('select').focus();
    });
    const box = field(t(`f_${name}`), control);
    const needed = !chosen && NEEDED[goal].includes(name);
    const [level, words] = chosen ? how(chosen) : [needed ? 'missing' : 'none', needed ? t('missing') : ''];
    const said = make('p', { class: `why ${level}`, id: `${control.id}w` }, words);
    control.setAttribute('aria-describedby', said.id);
    const samples = chosen?.samples.filter(Boolean) ?? [];
    const examples = make('ul', { class: 'samples', 'aria-label': `${t('examples')}: ${t(`f_${name}`)}` }, ...samples.map((text) => make('li', {}, text)));
    row.element.replaceChildren(box, make('div', { class: 'given' }, samples.length ? examples : make('p', { class: 'hint' }, chosen ? t('no_examples') : ''), said));
    row.element.classList.toggle('absent', !chosen && !needed);
  };

  return {
    element: make('div', { class: 'stack' }, list, more),
    /** Shows a proposal's fields; what somebody pointed at before stays where it still fits. */
    show(fields) {
      rows = new Map();
      list.replaceChildren();
      rest.replaceChildren();
      for (const { field: name, taken, choices } of fields) {
        const row = { name, choices: [...choices], at: taken ? 0 : -1, element: make('li', { 'data-field': name }) };
        rows.set(name, row);
        draw(row);
        (taken || NEEDED[goal].includes(name) ? list : rest).append(row.element);
      }
      count();
    },
    names: () => [...rows.keys()],
    /** Takes a choice for a field: somebody pointed at it. */
    choose(name, choice) {
      const row = rows.get(name);
      row.choices = [choice, ...row.choices.filter(({ place }) => place !== choice.place)];
      row.at = 0;
      draw(row);
      if (row.element.parentNode === rest) list.append(row.element);
      count();
      changed();
      const control = row.element.querySelector('select');
      control.focus();
      row.element.scrollIntoView({ block: 'nearest' });
    },
    /** The fields as a mapping has them. */
    value() {
      const all = {};
      for (const { name, choices, at } of rows.values()) if (choices[at]) all[name] = choices[at].field;
      return all;
    },
    /** The selector of a field, as text. */
    place(name) {
      const row = rows.get(name);
      return row?.choices[row.at]?.place;
    },
  };
};
