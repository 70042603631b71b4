import type { AccessProblem } from '../findings/access-problem.js';
import { operatorOf, type Statement, toDocument } from '../iam/index.js';
import type { Value } from '../model/value.js';
import { iamActions } from '../schemas/iam-actions.js';
import { suggest } from '../source/suggest.js';
import { namesOf, unknownActionsOf } from './compare/actions.js';
import { locationOf } from './places.js';
import type { PolicyInForce } from './request.js';

/** Something wrong in a policy document, in one sentence. */
export interface DocumentProblem {
  readonly message: string;
  /** IAM would not take the document. */
  readonly isFatal: boolean;
  /** What it is about. */
  readonly source: Value;
}

const documentProblems = new WeakMap<Value, readonly DocumentProblem[]>();

/** What is wrong with policies that are written in the input; of one that several have, once. */
export function problemsIn(policies: Iterable<PolicyInForce>): AccessProblem[] {
  const problems: AccessProblem[] = [];
  const seen = new Set<Value>();
  for (const { document, name, attachedBy } of policies) {
    if (attachedBy !== undefined || seen.has(document)) continue;
    seen.add(document);
    for (const { message, source } of problemsOf(document))
      problems.push({ message, policy: name ?? null, location: locationOf(source) });
  }
  return problems;
}

/** Each problem once. */
export function uniqueProblems(problems: readonly AccessProblem[]): AccessProblem[] {
  const keyOf = ({ message, policy, location }: AccessProblem) =>
    JSON.stringify([message, policy, location?.file.path, location?.start]);
  return [...new Map(problems.map((problem) => [keyOf(problem), problem])).values()];
}

/** What of a document IAM would not take, or would take without effect. */
export function problemsOf(document: Value): readonly DocumentProblem[] {
  let problems = documentProblems.get(document);
  if (problems === undefined) {
    problems = [...grammarProblems(document), ...actionProblems(document)];
    documentProblems.set(document, problems);
  }
  return problems;
}

function* grammarProblems(document: Value): Iterable<DocumentProblem> {
  if (document.kind === 'unknown' && document.reason === 'invalid-value')
    yield { message: 'The policy cannot be read: it is no JSON object.', isFatal: true, source: document };
  for (const [index, { source, conditions }] of toDocument(document).statements.entries()) {
    const number = `Statement ${index + 1}`;
    const wrong = wrongEffect(source);
    if (wrong !== undefined) yield { message: `${number} ${wrong}`, isFatal: true, source };
    for (const { condition } of conditions) {
      const { operator } = condition;
      if (operator === undefined || operator.base === 'null' || operatorOf(operator.base) !== undefined) continue;
      const message = `${number} has the operator "${operator.name}", which IAM does not know.`;
      yield { message, isFatal: false, source: condition.source };
    }
  }
}

function wrongEffect(statement: Value): string | undefined {
  if (statement.kind === 'unknown') return undefined;
  if (statement.kind !== 'object') return 'is no object.';
  const effect = statement.entries.get('effect');
  if (effect === undefined) return statement.rest === undefined ? 'has no Effect.' : undefined;
  if (effect.kind !== 'string' || effect.value === 'Allow' || effect.value === 'Deny') return undefined;
  return `has the Effect "${effect.value}", which is neither Allow nor Deny.`;
}

function* actionProblems(document: Value): Iterable<DocumentProblem> {
  const told = new Set<string>();
  for (const [index, statement] of toDocument(document).statements.entries()) {
    const { names, patterns } = unknownActionsOf([statement]);
    for (const value of writtenActions(statement)) {
      const lower = value.value.toLowerCase();
      const source = value.origin === undefined ? statement.source : value;
      if (!lower.includes(':') && !/^\*+$/.test(lower)) {
        const message = `Statement ${index + 1} has the action "${value.value}", which names no service.`;
        yield { message, isFatal: true, source };
      }
      const isName = names.includes(lower);
      if ((!isName && !patterns.includes(lower)) || told.has(lower)) continue;
      told.add(lower);
      const message = isName
        ? `The action "${value.value}" does not exist, by the catalogue of actions.${hintFor(lower)}`
        : `No action matches "${value.value}", by the catalogue of actions.`;
      yield { message, isFatal: false, source };
    }
  }
}

function writtenActions({ actions, notActions }: Statement): (Value & { readonly kind: 'string' })[] {
  const elements = [actions, notActions].flatMap((texts) => texts?.elements ?? []);
  return elements.flatMap(({ value }) => (value.kind === 'string' ? [value] : []));
}

function hintFor(name: string): string {
  const service = name.slice(0, name.indexOf(':'));
  const known = namesOf(service).map((one) => writtenName(service, one));
  return known.length > 0 ? suggest(name, known) : suggest(service, iamActions().services);
}

function writtenName(service: string, name: string): string {
  return iamActions().actionsOf(service)?.get(name)?.name ?? `${service}:${name}`;
}
