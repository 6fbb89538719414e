// The libraries that people use for this today, each with its best documented settings for
// forgiving search as one types. All read the same texts. None counts facets or marks what
// matched here, which ours does in the same time.

import uFuzzy from '@leeoniya/ufuzzy';
import { create, insertMultiple, search } from '@orama/orama';
import { Charset, Index as FlexIndex } from 'flexsearch';
import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import { allowance, fold, FIELDS, values, WEIGHTS, wholeText, words } from '../../tools/bench/search/fold.mjs';

/** How many results are asked of a library that wants to be told. */
const LIMIT = 200;

const joined = (document) => ({
  id: document.id,
  ...Object.fromEntries(FIELDS.map((field) => [field, values(document, field).join(' | ')])),
});

/** The peers: `build(documents)` answers a function from what is typed to positions, best first. */
export const peers = [
  {
    name: 'MiniSearch',
    settings:
      'all words needed, else any; prefix on the last, errors as ours (1 from four letters, 2 from eight), boosts as our weights, accents folded by processTerm',
    build(documents) {
      const index = new MiniSearch({
        fields: FIELDS,
        processTerm: (term) => fold(term) || null,
        searchOptions: {
          boost: WEIGHTS,
          combineWith: 'AND',
          prefix: (term, at, terms) => at + 1 === terms.length,
          fuzzy: (term) => allowance(term) || false,
        },
      });
      index.addAll(documents.map(joined));
      return (text) => {
        const all = index.search(text);
        return (all.length ? all : index.search(text, { combineWith: 'OR' })).map((hit) => hit.id);
      };
    },
  },
  {
    name: 'FlexSearch',
    settings: 'one text a person, tokenize "forward", Charset.LatinBalance, suggest (some of the words), 200 results',
    build(documents) {
      const index = new FlexIndex({ tokenize: 'forward', encoder: Charset.LatinBalance });
      for (const document of documents) index.add(document.id, wholeText(document));
      return (text) => index.search(text, { limit: LIMIT, suggest: true });
    },
  },
  {
    name: 'Orama',
    settings:
      'tolerance as ours by the shortest word, boosts as our weights, any word (threshold 0 asks for all in one field), a tokenizer that drops accents, 200 results',
    build(documents) {
      const tokenizer = { language: 'french', normalizationCache: new Map(), tokenize: words };
      const schema = Object.fromEntries(FIELDS.map((field) => [field, 'string']));
      const db = create({ schema, components: { tokenizer } });
      insertMultiple(db, documents.map((document) => ({ ...joined(document), id: String(document.id) })), documents.length);
      return (text) => {
        const tolerance = Math.min(...text.split(/\s+/).filter(Boolean).map(allowance));
        const found = search(db, { term: text, tolerance, limit: LIMIT, boost: WEIGHTS });
        return found.hits.map((hit) => Number(hit.id));
      };
    },
  },
  {
    name: 'uFuzzy',
    settings: 'intraMode 1 (one error a word), words in any order, texts latinised, ranked up to 1,000',
    build(documents) {
      const texts = uFuzzy.latinize(documents.map(wholeText));
      const fuzzy = new uFuzzy({ intraMode: 1 });
      return (text) => {
        const [ids, info, order] = fuzzy.search(texts, uFuzzy.latinize(text), 1, 1_000);
        if (!ids) return [];
        return order ? order.map((at) => info.idx[at]) : ids;
      };
    },
  },
  {
    name: 'Fuse.js',
    settings: 'useTokenSearch, tokenMatch "all", else "any", ignoreDiacritics, ignoreLocation, threshold 0.3, weights as ours, 200 results',
    build(documents) {
      const options = {
        keys: FIELDS.map((name) => ({ name, weight: WEIGHTS[name] })),
        useTokenSearch: true,
        tokenMatch: 'all',
        ignoreDiacritics: true,
        ignoreLocation: true,
        threshold: 0.3,
      };
      const all = new Fuse(documents, options);
      const any = new Fuse(documents, { ...options, tokenMatch: 'any' }, all.getIndex());
      return (text) => {
        const found = all.search(text, { limit: LIMIT });
        return (found.length ? found : any.search(text, { limit: LIMIT })).map((hit) => hit.refIndex);
      };
    },
  },
];
