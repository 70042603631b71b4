import { DYNAMIC, type Type } from '../../../model/type.js';
import type { ElementExistence, ListValue, ObjectValue, Rest, Value } from '../../../model/value.js';
import { listValue, objectValue, originAt, typeOf, unknownValue } from '../../../model/values.js';
import type { AttributeSchema, BlockSchema, NestedBlockSchema } from '../../../schemas/schema.js';
import { compareText } from '../../../source/compare-text.js';
import type { Diagnostic } from '../../../source/diagnostic.js';
import type { SourceFile } from '../../../source/source-file.js';
import type { Expression, Node } from '../../../syntax/hcl/ast.js';
import { headerOf, type PlacedAttribute, type PlacedBlock } from '../configuration/declarations.js';
import {
  type BlockLabels,
  type BodyParts,
  blockTypeOf,
  type PlacedBody,
  readBlock,
} from '../configuration/read-body.js';
import type { Evaluator } from '../expression/context.js';
import { leastRounds, roundsOf } from '../expression/for-expression.js';
import { objectOf, objectTypeOf } from '../values/collections.js';
import { convertValue } from '../values/convert.js';
import { causeOf, markSensitive } from '../values/unknown.js';

/** Arguments of Terraform's own that every resource may have; they are no attributes of it. */
const META_ARGUMENTS = new Set(['count', 'for_each', 'provider', 'depends_on']);
const META_BLOCKS = new Map([
  ['lifecycle', 0],
  ['provisioner', 1],
  ['connection', 0],
]);

/** Gives the evaluator of a file. */
export interface BodyContext {
  evaluatorOf(file: SourceFile): Evaluator;
  report(diagnostic: Diagnostic): void;
}

/** How a resource's body reads in JSON syntax: its schema's blocks, and those that every resource may have. */
export function resourceLabels(schema: BlockSchema | undefined): BlockLabels {
  const inner = nestedLabels(schema);
  return (name) => META_BLOCKS.get(name) ?? inner(name);
}

function nestedLabels(schema: BlockSchema | undefined): BlockLabels {
  return (name) => (name === 'dynamic' ? 1 : schema?.blocks.has(name) === true ? 0 : undefined);
}

/** The written attributes and blocks of a resource, converted to its schema's types; every block a list of objects. */
export function evaluateResourceBody(
  body: PlacedBody,
  schema: BlockSchema | undefined,
  context: BodyContext,
): ObjectValue {
  return evaluateParts(partsOfResource(body), schema, context);
}

function partsOfResource(body: PlacedBody): BodyParts {
  body.resourceParts ??= toParts(
    [...body.attributes].filter(([name]) => !META_ARGUMENTS.has(name)),
    body.blocks.filter(({ block }) => !META_BLOCKS.has(block.type)),
  );
  return body.resourceParts;
}

function partsOfBlock(body: PlacedBody): BodyParts {
  body.blockParts ??= toParts([...body.attributes], body.blocks);
  return body.blockParts;
}

function toParts(attributes: readonly [string, PlacedAttribute][], blocks: readonly PlacedBlock[]): BodyParts {
  const groups = blocks.length === 0 ? [] : [...groupBlocks(blocks)];
  // Each has its place among all; of an attribute and a block of one name, which is an error, the block counts.
  const names = [...attributes.map(([name]) => name), ...groups.map(([type]) => type)];
  const order = names.map((_, index) => index).sort((a, b) => compareText(names[a] ?? '', names[b] ?? '') || a - b);
  return { attributes, blocks: groups, names, order, lastType: undefined };
}

/** The blocks of one type in a body without a schema, as a list of objects; undefined for none. */
export function evaluateBlocksOfType(body: PlacedBody, type: string, context: BodyContext): ListValue | undefined {
  const blocks = body.blocks.filter(({ block }) => blockTypeOf(block) === type);
  if (blocks.length === 0) return undefined;
  const value = evaluateBlocks(type, blocks, undefined, context);
  return value.kind === 'list' ? value : undefined;
}

function evaluateBody(body: PlacedBody, schema: BlockSchema | undefined, context: BodyContext): ObjectValue {
  return evaluateParts(partsOfBlock(body), schema, context);
}

function evaluateParts(parts: BodyParts, schema: BlockSchema | undefined, context: BodyContext): ObjectValue {
  const { names, order, lastType } = parts;
  const written: (Value | undefined)[] = [];
  for (const [name, placed] of parts.attributes)
    written.push(evaluateAttribute(placed, schema?.attributes.get(name), schema?.blocks.get(name), context));
  for (const [type, placed] of parts.blocks) {
    const value = evaluateBlocks(type, placed, schema, context);
    // A dynamic block over nothing is no block.
    const isThere = value.kind !== 'list' || value.elements.length > 0 || value.rest !== undefined;
    written.push(isThere ? value : undefined);
  }
  const entries = new Map<string, Value>();
  let isLastType = lastType !== undefined;
  for (const index of order) {
    const name = names[index];
    const value = written[index];
    if (name === undefined || value === undefined) continue;
    entries.set(name, value);
    if (isLastType && lastType?.attributes.get(name) !== typeOf(value)) isLastType = false;
  }
  if (lastType === undefined || !isLastType || lastType.attributes.size !== entries.size) {
    const type = objectTypeOf(entries);
    parts.lastType = type;
    return objectValue(type, entries);
  }
  return objectValue(lastType, entries);
}

function groupBlocks(blocks: readonly PlacedBlock[]): Map<string, PlacedBlock[]> {
  const groups = new Map<string, PlacedBlock[]>();
  for (const placed of blocks) {
    const type = blockTypeOf(placed.block);
    const group = groups.get(type);
    if (group === undefined) groups.set(type, [placed]);
    else group.push(placed);
  }
  return groups;
}

/** An attribute's value in its schema's type; what does not convert is an unknown with a diagnostic at its place. */
export function evaluateAttribute(
  { attribute, file }: PlacedAttribute,
  schema: AttributeSchema | undefined,
  block: NestedBlockSchema | undefined,
  context: BodyContext,
): Value {
  const evaluator = context.evaluatorOf(file);
  const value = evaluator.evaluate(attribute.expression);
  const marked = markSensitive(value, schema?.isSensitive === true || schema?.isWriteOnly === true);
  if (block !== undefined) return asBlocks(marked);
  if (schema === undefined || (isScalar(marked) && marked.kind === schema.type.kind)) return marked;
  if (!evaluator.mayWalk(marked)) return { ...evaluator.overSteps(attribute.expression), type: schema.type };
  const converted = convertValue(marked, schema.type);
  if (converted.ok) return schema.isRequired ? notNull(converted.value) : converted.value;
  if (converted.isLimit === true) return { ...evaluator.beyondNumbers(attribute.expression), type: schema.type };
  return evaluator.fail(
    attribute.expression,
    `"${attribute.name}" ${converted.message}.`,
    'terraform-invalid-value',
    schema.type,
  );
}

/** A null is refused where something is required: a run that gets further has a value. */
function notNull(value: Value): Value {
  return value.kind === 'unknown' && value.alternatives === undefined ? { ...value, notNull: true } : value;
}

function isScalar({ kind }: Value): boolean {
  return kind === 'string' || kind === 'number' || kind === 'bool';
}

/** A block written as an attribute: an object stands for one block. */
function asBlocks(value: Value): Value {
  if (value.kind !== 'object') return value;
  return listValue({ kind: 'tuple', elements: [value.type] }, [value], value.origin);
}

interface BlockElements {
  readonly elements: Value[];
  readonly existence: Map<number, ElementExistence>;
  existenceCause: ListValue['existenceCause'];
  rest: Rest | undefined;
}

function evaluateBlocks(
  type: string,
  blocks: readonly PlacedBlock[],
  schema: BlockSchema | undefined,
  context: BodyContext,
): Value {
  const nested = schema?.blocks.get(type);
  const asAttribute = schema?.attributes.get(type);
  const inner = nested?.block ?? attributeAsBlock(asAttribute?.type);
  const found: BlockElements = { elements: [], existence: new Map(), existenceCause: undefined, rest: undefined };
  for (const placed of blocks) {
    placeRest(found);
    if (placed.block.type === 'dynamic') addDynamic(type, placed, inner, found, context);
    else
      found.elements.push(
        placeBlock(evaluateBody(readBlock(placed, nestedLabels(inner), context.report), inner, context), placed),
      );
  }
  const list: ListValue = {
    ...listValue(listType(nested, asAttribute), found.elements, originOf(blocks[0]), found.rest),
    existence: found.existence.size > 0 ? found.existence : undefined,
    existenceCause: found.existence.size > 0 ? found.existenceCause : undefined,
  };
  if (asAttribute === undefined) return list;
  const converted = convertValue(list, asAttribute.type);
  return converted.ok ? { ...converted.value, origin: list.origin } : list;
}

/** What is not known of a block before others stands where it is written: the others' places depend on it. */
function placeRest(found: BlockElements): void {
  const { rest } = found;
  if (rest === undefined) return;
  found.rest = undefined;
  found.existence.set(found.elements.length, 'any-number');
  found.existenceCause ??= { reason: rest.reason, subject: rest.subject };
  found.elements.push(rest.element ?? unknownValue(rest.reason, { subject: rest.subject }));
}

function listType(nested: NestedBlockSchema | undefined, attribute: AttributeSchema | undefined): Type {
  if (attribute?.type.kind === 'list' || attribute?.type.kind === 'set')
    return { kind: attribute.type.kind, element: DYNAMIC };
  return { kind: nested?.nesting === 'set' ? 'set' : 'list', element: DYNAMIC };
}

const asBlock = new WeakMap<Type, BlockSchema>();

/** An attribute that is a list or set of objects may be written as blocks. */
function attributeAsBlock(type: Type | undefined): BlockSchema | undefined {
  if (type === undefined || (type.kind !== 'list' && type.kind !== 'set') || type.element.kind !== 'object')
    return undefined;
  const known = asBlock.get(type);
  if (known !== undefined) return known;
  const attributes = [...type.element.attributes].map(([name, attribute]): [string, AttributeSchema] => [
    name,
    {
      type: attribute,
      isRequired: false,
      isOptional: true,
      isComputed: false,
      isSensitive: false,
      isWriteOnly: false,
      isDeprecated: false,
    },
  ]);
  const block = { attributes: new Map(attributes), blocks: new Map() };
  asBlock.set(type, block);
  return block;
}

function placeBlock(value: ObjectValue, placed: PlacedBlock): ObjectValue {
  return { ...value, origin: originOf(placed) };
}

/** A block is where its header is. */
function originOf(placed: PlacedBlock | undefined) {
  return placed === undefined ? undefined : originAt(headerOf(placed), 'written');
}

/** SAFETY: in steps, what a block takes of time and room besides its expressions. */
const blockSteps = 32;

/** The blocks that a `dynamic` makes; over an unknown collection, what every one of them looks like. */
function addDynamic(
  type: string,
  placed: PlacedBlock,
  inner: BlockSchema | undefined,
  found: BlockElements,
  context: BodyContext,
): void {
  const body = readBlock(placed, (name) => (name === 'content' ? 0 : undefined), context.report);
  const forEach = body.attributes.get('for_each');
  const content = body.blocks.find(({ block }) => block.type === 'content');
  const evaluator = context.evaluatorOf(placed.file);
  if (type === '') {
    evaluator.fail(placed.block.header, 'A "dynamic" block has one label, not 0.', 'terraform-block-not-read');
    found.rest = { reason: 'invalid-expression' };
    return;
  }
  if (forEach === undefined || content === undefined) {
    evaluator.fail(
      placed.block.header,
      `A dynamic "${type}" needs a "for_each" and a "content" block.`,
      'terraform-invalid-block',
    );
    found.rest = { reason: 'invalid-expression' };
    return;
  }
  const iterator = iteratorName(body.attributes.get('iterator')?.attribute.expression) ?? type;
  const at: Node = forEach.attribute.expression;
  const over = evaluator.evaluate(forEach.attribute.expression);
  if (over.kind === 'null') evaluator.fail(at, `The "for_each" of a dynamic "${type}" is null.`);
  if (!evaluator.context.budget.has(leastRounds(over) * blockSteps)) {
    evaluator.overLimit(at, 'Evaluation makes more blocks than Trueline allows.');
    found.rest = { reason: 'limit-reached' };
    return;
  }
  const rounds = over.kind === 'null' ? undefined : possibleRounds(over, at, evaluator);
  if (rounds === undefined) {
    found.rest = { reason: 'invalid-value' };
    return;
  }
  const cause = causeOf(over);
  if (cause !== undefined) found.existenceCause ??= { reason: cause.reason, subject: cause.subject };
  const contentBody = readBlock(content, nestedLabels(inner), context.report);
  for (const { key, value, existence } of rounds) {
    if (!evaluator.context.budget.spend(blockSteps)) {
      evaluator.overLimit(at, 'Evaluation makes more blocks than Trueline allows.');
      found.rest = { reason: 'limit-reached' };
      return;
    }
    const names = new Map([
      [
        iterator,
        objectOf([
          ['key', markSensitive(key, over.sensitive)],
          ['value', markSensitive(value, over.sensitive)],
        ]),
      ],
    ]);
    const within: BodyContext = { evaluatorOf: evaluatorsWithin(context, names), report: context.report };
    const element = placeBlock(evaluateBody(contentBody, inner, within), content);
    if (existence === 'rest') {
      const { reason, subject } = key.kind === 'unknown' ? key : unknownValue('uncertain-existence');
      found.rest = { reason, subject, element };
    } else {
      placeRest(found);
      if (existence !== undefined) found.existence.set(found.elements.length, existence);
      found.elements.push(element);
    }
  }
}

/** The evaluators of files where names mean something else as well, each made once. */
export function evaluatorsWithin(
  context: Pick<BodyContext, 'evaluatorOf'>,
  names: ReadonlyMap<string, Value>,
): (file: SourceFile) => Evaluator {
  if (names.size === 0) return (file) => context.evaluatorOf(file);
  let last: { readonly file: SourceFile; readonly evaluator: Evaluator } | undefined;
  return (file) => {
    if (last?.file !== file) last = { file, evaluator: context.evaluatorOf(file).within(names) };
    return last.evaluator;
  };
}

/** What a dynamic block goes over; of an undecided conditional both branches, each element perhaps there. */
function possibleRounds(over: Value, at: Node, evaluator: Evaluator): ReturnType<typeof roundsOf> {
  if (over.kind !== 'unknown' || over.alternatives === undefined) return roundsOf(over, at, evaluator, false);
  const possible = over.alternatives.filter((one): one is Value => one.kind !== 'absent' && one.kind !== 'null');
  const rounds = possible.map((one) => roundsOf(one, at, evaluator.aside(), false));
  if (rounds.length === 0 || rounds.includes(undefined)) return roundsOf(over, at, evaluator, false);
  return rounds.flatMap((side) =>
    [...(side ?? [])].map((round) => ({ ...round, existence: round.existence ?? 'perhaps' })),
  );
}

/** `iterator = rule`: a bare name, in JSON syntax a text. */
function iteratorName(expression: Expression | undefined): string | undefined {
  if (expression?.kind === 'variable') return expression.name;
  return expression?.kind === 'template' ? (expression.text ?? undefined) : undefined;
}
