// Form controls with their labels, and the few other things that every part of the screen is
// made of. Plain DOM: nothing is parsed, and no attribute is a style.

import { make } from '../dom.js';

let made = 0;

/** A control under its label; `hint` is described by. */
export const field = (label, control, hint) => {
  control.id ||= `s${(made += 1)}`;
  const box = make('div', { class: 'field' }, make('label', { for: control.id }, label), control);
  if (hint) {
    const id = `${control.id}h`;
    control.setAttribute('aria-describedby', id);
    box.append(make('p', { class: 'hint', id }, hint));
  }
  return box;
};

/** A text field; secrets are not shown and not remembered. */
export const input = (value = '', { secret = false, onInput } = {}) => {
  const it = make('input', { type: secret ? 'password' : 'text', autocomplete: 'off', spellcheck: false, autocapitalize: 'off' });
  it.value = value;
  if (onInput) it.addEventListener('input', onInput);
  return it;
};

/** A choice among `[value, text]` pairs. */
export const select = (pairs, value, onChange) => {
  const it = make('select', {});
  for (const [key, text] of pairs) {
    const option = make('option', { value: key }, text);
    it.append(option);
  }
  it.value = value;
  it.addEventListener('change', () => onChange(it.value));
  return it;
};

/** A button. */
export const button = (text, onClick, kind = '') => {
  const it = make('button', { type: 'button', class: `button ${kind}`, part: 'button' }, text);
  it.addEventListener('click', onClick);
  return it;
};

/** A paragraph that says what is wrong, or that all is well. */
export const notice = (kind, ...children) => make('div', { class: `notice ${kind}`, part: 'notice' }, make('div', {}, ...children));

/** Something that opens. */
export const details = (summary, ...children) => make('details', {}, make('summary', {}, summary), ...children);

/** Text as it is, to be read or copied; it can be scrolled by keyboard. */
export const code = (text, label) => make('pre', { class: 'code sunken', tabindex: 0, role: 'region', 'aria-label': label }, text);
