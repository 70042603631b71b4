import { ANY, ONE, plainText, type Text, textOf, toDocument } from '../../iam/index.js';
import { iamActions } from '../../schemas/iam-actions.js';
import { organizationRulesOf } from '../organization.js';
import { hasAction } from '../rows/action-set.js';
import { splitText } from '../stated-world.js';
import type { World } from '../world.js';
import { writtenGates } from '../written-controls.js';
import type { Node } from './node.js';
import type { Thing } from './terrain.js';

/** SAFETY: more regions, and more names, are not tried: what is cut off is said. */
const maxRegions = 16;
const maxNames = 16;

/** Some of many: `isCut` says that there are more, which are not tried. */
export interface Some<T> {
  readonly some: readonly T[];
  readonly isCut: boolean;
}

/**
 * The regions in which a caller may try: the first of AWS's, and those that its policies name, or the organization's. In a policy a region stands
 * where the resource is or where the call goes.
 */
export function regionsFor({ principal, rows }: Node, world: World): Some<string> {
  const found = new Set<string>();
  const add = (text: Text | undefined) => {
    const plain = text === undefined ? undefined : plainText(text);
    if (plain !== undefined && /^[a-z]{2,}(-[a-z]+)+-\d$/.test(plain)) found.add(plain);
  };
  for (const { statement } of rows)
    for (const { options } of statement.resources?.elements ?? [])
      for (const template of options) if (template !== undefined) add(splitText(template.tokens as Text)[3]);
  const { caller, identity, boundary } = principal;
  const { scp } = organizationRulesOf(world, 'account' in caller ? caller.account : undefined);
  const written = writtenGates(world, 'account' in caller ? caller.account : undefined, 'SERVICE_CONTROL_POLICY');
  const limiting = [
    ...identity,
    ...(boundary === undefined ? [] : [boundary]),
    ...scp.levels.flat(),
    ...written.flatMap(({ policies }) => policies),
  ];
  for (const { document } of limiting) {
    for (const { conditions } of toDocument(document).statements) {
      for (const { condition } of conditions) {
        if (condition.key !== 'aws:requestedregion') continue;
        for (const { options } of condition.values.elements)
          for (const template of options) if (template !== undefined) add(template.tokens as Text);
      }
    }
  }
  const regions = [...found].slice(0, maxRegions);
  const some = regions.includes('us-east-1') ? regions : [...regions, 'us-east-1'];
  return { some, isCut: found.size > maxRegions };
}

/** Something of a resource type that a caller makes, by the names that its own rows let it have. */
export function thingsToMake(node: Node, actions: readonly string[], type: string, region: string): Some<Thing> {
  const [action = ''] = actions;
  const template = templateOf(action, type);
  if (template === undefined) return { some: [], isCut: false };
  const { caller } = node.principal;
  const account = 'account' in caller ? caller.account : [];
  const partition = 'account' in caller ? (splitText(caller.arn)[1] ?? textOf('aws')) : textOf('aws');
  const usual = fill(template, { partition, region: textOf(region), account });
  const kind = template.split(':').slice(5).join(':').split('\u0024{')[0] ?? '';
  const things = new Map<string, Thing>();
  const add = (text: Text) =>
    things.set(JSON.stringify(text.map((token) => (typeof token === 'number' ? token : token.identity))), {
      text,
      resource: undefined,
    });
  add(usual);
  for (const { actions: own, statement } of node.rows) {
    if (things.size > maxNames) break;
    if (!actions.some((one) => hasAction(own, one) !== false)) continue;
    for (const { options } of statement.resources?.elements ?? [])
      for (const written of options) {
        const like = written === undefined ? undefined : likePattern(usual, kind, written.tokens as Text);
        if (like !== undefined) add(like);
      }
  }
  return { some: [...things.values()].slice(0, maxNames), isCut: things.size > maxNames };
}

function templateOf(action: string, type: string): string | undefined {
  // Where the catalogue writes `*` for both it is something of AWS's: `arn:aws:braket:us-east-1::device/qpu/…`.
  return iamActions()
    .actionNamed(action)
    ?.resourceTypes.find((one) => one.name === type)
    ?.arns[0]?.replace(/^(arn:[^:]*:[^:]*):\*:\*:/, '$1:\u0024{Region}::');
}

interface Scope {
  readonly partition: Text;
  readonly region: Text;
  readonly account: Text;
}

function fill(template: string, { partition, region, account }: Scope): Text {
  return template.split(/(\$\{[^}]+\})/).flatMap((piece): Text => {
    switch (piece) {
      case '\u0024{Partition}':
        return partition;
      case '\u0024{Region}':
        return region;
      case '\u0024{Account}':
        return account;
      default:
        return textOf(piece.startsWith('\u0024{') ? 'any' : piece);
    }
  });
}

/**
 * The usual ARN with the name that a pattern asks for: `…:function:team-*` → `…:function:team-any`. `kind` is what all names of the
 * resource type begin with; undefined: the pattern is about another type.
 */
function likePattern(usual: Text, kind: string, pattern: Text): Text | undefined {
  const parts = splitText(usual);
  const own = splitText(pattern);
  if (own.length < 6 || parts.length < 6) return undefined;
  const rest = ofKind(
    own.slice(5).flatMap((part, index) => (index === 0 ? part : [COLON, ...part])),
    kind,
  );
  if (rest === undefined) return undefined;
  const head = parts.slice(0, 5).flatMap((part) => [...part, COLON]);
  return [
    ...head,
    ...rest.flatMap((token): Text => {
      const isOpen = typeof token === 'number' ? token === ANY || token === ONE : 'key' in token;
      return isOpen ? textOf('x') : [token];
    }),
  ];
}

/** The part of a pattern after the account, as one that begins with the kind: `inst*-oven` → `instance/-oven`. */
function ofKind(rest: Text, kind: string): Text | undefined {
  const start = beginningOf(rest);
  const end = start.length;
  if (start.startsWith(kind)) return rest;
  if (rest[end] !== ANY || !kind.startsWith(start)) return undefined;
  const after = rest.slice(end + 1);
  // Nothing is asked of the name.
  if (after.every((token) => token === ANY)) return undefined;
  const known = beginningOf(after);
  let overlap = Math.min(kind.length, known.length);
  while (!kind.endsWith(known.slice(0, overlap))) overlap -= 1;
  return [...textOf(kind), ...after.slice(overlap)];
}

/** The characters before the first part that is open. */
function beginningOf(text: Text): string {
  const end = text.findIndex((token) => typeof token !== 'number' || token === ANY || token === ONE);
  return plainText(end === -1 ? text : text.slice(0, end)) ?? '';
}

const COLON = 58;
