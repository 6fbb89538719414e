// How the next page comes, in words, and what somebody says instead.

import { make } from '../dom.js';
import { field, input, notice, select } from './form.js';

/** The control. `changed()` is called when something else was chosen. */
export const makePaging = ({ t, changed }) => {
  const element = make('div', { class: 'stack' });
  let proposal;
  let kind;
  let names;

  const draw = () => {
    const found = t('paging_proposed', t(`why_${proposal.why}`, proposal.name));
    const pairs = [['proposed', found], ...['none', 'page', 'offset'].map((way) => [way, t(`paging_${way}`)])];
    const control = select(pairs, kind, (value) => {
      kind = value;
      draw();
      changed();
      element.querySelector('select').focus();
    });
    element.replaceChildren(field(t('paging'), control));
    if (kind === 'proposed' && proposal.why === 'unknown') element.append(notice('', make('p', {}, t('unknown_more'))));
    if (kind === 'page' || kind === 'offset') {
      const name = (key, label) => {
        const it = input(names[key], {
          onInput() {
            names[key] = it.value.trim();
            changed();
          },
        });
        return field(t(label), it);
      };
      names.parameter ||= kind;
      element.append(make('div', { class: 'columns' }, name('parameter', 'paging_parameter'), name('limit', 'paging_size')));
    }
  };

  return {
    element,
    show(given) {
      proposal = given;
      kind = 'proposed';
      names = { parameter: '', limit: 'limit' };
      draw();
    },
    /** `{paging, query}` as a mapping has them. */
    value() {
      const { paging, query } = proposal;
      if (kind === 'proposed') return { paging, query };
      if (kind === 'none') return { paging: { kind: 'none' }, query };
      const { total } = paging;
      const own = { ...query, [names.parameter || kind]: `{=${kind}}` };
      if (names.limit) own[names.limit] = '{=limit}';
      return { paging: { kind, ...(total && { total }) }, query: own };
    },
  };
};
