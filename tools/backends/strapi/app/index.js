// Content types as an administrator of Strapi makes them in its Content-Type Builder, the people
// of a company in them, and two colleagues with accounts; started by backend.mjs.

const name = (plural) => ({ people: 'person', skills: 'skill', questions: 'question', answers: 'answer' })[plural];

/** Content types, each with the usual routes, controller and service. */
const types = {
  people: {
    name: { type: 'string' }, title: { type: 'string' }, team: { type: 'string' }, place: { type: 'string' }, email: { type: 'email' },
    skills: { type: 'relation', relation: 'manyToMany', target: 'api::skill.skill' },
  },
  skills: { name: { type: 'string', unique: true } },
  questions: {
    question: { type: 'string', required: true, maxLength: 300 }, details: { type: 'text' }, skills: { type: 'json' },
    asker: { type: 'relation', relation: 'manyToOne', target: 'api::person.person' },
    asked: { type: 'relation', relation: 'manyToMany', target: 'api::person.person' },
    state: { type: 'enumeration', enum: ['open', 'closed'], default: 'open' },
    answers: { type: 'relation', relation: 'oneToMany', target: 'api::answer.answer', mappedBy: 'question' },
  },
  answers: {
    text: { type: 'text', required: true }, accepted: { type: 'boolean', default: false },
    author: { type: 'relation', relation: 'manyToOne', target: 'api::person.person' },
    question: { type: 'relation', relation: 'manyToOne', target: 'api::question.question', inversedBy: 'answers' },
  },
};

module.exports = { types, name };
