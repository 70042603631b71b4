import { STRING } from '../../../model/type.js';
import { unknownValue } from '../../../model/values.js';
import { lift } from '../terms/choice.js';
import {
  identityOfCall,
  mayBeAbsent,
  numberTerm,
  type PlainTerm,
  type SequenceTerm,
  sequenceTerm,
  type Term,
  unknownOf,
} from '../terms/term.js';
import { concatTexts } from '../terms/text.js';
import { invalidCall } from './arguments.js';
import type { IntrinsicCall, Scope } from './context.js';

/** `Fn::Length`: of a list some of whose items may not be there the bounds are known. */
export function evaluateLength(call: IntrinsicCall, scope: Scope): Term {
  if (!scope.context.hasLanguageExtensions)
    return invalidCall(call, scope, 'needs "Transform: AWS::LanguageExtensions".');
  return lift([scope.evaluate(call.argument)], scope.assumption, ([list], assumption) => {
    if (list?.kind === 'sequence') return lengthOf(list, call, scope.under(assumption));
    if (list?.kind !== 'unknown') return invalidCall(call, scope, 'takes a list.');
    const identity = identityOfCall('length', [list]);
    return unknownOf([list], { type: { kind: 'number' }, notNull: true, identity, origin: scope.origin(call.at) });
  });
}

function lengthOf(list: SequenceTerm, call: IntrinsicCall, scope: Scope): Term {
  const origin = scope.origin(call.at);
  const unsure = list.items.filter(mayBeAbsent);
  const sure = list.items.length - unsure.length;
  if (unsure.length === 0 && list.rest === undefined) return numberTerm(String(sure), origin);
  const bounds = { min: sure, max: list.rest === undefined ? list.items.length : undefined };
  const identity = identityOfCall('length', [list]);
  const unknown = unknownOf([list], { type: { kind: 'number' }, notNull: true, bounds, identity, origin });
  if (list.rest !== undefined || unsure.length > 8) return unknown;
  return lift(unsure, scope.assumption, (plain) =>
    plain.some((item) => item.kind === 'unknown' && mayBeAbsent(item))
      ? unknown
      : numberTerm(String(sure + plain.filter(({ kind }) => kind !== 'absent').length), origin),
  );
}

/** `Fn::GetAZs`: which zones an account has is not known, only that each begins with its region. */
export function evaluateGetAzs(call: IntrinsicCall, scope: Scope): Term {
  return lift([scope.evaluate(call.argument)], scope.assumption, ([region], assumption) => {
    const own = scope.under(assumption);
    const isHere = region?.kind === 'absent' || (region?.kind === 'string' && region.value === '');
    const here = own.context.parameter('AWS::Region', own);
    const of = isHere || region === undefined ? here : region;
    if (of === undefined || of.kind === 'choice') return zonesOf(undefined, call, own);
    return zonesOf(of, call, own);
  });
}

function zonesOf(region: PlainTerm | undefined, call: IntrinsicCall, scope: Scope): Term {
  const subject = 'Fn::GetAZs';
  const zone = unknownValue('data-source', { subject, type: STRING, notNull: true });
  const element = region === undefined ? zone : concatTexts([region, zone], undefined);
  const identity = region === undefined ? undefined : identityOfCall('zones', [region]);
  const rest = { reason: 'data-source', subject, element: element.kind === 'unknown' ? element : zone } as const;
  return sequenceTerm([], scope.origin(call.at), rest, identity);
}
