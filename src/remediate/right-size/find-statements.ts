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
