import type { Value } from '../../../model/value.js';
import { unknownValue } from '../../../model/values.js';
import type { Diagnostic } from '../../../source/diagnostic.js';
import type { SourceFile } from '../../../source/source-file.js';
import { suggest } from '../../../source/suggest.js';
import type { CallExpression, Expression, Node } from '../../../syntax/hcl/ast.js';
import { parseHclExpression } from '../../../syntax/hcl/parse-hcl.js';
import { convertToConstraint } from '../values/convert.js';
import { ANY, type AttributeConstraint, constraintType, type TypeConstraint } from '../values/types.js';
import { evaluateExpression } from './evaluate-expression.js';
import { namelessContext } from './nameless-context.js';

/** SAFETY: how deep types may be nested in a variable's type. */
const maxTypeDepth = 100;

/**
 * The type of a variable as it is written: `list(object({ name = string, size = optional(number, 3) }))`. What is no type is
 * reported, and `any` stands for it. In JSON syntax, and in old configurations, a type stands in quotes.
 */
export function parseTypeConstraint(
  expression: Expression,
  file: SourceFile,
  report: (diagnostic: Diagnostic) => void,
): TypeConstraint {
  return new TypeReader(file, report).read(expression, 0);
}

const SIMPLE: ReadonlyMap<string, TypeConstraint> = new Map<string, TypeConstraint>([
  ['string', { kind: 'string' }],
  ['number', { kind: 'number' }],
  ['bool', { kind: 'bool' }],
  ['any', ANY],
  // Without an element type, as before Terraform 0.12.
  ['list', { kind: 'list', element: ANY }],
  ['set', { kind: 'set', element: ANY }],
  ['map', { kind: 'map', element: ANY }],
]);

const CONSTRUCTORS = ['list', 'set', 'map', 'object', 'tuple', 'optional'];

class TypeReader {
  constructor(
    readonly file: SourceFile,
    readonly report: (diagnostic: Diagnostic) => void,
  ) {}

  read(expression: Expression, depth: number): TypeConstraint {
    if (depth > maxTypeDepth) {
      this.#fail(expression, `A type is nested more than ${maxTypeDepth} deep.`, 'limit-reached');
      return { kind: 'dynamic', isTooDeep: true };
    }
    switch (expression.kind) {
      case 'parenthesis':
        return this.read(expression.expression, depth + 1);
      case 'variable':
        return this.#simple(expression.name, expression);
      case 'template':
        return this.#quoted(expression, depth);
      case 'call':
        return this.#constructed(expression, depth);
      case 'error':
        return ANY;
      default:
        return this.#fail(
          expression,
          'This is not a type: a type is a keyword, or a keyword with types in parentheses.',
        );
    }
  }

  #simple(name: string, at: Node): TypeConstraint {
    const type = SIMPLE.get(name);
    if (type !== undefined) return type;
    if (name === 'object' || name === 'tuple') {
      return this.#fail(at, `"${name}" takes the types of what is in it in parentheses.`);
    }
    return this.#fail(at, `There is no type "${name}".${suggest(name, [...SIMPLE.keys(), ...CONSTRUCTORS])}`);
  }

  #quoted(expression: Expression & { readonly kind: 'template' }, depth: number): TypeConstraint {
    const [first] = expression.parts;
    const text = expression.text ?? (first?.kind === 'text' && expression.parts.length === 1 ? first.value : undefined);
    if (text === undefined || expression.form === 'heredoc') return this.#fail(expression, 'This is not a type.');
    const simple = SIMPLE.get(text);
    if (simple !== undefined) return simple;
    const { start, end } = expression;
    if (this.file.text.slice(start + 1, end - 1) !== text) return this.#fail(expression, 'This is not a type.');
    const parsed = parseHclExpression(this.file, start + 1, end - 1);
    for (const diagnostic of parsed.diagnostics) this.report(diagnostic);
    return parsed.expression.kind === 'template'
      ? this.#fail(expression, 'This is not a type.')
      : this.read(parsed.expression, depth + 1);
  }

  #constructed(call: CallExpression, depth: number): TypeConstraint {
    const [argument, ...others] = call.arguments;
    if (call.name === 'optional') {
      this.#fail(call, '"optional" stands only before the type of an attribute of an object.');
      return argument === undefined ? ANY : this.read(argument, depth + 1);
    }
    if (!CONSTRUCTORS.includes(call.name)) {
      return this.#fail(call.nameRange, `There is no type "${call.name}".${suggest(call.name, CONSTRUCTORS)}`);
    }
    if (argument === undefined || others.length > 0) return this.#fail(call, `"${call.name}" takes one argument.`);
    switch (call.name) {
      case 'list':
      case 'set':
      case 'map':
        return { kind: call.name, element: this.read(argument, depth + 1) };
      case 'tuple':
        if (argument.kind !== 'tuple') return this.#fail(argument, 'A tuple type takes a list of types in brackets.');
        return { kind: 'tuple', elements: argument.elements.map((element) => this.read(element, depth + 1)) };
      default:
        return this.#object(argument, depth);
    }
  }

  #object(argument: Expression, depth: number): TypeConstraint {
    if (argument.kind !== 'object') return this.#fail(argument, 'An object type takes its attributes in braces.');
    const attributes = new Map<string, AttributeConstraint>();
    for (const item of argument.items) {
      const name = keyName(item.key);
      if (name === undefined) this.#fail(item.key, 'The name of an attribute must be written as it is.');
      else attributes.set(name, this.#attribute(item.value, depth + 1));
    }
    return { kind: 'object', attributes };
  }

  #attribute(expression: Expression, depth: number): AttributeConstraint {
    if (expression.kind !== 'call' || expression.name !== 'optional') {
      return { type: this.read(expression, depth), isOptional: false };
    }
    const [typeExpression, fallback, ...others] = expression.arguments;
    if (typeExpression === undefined || others.length > 0) {
      return { type: this.#fail(expression, '"optional" takes a type, and perhaps a default.'), isOptional: true };
    }
    const type = this.read(typeExpression, depth);
    if (fallback === undefined) return { type, isOptional: true };
    const value = this.#default(fallback, type);
    return value === undefined ? { type, isOptional: true } : { type, isOptional: true, default: value };
  }

  #default(expression: Expression, type: TypeConstraint): Value | undefined {
    // Defaults are literals.
    const value = evaluateExpression(expression, namelessContext(this.file, this.report, maxDefaultSteps));
    const converted = convertToConstraint(value, type);
    if (converted.ok) return converted.value;
    const message = `The default does not suit its type: ${converted.message}.`;
    if (converted.isLimit !== true) {
      this.#fail(expression, message);
      return undefined;
    }
    this.#fail(expression, message, 'limit-reached');
    return unknownValue('limit-reached', { type: constraintType(type) });
  }

  #fail(
    at: Node,
    message: string,
    code: 'terraform-invalid-variable' | 'limit-reached' = 'terraform-invalid-variable',
  ): TypeConstraint {
    this.report({ code, message, range: { file: this.file, start: at.start, end: at.end } });
    return ANY;
  }
}

/** SAFETY: how many steps the default of one attribute may take. */
const maxDefaultSteps = 100_000;

function keyName(key: Expression): string | undefined {
  if (key.kind !== 'template') return undefined;
  const [part] = key.parts;
  return key.parts.length === 1 && part?.kind === 'text' ? part.value : undefined;
}
