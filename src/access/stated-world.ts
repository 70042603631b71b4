import { identityOf, isHole, nameOf, plainText, type Text, type Token } from '../iam/index.js';
import type { Resource } from '../model/resource.js';
import type { UnknownValue, Value } from '../model/value.js';
import { arnTextOf, namedResources, type World } from './world.js';

/** What questions are answered by. */
export type AccessSources = Pick<World, 'graph' | 'facts' | 'roots'>;

/** The graph, with what a question states of it by name. */
export interface StatedWorld extends World {
  /** What was stated, by its name. */
  readonly stated: ReadonlyMap<string, string>;
}

/** What a question states. */
export interface Statements {
  /** Names: an ARN says in which account, region and partition its resource is. */
  readonly names: readonly string[];
  readonly account: string | undefined;
  /** Of configurations whose partition is not known. */
  readonly partition?: string | undefined;
}

/** The graph with what a question states. */
export function stateWorld(
  { names, account: givenAccount, partition }: Statements,
  { graph, facts, roots }: AccessSources,
): StatedWorld {
  const bindings = new Map<string, string>();
  const stated = new Map<string, string>();
  const bind = (value: Value, text: string) => {
    if (value.kind !== 'unknown' || bindings.has(identityOf(value)) || text === '') return;
    bindings.set(identityOf(value), text);
    bindPart(bindings, value, text);
    stated.set(value.subject ?? value.reason, text);
  };
  const arns = names.filter((text) => text.startsWith('arn:'));
  for (const { scope } of graph.resources.values()) {
    if (scope.provider !== 'aws') continue;
    for (const text of arns) bind(scope.partition, text.split(':')[1] ?? '');
    if (partition !== undefined) bind(scope.partition, partition);
    if (givenAccount !== undefined) bind(scope.account, givenAccount);
  }
  const world = { graph, facts, bindings, roots };
  for (const text of arns) {
    const [, , , region = '', account = ''] = text.split(':');
    const like = resourcesLike(world, text);
    const [only, ...others] = like;
    if (only === undefined || others.length > 0) continue;
    if (/^\d{12}$/.test(account)) bind(only.scope.account, account);
    if (region !== '') bind(only.scope.region, region);
  }
  // What was replaced so far is remembered by the map.
  return { ...world, bindings: new Map(bindings), stated };
}

/** Of a text that is known but for one part, what that part then is. */
function bindPart(bindings: Map<string, string>, { parts = [] }: UnknownValue, text: string): void {
  const index = parts.findIndex((part) => typeof part === 'object');
  const part = parts[index];
  if (typeof part !== 'object') return;
  const [start = '', end = ''] = [parts.slice(0, index), parts.slice(index + 1)].map((texts) => texts.join(''));
  if (parts.length > 3 || !text.startsWith(start) || !text.endsWith(end)) return;
  bindings.set(identityOf(part), text.slice(start.length, text.length - end.length));
}

/** The names of causes that are partitions which nothing states. */
export function openPartitions({ graph, bindings }: World): Set<string> {
  const names = new Set<string>();
  for (const { scope } of graph.resources.values()) {
    const { partition } = scope;
    if (partition.kind !== 'unknown' || bindings.has(identityOf(partition))) continue;
    names.add(nameOf({ kind: 'value', value: partition }));
  }
  return names;
}

/** Resources whose ARN is the text's, but for an account and a region that are not known. */
function resourcesLike(world: World, text: string): Resource[] {
  const parts = text.split(':');
  return namedResources(world).filter((resource) => {
    const arn = arnTextOf(world, resource);
    if (arn === undefined || resource.scope.provider !== 'aws') return false;
    const own = splitText(arn);
    return (
      own.length >= 6 &&
      [2, 3, 4].every((index) => isPart(own[index] ?? [], parts[index] ?? '', index > 2)) &&
      plainText(joinRest(own)) === parts.slice(5).join(':')
    );
  });
}

function isPart(own: Text, part: string, mayBeUnknown: boolean): boolean {
  return plainText(own) === part || (mayBeUnknown && own.length === 1 && own.some(isHole));
}

/** The parts of a text between its colons. */
export function splitText(text: Text): Text[] {
  const parts: Token[][] = [[]];
  for (const token of text) {
    if (token === COLON) parts.push([]);
    else parts[parts.length - 1]?.push(token);
  }
  return parts;
}

function joinRest(parts: readonly Text[]): Text {
  return parts.slice(5).flatMap((part, index) => (index === 0 ? part : [COLON, ...part]));
}

const COLON = 58;
