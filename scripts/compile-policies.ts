import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { shapeCatalogue } from '../src/graph/shape-catalogue.js';
import { loadPolicies, type Policy, serializePolicies } from '../src/policy/index.js';
import { providerSchemas } from '../src/schemas/provider-schemas.js';
import { LineIndex } from '../src/source/line-index.js';
import type { SourceFile } from '../src/source/source-file.js';
import { parseYaml, toPlain } from '../src/syntax/yaml/parse-yaml.js';

/** The shipped policies, checked. Throws with every mistake at its place. */
export function loadShippedPolicies(root: string): readonly Policy[] {
  const files = policyFiles(join(root, 'policies'));
  const sources = files.map((path): SourceFile => ({ path: relative(root, path), text: readFileSync(path, 'utf8') }));
  const { policies, diagnostics } = loadPolicies(sources, shapeCatalogue(providerSchemas), {
    isShipped: true,
    frameworks: readFrameworks(root),
  });
  const mistakes = diagnostics.filter(({ code }) => code === 'policy-invalid' || code === 'yaml-invalid-syntax');
  if (mistakes.length > 0) {
    const lines = mistakes.map(({ message, range }) => {
      if (range === undefined) return message;
      const { line, column } = new LineIndex(range.file.text).position(range.start);
      return `${range.file.path}:${line}:${column}: ${message}`;
    });
    throw new Error(`policies that do not load:\n${lines.join('\n')}`);
  }
  return policies.map((policy) => ({
    ...policy,
    metadata: { ...policy.metadata, file: null, examples: examplesOf(join(root, folderOfPolicy(files, root, policy))) },
  }));
}

/** One data file: start-up parses no YAML and checks no type. */
export function compileShippedPolicies(root: string): string {
  return serializePolicies(loadShippedPolicies(root));
}

export function policyFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('policy.yaml'))
    .sort()
    .map((path) => join(folder, path));
}

/** The folder of a policy, relative to the repository. Ids are the path with dashes. */
export function folderOfPolicy(files: readonly string[], root: string, { metadata }: Policy): string {
  const folder = files
    .map((file) => relative(root, join(file, '..')))
    .find((path) => path.split('/').slice(1).join('-') === metadata.id);
  if (folder === undefined) throw new Error(`the policy "${metadata.id}" does not lie in the folder that its id names`);
  return folder;
}

/** Framework → its control ids, from `policies/frameworks/`. */
function readFrameworks(root: string): Map<string, ReadonlySet<string>> {
  const folder = join(root, 'policies', 'frameworks');
  return new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => {
        const source = { path: name, text: readFileSync(join(folder, name), 'utf8') };
        const [document] = parseYaml(source).documents;
        const plain = document === undefined ? {} : (toPlain(document) as { controls?: Record<string, unknown> });
        return [name.replace(/\.yaml$/, ''), new Set(Object.keys(plain.controls ?? {}))];
      }),
  );
}

/**
 * The first failing and the first passing block of the Terraform example, else of the manifests, for help texts. What only
 * a live account shows has none.
 */
function examplesOf(folder: string): { failing?: string; passing?: string } {
  const found = EXAMPLES.find(([file]) => existsSync(join(folder, 'examples', file)));
  if (found === undefined) return {};
  const [file, find] = found;
  const text = readFileSync(join(folder, 'examples', file), 'utf8');
  const failing = find(text, 'fail');
  const passing = find(text, 'pass');
  return { ...(failing === undefined ? {} : { failing }), ...(passing === undefined ? {} : { passing }) };
}

const EXAMPLES = [
  ['terraform.tf', blockBelow],
  ['kubernetes.yaml', documentBelow],
] as const;

function blockBelow(text: string, outcome: string): string | undefined {
  return new RegExp(`^# expect: ${outcome}\\b.*\\n((?:resource|data) [\\s\\S]*?\\n\\})`, 'm').exec(text)?.[1];
}

function documentBelow(text: string, outcome: string): string | undefined {
  const document = text.split(/^---\n/m).find((one) => new RegExp(`^# expect: ${outcome}\\b`).test(one));
  return document?.replace(/^#.*\n/gm, '').trimEnd();
}
