import type { ComparedAccess } from '../../findings/access-comparison.js';
import { locationOf, sidOf } from '../places.js';
import type { CompareAnswer } from './answer.js';

/** An answer for reports. */
export function toCompared(
  kind: ComparedAccess['kind'],
  subject: string,
  answer: CompareAnswer,
  principal: string | null = null,
): ComparedAccess {
  const statements = answer.kind === 'yes' ? answer.statements : [];
  return {
    kind,
    subject,
    outcome: answer.kind,
    witness: answer.kind === 'yes' ? { principal, ...answer.witness } : null,
    statements: statements.map(({ policy, source }) => ({
      policy: policy ?? null,
      sid: sidOf(source),
      location: locationOf(source),
    })),
    dependsOn: answer.kind === 'unknown' ? answer.constructs : [],
    assumed: answer.kind === 'unknown' ? [] : answer.assumes,
  };
}
