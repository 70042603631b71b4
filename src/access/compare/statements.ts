import {
  ABSENT,
  type Answer,
  allowNaming,
  any,
  isDenyFor,
  type Naming,
  nameOf,
  type Request,
  type Statement,
  textOf,
  toDocument,
} from '../../iam/index.js';
import type { Value } from '../../model/value.js';
import type { PolicyInForce } from '../request.js';
import { type ActionSet, toActionSet, YES } from './actions.js';
import { contentOf, type Literal, type Literals, lengthOf } from './literals.js';
import { once } from './once.js';
import { textOfRest } from './open-parts.js';
import type { Asker, NamedBy } from './sides.js';

/** A statement of a policy, ready to be compared. */
export interface Compared {
  /** Equal for statements that are written alike. */
  readonly written: string;
  /** Equal for those of one effect that name their actions alike. */
  readonly about: () => string;
  readonly isAllow: boolean;
  readonly actions: ActionSet;
  /** Worked out when it is asked for: most statements are on both sides and about other actions. */
  readonly demands: () => Demands;
  /** What stands for its actions where they are not known. */
  readonly perhapsActions: () => Literal;
  /** Undefined for what an open document may hold. */
  readonly statement: Statement | undefined;
}

/** What has to be met that a statement applies to an action that is its own. */
export interface Demands {
  /** Undefined where it has no resources. */
  readonly resource: Literal | undefined;
  readonly others: readonly Literal[];
}

/** Those of the statements that no known one says the same as. */
export function newAmong(statements: readonly Compared[], known: readonly Compared[]): Compared[] {
  const written = new Set(known.map((one) => one.written));
  const changed = statements.filter((one) => !written.has(one.written));
  return changed.filter(
    (one) => !known.some((other) => other.about() === one.about() && isSame(other.demands(), one.demands())),
  );
}

function isSame(some: Demands, other: Demands): boolean {
  const ids = ({ others }: Demands) => [...new Set(others.map(({ id }) => id))].sort((one, two) => one - two).join();
  return some.resource === other.resource && ids(some) === ids(other);
}

/** Whether a caller is named by that, or more directly. */
export function answerBy({ direct, role, account }: Naming, by: NamedBy): Answer {
  if (by === 'direct') return direct;
  return by === 'role' ? any([direct, role]) : any([direct, role, account]);
}

/** The statements of policies: of an unknown effect as both, and those that may be there beside them. */
export function toCompared(
  policies: readonly PolicyInForce[],
  literals: Literals,
  asker: Asker | undefined,
): Compared[] {
  return policies.flatMap((policy) => {
    const { statements, isOpen, source } = toDocument(policy.document);
    const attachment = policy.perhaps === undefined ? [] : [literals.opaque(attachmentOf(policy), nameOfCause(policy))];
    const compared = statements.flatMap((statement) => {
      const named = asker === undefined ? [] : namedBy(statement, asker, literals);
      return named === undefined ? [] : ofStatement(statement, [...attachment, ...named], literals);
    });
    if (!isOpen) return compared;
    const name = policy.name ?? 'a policy';
    return [...compared, ...ofOpen(openContentOf(source), name, attachment, literals)];
  });
}

/** What has to be met that a statement of a resource's policy is for the caller; undefined where it is not. */
function namedBy(statement: Statement, { caller, by }: Asker, literals: Literals): Literal[] | undefined {
  const isFor = isForCaller(statement, { ...ANY_REQUEST, caller }, by);
  if (typeof isFor === 'boolean') return isFor ? [] : undefined;
  const principals = statement.source.kind === 'object' ? statement.source.entries : new Map<string, Value>();
  const content = `${contentOf(principals.get('principals'))} ${contentOf(principals.get('not_principals'))}`;
  return [literals.opaque(`principal ${content}`, nameOf(isFor.causes[0] ?? { kind: 'construct', name: 'principal' }))];
}

/** Whether a statement of a resource's policy is for the caller of a request, by whatever it names. */
export function isForCaller(statement: Statement, request: Request, by: NamedBy): Answer {
  return statement.isAllow === false ? isDenyFor(statement, request) : answerBy(allowNaming(statement, request), by);
}

/** Only names of principals are looked at; those of web identities count where roles are assumed. */
const ANY_REQUEST: Omit<Request, 'caller'> = {
  hasBoundary: false,
  action: textOf('sts:assumerole'),
  resource: textOf('*'),
  context: () => ABSENT,
};

function attachmentOf({ name, document }: PolicyInForce): string {
  return `attachment ${name ?? contentOf(document)}`;
}

function nameOfCause({ perhaps, name }: PolicyInForce): string {
  return perhaps !== undefined && perhaps.kind !== 'value' ? perhaps.name : `attachment of ${name ?? 'a policy'}`;
}

function ofStatement(statement: Statement, attachment: readonly Literal[], literals: Literals): Compared[] {
  const { source, isAllow, perhaps } = statement;
  const content = contentOf(source);
  const actions = once(() => actionContent(statement));
  const made = (allows: boolean, further: readonly Literal[]): Compared => {
    const doubts = [...attachment, ...further];
    return {
      written: `${allows} ${perhaps} ${doubts.map(({ id }) => id).join()} ${variableLengths(statement, content)} ${content}`,
      about: () => `${allows} ${actions()}`,
      isAllow: allows,
      actions: toActionSet(statement),
      demands: once(() => demandsOf(statement, doubts, literals)),
      perhapsActions: () => literals.opaque(`actions ${actions()}`, 'action'),
      statement,
    };
  };
  if (isAllow !== undefined) return [made(isAllow, [])];
  const effect = (name: string) => literals.opaque(`effect ${content} ${name}`, 'effect');
  return [made(true, [effect('Allow')]), made(false, [effect('Deny')])];
}

/** Tells statements with variables from ones that are written alike in a version without. */
function variableLengths({ resources, notResources, conditions }: Statement, content: string): string {
  if (!content.includes('${')) return '';
  return [resources, notResources, ...conditions.map(({ condition }) => condition.values)].map(lengthOf).join();
}

function demandsOf(statement: Statement, doubts: readonly Literal[], literals: Literals): Demands {
  const resource = literals.ofResource(statement);
  const isResourceOpaque = resource !== undefined && resource.test.kind !== 'resource';
  return {
    resource: isResourceOpaque ? undefined : resource,
    others: [
      ...literals.ofConditions(statement),
      ...doubts,
      ...(statement.perhaps ? [literals.opaque(`statement ${contentOf(statement.source)}`, 'statement')] : []),
      ...(isResourceOpaque ? [resource] : []),
    ],
  };
}

function actionContent({ source }: Statement): string {
  const entries = source.kind === 'object' ? source.entries : undefined;
  if (entries === undefined) return contentOf(source);
  return `${contentOf(entries.get('actions'))} ${contentOf(entries.get('not_actions'))}`.toLowerCase();
}

/** What the part of a document that is not known is: the statements that follow known ones, or the whole. */
function openContentOf(document: Value): string {
  if (document.kind !== 'object' || document.rest !== undefined) return contentOf(document);
  const [list, version] = ['statement', 'version'].map((name) => document.entries.get(name));
  if (list?.kind !== 'list' || list.rest === undefined || version?.kind === 'unknown') return contentOf(document);
  return `${contentOf(version)} ${textOfRest(list, list.rest)}`;
}

/** What a document whose statements are not all known may allow and deny besides. */
function ofOpen(
  content: string,
  name: string,
  attachment: readonly Literal[],
  literals: Literals,
): readonly Compared[] {
  return [true, false].map((isAllow): Compared => {
    const perhaps = literals.opaque(`document ${isAllow} ${content}`, `statements of ${name}`);
    return {
      written: `${isAllow} open ${attachment.map(({ id }) => id).join()} ${content}`,
      about: () => `${isAllow} open ${content}`,
      isAllow,
      actions: EVERY_ACTION,
      demands: () => ({ resource: undefined, others: [perhaps, ...attachment] }),
      perhapsActions: () => perhaps,
      statement: undefined,
    };
  });
}

const EVERY_ACTION: ActionSet = { ofService: () => YES, ofName: () => YES };

/** An Allow of everything: of a limit that is not there any more. */
export const EVERYTHING_ALLOWED: Compared = {
  written: 'everything',
  about: () => 'everything',
  isAllow: true,
  actions: EVERY_ACTION,
  demands: () => ({ resource: undefined, others: [] }),
  perhapsActions: () => {
    throw new Error('its actions are known');
  },
  statement: undefined,
};
