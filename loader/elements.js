// The custom elements' classes. They know nothing but whom to tell: the `hooks` of the script
// that runs, or nobody after `destroy()`, since a definition can never be taken back.

/** Defines all elements of the table, or takes over those of a script that was destroyed. */
export const defineElements = (hooks) => {
  const { shared, ...elements } = __ELEMENTS__;
  const classes = [];
  for (const tag of Object.keys(elements)) {
    let Class = customElements.get(tag);
    if (!Class) {
      // A question mark stands behind what is there or not.
      const marked = (shared + elements[tag]).split(' ');
      const names = marked.map((name) => name.replace('?', ''));
      const properties = {};
      Class = class extends HTMLElement {
        static hooks = hooks;
        static observedAttributes = names;
        connectedCallback() {
          // What was set before this class was known hides the prototype's properties.
          for (const name of Object.keys(this)) {
            if (properties[name]) {
              const value = this[name];
              delete this[name];
              this[name] = value;
            }
          }
          Class.hooks?.connected(this);
        }
        disconnectedCallback() {
          Class.hooks?.disconnected(this);
        }
        attributeChangedCallback(name, _, value) {
          Class.hooks?.changed(this, name, value);
        }
      };
      for (const name of names) {
        // `page-size` is mirrored by `pageSize`; `lang` and `dir` are by every element.
        const property = name.replace(/-./, (letter) => letter[1].toUpperCase());
        if (property in Class.prototype) continue;
        properties[property] = {
          get() {
            return marked.includes(name) ? this.getAttribute(name) : this.hasAttribute(name);
          },
          set(value) {
            if (value == null || value === false) this.removeAttribute(name);
            else this.setAttribute(name, value === true ? '' : value);
          },
        };
      }
      Object.defineProperties(Class.prototype, properties);
      customElements.define(tag, Class);
    }
    if ('hooks' in Class) classes.push(Class);
  }
  const listen = (who) => classes.forEach((Class) => (Class.hooks = who));
  listen(hooks);
  // Those of a script that was destroyed are there already.
  document.querySelectorAll(Object.keys(elements)).forEach((element) => hooks.connected(element));
  return listen;
};
