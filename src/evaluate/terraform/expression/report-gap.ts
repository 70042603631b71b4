import type { UnknownReason } from '../../../model/unknown-reason.js';
import type { UnknownValue, Value } from '../../../model/value.js';
import { isWhollyKnown } from '../../../model/values.js';
import type { DiagnosticCode } from '../../../source/diagnostic.js';
import type { CallExpression } from '../../../syntax/hcl/ast.js';
import { causeOf } from '../values/unknown.js';
import type { Evaluator } from './context.js';

/** What a function could not look at, though Terraform would. */
const GAPS: Partial<Record<UnknownReason, { readonly code: DiagnosticCode; readonly why: string }>> = {
  'file-outside-root': { code: 'file-outside-root', why: 'lies outside the project root' },
  'permission-denied': { code: 'file-unreadable', why: 'cannot be read' },
  'limit-reached': { code: 'limit-reached', why: 'holds more than Trueline reads' },
};

/**
 * The result of a call, where it is not known for a limit of Trueline's with that reason. Reports what the call could not
 * read or compare, whoever would go on without: it may be an error in Terraform, or none. Nothing where one of the arguments
 * was not known for the same reason.
 */
export function reportGap(
  result: UnknownValue,
  values: readonly Value[],
  at: CallExpression,
  evaluator: Evaluator,
): UnknownValue {
  const { reason, subject = '' } = result;
  if (reason === 'uncertain-existence' && values.every(isWhollyKnown)) {
    const { type, notNull } = result;
    return { ...evaluator.overLimit(at, `"${at.name}" compares more than Trueline allows.`), type, notNull };
  }
  const gap = GAPS[reason];
  if (gap === undefined || result.origin !== undefined || values.some((value) => causeOf(value)?.reason === reason))
    return result;
  evaluator.doubt();
  const range = { file: evaluator.context.file, start: at.start, end: at.end };
  evaluator.reportAlways({ code: gap.code, message: `"${at.name}" is not evaluated: "${subject}" ${gap.why}.`, range });
  return result;
}
