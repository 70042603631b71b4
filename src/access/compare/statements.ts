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
import { contentOf, type Literal, type Literals } from './literals.js';
import { textOfRest } from './open-parts.js';
import type { Asker, NamedBy } from './sides.js';

/** A statement of a policy, ready to be compared. */
export interface Compared {
  /** Equal for statements that say the same. */
  readonly key: string;
  readonly isAllow: boolean;
  readonly actions: ActionSet;
  /** What has to be met for an action that is its own; undefined where it has no resources. */
  readonly resource: Literal | undefined;
  readonly others: readonly Literal[];
  /** What stands for its actions where they are not known. */
  readonly perhapsActions: () => Literal;
  /** Undefined for what an open document may hold. */
  readonly statement: Statement | undefined;
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
  const content = () => contentOf(source);
  const resource = literals.ofResource(statement);
  const others = [...literals.ofConditions(statement), ...attachment];
  if (perhaps) others.push(literals.opaque(`statement ${content()}`, 'statement'));
  const isResourceOpaque = resource !== undefined && resource.test.kind !== 'resource';
  if (isResourceOpaque) others.push(resource);
  const actions = actionContent(statement);
  const made = (allows: boolean, further: readonly Literal[]): Compared => {
    const all = [...others, ...further];
    const ids = [...new Set(all.map(({ id }) => id))].sort((some, other) => some - other);
    return {
      key: `${allows} ${actions} ${resource?.id ?? ''} ${ids.join()}`,
      isAllow: allows,
      actions: toActionSet(statement),
      resource: isResourceOpaque ? undefined : resource,
      others: all,
      perhapsActions: () => literals.opaque(`actions ${actions}`, 'action'),
      statement,
    };
  };
  if (isAllow !== undefined) return [made(isAllow, [])];
  const effect = (name: string) => literals.opaque(`effect ${content()} ${name}`, 'effect');
  return [made(true, [effect('Allow')]), made(false, [effect('Deny')])];
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
      key: `${isAllow} open ${content}`,
      isAllow,
      actions: EVERY_ACTION,
      resource: undefined,
      others: [perhaps, ...attachment],
      perhapsActions: () => perhaps,
      statement: undefined,
    };
  });
}

const EVERY_ACTION: ActionSet = { ofService: () => YES, ofName: () => YES };

/** An Allow of everything: of a limit that is not there any more. */
export const EVERYTHING_ALLOWED: Compared = {
  key: 'everything',
  isAllow: true,
  actions: EVERY_ACTION,
  resource: undefined,
  others: [],
  perhapsActions: () => {
    throw new Error('its actions are known');
  },
  statement: undefined,
};
