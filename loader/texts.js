// The few words that stand before the Wasm is there, in English and French. All others are in
// the widget itself; `configure({messages})` replaces both by the same keys.

const TEXTS = {
  launcher: ['Ask a colleague', 'Demander à un collègue'],
  loading: ['Loading…', 'Chargement…'],
  close: ['Close', 'Fermer'],
  try_again: ['Try again', 'Réessayer'],
  broken: ['Something broke here. Your text is kept.', 'Un problème est survenu. Votre texte est conservé.'],
  unloaded: ['This could not be loaded.', 'Le chargement a échoué.'],
  refused: ['This cannot run on this page.', 'Impossible sur cette page.'],
};

/** The text of a key in a language (BCP 47), or what the page put in its place. */
export const text = (key, language, messages) => messages?.[key] || TEXTS[key][+/^fr\b/i.test(language)];
