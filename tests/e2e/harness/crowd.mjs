// A crowd of invented colleagues as a CSV, the same at every run: enough different names,
// titles and skills that a search has a large vocabulary to go through.

const FIRST = 'Aïcha Anna Antoine Béatrice Bruno Camille Céline Clément Dieter Élodie Emma Fabien Fatima François Gaëlle Hannah Hélène Hugo Ingrid Inès Jean João Jörg Karim Klaus Laura Léa Léo Lucie Luís Maëlle Marc Marie Mehdi Nadia Noémie Olivier Paul Pauline Petra Quentin Rachel Raphaël René Sara Sébastien Sofia Søren Théo Thomas Ulrike Valérie Vincent Wei Xavier Yann Yasmine Zoé'.split(' ');
const LAST_A = 'Bern Char Del Du Fau Gau Ger Hof Kra Lam Lef Mar Mor Mül Neu Pel Per Rich Rous Sau Schmi Tes Thom Ver Wag Weiß Zim'.split(' ');
const LAST_B = 'and ard ault bert chet don eau elin ert fort gier hardt hier ier inger kemper lier mann mond neau ner olle per quet reau rich roux sard ser tier ton vain vier wald zier'.split(' ');
const TITLES = 'Acheteuse,Comptable,Contrôleur de gestion,Développeuse,Électricien,Ingénieur méthodes,Juriste,Métrologue,Opératrice,Planificateur,Qualiticienne,Soudeur,Technicienne de maintenance,Vendeur'.split(',');
const TEAMS = 'Achats,Atelier Nord,Atelier Sud,Bureau d’études,Comptabilité,Export,Informatique,Juridique,Laboratoire,Logistique,Maintenance,Production,Qualité,Ventes'.split(',');
const PLACES = 'Lyon,Nantes,Grenoble,Stuttgart,Manchester,Dublin'.split(',');
const STEMS = 'achat analyse audit automatisme câblage calibrage chimie comptabilité contrôle cotation découpe dessin droit emballage énergie étalonnage fonderie formation gestion hydraulique inventaire logistique maintenance mesure métallurgie métrologie moulage optique paie peinture planification pneumatique programmation prévention qualité recyclage réglage robotique sécurité simulation soudure statistique thermique traitement transport usinage vente'.split(' ');
const KINDS = 'de base,avancée,sur site,à distance,des lots,des pièces,de série,en salle blanche,pour l’export,assistée'.split(',');

/** A generator of numbers from 0 up to `n`, always the same ones (mulberry32). */
function numbers(seed) {
  return (n) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
}

/** So many people: `{id, name, title, team, place, skills}`. */
export function crowd(count) {
  const below = numbers(42);
  const any = (list) => list[below(list.length)];
  return Array.from({ length: count }, (_, i) => ({
    id: `c${String(i).padStart(5, '0')}`,
    name: `${any(FIRST)} ${any(LAST_A)}${any(LAST_B)}`,
    title: any(TITLES),
    team: any(TEAMS),
    place: any(PLACES),
    skills: [...new Set(Array.from({ length: 2 + below(5) }, () => (below(8) ? `${any(STEMS)} ${any(KINDS)}` : any(['Excel', 'SAP', 'Python', 'anglais']))))],
  }));
}

/** The same as a CSV for `entraide-server import`. */
export function toCsv(people) {
  const lines = people.map(({ id, name, title, team, place, skills }) => [id, name, title, team, place, skills.join(', ')].join(';'));
  return `Matricule;Nom complet;Fonction;Service;Site;Compétences\n${lines.join('\n')}\n`;
}
