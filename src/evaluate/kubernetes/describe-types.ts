import { BOOL, DYNAMIC, listOf, mapOf, NUMBER, STRING, type Type } from '../../model/type.js';
import type { KubernetesType } from '../../schemas/kubernetes-schema.js';
import type { DataNode } from '../../syntax/data/ast.js';

export const OBJECT_TYPE: Type = { kind: 'object', attributes: new Map() };
export const LIST_TYPE = listOf(DYNAMIC);
export const MAP_TYPE = mapOf(DYNAMIC);

/** The type of a value that is not known, by what its field takes. */
export function typeOf(type: KubernetesType): Type {
  switch (type.kind) {
    case 'string':
    case 'bytes':
    case 'time':
    case 'quantity':
      return STRING;
    case 'bool':
      return BOOL;
    case 'int32':
    case 'int64':
    case 'double':
      return NUMBER;
    case 'object':
      return OBJECT_TYPE;
    case 'map':
      return MAP_TYPE;
    case 'list':
      return LIST_TYPE;
    default:
      return DYNAMIC;
  }
}

/** What a field takes, in a sentence. */
export function describeType(type: KubernetesType): string {
  switch (type.kind) {
    case 'bool':
      return 'true or false';
    case 'int32':
      return 'a whole number of 32 bits';
    case 'int64':
      return 'a whole number of 64 bits';
    case 'double':
      return 'a number';
    case 'bytes':
      return 'a text in base64';
    case 'quantity':
      return 'an amount such as 500m or 1Gi';
    case 'int-or-string':
      return 'a whole number or a text';
    case 'list':
      return 'a list';
    case 'object':
    case 'map':
      return 'a mapping';
    default:
      return 'a text';
  }
}

/** What is written instead, in a sentence. */
export function describeNode(node: DataNode): string {
  switch (node.kind) {
    case 'string':
      return 'this text';
    case 'number':
      return `the number ${node.spelling}`;
    case 'bool':
      return `the boolean ${node.spelling}`;
    case 'null':
      return 'null';
    case 'sequence':
      return 'a list';
    default:
      return 'a mapping';
  }
}
