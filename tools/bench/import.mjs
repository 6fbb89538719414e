// How fast people come in: a file of 10,000 people as an HR department would export it, into an
// empty database, and once more when nothing changed.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../build/run.mjs';

const PEOPLE = 10_000;
const FIRST = ['Amélie', 'Jean-Luc', 'Zoë', 'Søren', 'Łukasz', 'Fatima', 'Aoife', 'Jürgen', 'Nguyễn', 'José'];
const LAST = ['Lefèvre', 'O’Brien', 'Müller', 'Dupont', 'Kowalski', 'Haddad', 'Le Goff', 'Weiß', 'Tran', 'García'];
const TEAMS = ['Finance', 'Production', 'R&D', 'Ventes', 'Qualité', 'Informatique', 'Achats'];
const PLACES = ['Lyon', 'Nantes', 'Grenoble', 'Stuttgart', 'Manchester'];
const SKILLS = ['Excel', 'SAP FI', 'Soudage', 'Python', 'ISO 9001', 'C++', 'RGPD', 'Incoterms', '5S', 'Kubernetes', 'TVA', 'Anglais'];

/** Seconds of a first and of a second import of 10,000 people by the server's program. */
export async function measureImport(program) {
  const folder = mkdtempSync(join(tmpdir(), 'entraide-bench-'));
  try {
    const file = join(folder, 'people.csv');
    const db = join(folder, 'bench.db');
    writeFileSync(file, peopleCsv());
    const seconds = [];
    for (let round = 0; round < 2; round += 1) {
      const start = performance.now();
      await run(program, ['import', file, '--db', db], { capture: true });
      seconds.push((performance.now() - start) / 1000);
    }
    return { people: PEOPLE, first: seconds[0], again: seconds[1] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function peopleCsv() {
  const lines = ['Matricule;Nom;Prénom;Fonction;Service;Site;Courriel;Compétences'];
  for (let i = 0; i < PEOPLE; i += 1) {
    const pick = (list, step) => list[Math.floor(i / step) % list.length];
    const skills = [0, 3, 7].map((offset) => SKILLS[(i * 5 + offset) % SKILLS.length]).join(', ');
    lines.push(
      [`B${i}`, pick(LAST, 1), pick(FIRST, 10), 'Technicien', pick(TEAMS, 3), pick(PLACES, 7), `b${i}@valmer.example`, skills].join(';'),
    );
  }
  return `${lines.join('\r\n')}\r\n`;
}
