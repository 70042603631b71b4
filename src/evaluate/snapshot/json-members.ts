import type { JsonNode } from '../../syntax/json/ast.js';

/** The members of an object by their names; of equal ones the last. Undefined for what is no object. */
export function membersOf(node: JsonNode | undefined): ReadonlyMap<string, JsonNode> | undefined {
  if (node?.kind !== 'object') return undefined;
  return new Map(node.members.map(({ key, value }) => [key, value]));
}

export function textOf(node: JsonNode | undefined): string | undefined {
  return node?.kind === 'string' ? node.value : undefined;
}

export function numberOf(node: JsonNode | undefined): number | undefined {
  return node?.kind === 'number' ? Number(node.text) : undefined;
}

export function elementsOf(node: JsonNode | undefined): readonly JsonNode[] {
  return node?.kind === 'array' ? node.elements : [];
}
