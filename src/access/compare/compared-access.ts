import type { ComparedAccess } from '../../findings/access-comparison.js';
import { placeOf, sidOf } from '../places.js';
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
    statements: statements.map((statement) => ({
      policy: statement.policy ?? null,
      sid: sidOf(statement.source),
      location: placeOf(statement),
    })),
    dependsOn: answer.kind === 'unknown' ? answer.constructs : [],
    assumed: answer.kind === 'unknown' ? [] : answer.assumes,
  };
}
