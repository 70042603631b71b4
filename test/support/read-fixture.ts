import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files of a fixture that are not the project's own. */
const NOT_THE_PROJECT = new Set(['expected.json', 'case.json', 'plan.ok', 'plan.json', 'plan.bin']);

export interface Fixture {
  readonly files: Record<string, Uint8Array>;
  /** The folder of the root module; with several, the first. */
  readonly root: string;
  readonly roots: readonly string[];
  readonly variables: readonly { readonly name: string; readonly text: string }[];
  readonly workspace?: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

interface Case {
  readonly roots?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly workspace?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A fixture folder: the project's files, and how it is evaluated out of `case.json`. */
export function readFixture(folder: string): Fixture {
  const files: Record<string, Uint8Array> = {};
  const walk = (inner: string): void => {
    for (const entry of readdirSync(join(folder, inner), { withFileTypes: true })) {
      const path = inner === '' ? entry.name : `${inner}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else if (!NOT_THE_PROJECT.has(path)) files[path] = readFileSync(join(folder, path));
    }
  };
  walk('');
  const file = join(folder, 'case.json');
  const {
    roots = [''],
    variables = {},
    workspace,
    environment = {},
  }: Case = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return {
    files,
    root: roots[0] ?? '',
    roots,
    variables: Object.entries(variables).map(([name, text]) => ({ name, text })),
    workspace,
    environment,
  };
}
