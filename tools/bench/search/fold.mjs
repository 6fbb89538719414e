// Texts as people compare them, for the peers, the oracle and the plain JavaScript index alike:
// lower case, without accents, and cut at everything that is neither a letter nor a digit.

const OTHER = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/** A text in lower case, without accents. */
export function fold(text) {
  const low = text.toLowerCase();
  // Most words are ASCII, and need nothing else.
  if (/^[\x00-\x7f]*$/.test(low)) return low;
  return low.normalize('NFD').replace(/\p{M}+/gu, '').replace(/[œæßøłđðþı]/g, (letter) => OTHER[letter]);
}

/** The folded words of a text. */
export function words(text) {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The fields of a document that are searched, with what one of their words weighs (document.rs). */
export const WEIGHTS = {
  name: 2.6,
  shown: 3,
  declared: 2.4,
  title: 1.6,
  team: 1,
  place: 1,
  languages: 1,
  wants: 0.5,
  about: 0.5,
};

/** The fields' names. */
export const FIELDS = Object.keys(WEIGHTS);

/** The values of a field: a list for every field. */
export const values = (document, field) => [document[field]].flat();

/** Everything that is searched of a document, as one text. */
export const wholeText = (document) => FIELDS.flatMap((field) => values(document, field)).join(' | ');

/** How many errors a word of a query may have: none below four letters, one below eight, else two. */
export function allowance(word) {
  const letters = [...word].length;
  if (!/^\p{L}+$/u.test(word) || letters < 4) return 0;
  return letters < 8 ? 1 : 2;
}
