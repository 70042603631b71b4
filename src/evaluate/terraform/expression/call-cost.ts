import type { Value } from '../../../model/value.js';
import { sizeOf } from '../values/size-of.js';

/** In steps for each value that the arguments hold: of functions that go through all of it, some more than once. */
const VALUE_COSTS: ReadonlyMap<string, number> = new Map([
  ['flatten', 1 / 2],
  ['jsonencode', 1 / 2],
  ['yamlencode', 1],
  ['tolist', 1 / 2],
  ['tomap', 1 / 2],
  ['toset', 2],
  ['setunion', 2],
  ['setintersection', 2],
  ['setsubtract', 2],
  ['distinct', 2],
  ['sort', 1],
]);

/** In steps for each UTF-16 unit: of functions that take a text apart. */
const TEXT_COSTS: ReadonlyMap<string, number> = new Map([
  ['csvdecode', 1 / 8],
  ['jsondecode', 1 / 8],
  ['yamldecode', 1 / 2],
  ['split', 1 / 4],
  ['strrev', 1 / 4],
  ['substr', 1 / 4],
  ['title', 1 / 16],
  ['templatestring', 1 / 4],
]);

/** SAFETY: in steps, what a function takes to go through its arguments: a short loop may call it on long lists. */
export function callCost(name: string, values: readonly Value[]): number {
  const byValue = VALUE_COSTS.get(name);
  const byUnit = TEXT_COSTS.get(name) ?? 1 / 64;
  let steps = 0;
  for (const value of values) {
    if (value.kind === 'string') steps += value.value.length * byUnit;
    else if (value.kind === 'list' || value.kind === 'object')
      steps += byValue === undefined ? topSize(value) / 4 : sizeOf(value) * byValue;
  }
  return Math.floor(steps);
}

function topSize(value: Value & { readonly kind: 'list' | 'object' }): number {
  return value.kind === 'list' ? value.elements.length : value.entries.size;
}
