// JSON:API by jsonapi-server, a framework that keeps to the letter of the standard: pages by
// offset, `included` resources, errors with pointers. (The second JSON:API is in `drf`.)

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from '../install.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));

export async function install(home) {
  await npm(home, folder);
}

export async function start({ home, data, port, serve, company }) {
  const file = join(data, 'company.json');
  writeFileSync(file, JSON.stringify(company));
  const base = `http://127.0.0.1:${port}/rest`;
  const env = { NODE_PATH: join(home, 'node_modules') };
  const bearer = 'a-token-for-tests-77b1';
  await serve(process.execPath, [join(folder, 'service.cjs'), String(port), bearer, file], { env, ready: `${base}/people` });
  return { base, secrets: { bearer } };
}
