import { DYNAMIC } from './model/type.js';
import type { ListValue, Value } from './model/value.js';
import { boolValue, listValue, nullValue, numberValue, objectValue, originAt, stringValue } from './model/values.js';
import type { SourceFile } from './source/source-file.js';
import type { JsonNode } from './syntax/json/ast.js';

/** The value of a JSON text, every part with its place. Of equal keys the last one counts. */
export function toValueOfJson(node: JsonNode, file: SourceFile): Value {
  const origin = originAt({ file, start: node.start, end: node.end }, 'written');
  switch (node.kind) {
    case 'string':
      return stringValue(node.value, origin);
    case 'number':
      return numberValue(Number(node.text), origin);
    case 'bool':
      return boolValue(node.value, origin);
    case 'null':
      return nullValue(undefined, origin);
    case 'array':
      return listOf(
        node.elements.map((element) => toValueOfJson(element, file)),
        origin,
      );
    case 'object': {
      const entries = node.members.map(({ key, value }) => [key, toValueOfJson(value, file)] as const);
      return objectValue({ kind: 'object', attributes: new Map() }, new Map(entries), origin);
    }
  }
}

function listOf(elements: readonly Value[], origin: Value['origin']): ListValue {
  return listValue({ kind: 'list', element: DYNAMIC }, elements, origin);
}
