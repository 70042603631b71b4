import { ANY, ONE, plainText, type Text, textOf, toDocument } from '../../iam/index.js';
import { iamActions } from '../../schemas/iam-actions.js';
import { organizationRulesOf } from '../organization.js';
import { hasAction } from '../rows/action-set.js';
import { splitText } from '../stated-world.js';
import type { Node } from './node.js';
import type { Terrain, Thing } from './terrain.js';

/** SAFETY: more regions, and more names, are not tried. */
const maxRegions = 4;
const maxNames = 6;

/**
 * The regions in which a caller may try: the first of AWS's, and those that its policies name, or the organization's. In a policy a region stands
 * where the resource is or where the call goes.
 */
export function regionsFor({ name, principal, rows }: Node, { world, cuts }: Terrain): readonly string[] {
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
  const limiting = [...identity, ...(boundary === undefined ? [] : [boundary]), ...scp.levels.flat()];
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
  if (found.size > regions.length)
    cuts.add(`of ${found.size} regions in policies of ${name} ${regions.length} were tried`);
  return regions.includes('us-east-1') ? regions : [...regions, 'us-east-1'];
}

/** Something of a resource type that a caller makes, by the names that its own rows let it have. */
export function thingsToMake(node: Node, actions: readonly string[], type: string, region: string): readonly Thing[] {
  const [action = ''] = actions;
  const template = templateOf(action, type);
  if (template === undefined) return [];
  const { caller } = node.principal;
  const account = 'account' in caller ? caller.account : [];
  const partition = 'account' in caller ? (splitText(caller.arn)[1] ?? textOf('aws')) : textOf('aws');
  const usual = fill(template, { partition, region: textOf(region), account });
  const things = new Map<string, Thing>();
  const add = (text: Text) =>
    things.set(JSON.stringify(text.map((token) => (typeof token === 'number' ? token : token.identity))), {
      text,
      resource: undefined,
    });
  add(usual);
  for (const { actions: own, statement } of node.rows) {
    if (things.size >= maxNames) break;
    if (!actions.some((one) => hasAction(own, one) !== false)) continue;
    for (const { options } of statement.resources?.elements ?? [])
      for (const written of options) if (written !== undefined) add(likePattern(usual, written.tokens as Text));
  }
  return [...things.values()].slice(0, maxNames);
}

function templateOf(action: string, type: string): string | undefined {
  const [service = '', name = ''] = action.toLowerCase().split(':');
  const known = iamActions().actionsOf(service)?.get(name);
  return known?.resourceTypes.find((one) => one.name === type)?.arns[0];
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

/** The usual ARN with the name that a pattern asks for: `…:function:team-*` → `…:function:team-any`. */
function likePattern(usual: Text, pattern: Text): Text {
  const parts = splitText(usual);
  const own = splitText(pattern);
  if (own.length < 6 || parts.length < 6) return usual;
  const rest = own.slice(5).flatMap((part, index) => (index === 0 ? part : [COLON, ...part]));
  if (plainText(rest) === '*') return usual;
  const head = parts.slice(0, 5).flatMap((part) => [...part, COLON]);
  return [
    ...head,
    ...rest.flatMap(
      (token): Text =>
        typeof token === 'number'
          ? token === ANY || token === ONE
            ? textOf('x')
            : [token]
          : 'key' in token
            ? textOf('x')
            : [token],
    ),
  ];
}

const COLON = 58;
