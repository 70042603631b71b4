import type { Evaluation, Place } from '../../src/findings/evaluation.js';
import type { PolicyMetadata } from '../../src/findings/policy-metadata.js';
import type { AttachedComment, ModuleCallStep } from '../../src/model/raw-resource.js';
import { type Resource, type ResourceGraph, resourceKey } from '../../src/model/resource.js';
import type { Origin, OriginStep, Value } from '../../src/model/value.js';
import { emptyObject, stringValue } from '../../src/model/values.js';
import type { SourceFile, SourceRange } from '../../src/source/source-file.js';

export function file(path: string, text: string, external = false): SourceFile {
  return external ? { path, text, external } : { path, text };
}

/** The range of the nth occurrence (from 0) of a text in a file. */
export function at(source: SourceFile, needle: string, nth = 0): SourceRange {
  let start = -1;
  for (let count = 0; count <= nth; count++) {
    start = source.text.indexOf(needle, start + 1);
    if (start === -1) throw new Error(`"${needle}" is not in ${source.path}`);
  }
  return { file: source, start, end: start + needle.length };
}

/** A chain: the use first, the place where the value is set last. */
export function chain(...steps: readonly (readonly [OriginStep, SourceRange, string?])[]): Origin {
  const [first, ...rest] = steps;
  if (first === undefined) throw new Error('a chain has a step');
  const [step, { file: source, start, end }, name] = first;
  return { file: source, start, end, step, name, from: rest.length > 0 ? chain(...rest) : undefined };
}

/** The block that begins with a text, to the first line that is a closing brace alone. */
export function block(
  source: SourceFile,
  opening: string,
): { readonly range: SourceRange; readonly header: SourceRange } {
  const header = at(source, opening);
  const end = source.text.indexOf('\n}', header.start) + 2;
  return { header, range: { ...header, end } };
}

export function call(source: SourceFile, opening: string, name: string): ModuleCallStep {
  const { header, range } = block(source, opening);
  return { name, range: header, block: range, isExternal: false };
}

export function resource(
  root: string,
  address: string,
  details: Partial<Resource> & { readonly values?: Resource['values'] },
): Resource {
  const local = address.replace(/module\.[^.[]+(\["[^"]*"\])?\./g, '');
  const type = local.split('.')[0] ?? '';
  const nothing: Value = stringValue('');
  return {
    key: resourceKey(root, address),
    root,
    address,
    type,
    name: local.split('.')[1] ?? '',
    mode: 'managed',
    language: 'terraform',
    declaration: local.replace(/\[.*/, ''),
    folder: root,
    scope: {
      provider: 'aws',
      configuration: 'aws',
      account: { ...nothing, kind: 'null' } as Value,
      region: stringValue('eu-central-1'),
      partition: stringValue('aws'),
    },
    existence: { kind: 'certain' },
    isPrototype: false,
    values: emptyObject(),
    presence: 'written',
    members: [],
    declaredIn: new Map(),
    calls: [],
    hasTable: true,
    ...details,
  };
}

export function graph(...resources: readonly Resource[]): ResourceGraph {
  return {
    resources: new Map(resources.map((one) => [one.key, one])),
    linksFrom: new Map(),
    linksTo: new Map(),
    scopes: new Map(),
    sensitive: [],
    unresolvedLinks: new Map(),
    openTypes: new Map(),
    unseen: [],
  };
}

export function evaluation(policy: string, on: Resource, details: Partial<Evaluation> = {}): Evaluation {
  return {
    policy,
    severity: 'medium',
    resource: on.key,
    outcome: 'fail',
    message: `${on.address} fails`,
    also: [],
    unknowns: [],
    assumed: [],
    errors: [],
    ...details,
  };
}

export function place(on: Resource, path: string, origin?: Origin, missing?: SourceRange): Place {
  return { resource: on.key, path, origin, block: missing };
}

export function policy(id: string, details: Partial<PolicyMetadata> = {}): PolicyMetadata {
  return {
    id,
    title: `Title of ${id}`,
    severity: 'medium',
    since: '1.0',
    description: 'Why.',
    remediation: 'Mend it.',
    references: [],
    controls: new Map(),
    aliases: [],
    resource: { types: ['aws_s3_bucket'] },
    assert: 'true',
    isByDefault: true,
    isOnlyLive: false,
    isFixable: true,
    renamedFrom: [],
    provider: 'aws',
    service: 's3',
    ...details,
  };
}

/** A comment by its text in a file, and what it stands at. */
export function comment(source: SourceFile, needle: string, target?: SourceRange): AttachedComment {
  return { ...at(source, needle), content: needle.replace(/^[#/ ]+/, ''), target };
}
