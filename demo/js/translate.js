// French texts stand beside the English ones in the page, as `data-fr` (the text) and
// `data-fr-ATTRIBUTE` (an attribute). Loaded at the end of each page, before the first drawing.
(function () {
  if (!MV.french) return;
  for (const element of document.querySelectorAll('[data-fr]')) element.textContent = element.dataset.fr;
  for (const element of document.querySelectorAll('*')) {
    for (const name of element.getAttributeNames()) {
      if (name.startsWith('data-fr-')) element.setAttribute(name.slice('data-fr-'.length), element.getAttribute(name));
    }
  }
})();
