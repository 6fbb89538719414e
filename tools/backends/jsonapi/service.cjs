// A staff directory on jsonapi-server: node service.cjs PORT TOKEN FILE. In memory, on loopback.

const { createHash, randomUUID } = require('node:crypto');
const { readFileSync } = require('node:fs');
const http = require('node:http');
const api = require('jsonapi-server');

const [port, token, file] = process.argv.slice(2);
const company = JSON.parse(readFileSync(file, 'utf8'));

// The framework listens on every interface, and has no option for that.
const listen = http.Server.prototype.listen;
http.Server.prototype.listen = function onLoopback(number, ...rest) {
  return listen.call(this, Number(number), '127.0.0.1', ...rest);
};

/** An identifier that is the same for the same name. */
const uuid = (name) => createHash('sha256').update(name).digest('hex').replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
const link = (type, names) => names.map((name) => ({ type, id: uuid(`${type}/${name}`) }));

api.setConfig({ protocol: 'http', hostname: '127.0.0.1', port: Number(port), base: 'rest', graphiql: false });
api.authenticate((request, done) => {
  done(request.headers.authorization === `Bearer ${token}` ? undefined : new Error('not signed in'));
});

const { Joi, MemoryHandler } = api;

/**
 * The framework's own store in memory, but for two things: it cuts a page before it filters, so
 * that included resources were lost; and it does not know who writes.
 */
class Store extends MemoryHandler {
  search(request, done) {
    if (!request.params.filter) return super.search(request, done);
    const whole = { ...request, params: { ...request.params, page: undefined } };
    return super.search(whole, (error, results) => done(error, results, results?.length));
  }

  create(request, resource, done) {
    if (resource.type === 'answers') resource.author ??= link('people', [company.people[0].login])[0];
    return super.create(request, resource, done);
  }
}

const skills = [...new Set(company.people.flatMap((person) => person.skills))];
const resource = (name, attributes, examples) =>
  api.define({ namespace: 'json:api', resource: name, handlers: new Store(), searchParams: {}, attributes, examples });

resource('skills', { title: Joi.string() }, skills.map((title) => ({ id: uuid(`skills/${title}`), type: 'skills', title })));
resource('people', {
  firstName: Joi.string(),
  lastName: Joi.string(),
  email: Joi.string(),
  title: Joi.string(),
  department: Joi.string(),
  office: Joi.string(),
  languages: Joi.array().items(Joi.string()),
  skills: Joi.many('skills'),
}, company.people.map((person) => ({
  id: uuid(`people/${person.login}`),
  type: 'people',
  firstName: person.given,
  lastName: person.family,
  email: person.email,
  title: person.title,
  department: person.team,
  office: person.place,
  languages: person.languages,
  skills: link('skills', person.skills),
})));
resource('questions', {
  title: Joi.string().required().max(200),
  body: Joi.string().allow(''),
  tags: Joi.array().items(Joi.string()),
  status: Joi.string().valid('open', 'answered', 'solved', 'closed'),
  asker: Joi.one('people'),
  asked: Joi.many('people'),
  accepted: Joi.one('answers'),
  answers: Joi.belongsToMany({ resource: 'answers', as: 'question' }),
}, company.requests.map((request) => ({
  id: randomUUID(),
  type: 'questions',
  title: request.question,
  body: request.details,
  tags: request.skills,
  status: 'open',
  asker: link('people', [request.asker])[0],
  asked: link('people', request.to),
})));
resource('answers', { text: Joi.string().required(), author: Joi.one('people'), question: Joi.one('questions') }, []);

api.start();
