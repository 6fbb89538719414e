// What a page's script passes, made plain: any value, with getters that may throw. What is not of
// the wanted type is as if it were not there. Lists become texts, since old libraries teach
// `JSON.stringify` to write arrays in ways of their own.

/** Longest list that is read. */
const MOST = 50;

/** The members of an object that are texts; with no prototype that could add some. */
export const strings = (object) => {
  const all = { __proto__: null };
  try {
    for (const name of Object.keys(object ?? {})) if (typeof object[name] === 'string') all[name] = object[name];
  } catch {
    // The rest of it is not read.
  }
  return all;
};

/** A list of texts, or one text with commas, as lines. */
export const lines = (list) => {
  let all = '';
  let left = MOST;
  for (const item of Array.isArray(list) ? list : typeof list === 'string' ? list.split(',') : []) {
    if (left-- > 0 && typeof item === 'string') all += `${item.replace(/\s+/g, ' ')}\n`;
  }
  return all;
};

/** What an ask form is to be filled with, as JSON of texts. */
export const prefillText = (prefill) => {
  try {
    const { question, details, skills, to, context } = prefill;
    return JSON.stringify({
      ...strings({ question, details }),
      skills: lines(skills),
      to: lines(to),
      ...(context && strings({ title: context.title, url: context.url })),
    });
  } catch {
    return '{}';
  }
};
