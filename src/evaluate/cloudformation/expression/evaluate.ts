import { DYNAMIC } from '../../../model/type.js';
import type { Origin } from '../../../model/value.js';
import { boolValue, nullValue, stringValue, unknownValue } from '../../../model/values.js';
import type { DataAlias, DataMapping, DataNode, DataScalar, DataSequence } from '../../../syntax/data/ast.js';
import { mappingTerm, numberTerm, type Scalar, sequenceTerm, type Term, throughStep } from '../terms/term.js';
import type { Scope } from './context.js';
import { INTRINSICS } from './intrinsics.js';
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
      return evaluateScalar(node, originOfNode(node, scope));
  }
}

function evaluateAlias(alias: DataAlias, scope: Scope): Term {
  const own = scope.origin(alias, 'alias', alias.name);
  return throughStep(scope.evaluate(alias.target), own);
}

function originOfNode(node: DataNode, scope: Scope): Origin {
  return scope.origin(node, 'written', undefined, scope.context.loopOrigin(node));
}

function evaluateScalar(node: DataScalar, origin: Origin): Scalar {
  switch (node.kind) {
    case 'string':
      return stringValue(node.value, origin);
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
  let isOpen: 'unsupported-intrinsic' | 'invalid-expression' | undefined;
  for (const { key, value, mergedAt, keyStart, keyEnd } of node.entries.values()) {
    if (isIntrinsicName(key)) {
      isOpen = key === 'Fn::Transform' ? 'unsupported-intrinsic' : 'invalid-expression';
      if (isOpen === 'invalid-expression')
        scope.report('cfn-invalid-intrinsic', `"${key}" stands beside other keys, where it is no function.`, {
          start: keyStart,
          end: keyEnd,
        });
      continue;
    }
    const term = scope.evaluate(value);
    if (term.kind === 'absent') continue;
    entries.set(key, mergedAt === undefined ? term : throughStep(term, scope.origin(mergedAt, 'alias')));
  }
  return mappingTerm(entries, scope.origin(node), isOpen && { reason: isOpen, subject: 'Fn::Transform' });
}
