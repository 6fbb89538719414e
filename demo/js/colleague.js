// "Signed in as": the demo has no passwords, so the bar lets one be any colleague. It talks to
// the reference server's demo mode: GET and POST /demo/session, GET /demo/people.
(function () {
  const { el, say } = MV;

  async function json(path, options) {
    const response = await fetch(path, { credentials: 'same-origin', ...options });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response.status === 204 ? null : response.json();
  }

  /** Who is signed in; the server chooses somebody at the first visit. Asked once for each page. */
  MV.me = json('/demo/session').catch(() => null);

  MV.people = (query, limit) =>
    json(`/demo/people?q=${encodeURIComponent(query)}&limit=${limit}`).then((answer) => answer.items ?? answer);

  function initials(name) {
    const words = name.split(/[\s-]+/).filter(Boolean);
    return (words[0]?.[0] ?? '') + (words.length > 1 ? words[words.length - 1][0] : '');
  }

  /** One of six colours, always the same for the same person. */
  function face(person) {
    let sum = 0;
    for (const sign of person.id) sum = (sum * 31 + sign.codePointAt(0)) % 6007;
    return el('span', { class: `face face--${sum % 6}`, 'aria-hidden': 'true', text: initials(person.name) });
  }

  async function become(person) {
    await json('/demo/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ person: person.id }),
    });
    location.reload();
  }

  MV.colleaguePicker = (icon) => {
    const label = el('span', { class: 'who__label', text: say('Sign in', 'Connexion') });
    const portrait = el('span', { class: 'face', 'aria-hidden': 'true' }, [icon('M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z', 'M5 20c1-4 4-5 7-5s6 1 7 5')]);
    const button = el('button', { type: 'button', class: 'who__button', 'aria-expanded': 'false', 'aria-haspopup': 'true' }, [portrait, label]);
    const input = el('input', {
      type: 'search',
      autocomplete: 'off',
      placeholder: say('Name or team', 'Nom ou équipe'),
      'aria-label': say('Search a colleague', 'Chercher un collègue'),
    });
    const list = el('ul', { 'aria-live': 'polite' });
    const drop = el('div', { class: 'drop', hidden: true }, [
      el('p', {
        class: 'drop__note',
        text: say(
          'Demo only: be another colleague, to see both sides of a question. A second browser can be a second colleague.',
          'Démonstration : devenez un autre collègue pour voir une question des deux côtés. Un second navigateur peut être un second collègue.',
        ),
      }),
      input,
      list,
    ]);
    const box = el('div', { class: 'who' }, [button, drop]);

    MV.me.then((me) => {
      if (!me) return;
      label.textContent = me.name;
      button.setAttribute('aria-label', say(`Signed in as ${me.name}`, `Connecté en tant que ${me.name}`));
      portrait.replaceWith(face(me));
    });

    let asked = 0;
    async function show() {
      const turn = ++asked;
      let rows;
      try {
        const people = await MV.people(input.value, 30);
        rows = people.map((person) => {
          const role = [person.title, person.team].filter(Boolean).join(', ');
          const name = el('span', {}, [
            el('span', { class: 'drop__who', text: person.name }),
            el('span', { class: 'drop__role', text: role }),
          ]);
          return el('li', {}, [el('button', { type: 'button', class: 'drop__item', onclick: () => become(person) }, [face(person), name])]);
        });
        if (!rows.length) rows = [el('li', { class: 'drop__note', text: say('Nobody of that name.', 'Personne de ce nom.') })];
      } catch {
        rows = [el('li', { class: 'drop__note', text: say('The directory does not answer.', 'L’annuaire ne répond pas.') })];
      }
      if (turn === asked) list.replaceChildren(...rows);
    }

    function toggle(open) {
      drop.hidden = !open;
      button.setAttribute('aria-expanded', String(open));
      if (open) {
        show();
        input.focus();
      }
    }

    let timer;
    input.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(show, 120);
    });
    button.addEventListener('click', () => toggle(drop.hidden));
    document.addEventListener('click', (event) => {
      if (!drop.hidden && !event.composedPath().includes(box)) toggle(false);
    });
    window.addEventListener('mv:close', () => {
      if (drop.hidden) return;
      toggle(false);
      button.focus();
    });
    return box;
  };
})();
