import type { CloudFormationSide, ResourceType } from './resource-types/entries.js';
import { resourceTypes } from './resource-types/index.js';

/** What a table says of one CloudFormation type. */
export interface TableSide {
  readonly table: ResourceType;
  readonly side: CloudFormationSide;
}

const sides = new Map<string, TableSide[]>();

for (const table of resourceTypes) {
  for (const side of sidesOf(table)) {
    for (const type of typeof side.type === 'string' ? [side.type] : side.type) {
      const found = sides.get(type);
      if (found === undefined) sides.set(type, [{ table, side }]);
      else found.push({ table, side });
    }
  }
}

// What stands for the resource as a whole comes before what is made of its parts: references lead to the first.
for (const found of sides.values()) found.sort((a, b) => Number(isPart(a)) - Number(isPart(b)));

function isPart({ side }: TableSide): boolean {
  return side.each !== undefined || side.own !== undefined;
}

function sidesOf({ cloudformation }: ResourceType): readonly CloudFormationSide[] {
  if (cloudformation === undefined) return [];
  return isList(cloudformation) ? cloudformation : [cloudformation];
}

function isList(value: CloudFormationSide | readonly CloudFormationSide[]): value is readonly CloudFormationSide[] {
  return Array.isArray(value);
}

/** What the tables say of a CloudFormation type; nothing where it has no table. */
export function sidesOfType(nativeType: string): readonly TableSide[] {
  return sides.get(nativeType) ?? [];
}

/** The CloudFormation types that have a table. */
export function cloudFormationTypes(): ReadonlySet<string> {
  return new Set(sides.keys());
}
