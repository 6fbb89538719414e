// Which real software there is to test against. Each name is a folder beside this file with a
// `backend.mjs` that exports two functions:
//
//   install(home)   puts the software, pinned, into the folder `home`, which is kept between runs;
//                   quick where it is there already; throws where it cannot be had, in words.
//   start({ home, data, port, company, serve })
//                   starts it on 127.0.0.1:port with everything it writes in the empty folder
//                   `data`, waits until it answers, fills it with `company` (people, requests; see
//                   server/tests/real/company.json) through its own API or import, and gives what
//                   the tests must know: { base, secrets: { bearer, apiKey, basic: [user, password],
//                   csrf, cookies: 'a=1; b=2', headers: { name: value } }, settings, and whatever else its case reads }.
//
// Its cases are the module of the same name (`-` becomes `_`) in server/tests/real/.

/** Those that every run starts. */
export const NORMAL = ['scim', 'odata', 'drf', 'jsonapi', 'kinto', 'json-server', 'datasette', 'redmine', 'wordpress'];

/** Those that run when they are named, in `BACKENDS` or as an argument: Strapi takes minutes to
    install, as it compiles its database. */
export const OPTIONAL = ['strapi'];
