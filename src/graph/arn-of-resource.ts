import type { RawResource } from '../model/raw-resource.js';
import type { Resource } from '../model/resource.js';
import { STRING } from '../model/type.js';
import type { ObjectValue, UnknownValue, Value } from '../model/value.js';
import { stringValue, unknownValue } from '../model/values.js';
import { tableOf } from './type-model.js';

/** What an ARN is made of. */
interface ArnSource {
  readonly raw: Pick<RawResource, 'scope'>;
  readonly values: ObjectValue;
  /** What an attribute is that is not there: the resource's own, not yet known. */
  readonly ownAttribute: (name: string) => UnknownValue;
}

/** What is known of an ARN before there is one, by its type's template: a policy's ends with its name. */
export function fillArn(template: string, { raw, values, ownAttribute }: ArnSource): Value {
  const parts: (string | UnknownValue)[] = [];
  for (const piece of template.split(/(\{[a-z_]+\})/)) {
    const value = piece.startsWith('{') ? pieceOf(piece.slice(1, -1), raw, values, ownAttribute) : piece;
    const last = parts.at(-1);
    if (typeof value === 'string' && typeof last === 'string') parts[parts.length - 1] = last + value;
    else parts.push(value);
  }
  const [only] = parts;
  const own = ownAttribute('arn');
  return parts.length === 1 && typeof only === 'string'
    ? { ...stringValue(only), refersTo: own.refersTo }
    : { ...own, parts };
}

function pieceOf(
  name: string,
  { scope }: ArnSource['raw'],
  values: ObjectValue,
  ownAttribute: ArnSource['ownAttribute'],
): string | UnknownValue {
  const { account, partition, region } = scope;
  const scoped: Readonly<Record<string, Value>> = { account, partition, region };
  const value = scoped[name] ?? values.entries.get(name);
  if (value?.kind === 'string') return value.value;
  if (value?.kind === 'unknown') return value;
  return name === 'path' && values.rest === undefined ? '/' : ownAttribute(name);
}

/** The ARN of a resource of the graph, as far as it is known; undefined for types whose ARNs no table tells. */
export function arnOfResource({ root, address, type, scope, values }: Resource): Value | undefined {
  const own = values.entries.get('arn');
  if (own?.kind === 'string') return own;
  const template = tableOf(type)?.identity?.arn;
  if (template === undefined) return own?.kind === 'unknown' ? own : undefined;
  return fillArn(template, {
    raw: { scope },
    values,
    ownAttribute: (attribute) =>
      unknownValue('computed-by-provider', {
        type: STRING,
        subject: `${address}.${attribute}`,
        // As references to it name it.
        identity: `${root}\0${address}.${attribute}`,
        notNull: true,
        refersTo: [{ root, address, attribute }],
      }),
  });
}

/** Whether resources of a type have policies of their own, which the graph would show. */
export function hasResourcePolicy(type: string): boolean {
  return tableOf(type)?.views?.['resource_policy'] !== undefined;
}
