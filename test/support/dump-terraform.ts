import type { EvaluatedRoot, TerraformResult } from '../../src/evaluate/terraform/result.js';
import type { RawResource, UnreadModule } from '../../src/model/raw-resource.js';
import type { Value } from '../../src/model/value.js';
import type { Diagnostic } from '../../src/source/diagnostic.js';
import { LineIndex } from '../../src/source/line-index.js';
import type { SourceFile, SourceRange } from '../../src/source/source-file.js';

/** A result of evaluation as plain data, for goldens: everything that a reader could get wrong, and nothing twice. */
export function dumpTerraform(result: TerraformResult): object {
  return {
    resources: result.resources.map(dumpResource),
    unreadModules: result.unreadModules.length === 0 ? undefined : result.unreadModules.map(dumpUnread),
    roots: result.roots.map(dumpRoot),
    diagnostics: result.diagnostics.map(dumpDiagnostic),
  };
}

function dumpResource(resource: RawResource): object {
  const { root, address, existence, isPrototype, keySet, values, range, calls, scope, ignoreChanges } = resource;
  const links: Record<string, unknown> = {};
  collectLinks(values, '', links);
  return {
    root: root === '.' ? undefined : root,
    address,
    at: place(range),
    calls:
      calls.length === 0 ? undefined : calls.map(({ name, isExternal }) => (isExternal ? `${name} external` : name)),
    existence:
      existence.kind === 'certain'
        ? undefined
        : [existence.reason, existence.subject].filter((part) => part !== undefined).join(' '),
    isPrototype: isPrototype || undefined,
    keySet: keySet?.replace('\0', ' '),
    provider: scope.configuration,
    region: scope.region.kind === 'string' ? scope.region.value : undefined,
    account: scope.account.kind === 'string' ? scope.account.value : undefined,
    ignoreChanges,
    values: dumpValue(values),
    links: Object.keys(links).length === 0 ? undefined : links,
  };
}

function dumpUnread({ address, source, range, arguments: values }: UnreadModule): object {
  return { address, source, at: place(range), arguments: values.map(dumpValue) };
}

function dumpRoot(root: EvaluatedRoot): object {
  const outputs = [...root.outputs].map(([name, value]) => [name, dumpValue(value)]);
  return {
    root: root.root,
    kind: root.kind,
    modules: root.modules,
    instantiated: root.instantiatedFolders,
    uninstantiated: root.uninstantiatedFolders.length === 0 ? undefined : root.uninstantiatedFolders,
    withoutValue: root.variablesWithoutValue.map(({ name, range }) => `${name} ${place(range)}`),
    varFiles: root.varFiles.length === 0 ? undefined : root.varFiles,
    outputs: outputs.length === 0 ? undefined : Object.fromEntries(outputs),
    moved: root.moved.size === 0 ? undefined : Object.fromEntries(root.moved),
  };
}

function dumpDiagnostic({ code, message, range, path }: Diagnostic): string {
  return `${range === undefined ? (path ?? '') : place(range)}: ${code}: ${message}`;
}

const indexes = new WeakMap<SourceFile, LineIndex>();

/** `main.tf:3:5` */
export function place({ file, start }: SourceRange): string {
  let index = indexes.get(file);
  if (index === undefined) {
    index = new LineIndex(file.text);
    indexes.set(file, index);
  }
  const { line, column } = index.position(start);
  return `${file.path}:${line}:${column}`;
}

/** Known values as they are; an unknown as an object with `?`; an open collection with `...`; a sensitive one in `sensitive`. */
export function dumpValue(value: Value): unknown {
  if (value.sensitive === true) return { sensitive: dumpPlain({ ...value, sensitive: undefined }) };
  return dumpPlain(value);
}

function dumpPlain(value: Value): unknown {
  switch (value.kind) {
    case 'null':
      return null;
    case 'list': {
      const elements: unknown[] = value.elements.map((element, index) => {
        const existence = value.existence?.get(index);
        return existence === undefined ? dumpValue(element) : { [existence]: dumpValue(element) };
      });
      if (value.rest !== undefined)
        elements.push({ '...': value.rest.reason, each: value.rest.element && dumpValue(value.rest.element) });
      return value.type.kind === 'set' ? { set: elements } : elements;
    }
    case 'object': {
      const plain: Record<string, unknown> = Object.create(null);
      for (const [name, entry] of value.entries) plain[name] = dumpValue(entry);
      if (value.rest !== undefined)
        plain['...'] = { reason: value.rest.reason, each: value.rest.element && dumpValue(value.rest.element) };
      return plain;
    }
    case 'unknown':
      return dumpUnknown(value);
    case 'string':
      return value.encoded === undefined ? value.value : { json: dumpValue(value.encoded) };
    default:
      return value.value;
  }
}

function dumpUnknown(value: Value & { readonly kind: 'unknown' }): unknown {
  return {
    '?': value.subject === undefined ? value.reason : `${value.reason} ${value.subject}`,
    type: value.type.kind,
    parts: value.parts?.map((part) => (typeof part === 'string' ? part : { '?': part.subject ?? part.reason })),
    oneOf: value.alternatives?.map((one) => (one.kind === 'absent' ? 'absent' : dumpValue(one))),
    json: value.encoded && dumpValue(value.encoded),
  };
}

function collectLinks(value: Value, path: string, links: Record<string, unknown>): void {
  if (value.refersTo !== undefined && path !== '')
    links[path] = value.refersTo.map(({ address, attribute }) => `${address}.${attribute}`);
  if (value.kind === 'list')
    for (const [index, element] of value.elements.entries()) collectLinks(element, `${path}[${index}]`, links);
  if (value.kind === 'object')
    for (const [name, entry] of value.entries) collectLinks(entry, path === '' ? name : `${path}.${name}`, links);
}
