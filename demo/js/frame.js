// The frame of every page: the bar with its navigation and search, the footer, and the help of
// the `?` key. Runs at the top of the body, so that the bar is there before the content is.
(function () {
  const { el, say } = MV;
  const here = document.body.dataset.page;

  const PAGES = [
    { id: 'home', href: '/', title: say('Home', 'Accueil') },
    { id: 'people', href: '/demo/people.html', title: say('Who knows what', 'Qui sait quoi') },
    { id: 'expenses', href: '/demo/expenses.html', title: say('Expenses', 'Notes de frais') },
    { id: 'policy', href: '/demo/policy.html', title: say('Travel policy', 'Politique voyages') },
    { id: 'inbox', href: '/demo/inbox.html', title: say('Questions', 'Questions') },
  ];

  const SVG = 'http://www.w3.org/2000/svg';

  /** An icon of stroked paths on a 24 by 24 grid. */
  function icon(...paths) {
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    for (const d of paths) {
      const path = document.createElementNS(SVG, 'path');
      path.setAttribute('d', d);
      path.setAttribute('fill', 'none');
      path.setAttribute('stroke', 'currentColor');
      path.setAttribute('stroke-width', '1.8');
      path.setAttribute('stroke-linecap', 'round');
      svg.append(path);
    }
    return svg;
  }

  function navigation() {
    const items = PAGES.map(({ id, href, title }) =>
      el('li', {}, [el('a', { href, text: title, 'aria-current': id === here ? 'page' : null })]),
    );
    return el('nav', { 'aria-label': say('Main', 'Principale') }, [el('ul', {}, items)]);
  }

  function search() {
    const list = el('datalist', { id: 'site-pages' }, PAGES.map(({ title }) => el('option', { value: title })));
    const input = el('input', {
      id: 'site-search',
      type: 'search',
      name: 'q',
      list: 'site-pages',
      autocomplete: 'off',
      placeholder: say('Search  /', 'Chercher  /'),
      'aria-label': say('Search the intranet', 'Chercher dans l’intranet'),
    });
    const form = el('form', { class: 'site-search', role: 'search', action: '/' }, [input, list]);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const words = input.value.trim().toLowerCase();
      const page = PAGES.find(({ title }) => words && title.toLowerCase().includes(words));
      if (page) location.href = page.href;
      else input.select();
    });
    return form;
  }

  function tools() {
    const other = MV.french ? 'en' : 'fr';
    const language = el('button', {
      type: 'button',
      class: 'tool',
      lang: other,
      text: other.toUpperCase(),
      'aria-label': MV.french ? 'English' : 'Français',
      onclick: () => MV.setLanguage(other),
    });
    const theme = el(
      'button',
      {
        type: 'button',
        class: 'tool',
        'aria-label': say('Light or dark', 'Clair ou sombre'),
        onclick: () => MV.toggleTheme(),
      },
      [icon('M12 3a9 9 0 1 0 9 9 7 7 0 0 1-9-9z')],
    );
    return el('div', { class: 'bar__tools' }, [language, theme, MV.colleaguePicker(icon)]);
  }

  function bar() {
    const brand = el('a', { class: 'brand', href: '/' }, [
      el('img', { class: 'brand__mark', src: '/demo/img/mark.svg', alt: '' }),
      el('span', {}, [
        el('span', { class: 'brand__name', text: 'Maison Valmer' }),
        el('span', { class: 'brand__site', text: say('Le Palier, our intranet', 'Le Palier, notre intranet') }),
      ]),
    ]);
    return el('header', { class: 'bar', id: 'page-bar' }, [
      el('a', { class: 'skip', href: '#content', text: say('Skip to content', 'Aller au contenu') }),
      el('div', { class: 'bar__row' }, [brand, navigation(), search(), tools()]),
    ]);
  }

  function footer() {
    return el('footer', { class: 'foot' }, [
      el('div', { class: 'foot__row' }, [
        el('span', { text: '© Maison Valmer' }),
        el('span', { text: say('Pumps and heating since 1911', 'Pompes et chauffage depuis 1911') }),
        el('a', { href: '/demo/policy.html', text: say('Rules', 'Règles internes') }),
        el('span', {
          text: say('An invented company: this is a demo', 'Une entreprise inventée : ceci est une démonstration'),
        }),
      ]),
    ]);
  }

  // ---- the help of the `?` key -------------------------------------------------------------

  let help = null;

  function closeHelp() {
    help?.remove();
    help = null;
  }

  function openHelp() {
    if (help) return;
    const keys = [
      ['/', say('Go to the search', 'Aller à la recherche')],
      ['?', say('Show this help', 'Afficher cette aide')],
      ['Esc', say('Close what is open', 'Fermer ce qui est ouvert')],
    ];
    const close = el('button', { type: 'button', class: 'btn', text: say('Close', 'Fermer'), onclick: closeHelp });
    help = el('div', { class: 'help', id: 'page-help', role: 'dialog', 'aria-modal': 'true', 'aria-labelledby': 'help-title' }, [
      el('div', { class: 'help__box' }, [
        el('h2', { id: 'help-title', text: say('Keyboard', 'Clavier') }),
        el('dl', {}, keys.flatMap(([key, what]) => [el('dt', {}, [el('kbd', { text: key })]), el('dd', { text: what })])),
        close,
      ]),
    ]);
    document.body.append(help);
    close.focus();
  }

  window.addEventListener('mv:help', openHelp);
  window.addEventListener('mv:close', closeHelp);

  document.body.prepend(bar());
  document.addEventListener('DOMContentLoaded', () => {
    document.querySelector('main').after(footer());
  });
})();
