import type {
  Expression,
  LiteralExpression,
  ObjectExpression,
  ObjectItem,
  TemplateExpression,
  TemplatePart,
  TupleExpression,
} from './ast.js';

/** Whether an expression holds nothing but literals. */
function isConstant(expression: Expression): boolean {
  switch (expression.kind) {
    case 'literal':
      return true;
    case 'template':
    case 'tuple':
    case 'object':
      return expression.isConstant;
    case 'parenthesis':
      return isConstant(expression.expression);
    default:
      return false;
  }
}

export function makeLiteral(start: number, end: number, value: LiteralExpression['value']): LiteralExpression {
  return { kind: 'literal', start, end, value, isConstant: true, memo: undefined };
}

export function makeTuple(start: number, end: number, elements: readonly Expression[]): TupleExpression {
  return { kind: 'tuple', start, end, elements, isConstant: elements.every(isConstant), memo: undefined };
}

export function makeObject(start: number, end: number, items: readonly ObjectItem[]): ObjectExpression {
  const isPlain = items.every(({ key, value }) => isConstant(key) && isConstant(value));
  return { kind: 'object', start, end, items, isConstant: isPlain, memo: undefined };
}

export function makeTemplate(
  form: TemplateExpression['form'],
  { start, end }: { readonly start: number; readonly end: number },
  parts: readonly TemplatePart[],
  text?: string,
): TemplateExpression {
  return { kind: 'template', form, start, end, parts, text, isConstant: parts.every(isText), memo: undefined };
}

function isText({ kind }: TemplatePart): boolean {
  return kind === 'text';
}
