import type { RawResource, UnreadModule } from '../../src/model/raw-resource.js';
import { CERTAIN } from '../../src/model/raw-resource.js';
import type { Resource } from '../../src/model/resource.js';
import type { Reference, UnknownValue, Value } from '../../src/model/value.js';
import type { SourceFile } from '../../src/source/source-file.js';
import { toValue, unknown } from './to-value.js';

/** A file in which nothing is written; resources that are built by hand stand in it. */
export const FILE: SourceFile = { path: 'main.tf', text: '' };

/** `raw('aws_s3_bucket.orchard', { bucket: 'orchard' })`: a Terraform resource of the root module, blocks as lists. */
export function raw(address: string, values: object = {}, details: Partial<RawResource> = {}): RawResource {
  const local = address.replace(/^(module\.[^.]+\.)*/, '');
  const isData = local.startsWith('data.');
  const [type = '', name = ''] = local.replace(/^data\./, '').split('.');
  const object = toValue(values);
  if (object.kind !== 'object') throw new Error('a resource is an object');
  const range = { file: FILE, start: 0, end: 0 };
  return {
    language: 'terraform',
    root: '.',
    address,
    mode: isData ? 'data' : 'managed',
    type,
    name: name.replace(/\[.*$/, ''),
    declaration: local.replace(/\[[^\]]*\]$/, ''),
    folder: '',
    scope: {
      provider: 'aws',
      configuration: 'aws',
      account: unknown('account', { reason: 'provider-configuration' }),
      region: unknown('region', { reason: 'provider-configuration' }),
      partition: unknown('partition', { reason: 'provider-configuration' }),
    },
    existence: CERTAIN,
    isPrototype: false,
    values: object,
    range,
    header: range,
    calls: [],
    ...details,
  };
}

/** The value of `aws_s3_bucket.orchard.id` before apply. */
export function reference(path: string, details: Partial<UnknownValue> = {}): UnknownValue {
  const refersTo = [toReference(path)];
  return unknown(path, { reason: 'computed-by-provider', subject: path, notNull: true, refersTo, ...details });
}

/** A known value that came through an attribute. */
export function through(path: string, data: unknown): Value {
  return { ...toValue(data), refersTo: [toReference(path)] };
}

export function toReference(path: string): Reference {
  const dot = path.lastIndexOf('.');
  return { root: '.', address: path.slice(0, dot), attribute: path.slice(dot + 1) };
}

export function unreadModule(address: string, ...values: readonly Value[]): UnreadModule {
  return {
    root: '.',
    address,
    reason: 'remote-module',
    source: 'registry/orchard/module',
    range: { file: FILE, start: 0, end: 0 },
    arguments: values,
  };
}

/** A value as plain data: unknowns as `?reason`, elements that are perhaps there in a list of their own. */
export function toPlain(value: Value | undefined): unknown {
  if (value === undefined) return undefined;
  switch (value.kind) {
    case 'null':
      return null;
    case 'list': {
      const elements = value.elements.map((element, index) => {
        const existence = value.existence?.get(index);
        return existence === undefined ? toPlain(element) : { [existence]: toPlain(element) };
      });
      return value.rest === undefined ? elements : [...elements, `...${value.rest.reason}`];
    }
    case 'object': {
      const plain: Record<string, unknown> = {};
      for (const [name, entry] of value.entries) plain[name] = toPlain(entry);
      if (value.rest !== undefined) plain['...'] = value.rest.reason;
      return plain;
    }
    case 'unknown':
      return value.parts === undefined
        ? `?${value.reason}${value.subject === undefined ? '' : ` ${value.subject}`}`
        : value.parts.map((part) => (typeof part === 'string' ? part : `{${part.subject}}`)).join('');
    default:
      return value.value;
  }
}

/** The values of a resource without what is there by default. */
export function written(resource: Resource | undefined): unknown {
  return resource === undefined ? undefined : toPlain(withoutDefaults(resource.values));
}

function withoutDefaults(value: Value): Value {
  if (value.kind === 'object') {
    const entries = new Map<string, Value>();
    for (const [name, entry] of value.entries) {
      const step = entry.origin?.step;
      if (step !== 'default-of-type' && step !== 'assumed-default') entries.set(name, withoutDefaults(entry));
    }
    return { ...value, entries };
  }
  return value.kind === 'list' ? { ...value, elements: value.elements.map(withoutDefaults) } : value;
}
