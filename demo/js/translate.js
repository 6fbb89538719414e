// French texts stand beside the English ones in the page, as `data-fr` (the text) and
// `data-fr-ATTRIBUTE` (an attribute). Loaded at the end of each page, before the first drawing.
(function () {
  if (!MV.french) return;
  /** French sets a space before some signs, at which a line must not break. */
  const typeset = (text) => text.replace(/ (?=[:;?!%€»]|h\b)|(?<=«) /g, '\u00a0');
  for (const element of document.querySelectorAll('[data-fr]')) element.textContent = typeset(element.dataset.fr);
  for (const element of document.querySelectorAll('*')) {
    for (const name of element.getAttributeNames()) {
      if (name.startsWith('data-fr-')) element.setAttribute(name.slice('data-fr-'.length), element.getAttribute(name));
    }
  }
})();
