import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { newPolicy } from '../src/new-policy.js';

/** Drafts a policy of the product: `npm run new:policy -- aws s3 bucket-something`. */
const root = join(import.meta.dirname, '..');
const { files } = newPolicy(process.argv.slice(2), 'policies');
for (const { path, text } of files) {
  const target = join(root, path);
  if (existsSync(target)) throw new Error(`"${path}" exists`);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
  console.log(path);
}
