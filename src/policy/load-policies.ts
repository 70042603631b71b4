import type { PolicyMetadata } from '../findings/policy-metadata.js';
import { SEVERITIES, type Severity } from '../findings/severity.js';
import type { ShapeCatalogue } from '../model/shape.js';
import { compareText } from '../source/compare-text.js';
import { type Diagnostic, severityOf } from '../source/diagnostic.js';
import type { SourceFile } from '../source/source-file.js';
import { suggest } from '../source/suggest.js';
import type { YamlMapping, YamlNode } from '../syntax/yaml/ast.js';
import { resolveScalar } from '../syntax/yaml/parse-yaml.js';
import { checkPolicy } from './check-policy.js';
import type { Policy } from './policy.js';
import { PolicyReader, readDocuments } from './policy-yaml.js';

export interface LoadOptions {
  /** Shipped policies need controls, a description and answers for every unset attribute; their places are not kept. */
  readonly isShipped?: boolean | undefined;
  /** Framework → its control ids; without it controls are not checked. */
  readonly frameworks?: ReadonlyMap<string, ReadonlySet<string>> | undefined;
}

export interface LoadedPolicies {
  /** Sorted by id. */
  readonly policies: readonly Policy[];
  /** What those are called that were left out, as far as that can be read. */
  readonly notLoaded: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

const KEYS = [
  'id',
  'title',
  'severity',
  'since',
  'default',
  'description',
  'resource',
  'view',
  'parameters',
  'variables',
  'live',
  'each',
  'when',
  'assert',
  'message',
  'remediation',
  'references',
  'controls',
  'aliases',
  'fix',
  'notes',
  'renamed-from',
  'deprecated',
] as const;

/** Reads and type-checks policies. One with an error is left out, and a diagnostic says why. */
export function loadPolicies(
  sources: readonly SourceFile[],
  shapes: ShapeCatalogue,
  options: LoadOptions = {},
): LoadedPolicies {
  const policies = new Map<string, Policy>();
  const diagnostics: Diagnostic[] = [];
  const notLoaded: string[] = [];
  for (const source of [...sources].sort((a, b) => compareText(a.path, b.path))) {
    const { mappings, diagnostics: broken } = readDocuments(source);
    diagnostics.push(...broken);
    if (mappings.length === 0 && broken.length === 0) {
      const message = 'The file holds no policy.';
      diagnostics.push({ code: 'policy-invalid', message, range: { file: source, start: 0, end: 0 } });
    }
    if (broken.some(({ code }) => severityOf(code) === 'error')) notLoaded.push(nameOf(source.path));
    for (const mapping of mappings) {
      const reader = new PolicyReader(source);
      const policy = readPolicy(reader, mapping, shapes, options);
      if (policy !== undefined && policies.has(policy.metadata.id)) {
        reader.fail(mapping, `There are two policies with the id "${policy.metadata.id}".`);
      } else if (policy !== undefined) policies.set(policy.metadata.id, policy);
      else notLoaded.push(idOf(mapping) ?? nameOf(source.path));
      diagnostics.push(...reader.diagnostics);
    }
  }
  const sorted = [...policies.values()].sort((a, b) => compareText(a.metadata.id, b.metadata.id));
  return { policies: sorted, notLoaded, diagnostics };
}

function idOf({ entries }: YamlMapping): string | undefined {
  const id = entries.find(({ key }) => key.kind === 'scalar' && key.text === 'id')?.value;
  return id?.kind === 'scalar' ? id.text : undefined;
}

/** What a policy in the file is mostly called: `own/pear/policy.yaml` and `own/pear.policy.yaml` hold "pear". */
function nameOf(path: string): string {
  return /([^/]+)(?:\/policy|\.policy)\.yaml$/.exec(path)?.[1] ?? path;
}

function readPolicy(
  reader: PolicyReader,
  mapping: YamlMapping,
  shapes: ShapeCatalogue,
  options: LoadOptions,
): Policy | undefined {
  const fields = reader.fields(mapping, KEYS, 'A policy');
  checkRequired(reader, mapping, fields, options);
  const metadata = readMetadata(reader, fields, options);
  const types = readTypes(reader, fields, shapes);
  const checked = checkPolicy(reader, fields, { shapes, types, isShipped: options.isShipped === true });
  const hasErrors = reader.diagnostics.some(({ code }) => code === 'policy-invalid');
  if (hasErrors || metadata === undefined || checked === undefined) return undefined;
  const { fix, assert, when } = checked;
  const isFixable = fix.set.length + fix.append.length + fix.remove.length > 0;
  return {
    ...checked,
    types,
    metadata: { ...metadata, assert: assert.text, when: when?.text, isFixable, fixNote: fix.none ?? fix.unsafe },
  };
}

type Fields = ReadonlyMap<string, YamlNode>;

function checkRequired(reader: PolicyReader, mapping: YamlMapping, fields: Fields, options: LoadOptions): void {
  const shipped =
    options.isShipped === true ? ['since', 'description', 'message', 'remediation', 'controls', 'fix'] : [];
  const at = mapping.entries[0]?.key ?? mapping;
  for (const key of ['id', 'title', 'severity', 'assert', ...shipped]) {
    if (!fields.has(key)) reader.fail(at, `The policy has no "${key}".`);
  }
  if (fields.has('resource') === fields.has('view')) {
    reader.fail(at, 'A policy names either a "resource" or a "view".');
  }
}

function readMetadata(reader: PolicyReader, fields: Fields, options: LoadOptions): PolicyMetadata | undefined {
  const text = (key: string) => reader.text(fields.get(key), key);
  const id = text('id');
  const severity = readSeverity(reader, fields.get('severity'));
  if (id === undefined || severity === undefined) return undefined;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
    reader.fail(fields.get('id') ?? { start: 0, end: 0 }, 'An id is lower-case words joined by dashes.');
  }
  const view = text('view');
  const [provider = '', service = ''] = placeOf(reader.file.path, id);
  return {
    id,
    title: text('title') ?? id,
    severity,
    since: text('since') ?? '',
    description: text('description') ?? '',
    remediation: text('remediation') ?? '',
    references: reader.texts(fields.get('references'), 'references'),
    controls: readControls(reader, fields.get('controls'), options),
    aliases: reader.texts(fields.get('aliases'), 'aliases'),
    resource: view === undefined ? { types: reader.texts(fields.get('resource'), 'resource') } : { view },
    assert: '',
    isFixable: false,
    isByDefault: readSwitch(reader, fields.get('default'), 'default') ?? true,
    isOnlyLive: readSwitch(reader, fields.get('live'), 'live') ?? false,
    notes: text('notes'),
    deprecated: text('deprecated'),
    renamedFrom: reader.texts(fields.get('renamed-from'), 'renamed-from'),
    provider,
    service,
    file: options.isShipped === true ? null : reader.file.path,
  };
}

function readSwitch(reader: PolicyReader, node: YamlNode | undefined, key: string): boolean | undefined {
  if (node === undefined) return undefined;
  const scalar = node.kind === 'scalar' ? resolveScalar(node, 'core') : undefined;
  if (scalar?.kind === 'bool') return scalar.value;
  reader.fail(node, `"${key}" is true or false.`);
  return undefined;
}

/** Provider and service: the folders above the policy's own, else the id's first words. */
function placeOf(path: string, id: string): readonly string[] {
  const match = /(?:^|\/)([^/]+)\/([^/]+)\/[^/]+\/policy\.yaml$/.exec(path);
  return match === null ? id.split('-') : [match[1] ?? '', match[2] ?? ''];
}

function readSeverity(reader: PolicyReader, node: YamlNode | undefined): Severity | undefined {
  const text = reader.text(node, 'severity');
  if (node === undefined || text === undefined) return undefined;
  const severity = SEVERITIES.find((candidate) => candidate === text);
  if (severity === undefined) {
    reader.fail(
      node,
      `There is no severity "${text}": it is one of ${SEVERITIES.join(', ')}.${suggest(text, SEVERITIES)}`,
    );
  }
  return severity;
}

function readControls(
  reader: PolicyReader,
  node: YamlNode | undefined,
  { frameworks }: LoadOptions,
): ReadonlyMap<string, readonly string[]> {
  const controls = new Map<string, readonly string[]>();
  for (const { key, value } of reader.mapping(node, 'controls')?.entries ?? []) {
    const framework = key.kind === 'scalar' ? key.text : '';
    const ids = reader.texts(value, framework);
    controls.set(framework, ids);
    const known = frameworks?.get(framework);
    if (frameworks !== undefined && known === undefined) {
      reader.fail(key, `There is no framework "${framework}".${suggest(framework, frameworks.keys())}`);
    }
    for (const id of ids) {
      if (known !== undefined && !known.has(id)) {
        reader.fail(value, `"${framework}" has no control "${id}".${suggest(id, known)}`);
      }
    }
  }
  return controls;
}

/** The types that the policy judges, sorted: a view's are all that offer it. */
function readTypes(reader: PolicyReader, fields: Fields, shapes: ShapeCatalogue): readonly string[] {
  const viewNode = fields.get('view');
  const view = reader.text(viewNode, 'view');
  if (viewNode !== undefined && view !== undefined) {
    const types = [...shapes.typesWithView(view)].sort(compareText);
    if (types.length === 0) reader.fail(viewNode, `No resource type offers the view "${view}".`);
    return types;
  }
  const node = fields.get('resource');
  const types = reader.texts(node, 'resource');
  for (const type of types) {
    const shape = shapes.typeShape(type);
    const at = node ?? { start: 0, end: 0 };
    if (shape === undefined) {
      reader.fail(at, `There is no resource type "${type}".${suggest(type, shapes.typeNames())}`);
    } else if (shape.companionOf !== undefined) {
      const { type: parent, path } = shape.companionOf;
      reader.fail(at, `"${type}" is judged as part of "${parent}": write "resource: ${parent}" and read "${path}".`);
    }
  }
  return [...types].sort(compareText);
}
