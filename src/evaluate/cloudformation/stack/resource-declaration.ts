import type { DataEntry, DataMapping, DataNode } from '../../../syntax/data/ast.js';
import { entryOf, mappingOf, scalarText } from '../expression/nodes.js';
import type { Formula } from '../terms/formula.js';

/** A resource as it is written in its template. */
export interface ResourceDeclaration {
  readonly name: string;
  readonly entry: DataEntry;
  readonly body: DataMapping;
  readonly type: string;
  readonly properties: DataNode | undefined;
  /** The name of its condition, and what that means. */
  readonly condition: string | undefined;
  readonly formula: Formula;
  /** The logical id of what it was generated for, where it was. */
  readonly declaredIn: string | undefined;
  /** It stands for any number of resources that a loop makes over this collection. */
  readonly keySet: string | undefined;
}

export interface InvalidDeclaration {
  readonly problem: string;
}

/** Reads the parts of a resource that functions cannot change. */
export function readDeclaration(
  name: string,
  entry: DataEntry,
): Pick<ResourceDeclaration, 'name' | 'entry' | 'body' | 'type' | 'properties'> | InvalidDeclaration {
  const body = mappingOf(entry.value);
  if (body === undefined) return { problem: `The resource "${name}" is no mapping, and is not read.` };
  const written = entryOf(body, 'Type');
  const type = scalarText(written);
  if (type === undefined) {
    const problem = written === undefined ? `has no "Type"` : `has a "Type" that is no text`;
    return { problem: `The resource "${name}" ${problem}, and is not read.` };
  }
  return { name, entry, body, type, properties: entryOf(body, 'Properties') };
}

export const STACK_SET = 'AWS::CloudFormation::StackSet';

/** Types that stand for a stack of their own, and the property that says where its template is. */
export const NESTED_TYPES: ReadonlyMap<string, string> = new Map([
  ['AWS::CloudFormation::Stack', 'TemplateURL'],
  [STACK_SET, 'TemplateURL'],
  ['AWS::Serverless::Application', 'Location'],
]);

export function isCustom(type: string): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}

/** A module of the registry stands for resources that are not here. */
export function isModule(type: string): boolean {
  return type.endsWith('::MODULE');
}
