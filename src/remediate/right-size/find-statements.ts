import type { Block, Body, Expression, HclFile, JsonBody, ObjectExpression } from '../../syntax/hcl/ast.js';

/** A statement where it is written. */
export interface WrittenStatement {
  readonly kind: 'block' | 'object';
  readonly start: number;
  readonly end: number;
  /** Behind the opening brace. */
  readonly bodyStart: number;
  /** It is no element of a list. */
  readonly isOnlyValue: boolean;
  readonly sid: Expression | undefined;
  readonly actions: Expression | undefined;
  readonly resources: Expression | undefined;
}

/** The `statement` blocks and objects of a file that begin at these offsets. */
export function findStatements(file: HclFile, starts: ReadonlySet<number>): ReadonlyMap<number, WrittenStatement> {
  const found = new Map<number, WrittenStatement>();
  const inBody = (body: Body | JsonBody): void => {
    if (body.kind !== 'body') return;
    for (const { expression } of body.attributes) inExpression(expression, true);
    for (const block of body.blocks) {
      if (block.type === 'statement' && starts.has(block.start)) found.set(block.start, fromBlock(block));
      inBody(block.body);
    }
  };
  const inExpression = (expression: Expression, isOnlyValue: boolean): void => {
    switch (expression.kind) {
      case 'object':
        if (starts.has(expression.start)) found.set(expression.start, fromObject(expression, isOnlyValue));
        for (const { value } of expression.items) inExpression(value, true);
        break;
      case 'tuple':
        for (const element of expression.elements) inExpression(element, false);
        break;
      case 'call':
        for (const argument of expression.arguments) inExpression(argument, true);
        break;
      case 'parenthesis':
        inExpression(expression.expression, isOnlyValue);
        break;
      default:
    }
  };
  inBody(file.body);
  return found;
}

/** Why a statement at an offset is no block or object of its own, in words that follow "it"; undefined: nothing more is known. */
export function reasonInHcl(file: HclFile, start: number): string | undefined {
  const isAround = (node: { readonly start: number; readonly end: number }) => node.start <= start && start < node.end;
  const inBody = (body: Body | JsonBody): string | undefined => {
    if (body.kind !== 'body') return undefined;
    const block = body.blocks.find(isAround);
    if (block !== undefined) return block.type === 'dynamic' ? 'is made by a dynamic block' : inBody(block.body);
    const attribute = body.attributes.find(({ expression }) => isAround(expression));
    return attribute === undefined ? undefined : inExpression(attribute.expression);
  };
  const inExpression = (expression: Expression): string | undefined => {
    if (expression.kind === 'for') return 'is made by a for expression';
    if (expression.kind === 'conditional') return 'is one of a condition';
    if (expression.kind === 'template') return 'is text in quotes';
    const parts =
      expression.kind === 'object'
        ? expression.items.map(({ value }) => value)
        : expression.kind === 'tuple'
          ? expression.elements
          : expression.kind === 'call'
            ? expression.arguments
            : expression.kind === 'parenthesis'
              ? [expression.expression]
              : [];
    const part = parts.find(isAround);
    if (part !== undefined) return inExpression(part);
    return expression.kind === 'call' ? `is made by ${expression.name}()` : undefined;
  };
  return inBody(file.body);
}

function fromBlock({ start, end, header, body }: Block): WrittenStatement {
  const attribute = (name: string) =>
    body.kind === 'body' ? body.attributes.find((one) => one.name === name)?.expression : undefined;
  return {
    kind: 'block',
    start,
    end,
    bodyStart: header.end,
    isOnlyValue: false,
    sid: attribute('sid'),
    actions: attribute('actions'),
    resources: attribute('resources'),
  };
}

function fromObject({ start, end, items }: ObjectExpression, isOnlyValue: boolean): WrittenStatement {
  const item = (name: string) => items.find(({ key }) => keyText(key) === name)?.value;
  return {
    kind: 'object',
    start,
    end,
    bodyStart: start + 1,
    isOnlyValue,
    sid: item('sid'),
    actions: item('action'),
    resources: item('resource'),
  };
}

function keyText(key: Expression): string | undefined {
  if (key.kind !== 'template') return undefined;
  const [part, ...others] = key.parts;
  return part?.kind === 'text' && others.length === 0 ? part.value.toLowerCase() : undefined;
}
