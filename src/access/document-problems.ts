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
  const wrong = wrongDocument(document);
  if (wrong !== undefined) yield { message: `The policy ${wrong}`, isFatal: true, source: document };
  for (const [index, statement] of toDocument(document).statements.entries()) {
    const number = `Statement ${index + 1}`;
    const { source, conditions } = statement;
    for (const what of wrongStatement(statement)) yield { message: `${number} ${what}`, isFatal: true, source };
    for (const { condition } of conditions) {
      const { operator } = condition;
      if (operator === undefined || operator.base === 'null' || operatorOf(operator.base) !== undefined) continue;
      const message = `${number} has the operator "${operator.name}", which IAM does not know.`;
      yield { message, isFatal: false, source: condition.source };
    }
  }
}

function wrongDocument(document: Value): string | undefined {
  if (document.kind === 'unknown') {
    const isRead = document.reason !== 'invalid-value' || document.alternatives !== undefined;
    return isRead ? undefined : 'cannot be read: it is no JSON object.';
  }
  if (document.kind !== 'object' || document.rest !== undefined) return undefined;
  const version = document.entries.get('version');
  if (version?.kind === 'string' && !VERSIONS.has(version.value))
    return `has the Version "${version.value}", which IAM does not know: 2012-10-17, or 2008-10-17.`;
  return document.entries.has('statement') ? undefined : 'has no Statement.';
}

const VERSIONS: ReadonlySet<string> = new Set(['2012-10-17', '2008-10-17']);

/** IAM User Guide, "Grammar of the IAM JSON policy language". */
function* wrongStatement({ source, actions, notActions, resources, notResources }: Statement): Iterable<string> {
  const effect = wrongEffect(source);
  if (effect !== undefined) yield effect;
  if (source.kind !== 'object') return;
  for (const name of source.entries.keys())
    if (!ELEMENTS.has(name))
      yield `has "${name}", which is no element of a statement.${suggest(name, WRITTEN_ELEMENTS)}`;
  if (source.rest !== undefined) return;
  if (actions !== undefined && notActions !== undefined) yield 'has both Action and NotAction.';
  if (actions === undefined && notActions === undefined) yield 'has neither Action nor NotAction.';
  const hasPrincipal = source.entries.has('principals') || source.entries.has('not_principals');
  if (resources !== undefined && notResources !== undefined) yield 'has both Resource and NotResource.';
  if (resources === undefined && notResources === undefined && !hasPrincipal)
    yield 'has neither Resource nor NotResource.';
  if ([actions, notActions].some(hasOther)) yield 'has an action that is no text.';
  if ([resources, notResources].some(hasOther)) yield 'has a resource that is no text.';
  for (const { value } of [resources, notResources].flatMap((texts) => texts?.elements ?? []))
    if (value.kind === 'string' && !/^(\*|arn:|\$\{)/.test(value.value))
      yield `has the resource "${value.value}", which is neither an ARN nor "*".`;
  if (hasBareOperator(source)) yield 'has a condition that is not of operators with keys.';
}

/** As the graph has them, and as JSON writes them. */
const ELEMENTS: ReadonlySet<string> = new Set(
  'sid effect principals not_principals actions not_actions resources not_resources condition'.split(' '),
);
const WRITTEN_ELEMENTS = 'Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition'.split(' ');

function hasOther(texts: Statement['actions']): boolean {
  return texts?.elements.some(({ value }) => value.kind === 'list' || value.kind === 'object') === true;
}

function hasBareOperator({ entries }: Value & { readonly kind: 'object' }): boolean {
  const condition = entries.get('condition');
  if (condition === undefined || condition.kind === 'unknown' || condition.kind === 'null') return false;
  return condition.kind !== 'list' || condition.rest?.reason === 'invalid-value';
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
