import type { Type } from '../../../model/type.js';
import type { Diagnostic } from '../../../source/diagnostic.js';
import type { Block } from '../../../syntax/hcl/ast.js';
import { toBody } from '../../../syntax/hcl/to-body.js';
import type { Declaration, PlacedAttribute, PlacedBlock } from './declarations.js';

/** A declaration's content: attributes by name, blocks in order, overrides applied. */
export class PlacedBody {
  /** What its value is made of, as a resource's body and as that of a block within one. */
  resourceParts: BodyParts | undefined;
  blockParts: BodyParts | undefined;
  ignoredChanges: readonly string[] | undefined;

  constructor(
    readonly attributes: ReadonlyMap<string, PlacedAttribute>,
    readonly blocks: readonly PlacedBlock[],
    readonly isIncomplete: boolean,
  ) {}
}

/** What a body's value is made of, worked out once for all instances. */
export interface BodyParts {
  /** In the order in which they are written. */
  readonly attributes: readonly (readonly [string, PlacedAttribute])[];
  readonly blocks: readonly (readonly [string, readonly PlacedBlock[]])[];
  /** Of the attributes, then of the blocks; and the indexes of the names, sorted by them. */
  readonly names: readonly string[];
  readonly order: readonly number[];
  /** The type that the body had last: instances of one body mostly have one type. */
  lastType: (Type & { readonly kind: 'object' }) | undefined;
}

/** How many labels blocks of a name have, undefined for attributes: only a schema can tell in JSON syntax. */
export type BlockLabels = (name: string) => number | undefined;

export const NO_BLOCKS: BlockLabels = () => undefined;

/** The content of one block, without overrides. In native syntax nothing about it depends on a schema: it is read once. */
export function readBlock(
  placed: PlacedBlock,
  labels: BlockLabels,
  report: (diagnostic: Diagnostic) => void,
): PlacedBody {
  if (placed.block.body.kind !== 'body') return readBody(placed, labels, report);
  if (placed.block.memo instanceof PlacedBody) return placed.block.memo;
  const body = readBody(placed, labels, report);
  placed.block.memo = body;
  return body;
}

const NOTHING: readonly PlacedBlock[] = [];

function readBody(
  { block, file }: PlacedBlock,
  labels: BlockLabels,
  report: (diagnostic: Diagnostic) => void,
): PlacedBody {
  const { body, diagnostics } = toBody(block.body, labels, file);
  for (const diagnostic of diagnostics) report(diagnostic);
  const attributes = new Map<string, PlacedAttribute>();
  for (const attribute of body.attributes) attributes.set(attribute.name, { attribute, file });
  const blocks = body.blocks.length === 0 ? NOTHING : body.blocks.map((inner) => ({ block: inner, file }));
  return new PlacedBody(attributes, blocks, body.isIncomplete === true);
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
  return new PlacedBody(
    new Map([...base.attributes, ...override.attributes]),
    [...base.blocks.filter(({ block }) => !replaced.has(blockTypeOf(block))), ...override.blocks],
    base.isIncomplete || override.isIncomplete,
  );
}

/** The type of the block that this is, or makes. */
export function blockTypeOf(block: Block): string {
  return block.type === 'dynamic' ? (block.labels[0]?.value ?? '') : block.type;
}
