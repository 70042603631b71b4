import type { UnknownValue } from '../../../model/value.js';
import type { DataNode } from '../../../syntax/data/ast.js';
import { invalidExpression, type PlainTerm, textOf } from '../terms/term.js';
import type { IntrinsicCall, Scope } from './context.js';
import { sequenceOf } from './nodes.js';

/** What a call gives whose arguments CloudFormation refuses. */
export function invalidCall(call: IntrinsicCall, scope: Scope, problem: string): UnknownValue {
  scope.report('cfn-invalid-intrinsic', `"${call.name}" ${problem}`, call.at);
  return invalidExpression(scope.origin(call.at), call.name);
}

/** The written arguments of a function that takes a list of so many; undefined where it has another form. */
export function argumentList(call: IntrinsicCall, least: number, most = least): readonly DataNode[] | undefined {
  const items = sequenceOf(call.argument)?.items;
  return items === undefined || items.length < least || items.length > most ? undefined : items;
}

/** The term of a node that must be a text (a name): a literal or, where that is allowed, a function. */
export function textArgument(term: PlainTerm): string | undefined {
  return term.kind === 'string' || term.kind === 'number' || term.kind === 'bool' ? textOf(term) : undefined;
}
