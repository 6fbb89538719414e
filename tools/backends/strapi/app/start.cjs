// Starts Strapi in this folder, without the build of its administration pages.
const { createStrapi } = require('@strapi/strapi');

process.umask(0o077);
createStrapi({ appDir: __dirname, distDir: __dirname }).start();
