// Builds plain DOM. No markup is ever parsed, so Trusted Types have nothing to refuse, and no
// attribute is a style, so neither has the Content-Security-Policy.

/** An element with attributes and children; a child may be a text. */
export const make = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const name of Object.keys(attributes)) element.setAttribute(name, attributes[name]);
  element.append(...children);
  return element;
};

/** Where the focus is, inside open shadow roots too. */
export const focused = () => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
};
