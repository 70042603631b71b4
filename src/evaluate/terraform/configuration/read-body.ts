import type { Diagnostic } from '../../../source/diagnostic.js';
import type { Block } from '../../../syntax/hcl/ast.js';
import { toBody } from '../../../syntax/hcl/to-body.js';
import type { Declaration, PlacedAttribute, PlacedBlock } from './declarations.js';

/** A declaration's content: attributes by name, blocks in order, overrides applied. */
export interface PlacedBody {
  readonly attributes: ReadonlyMap<string, PlacedAttribute>;
  readonly blocks: readonly PlacedBlock[];
  readonly isIncomplete: boolean;
}

/** How many labels blocks of a name have, undefined for attributes: only a schema can tell in JSON syntax. */
export type BlockLabels = (name: string) => number | undefined;

export const NO_BLOCKS: BlockLabels = () => undefined;

/** What was read of blocks of native syntax: nothing about it depends on a schema. */
const read = new WeakMap<Block, PlacedBody>();

/** The content of one block, without overrides. */
export function readBlock(
  placed: PlacedBlock,
  labels: BlockLabels,
  report: (diagnostic: Diagnostic) => void,
): PlacedBody {
  if (placed.block.body.kind !== 'body') return readBody(placed, labels, report);
  let body = read.get(placed.block);
  if (body === undefined) {
    body = readBody(placed, labels, report);
    read.set(placed.block, body);
  }
  return body;
}

function readBody(
  { block, file }: PlacedBlock,
  labels: BlockLabels,
  report: (diagnostic: Diagnostic) => void,
): PlacedBody {
  const { body, diagnostics } = toBody(block.body, labels, file);
  for (const diagnostic of diagnostics) report(diagnostic);
  return {
    attributes: new Map(body.attributes.map((attribute) => [attribute.name, { attribute, file }])),
    blocks: body.blocks.map((inner) => ({ block: inner, file })),
    isIncomplete: body.isIncomplete === true,
  };
}

/**
 * The content of a declaration with its overrides: attributes replace, nested blocks of a type all replace (a `dynamic`
 * counts as the type that it makes), `lifecycle` is merged by argument.
 */
export function readDeclaration(
  declaration: Declaration,
  labels: BlockLabels,
  report: (diagnostic: Diagnostic) => void,
): PlacedBody {
  let merged = readBlock(declaration, labels, report);
  for (const override of declaration.overrides) merged = overrideBody(merged, readBlock(override, labels, report));
  return merged;
}

function overrideBody(base: PlacedBody, override: PlacedBody): PlacedBody {
  const replaced = new Set(
    override.blocks.map(({ block }) => blockTypeOf(block)).filter((type) => type !== 'lifecycle'),
  );
  return {
    attributes: new Map([...base.attributes, ...override.attributes]),
    blocks: [...base.blocks.filter(({ block }) => !replaced.has(blockTypeOf(block))), ...override.blocks],
    isIncomplete: base.isIncomplete || override.isIncomplete,
  };
}

/** The type of the block that this is, or makes. */
export function blockTypeOf(block: Block): string {
  return block.type === 'dynamic' ? (block.labels[0]?.value ?? '') : block.type;
}
