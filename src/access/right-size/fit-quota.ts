import { iamActions } from '../../schemas/iam-actions.js';
import type { NarrowedStatement, StatementPart } from './narrow-statement.js';
import type { SourceStatement } from './source-statement.js';

/**
 * How large policies may be, in characters without white space: a managed policy; the inline policies of one owner together.
 * IAM User Guide, "IAM and AWS STS quotas".
 */
export const QUOTAS = { managed: 6_144, role: 10_240, group: 5_120, user: 2_048 } as const;

/** How many managed policies a user, role or group may have, unless AWS was asked for more. Ibid. */
export const MOST_MANAGED = 10;

/** What is done for want of room, each beside those before it. */
export const ROOM_STEPS = ['none', 'merge', 'verbs', 'containers', 'split'] as const;
export type RoomStep = (typeof ROOM_STEPS)[number];

export function isAtLeast(step: RoomStep, least: RoomStep): boolean {
  return ROOM_STEPS.indexOf(step) >= ROOM_STEPS.indexOf(least);
}

/**
 * Actions of a part as `svc:Verb*` where the statement had a wildcard over that, and all that it stands for today is among
 * the part's actions.
 */
export function withVerbs(narrowed: NarrowedStatement): NarrowedStatement {
  if (narrowed.kind !== 'narrowed') return narrowed;
  return { ...narrowed, parts: narrowed.parts.map((part) => shorten(part, narrowed.source)) };
}

/** How many characters the actions of a statement may have, for it to be within a managed policy beside its other parts. */
const maxActionLength = 5_000;

/** Statements with more actions than a managed policy has room for, as several with some of them each. */
export function inPieces(narrowed: NarrowedStatement): NarrowedStatement {
  return narrowed.kind === 'narrowed' ? { ...narrowed, parts: narrowed.parts.flatMap(piecesOf) } : narrowed;
}

function piecesOf(part: StatementPart): StatementPart[] {
  const pieces: string[][] = [[]];
  let length = 0;
  for (const action of part.actions) {
    length += action.length + QUOTES_AND_COMMA;
    if (length > maxActionLength) {
      pieces.push([]);
      length = action.length + QUOTES_AND_COMMA;
    }
    pieces.at(-1)?.push(action);
  }
  return pieces.length === 1 ? [part] : pieces.map((actions) => ({ ...part, actions }));
}

const QUOTES_AND_COMMA = 3;

function shorten(part: StatementPart, source: SourceStatement): StatementPart {
  const actions = new Set(part.actions);
  const made: string[] = [];
  const byService = groupByService(part.actions);
  const known = new Map<string, boolean>();
  const isShort = (beginning: string): boolean => {
    const answer = known.get(beginning) ?? isShorter(beginning, part, source);
    known.set(beginning, answer);
    return answer;
  };
  for (const action of part.actions) {
    if (!actions.has(action) || action.includes('*')) continue;
    const pattern = beginningsOf(action).find(isShort);
    if (pattern === undefined) continue;
    made.push(pattern);
    actions.add(pattern);
    const start = pattern.slice(0, -1).toLowerCase();
    for (const other of byService.get(serviceIn(action)) ?? [])
      if (other.toLowerCase().startsWith(start)) actions.delete(other);
    actions.add(pattern);
  }
  return made.length === 0 ? part : { ...part, actions: [...actions].sort(), madeWildcards: made };
}

/** An administrator's policy has all actions that there are: only those of one service are looked through for a beginning. */
function groupByService(actions: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const action of actions) {
    const service = serviceIn(action);
    const group = groups.get(service);
    if (group === undefined) groups.set(service, [action]);
    else group.push(action);
  }
  return groups;
}

function serviceIn(action: string): string {
  return action.slice(0, Math.max(0, action.indexOf(':'))).toLowerCase();
}

/** `s3:*`, `s3:Get*`, `s3:GetObject*`: the service, and its verbs word by word. */
function beginningsOf(action: string): string[] {
  const [service = '', name = ''] = action.split(':');
  const words = name.match(/[A-Z]+(?![a-z])|[A-Z][a-z0-9]*|[^A-Z]+/g) ?? [];
  return [`${service}:*`, ...words.map((_, index) => `${service}:${words.slice(0, index + 1).join('')}*`)];
}

function isShorter(pattern: string, { meant }: StatementPart, source: SourceStatement): boolean {
  const start = pattern.slice(0, -1).toLowerCase();
  const isWithinOwn = source.actions.some(
    ({ text, hasWildcard, isComplement }) =>
      hasWildcard &&
      (isComplement || text === '*' || (text.endsWith('*') && start.startsWith(text.slice(0, -1).toLowerCase()))),
  );
  if (!isWithinOwn) return false;
  const [service = '', prefix = ''] = start.split(':');
  const under = [...(iamActions().actionsOf(service)?.keys() ?? [])].filter((name) => name.startsWith(prefix));
  return under.length > 1 && under.every((name) => meant.has(`${service}:${name}`));
}
