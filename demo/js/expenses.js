// The expense tool: lines, totals in euros, and a word where the travel policy has one.
(function () {
  const { el, say, locale } = MV;

  const TYPES = {
    hotel: { name: say('Hotel', 'Hôtel'), limit: 150, over: say('Above 150 € a night: add a word of explanation.', 'Au-dessus de 150 € la nuit : ajoutez un mot d’explication.') },
    meal: { name: say('Meal', 'Repas'), limit: 25, over: say('Above 25 €: name the guests on the receipt.', 'Au-dessus de 25 € : indiquez les invités sur le reçu.') },
    train: { name: say('Train', 'Train') },
    taxi: { name: say('Taxi', 'Taxi'), limit: 60, over: say('Above 60 €: was there a train?', 'Au-dessus de 60 € : y avait-il un train ?') },
    flight: { name: say('Flight', 'Avion'), limit: 0, over: say('Flights are booked by the travel desk; say why this one was not.', 'Les vols passent par l’agence ; dites pourquoi pas celui-ci.') },
    other: { name: say('Other', 'Autre') },
  };

  // The month's rates of the accounting department: euros for one unit.
  const RATES = { EUR: 1, GBP: 1.17, CHF: 1.05, USD: 0.92 };

  const body = document.getElementById('lines');
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' });
  const labels = {
    date: say('Date', 'Date'),
    type: say('Kind', 'Nature'),
    what: say('What for', 'Motif'),
    amount: say('Amount', 'Montant'),
    currency: say('Currency', 'Devise'),
    vat: say('VAT included', 'Dont TVA'),
  };

  const choice = (name, options, chosen) =>
    el(
      'select',
      { name, 'aria-label': labels[name] },
      options.map(([value, text]) => el('option', { value, text, selected: value === chosen })),
    );

  function addLine({ daysAgo = 0, type = 'meal', what = '', amount = '', currency = 'EUR', vat = '' } = {}) {
    const date = new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);
    const cell = (name, field) => el('td', { 'data-label': labels[name], 'data-wide': name === 'what' }, [field]);
    const remove = el('button', { type: 'button', class: 'remove', text: '×', 'aria-label': say('Remove this line', 'Supprimer la ligne') });
    const cells = [
      cell('date', el('input', { type: 'date', name: 'date', value: date, 'aria-label': labels.date })),
      cell('type', choice('type', Object.entries(TYPES).map(([value, { name }]) => [value, name]), type)),
      cell('what', el('input', { name: 'what', value: what, 'aria-label': labels.what })),
      cell('amount', el('input', { class: 'num', name: 'amount', inputmode: 'decimal', value: amount, 'aria-label': labels.amount })),
      cell('currency', choice('currency', Object.keys(RATES).map((code) => [code, code]), currency)),
      cell('vat', el('input', { class: 'num', name: 'vat', inputmode: 'decimal', value: vat, 'aria-label': labels.vat })),
      el('td', {}, [remove]),
    ];
    const row = el('tr', { class: 'line' }, cells);
    const hint = el('tr', { hidden: true }, [el('td', { colspan: '7', class: 'hint', 'data-wide': '' })]);
    remove.addEventListener('click', () => {
      row.remove();
      hint.remove();
      count();
    });
    row.hint = hint;
    body.append(row, hint);
  }

  /** "1 234,50" and "1,234.50" are both a thousand and some. */
  function number(text) {
    const plain = text.replace(/[\s\u00a0\u202f€£$]/g, '');
    const comma = plain.lastIndexOf(',');
    const dot = plain.lastIndexOf('.');
    const normal = comma > dot ? plain.replace(/\./g, '').replace(',', '.') : plain.replace(/,/g, '');
    const value = Number(normal);
    return Number.isFinite(value) && value >= 0 ? value : 0;
  }

  function count() {
    let sum = 0;
    let tax = 0;
    for (const row of body.querySelectorAll('.line')) {
      const field = (name) => row.querySelector(`[name="${name}"]`).value;
      const rate = RATES[field('currency')];
      const euros = number(field('amount')) * rate;
      sum += euros;
      tax += number(field('vat')) * rate;
      const { limit, over } = TYPES[field('type')];
      const isOver = limit !== undefined && euros > limit;
      row.hint.hidden = !isOver;
      if (isOver) row.hint.firstChild.textContent = over;
    }
    document.getElementById('total-net').textContent = money.format(sum - tax);
    document.getElementById('total-vat').textContent = money.format(tax);
    document.getElementById('total').textContent = money.format(sum);
  }

  body.addEventListener('input', count);
  document.getElementById('add-line').addEventListener('click', () => {
    addLine();
    count();
    body.querySelector('.line:nth-last-of-type(2) [name="what"]')?.focus();
  });
  document.getElementById('report').addEventListener('submit', (event) => {
    event.preventDefault();
    const notice = document.getElementById('sent');
    notice.hidden = false;
    notice.textContent = say(
      'Sent to your manager. Accounting pays on the 10th and the 25th.',
      'Transmise à votre responsable. La comptabilité rembourse le 10 et le 25.',
    );
  });

  addLine({ daysAgo: 6, type: 'train', what: 'Lyon Part-Dieu – Stuttgart Hbf', amount: '184', vat: '' });
  addLine({ daysAgo: 6, type: 'hotel', what: say('Hotel am Park, one night', 'Hotel am Park, une nuit'), amount: '142', vat: '9.29' });
  addLine({ daysAgo: 5, type: 'meal', what: say('Dinner with Kessler GmbH', 'Dîner avec Kessler GmbH'), amount: '92.40', vat: '' });
  count();
})();
