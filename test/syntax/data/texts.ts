import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

interface Text {
  readonly path: string;
  readonly text: string;
}

const root = join(import.meta.dirname, '../../..');

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:ya?ml|json)$/.test(path))
    .sort()
    .map((path) => join(folder, path));
}

const vectors: readonly { readonly name: string; readonly text: string }[] = JSON.parse(
  readFileSync(join(root, 'fixtures/syntax/yaml-vectors.json'), 'utf8'),
);

/** Every vector, and every YAML file of the fixtures and the policies. */
export const yamlFixtures: readonly Text[] = [
  ...vectors.map(({ name, text }, i) => ({ path: `${name} (${i})`, text })),
  ...[...filesIn('fixtures'), ...filesIn('policies')]
    .filter((path) => !path.endsWith('.json'))
    .map((path) => ({ path: relative('', path), text: readFileSync(join(root, path), 'utf8') })),
];
