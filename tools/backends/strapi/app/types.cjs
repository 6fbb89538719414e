// The content types that docs/presets/strapi.md describes, as the Content-Type Builder makes them.
const to = (relation, target, more) => ({ type: 'relation', relation, target: `api::${target}.${target}`, ...more });

module.exports = {
  person: {
    plural: 'people',
    attributes: {
      name: { type: 'string', required: true },
      title: { type: 'string' },
      team: { type: 'string' },
      place: { type: 'string' },
      email: { type: 'email' },
      skills: to('manyToMany', 'skill'),
    },
  },
  skill: { plural: 'skills', attributes: { name: { type: 'string', unique: true } } },
  question: {
    plural: 'questions',
    attributes: {
      question: { type: 'string', required: true, maxLength: 300 },
      details: { type: 'text' },
      skills: { type: 'json' },
      asker: to('manyToOne', 'person'),
      asked: to('manyToMany', 'person'),
      state: { type: 'enumeration', enum: ['open', 'closed'], default: 'open' },
      answers: to('oneToMany', 'answer', { mappedBy: 'question' }),
    },
  },
  answer: {
    plural: 'answers',
    attributes: {
      text: { type: 'text', required: true },
      accepted: { type: 'boolean', default: false },
      author: to('manyToOne', 'person'),
      question: to('manyToOne', 'question', { inversedBy: 'answers' }),
    },
  },
};
