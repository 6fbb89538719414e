// What an administrator does once: permissions of the role Authenticated, the people, accounts.
// Strapi runs it at each start; it does its work in an empty database only.
const { readFileSync } = require('node:fs');
const types = require('../types.cjs');

async function permit(strapi) {
  const role = await strapi.db.query('plugin::users-permissions.role').findOne({ where: { type: 'authenticated' } });
  const actions = Object.keys(types).flatMap((type) => ['find', 'findOne', 'create', 'update'].map((action) => [type, action]));
  for (const [type, action] of actions) {
    if (['person', 'skill'].includes(type) && !action.startsWith('find')) continue;
    await strapi.db.query('plugin::users-permissions.permission').create({ data: { action: `api::${type}.${type}.${action}`, role: role.id } });
  }
  return role;
}

async function fill(strapi, company) {
  const role = await permit(strapi);
  const skills = {};
  for (const name of new Set(company.people.flatMap((person) => person.skills))) {
    skills[name] = (await strapi.documents('api::skill.skill').create({ data: { name } })).documentId;
  }
  for (const { login, name, title, team, place, email, skills: known } of company.people) {
    const data = { name, title, team, place, email, skills: known.map((skill) => skills[skill]) };
    const person = await strapi.documents('api::person.person').create({ data });
    const asks = company.requests.some((posted) => posted.asker === login || posted.to[0] === login);
    if (!asks) continue;
    await strapi.plugin('users-permissions').service('user').add({
      username: login, email, password: 'a-password-for-tests-0f3c', provider: 'local', confirmed: true, role: role.id, person: person.documentId,
    });
  }
}

module.exports = {
  async bootstrap({ strapi }) {
    if ((await strapi.documents('api::person.person').count({})) === 0) await fill(strapi, JSON.parse(readFileSync(process.env.COMPANY, 'utf8')));
  },
};
