// What changes from day to day on the home page: greeting, dates, and the canteen's menu.
(function () {
  const { el, say, locale } = MV;
  const now = new Date();
  const DAY = 86_400_000;

  MV.me.then((me) => {
    const hour = now.getHours();
    const hello =
      hour < 12 ? say('Good morning', 'Bonjour') : hour < 18 ? say('Good afternoon', 'Bonjour') : say('Good evening', 'Bonsoir');
    const name = me?.name?.split(' ')[0];
    document.getElementById('hello').textContent = name ? `${hello}, ${name}` : hello;
  });

  const today = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' }).format(now);
  document.getElementById('today').textContent = today[0].toLocaleUpperCase(locale) + today.slice(1);

  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  for (const time of document.querySelectorAll('time[data-days]')) {
    const days = Number(time.dataset.days);
    const date = new Date(now.getTime() + days * DAY);
    time.dateTime = date.toISOString().slice(0, 10);
    if (days <= 0) {
      const words = relative.format(days, 'day');
      time.textContent = words[0].toLocaleUpperCase(locale) + words.slice(1);
      continue;
    }
    // Nothing is held on a weekend.
    if (date.getDay() % 6 === 0) date.setTime(date.getTime() + 2 * DAY);
    const month = new Intl.DateTimeFormat(locale, { month: 'short' }).format(date);
    time.replaceChildren(el('b', { text: String(date.getDate()) }), month);
  }

  const MENUS = [
    [
      ['Leek and potato soup', 'Velouté poireaux-pommes de terre', 1.1],
      ['Chicken with tarragon, rice', 'Poulet à l’estragon, riz', 5.4],
      ['Lentil dahl, spinach (vegan)', 'Dahl de lentilles, épinards (végétalien)', 4.6],
      ['Apple tart', 'Tarte aux pommes', 1.6],
    ],
    [
      ['Grated carrots, lemon', 'Carottes râpées au citron', 1.0],
      ['Pollock, beurre blanc, leeks', 'Lieu noir, beurre blanc, poireaux', 5.9],
      ['Pumpkin gnocchi, sage', 'Gnocchis au potiron, sauge', 4.9],
      ['Fromage blanc, honey', 'Fromage blanc au miel', 1.3],
    ],
    [
      ['Lyon salad', 'Salade lyonnaise', 1.9],
      ['Beef with carrots', 'Bœuf aux carottes', 5.8],
      ['Mushroom risotto', 'Risotto aux champignons', 4.8],
      ['Pear in red wine', 'Poire au vin rouge', 1.7],
    ],
    [
      ['Tomato soup, basil', 'Soupe de tomates au basilic', 1.2],
      ['Gratin dauphinois, ham or salad', 'Gratin dauphinois, jambon ou salade', 5.2],
      ['Falafel, bulgur, yoghurt', 'Falafels, boulgour, yaourt', 4.7],
      ['Chocolate mousse', 'Mousse au chocolat', 1.6],
    ],
    [
      ['Beetroot, walnuts', 'Betteraves aux noix', 1.1],
      ['Mussels and chips', 'Moules frites', 6.1],
      ['Vegetable tagine', 'Tajine de légumes', 4.6],
      ['Lemon cake', 'Cake au citron', 1.4],
    ],
  ];
  const day = now.getDay();
  const weekend = day % 6 === 0;
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' });
  const dishes = MENUS[weekend ? 0 : day - 1].map(([english, french, price]) =>
    el('li', {}, [el('span', { text: say(english, french) }), el('span', { text: money.format(price) })]),
  );
  document.getElementById('menu').replaceChildren(...dishes);
  if (weekend) document.getElementById('menu-day').textContent = say('On Monday', 'Lundi');
})();
