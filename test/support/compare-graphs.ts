import type { Resource, ResourceGraph } from '../../src/model/resource.js';
import type { Value } from '../../src/model/value.js';

/** What two graphs of the same infrastructure have in common, and what not: origins, `native` and members left aside. */
export interface GraphComparison {
  equal: number;
  /** Known on both sides, and not the same. */
  readonly differences: string[];
  readonly onlyFirst: string[];
  readonly onlySecond: string[];
}

export function compareGraphs(first: ResourceGraph, second: ResourceGraph): GraphComparison {
  const comparison: GraphComparison = { equal: 0, differences: [], onlyFirst: [], onlySecond: [] };
  const keys = new Set([...first.resources.keys(), ...second.resources.keys()]);
  for (const key of [...keys].sort()) {
    const [a, b] = [first.resources.get(key), second.resources.get(key)];
    const name = key.replace('\0', ' ');
    if (a === undefined || b === undefined)
      comparison.differences.push(`${name}: ${a === undefined ? 'only in the second' : 'only in the first'}`);
    else compareResources(name, a, b, comparison);
  }
  const links = (graph: ResourceGraph) =>
    new Set(
      [...graph.linksFrom.values()]
        .flat()
        .filter(({ path }) => !path.startsWith('native'))
        .map(({ from, path, to, isCertain }) =>
          `${from} ${path} -> ${to}${isCertain ? '' : ' perhaps'}`.replace(/\0/g, ' '),
        ),
    );
  const [ours, theirs] = [links(first), links(second)];
  for (const link of ours) if (!theirs.has(link)) comparison.differences.push(`link ${link}: only in the first`);
  for (const link of theirs) if (!ours.has(link)) comparison.differences.push(`link ${link}: only in the second`);
  return comparison;
}

/** What one resource says of itself on two sides; of the second what it has no word of may be open. */
export function compareAttributes(name: string, a: Resource, b: Resource): GraphComparison {
  const comparison: GraphComparison = { equal: 0, differences: [], onlyFirst: [], onlySecond: [] };
  for (const [key, first, second] of both(a.values, b.values)) {
    if (key === 'native') continue;
    if (second === undefined && b.values.rest !== undefined)
      comparison.onlyFirst.push(`${name} ${key}: ${show(first)}`);
    else compareValues(`${name} ${key}`, first, second, comparison);
  }
  return comparison;
}

function compareResources(name: string, a: Resource, b: Resource, comparison: GraphComparison): void {
  const same = [a.type === b.type, a.mode === b.mode, a.declaration === b.declaration, a.presence === b.presence];
  if (same.includes(false)) comparison.differences.push(`${name}: not the same resource`);
  compareScopes(name, a, b, comparison);
  for (const [key, first, second] of both(a.values, b.values))
    if (key !== 'native') compareValues(`${name} ${key}`, first, second, comparison);
}

function compareScopes(name: string, a: Resource, b: Resource, comparison: GraphComparison): void {
  if (a.scope.configuration !== b.scope.configuration || a.scope.provider !== b.scope.provider)
    comparison.differences.push(`${name}: provider ${a.scope.configuration} and ${b.scope.configuration}`);
  for (const part of ['account', 'region', 'partition'] as const)
    compareValues(`${name} ${part}`, a.scope[part], b.scope[part], comparison);
}

type ObjectLike = Value & { readonly kind: 'object' };

function* both(a: ObjectLike, b: ObjectLike): Generator<[string, Value | undefined, Value | undefined]> {
  for (const key of new Set([...a.entries.keys(), ...b.entries.keys()]))
    yield [key, a.entries.get(key), b.entries.get(key)];
}

function compareValues(at: string, a: Value | undefined, b: Value | undefined, comparison: GraphComparison): void {
  if (isNone(a) && isNone(b)) return;
  const [isOpen, isOtherOpen] = [isUnknown(a), isUnknown(b)];
  if (isOpen && isOtherOpen) comparison.equal++;
  else if (isOtherOpen) comparison.onlyFirst.push(`${at}: ${show(a)}`);
  else if (isOpen) comparison.onlySecond.push(`${at}: ${show(b)}`);
  else if (a === undefined || a.kind === 'null') {
    // What is not written may still be planned.
    comparison.onlySecond.push(`${at}: ${show(b)}`);
  } else if (b === undefined) comparison.differences.push(`${at}: ${show(a)} and nothing`);
  else if (a.kind === 'object' && b.kind === 'object')
    for (const [key, first, second] of both(a, b)) compareValues(`${at}.${key}`, first, second, comparison);
  else if (a.kind === 'list' && b.kind === 'list') compareLists(at, a, b, comparison);
  else if ('value' in a && 'value' in b && a.value === b.value) comparison.equal++;
  else comparison.differences.push(`${at}: ${show(a)} and ${show(b)}`);
}

type ListLike = Value & { readonly kind: 'list' };

/** In whichever order: that of a set is another one in a plan. */
function compareLists(at: string, a: ListLike, b: ListLike, comparison: GraphComparison): void {
  if (a.elements.length !== b.elements.length) {
    comparison.differences.push(`${at}: ${show(a)} and ${show(b)}`);
    return;
  }
  const free = [...b.elements];
  for (const [index, element] of a.elements.entries()) {
    const trials = free.map((other) => {
      const trial: GraphComparison = { equal: 0, differences: [], onlyFirst: [], onlySecond: [] };
      compareValues(`${at}[${index}]`, element, other, trial);
      return { other, trial };
    });
    const [best] = trials.sort((x, y) => weight(x.trial) - weight(y.trial));
    if (best === undefined) continue;
    free.splice(free.indexOf(best.other), 1);
    comparison.equal += best.trial.equal;
    comparison.differences.push(...best.trial.differences);
    comparison.onlyFirst.push(...best.trial.onlyFirst);
    comparison.onlySecond.push(...best.trial.onlySecond);
  }
}

function weight({ differences, onlyFirst, onlySecond }: GraphComparison): number {
  return differences.length * 100 + onlyFirst.length + onlySecond.length;
}

function isNone(value: Value | undefined): boolean {
  return (
    value === undefined ||
    value.kind === 'null' ||
    (value.kind === 'list' && value.elements.length === 0 && value.rest === undefined) ||
    (value.kind === 'object' && value.entries.size === 0 && value.rest === undefined)
  );
}

function isUnknown(value: Value | undefined): boolean {
  if (value === undefined) return false;
  if (value.kind === 'list') return value.rest !== undefined || value.existence !== undefined;
  return value.kind === 'unknown' || (value.kind === 'object' && value.rest !== undefined);
}

function show(value: Value | undefined): string {
  return (JSON.stringify(plain(value)) ?? 'nothing').slice(0, 160);
}

function plain(value: Value | undefined): unknown {
  if (value === undefined) return undefined;
  if (value.kind === 'list') return [...value.elements.map(plain), ...(value.rest === undefined ? [] : ['...'])];
  if (value.kind === 'object') return Object.fromEntries([...value.entries].map(([key, entry]) => [key, plain(entry)]));
  return value.kind === 'unknown' ? `?${value.reason}` : value.kind === 'null' ? null : value.value;
}
