import { operatorOf, toDocument } from '../../iam/index.js';
import type { Value } from '../../model/value.js';
import { iamActions } from '../../schemas/iam-actions.js';
import { suggest } from '../../source/suggest.js';
import { namesOf, unknownActionsOf } from './actions.js';

/** Something wrong in a policy document, in one sentence. */
export interface DocumentProblem {
  readonly message: string;
  /** IAM would not take the document. */
  readonly isFatal: boolean;
}

/** What of a document IAM would not take, or would take without effect. */
export function problemsOf(document: Value): DocumentProblem[] {
  const { statements } = toDocument(document);
  const problems: DocumentProblem[] = [];
  for (const [index, { source, conditions }] of statements.entries()) {
    const effect = source.kind === 'object' ? source.entries.get('effect') : undefined;
    const number = `Statement ${index + 1}`;
    if (source.kind !== 'object') problems.push({ message: `${number} is no object.`, isFatal: true });
    else if (effect === undefined) problems.push({ message: `${number} has no Effect.`, isFatal: true });
    else if (effect.kind === 'string' && effect.value !== 'Allow' && effect.value !== 'Deny')
      problems.push({
        message: `${number} has the Effect "${effect.value}", which is neither Allow nor Deny.`,
        isFatal: true,
      });
    for (const { condition } of conditions) {
      const { operator } = condition;
      if (operator === undefined || operator.base === 'null' || operatorOf(operator.base) !== undefined) continue;
      problems.push({
        message: `${number} has the operator "${operator.name}", which IAM does not know.`,
        isFatal: false,
      });
    }
  }
  const { names, patterns } = unknownActionsOf(statements);
  for (const name of names) {
    const colon = name.indexOf(':');
    const service = name.slice(0, colon);
    const known = namesOf(service);
    const hint =
      known.length > 0
        ? suggest(
            name,
            known.map((one) => writtenName(service, one)),
          )
        : suggest(service, iamActions().services);
    problems.push({
      message: `The action "${name}" does not exist, by the catalogue of actions.${hint}`,
      isFatal: false,
    });
  }
  for (const pattern of patterns)
    problems.push({ message: `No action matches "${pattern}", by the catalogue of actions.`, isFatal: false });
  return problems;
}

function writtenName(service: string, name: string): string {
  return iamActions().actionsOf(service)?.get(name)?.name ?? `${service}:${name}`;
}
