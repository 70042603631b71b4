import { DYNAMIC } from '../../../model/type.js';
import type { Rest } from '../../../model/value.js';
import { boolValue, nullValue, stringValue, unknownValue } from '../../../model/values.js';
import type {
  DataAlias,
  DataEntry,
  DataMapping,
  DataNode,
  DataScalar,
  DataSequence,
} from '../../../syntax/data/ast.js';
import { mappingTerm, numberTerm, type Scalar, sequenceTerm, type Term, throughStep } from '../terms/term.js';
import type { Scope } from './context.js';
import { INTRINSICS } from './intrinsics.js';
import { layoutOfScalar, mayBeDocument } from './layout.js';
import { intrinsicOf, isIntrinsicName } from './nodes.js';

/** What a node of a template gives. Intrinsic functions are called, "no value" is left out of lists and mappings. */
export function evaluateNode(node: DataNode, scope: Scope): Term {
  if (node.kind === 'alias') return evaluateAlias(node, scope);
  const call = intrinsicOf(node, scope.isCondition);
  if (call !== undefined) {
    const intrinsic = INTRINSICS.get(call.name);
    if (intrinsic !== undefined) return intrinsic(call, scope);
    scope.report('cfn-invalid-intrinsic', `"${call.name}" is no intrinsic function that Trueline knows.`, call.at);
    return unknownValue('unsupported-intrinsic', { subject: call.name, origin: scope.origin(node) });
  }
  switch (node.kind) {
    case 'mapping':
      return evaluateMapping(node, scope);
    case 'sequence':
      return evaluateSequence(node, scope);
    case 'invalid':
      return unknownValue(node.reason, { origin: scope.origin(node) });
    default:
      return evaluateScalar(node, scope);
  }
}

function evaluateAlias(alias: DataAlias, scope: Scope): Term {
  const own = scope.origin(alias, 'alias', alias.name);
  return throughStep(scope.evaluate(alias.target), own);
}

function evaluateScalar(node: DataScalar, scope: Scope): Scalar {
  const origin = scope.origin(node, 'written', undefined, scope.context.loopOrigin(node));
  switch (node.kind) {
    case 'string': {
      const text = stringValue(node.value, origin);
      return mayBeDocument(node.value) ? { ...text, layout: layoutOfScalar(scope.context.stream, node) } : text;
    }
    case 'number':
      return numberTerm(node.text, origin);
    case 'bool':
      return boolValue(node.value, origin);
    case 'null':
      return nullValue(DYNAMIC, origin);
  }
}

function evaluateSequence(node: DataSequence, scope: Scope): Term {
  const items: Term[] = [];
  for (const item of node.items) {
    const term = scope.evaluate(item);
    if (term.kind !== 'absent') items.push(term);
  }
  return sequenceTerm(items, scope.origin(node));
}

function evaluateMapping(node: DataMapping, scope: Scope): Term {
  const entries = new Map<string, Term>();
  for (const entry of node.entries.values()) {
    if (isIntrinsicName(entry.key)) continue;
    const term = evaluateEntry(entry, scope);
    if (term.kind !== 'absent') entries.set(entry.key, term);
  }
  return mappingTerm(entries, scope.origin(node), opennessOf(node, scope));
}

/** The value of an entry; where a merge key brought it there, by way of that. */
export function evaluateEntry({ value, mergedAt }: DataEntry, scope: Scope): Term {
  const term = scope.evaluate(value);
  return mergedAt === undefined ? term : throughStep(term, scope.origin(mergedAt, 'alias'));
}

/** Why a mapping may have more entries than are written: a function stands beside other keys. */
export function opennessOf(node: DataMapping, scope: Scope): Rest | undefined {
  for (const { key, keyStart, keyEnd } of node.entries.values()) {
    if (!isIntrinsicName(key)) continue;
    if (key === 'Fn::Transform' || key.startsWith('Fn::ForEach::'))
      return { reason: 'unsupported-intrinsic', subject: key };
    const at = { start: keyStart, end: keyEnd };
    scope.report('cfn-invalid-intrinsic', `"${key}" stands beside other keys, where it is no function.`, at);
    return { reason: 'invalid-expression', subject: key };
  }
  return undefined;
}
