// Language and colours, set before anything is drawn so that nothing flickers.
// Loaded in the head of each page.
(function () {
  const LANGUAGES = ['en', 'fr'];
  const THEMES = ['light', 'dark'];

  /** Storage may be switched off by policy; then preferences last for the page. */
  function stored(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  function store(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch {
      // Nothing to keep it in; the choice still holds for this page.
    }
  }

  const root = document.documentElement;
  const wished = stored('palier.language') || (navigator.language || 'en').slice(0, 2);
  root.lang = LANGUAGES.includes(wished) ? wished : 'en';
  const theme = stored('palier.theme');
  if (THEMES.includes(theme)) root.dataset.theme = theme;

  MV.french = root.lang === 'fr';
  /** One of two texts, by the reader's language. */
  MV.say = (english, french) => (MV.french ? french : english);
  MV.locale = MV.french ? 'fr-FR' : 'en-GB';

  MV.setLanguage = (language) => {
    store('palier.language', language);
    location.reload();
  };

  MV.isDark = () =>
    root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;

  MV.toggleTheme = () => {
    root.dataset.theme = MV.isDark() ? 'light' : 'dark';
    store('palier.theme', root.dataset.theme);
  };
})();
