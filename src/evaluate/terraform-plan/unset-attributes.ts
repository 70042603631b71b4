import type { Type } from '../../model/type.js';
import type { AttributeSchema } from '../../schemas/schema.js';
import type { JsonNode } from '../../syntax/json/ast.js';

/** Whether the configuration sets it. `unclear`: it may be in a dynamic block, or the input has no configuration. */
export type Written = 'yes' | 'no' | 'unclear';

const attributesOfTypes = new WeakMap<Type, ReadonlyMap<string, AttributeSchema>>();

export function attributesOf(type: Type & { readonly kind: 'object' }): ReadonlyMap<string, AttributeSchema> {
  const known = attributesOfTypes.get(type);
  if (known !== undefined) return known;
  const flags = {
    isRequired: false,
    isOptional: true,
    isComputed: false,
    isSensitive: false,
    isWriteOnly: false,
    isDeprecated: false,
  };
  const attributes = new Map([...type.attributes].map(([name, inner]) => [name, { type: inner, ...flags }]));
  attributesOfTypes.set(type, attributes);
  return attributes;
}

export function isOnlyComputed(attribute: AttributeSchema | undefined): boolean {
  return attribute?.isComputed === true && !attribute.isOptional;
}

/** What stands for nothing in a set's element. A number may be meant where it is not clear whether it is written. */
export function isZero(node: JsonNode, written: Written): boolean {
  switch (node.kind) {
    case 'null':
      return true;
    case 'string':
      return node.value === '';
    case 'bool':
      return !node.value;
    case 'number':
      return written === 'no' && node.text === '0';
    case 'array':
      return node.elements.length === 0;
    case 'object':
      return node.members.length === 0;
  }
}

export function isDefault(node: JsonNode, attribute: AttributeSchema | undefined): boolean {
  if (attribute?.default === undefined || attribute.defaultWhen !== undefined) return false;
  if (node.kind === 'number') return String(attribute.default) === node.text;
  return (node.kind === 'string' || node.kind === 'bool') && node.value === attribute.default;
}
