import { covers, matchesResource, overlaps, type Text, toTemplate } from '../../iam/index.js';
import { stringValue } from '../../model/values.js';
import type { IamAction } from '../../schemas/iam-action-table.js';
import { type ArnForm, formOf, isAboutOne } from './arn-forms.js';
import type { Call } from './calls.js';
import { ownPattern, type ResourcePattern } from './source-statement.js';
import { containerOf, textOfResource } from './unshown-calls.js';

/** Of how many things within one a policy names all of them: objects of a bucket, indexes of a table. */
const manyLeaves = 5;
/** Of more things than these whose names begin alike the policy names the beginning. */
const maxSiblings = 20;
/** From this many regions on it is all of them. */
const manyRegions = 5;

/** The resources that a statement names. */
export interface StatedResources {
  readonly resources: readonly ResourcePattern[];
}

/** The resources on which an action is to be allowed. */
export interface NarrowedResources {
  /** Each as its policy writes it. Those that the statement has already are the statement's own. */
  readonly patterns: readonly string[];
  /** Why they are those of the statement, in one sentence; undefined where they are the observed ones. */
  readonly keptFor: string | undefined;
}

/**
 * The smallest readable patterns that hold the resources of an action's calls, each within one of the statement's own.
 * `isWide`: of everything that is within something all of it, whatever was seen.
 */
export function narrowResources(
  action: IamAction | undefined,
  calls: readonly Call[],
  { resources }: StatedResources,
  isWide: boolean,
): NarrowedResources {
  const all = resources.map(ownPattern);
  if (action === undefined) return { patterns: all, keptFor: 'the catalogue does not know the action' };
  if (action.resourceTypes.length === 0) return { patterns: generalPatterns(resources), keptFor: undefined };
  if (!isAboutOne(action))
    return { patterns: all, keptFor: 'a call may need several resources, of which an event names some' };
  const forms = new Map<string, ArnForm>();
  for (const { resource } of calls) {
    const isShown = resource !== undefined && (containerOf(resource) !== undefined || !/[*?$]/.test(resource));
    const form = isShown ? formOf(resource, action) : undefined;
    if (resource === undefined || form === undefined)
      return { patterns: all, keptFor: 'of some calls the events do not show the resource' };
    forms.set(resource, form);
  }
  const patterns = new Set<string>();
  for (const [candidate, arns] of candidatesFor(forms, isWide)) {
    if (isWithinOwn(candidate, resources)) patterns.add(candidate);
    else for (const arn of arns) for (const own of matchingPatterns(arn, resources)) patterns.add(own);
  }
  return { patterns: withoutCovered([...patterns].sort()), keptFor: undefined };
}

/** Whether a call may be on one of a statement's resources. */
export function mayBeOn({ resource }: Call, { resources }: StatedResources): boolean {
  return resource === undefined || matchingPatterns(resource, resources).length > 0;
}

/** An action without resources is asked for `*`. */
function generalPatterns(resources: readonly ResourcePattern[]): string[] {
  return matchingPatterns('*', resources);
}

function matchingPatterns(resource: string, resources: readonly ResourcePattern[]): string[] {
  const text = textOfResource(resource);
  return resources.flatMap((own, index) =>
    own.text === undefined || matchesResource(patternText(own.text), text) !== false ? [ownPattern(own, index)] : [],
  );
}

function patternText(text: string): Text {
  return (toTemplate(stringValue(text), false)?.tokens ?? []) as Text;
}

function isWithinOwn(candidate: string, resources: readonly ResourcePattern[]): boolean {
  return resources.some(({ text, allBut }) =>
    allBut === undefined
      ? text !== undefined && isWithin(candidate, text)
      : allBut.every((one) => areApart(one, candidate)),
  );
}

function isWithin(inner: string, outer: string): boolean {
  return covers({ widest: outer, isExact: true }, { widest: inner, isExact: true }) === true;
}

function areApart(one: string, other: string): boolean {
  return overlaps({ widest: one, isExact: true }, { widest: other, isExact: true }) === false;
}

function withoutCovered(patterns: readonly string[]): string[] {
  return patterns.filter(
    (one) => one.startsWith('#') || !patterns.some((other) => other !== one && isWithin(one, other)),
  );
}

/** Each candidate with the ARNs that it is for. */
function candidatesFor(forms: ReadonlyMap<string, ArnForm>, isWide: boolean): [string, string[]][] {
  const exact = new Map([...forms].map(([arn, form]): [string, Piece] => [arn, { ...form, arns: [arn] }]));
  const regional = joinRegions([...exact.values()]);
  const leaves = groupBy(regional, ({ type, container, end }) => JSON.stringify([type, container, end]));
  const joined = [...leaves.values()].flatMap((pieces) => joinLeaves(pieces, isWide));
  const siblings = groupBy(joined, ({ type, container, end }) => JSON.stringify([type, container, end]));
  return [...siblings.values()]
    .flatMap(joinSiblings)
    .map(({ container, leaf, end, arns }) => [container + leaf + end, arns]);
}

type Piece = ArnForm & { readonly arns: string[] };

function groupBy<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const key = keyOf(one);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return groups;
}

/** What was seen in many regions is allowed in all. */
function joinRegions(pieces: readonly Piece[]): Piece[] {
  const withoutRegion = ({ container }: Piece) => {
    const parts = container.split(':');
    return parts.length < 5 || parts[3] === '' ? undefined : [...parts.slice(0, 3), '*', ...parts.slice(4)].join(':');
  };
  const groups = groupBy(pieces, (piece) =>
    JSON.stringify([piece.type, withoutRegion(piece) ?? piece.container, piece.leaf, piece.end]),
  );
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    const container = first === undefined ? undefined : withoutRegion(first);
    if (first === undefined || container === undefined || same.length < manyRegions) return same;
    return [{ ...first, container, arns: same.flatMap(({ arns }) => arns) }];
  });
}

/** Things within one: all of them where there are many. */
function joinLeaves(pieces: readonly Piece[], isWide: boolean): Piece[] {
  const [first] = pieces;
  if (first === undefined) return [];
  const isMany = first.isOfMany || (first.isWithin && (isWide || pieces.length >= manyLeaves));
  return isMany ? [{ ...first, leaf: '*', arns: pieces.flatMap(({ arns }) => arns) }] : [...pieces];
}

/** Names that begin alike, up to a `-`, `_` or `/`. */
function joinSiblings(pieces: readonly Piece[]): Piece[] {
  const [first] = pieces;
  if (first === undefined || pieces.length <= maxSiblings) return [...pieces];
  const [low = '', high = ''] = bounds(pieces.map(({ leaf }) => leaf));
  let length = 0;
  while (length < low.length && low[length] === high[length]) length++;
  const start = /^.*[-_/]/s.exec(low.slice(0, length))?.[0];
  if (start === undefined) return [...pieces];
  return [{ ...first, leaf: `${start}*`, arns: pieces.flatMap(({ arns }) => arns) }];
}

function bounds(names: readonly string[]): string[] {
  const sorted = [...names].sort();
  return [sorted[0] ?? '', sorted.at(-1) ?? ''];
}
