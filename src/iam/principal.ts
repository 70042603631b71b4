import type { Value } from '../model/value.js';
import { type Answer, all, any, type Cause, negate, open } from './answer.js';
import { divideTexts } from './compiled-texts.js';
import { knownText } from './matcher.js';
import { equals, matches } from './pattern.js';
import { elementsOf, fieldOf } from './statement.js';
import { ANY, plainText, type Text, type Token, textOf, withoutWildcards } from './text.js';
import { someText, type Texts, toTexts } from './texts.js';

/** Who makes a request. Texts hold unknown parts where a name or an account is not known. */
export type Caller =
  | {
      readonly kind: 'user' | 'root';
      readonly arn: Text;
      readonly account: Text;
      readonly uniqueId?: string | undefined;
      readonly canonicalId?: string | undefined;
    }
  | {
      readonly kind: 'role-session';
      /** `arn:aws:sts::…:assumed-role/ROLE/SESSION` */
      readonly arn: Text;
      readonly roleArn: Text;
      readonly account: Text;
      readonly uniqueId?: string | undefined;
      readonly canonicalId?: string | undefined;
      readonly isServiceLinked: boolean;
    }
  | {
      /** Of `GetFederationToken`. */
      readonly kind: 'federated-user';
      readonly arn: Text;
      readonly userArn: Text;
      readonly account: Text;
      readonly uniqueId?: string | undefined;
      readonly canonicalId?: string | undefined;
    }
  | { readonly kind: 'service'; readonly service: Text }
  | { readonly kind: 'web-identity' | 'saml'; readonly provider: Text }
  | { readonly kind: 'anonymous' };

/** By what a statement names a caller. What each is worth differs: see `decide` of `access`. */
export interface Naming {
  /** Itself: the user, the session, the service, everyone. */
  readonly direct: Answer;
  /** The role of a session, the user of a federated session. */
  readonly role: Answer;
  /** The account. */
  readonly account: Answer;
}

export const NOBODY: Naming = { direct: false, role: false, account: false };

/** Principals as a statement writes them. */
export interface Principals {
  readonly groups: readonly {
    /** Undefined where it is not known: `AWS`, `Service`, `Federated`, `CanonicalUser`, `*`. */
    readonly type: string | undefined;
    readonly identifiers: Texts;
    readonly perhaps: boolean;
  }[];
  readonly isOpen: boolean;
  readonly cause: Cause;
}

/** The principals of a statement's field; undefined where it has none. */
export function toPrincipals(statement: Value, field: 'principals' | 'not_principals'): Principals | undefined {
  const value = fieldOf(statement, field);
  if (value === undefined || (value.kind === 'list' && value.elements.length === 0 && value.rest === undefined))
    return undefined;
  const { elements, isOpen } = elementsOf(value);
  return {
    groups: elements.map(({ value: group, existence }) => {
      const type = fieldOf(group, 'type');
      return {
        type: type?.kind === 'string' ? type.value : undefined,
        identifiers: toTexts(fieldOf(group, 'identifiers'), false),
        perhaps: existence !== 'once',
      };
    }),
    isOpen,
    cause: { kind: 'construct', name: 'principal' },
  };
}

/**
 * By what the principals name a caller. IAM User Guide, "IAM JSON policy elements: Principal": a wildcard inside an ARN
 * matches nobody, names are case-sensitive, groups are never principals, an account and its root's ARN are the same.
 */
export function namingOf({ groups, isOpen, cause }: Principals, caller: Caller, isSts: boolean): Naming {
  const found = groups.map(({ type, identifiers, perhaps }): Naming => {
    const naming = type === undefined ? undefined : namingBy(type, identifiers, caller, isSts);
    if (naming !== undefined && !perhaps) return naming;
    return openWhereTrue(naming ?? { direct: true, role: true, account: true }, cause);
  });
  if (isOpen) found.push(openWhereTrue({ direct: true, role: true, account: true }, cause));
  const joined = (rank: keyof Naming) => any(found.map((naming) => naming[rank]));
  return { direct: joined('direct'), role: joined('role'), account: joined('account') };
}

function openWhereTrue(naming: Naming, cause: Cause): Naming {
  const weaker = (answer: Answer) => (answer === true ? open(cause) : answer);
  return { direct: weaker(naming.direct), role: weaker(naming.role), account: weaker(naming.account) };
}

function namingBy(type: string, identifiers: Texts, caller: Caller, isSts: boolean): Naming {
  const some = (test: (identifier: Text) => Answer) => someText(identifiers, () => undefined, test);
  const isEveryone = (identifier: Text): Answer =>
    identifier.length === 1 && identifier[0] === ANY ? true : isStarPerhaps(identifier);
  switch (type) {
    case '*':
      return { ...NOBODY, direct: some(isEveryone) };
    case 'AWS': {
      const known = knownIdentifiers(identifiers);
      const naming = known === undefined ? undefined : namingByKnown(known, caller);
      if (naming !== undefined) return naming;
      return {
        direct: any([some(isEveryone), ...selfTexts(caller).map((self) => some((text) => isSame(text, self)))]),
        role: any(behindTexts(caller).map((self) => some((text) => isSame(text, self)))),
        account: 'account' in caller ? some((text) => isAccount(text, caller.account)) : false,
      };
    }
    case 'Service':
      return { ...NOBODY, direct: caller.kind === 'service' && some((text) => isSame(text, caller.service)) };
    case 'Federated': {
      // It names sessions only where they are made.
      const isFederated = caller.kind === 'web-identity' || caller.kind === 'saml';
      return { ...NOBODY, direct: isFederated && isSts && some((text) => isSame(text, caller.provider)) };
    }
    case 'CanonicalUser':
      return { ...NOBODY, account: 'account' in caller ? some((text) => isCanonical(text, caller)) : false };
    default:
      return openWhereTrue(
        { direct: true, role: true, account: true },
        { kind: 'construct', name: `principal:${type}` },
      );
  }
}

/** Identifiers all of which are known, wildcards as the characters that they are. */
interface KnownIdentifiers {
  readonly names: ReadonlySet<string>;
  readonly hasStar: boolean;
}

const knownLists = new WeakMap<Texts, { readonly known: KnownIdentifiers | undefined }>();

function knownIdentifiers(texts: Texts): KnownIdentifiers | undefined {
  let made = knownLists.get(texts);
  if (made === undefined) {
    const { known, others } = divideTexts(texts, withoutWildcards);
    const names = new Set(known.map((text) => knownText(text) ?? ''));
    made = { known: others === undefined ? { names, hasStar: names.has('*') } : undefined };
    knownLists.set(texts, made);
  }
  return made.known;
}

/** As below, where all is known: undefined where something of the caller is not. */
function namingByKnown({ names, hasStar }: KnownIdentifiers, caller: Caller): Naming | undefined {
  const selves = selfTexts(caller).map(knownText);
  const behind = behindTexts(caller).map(knownText);
  const account = 'account' in caller ? knownText(caller.account) : '';
  if (account === undefined || selves.includes(undefined) || behind.includes(undefined)) return undefined;
  const isNamed = (name: string | undefined) => name !== undefined && names.has(name);
  return {
    direct: hasStar || selves.some(isNamed),
    role: behind.some(isNamed),
    account: 'account' in caller && namesAccount(names, account),
  };
}

function namesAccount(names: ReadonlySet<string>, account: string): boolean {
  if (names.has(account)) return true;
  const end = `:iam::${account}:root`;
  for (const name of names)
    if (name.endsWith(end) && name.startsWith('arn:') && name.length >= end.length + 4) return true;
  return false;
}

/** A text that is wholly unknown may be `*`, but not where it is what a resource is named by. */
function isStarPerhaps(identifier: Text): Answer {
  const [first, ...others] = identifier;
  if (typeof first !== 'object' || others.length > 0 || first.isName) return false;
  const value = first.cause.kind === 'value' ? first.cause.value : undefined;
  return (value?.refersTo?.length ?? 0) > 0 ? false : open(first.cause);
}

/** By what a caller is named itself. */
function selfTexts(caller: Caller): Text[] {
  switch (caller.kind) {
    case 'user':
    case 'root':
      return [caller.arn, ...(caller.uniqueId === undefined ? [] : [textOf(caller.uniqueId)])];
    case 'role-session':
    case 'federated-user':
      return [caller.arn];
    default:
      return [];
  }
}

/** By what the role or user behind a session is named. */
function behindTexts(caller: Caller): Text[] {
  if (caller.kind !== 'role-session' && caller.kind !== 'federated-user') return [];
  const arn = caller.kind === 'role-session' ? caller.roleArn : caller.userArn;
  return [arn, ...(caller.uniqueId === undefined ? [] : [textOf(caller.uniqueId)])];
}

/** A wildcard in a principal is a character, which no name holds. */
function isSame(identifier: Text, self: Text): Answer {
  return equals(withoutWildcards(identifier), self);
}

const ROOT_ARN = [...textOf('arn:'), ANY, ...textOf(':iam::')] as readonly Token[];

function isAccount(identifier: Text, account: Text): Answer {
  const text = withoutWildcards(identifier);
  return any([equals(text, account), matches([...ROOT_ARN, ...account, ...textOf(':root')], text)]);
}

function isCanonical(identifier: Text, caller: { readonly canonicalId?: string | undefined }): Answer {
  if (caller.canonicalId === undefined) return open({ kind: 'construct', name: 'canonical-user' });
  return isSame(identifier, textOf(caller.canonicalId));
}

const PARTLY_LISTED: Answer = open({ kind: 'construct', name: 'notprincipal' });

/**
 * Whether a Deny with `NotPrincipal` denies a caller. IAM User Guide, "IAM JSON policy elements: NotPrincipal": whoever
 * has a permissions boundary is denied always; a user has to be listed with its account, a session with its role and
 * account too. What happens when only some of them are listed the page leaves open.
 */
export function isDeniedByExclusion(listed: Principals, caller: Caller, hasBoundary: Answer, isSts: boolean): Answer {
  const { direct, role, account } = namingOf(listed, caller, isSts);
  switch (caller.kind) {
    case 'anonymous':
    case 'service':
    case 'web-identity':
    case 'saml':
      return negate(direct);
    case 'root':
      return negate(any([direct, account]));
    default: {
      if (hasBoundary !== false) return hasBoundary;
      const needed = caller.kind === 'user' ? [direct, account] : [direct, role, account];
      const isExempt = all(needed);
      if (isExempt === true) return false;
      // Nobody is exempt by the account alone.
      const isNamed = caller.kind === 'user' ? direct : any([direct, role]);
      return isNamed === false
        ? true
        : isNamed === true && isExempt === false
          ? PARTLY_LISTED
          : openOf(isNamed, isExempt);
    }
  }
}

function openOf(...answers: readonly Answer[]): Answer {
  return open(...answers.flatMap((answer) => (typeof answer === 'boolean' ? [] : answer.causes)));
}

/** Whether an Allow with `NotPrincipal` is for a caller: for everyone who is not listed, anonymous callers too. */
export function isAllowedByExclusion(listed: Principals, caller: Caller, isSts: boolean): Answer {
  const { direct, role, account } = namingOf(listed, caller, isSts);
  const isListed = any([direct, role]);
  if (!('account' in caller)) return negate(isListed);
  if (isListed === false && account === false) return true;
  if (isListed === true && account === true) return false;
  const causes = openOf(isListed, account);
  return typeof causes === 'object' && causes.causes.length > 0 ? causes : PARTLY_LISTED;
}

/**
 * The principals that a statement names, as far as they are known: ARNs, accounts as their roots, services; `anonymous` and
 * `any-account` for everyone.
 */
export function principalNames({
  principals,
  notPrincipals,
}: {
  readonly principals: Principals | undefined;
  readonly notPrincipals: Principals | undefined;
}): string[] {
  const names = (principals?.groups ?? []).flatMap(({ identifiers }) =>
    identifiers.elements.flatMap(({ options }) =>
      options.flatMap((template) => {
        const name = template === undefined ? undefined : plainText(template.tokens as Text);
        if (name === undefined) return [];
        if (name === '*') return EVERYONE;
        return [/^\d{12}$/.test(name) ? `arn:aws:iam::${name}:root` : name];
      }),
    ),
  );
  // Everybody else is anybody.
  return notPrincipals === undefined ? names : [...names, ...EVERYONE];
}

const EVERYONE: readonly string[] = ['anonymous', 'any-account'];
