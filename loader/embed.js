// Builds the one element of embed.html from the page's address. Only what the reader could have
// typed in is taken from there; the backend is the choice of whoever installed the page.

const ELEMENTS = ['ask', 'directory', 'person', 'inbox'];
const ATTRIBUTES = ['query', 'skill', 'team', 'location', 'question', 'details', 'skills', 'to', 'person', 'theme', 'dir'];

const asked = new URLSearchParams(location.search);
const name = ELEMENTS.includes(asked.get('element')) ? asked.get('element') : 'ask';
const element = document.createElement(`entraide-${name}`);
for (const attribute of ATTRIBUTES) {
  if (asked.has(attribute)) element.setAttribute(attribute, asked.get(attribute));
}
const root = document.documentElement;
root.lang = asked.get('lang') || navigator.language;
if (asked.has('theme')) root.dataset.theme = asked.get('theme');
document.body.append(element);
