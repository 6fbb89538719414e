// The table of elements as the loader carries it, without the words for editors: for each tag
// the names of its attributes, in a row, a question mark behind a boolean one. The build puts it
// in for `__ELEMENTS__`.

/** `loader/elements.json` to `{shared: "config …", "entraide-ask": " question …", …}`. */
export const compactElements = (table) => {
  const row = (attributes) => attributes.map(({ name, type }) => (type === 'boolean' ? `${name}?` : name)).join(' ');
  const rows = { shared: row(table.shared.attributes) };
  for (const { tag, attributes } of table.elements) rows[tag] = attributes.length ? ` ${row(attributes)}` : '';
  return rows;
};
