import type { Value } from '../../../model/value.js';
import { originAt, stringValue, unknownValue } from '../../../model/values.js';
import type { Expression } from '../../../syntax/hcl/ast.js';
import { parseHclExpression } from '../../../syntax/hcl/parse-hcl.js';
import { type Declaration, headerOf, type PlacedAttribute } from '../configuration/declarations.js';
import type { PlacedBody } from '../configuration/read-body.js';
import { parseTypeConstraint } from '../expression/type-constraint.js';
import { type Conversion, convertToConstraint } from '../values/convert.js';
import { ANY, constraintType, type TypeConstraint } from '../values/types.js';
import { markSensitive } from '../values/unknown.js';
import { evaluateConstant } from './constant.js';
import type { Module } from './module.js';

/** SAFETY: a thousand instances of a module may be given a list of a million each. */
const BEYOND_STEPS: Conversion = { ok: false, isLimit: true, message: 'to convert it takes more steps than are left' };

const constraints = new WeakMap<Declaration, TypeConstraint>();

/** The value of a variable: what it is given, its default, or an unknown of its type. */
export function evaluateVariable(name: string, declaration: Declaration, module: Module): Value {
  const body = module.bodyOf(declaration);
  const constraint = constraintOf(declaration, body, module);
  const isNullable = !isFalse(body.attributes.get('nullable'));
  const isSensitive =
    module.isTrue(body.attributes.get('sensitive')) || module.isTrue(body.attributes.get('ephemeral'));
  const given = givenValue(name, constraint, module);
  if (given?.origin?.step === 'environment') module.world.secrets.push(given);
  const usesDefault = given === undefined || (given.kind === 'null' && !isNullable);
  const fallback = usesDefault ? defaultValue(name, body.attributes.get('default'), module) : undefined;
  const value = usesDefault ? fallback : given;
  if (value === undefined) {
    reportMissing(name, given, declaration, module);
    return markSensitive(withoutValue(name, constraint, isNullable, module, declaration), isSensitive);
  }
  const converted = toConstraint(name, value, constraint, module, declaration);
  // What does not suit the type is a secret all the same.
  if (isSensitive) module.world.secrets.push(value, converted);
  return markSensitive(converted, isSensitive);
}

export function constraintOf(declaration: Declaration, body: PlacedBody, module: Module): TypeConstraint {
  const known = constraints.get(declaration);
  if (known !== undefined) return known;
  const type = body.attributes.get('type');
  const constraint =
    type === undefined ? ANY : parseTypeConstraint(type.attribute.expression, type.file, module.world.report);
  constraints.set(declaration, constraint);
  return constraint;
}

function isFalse(placed: PlacedAttribute | undefined): boolean {
  return literalBool(placed) === false;
}

/** A bool that is written as it is; in quotes, as JSON syntax may have it, it is one too. */
export function literalBool(placed: PlacedAttribute | undefined): boolean | undefined {
  const expression = placed?.attribute.expression;
  if (expression?.kind === 'literal') return typeof expression.value === 'boolean' ? expression.value : undefined;
  if (expression?.kind !== 'template') return undefined;
  const [part] = expression.parts;
  if (expression.parts.length !== 1 || part?.kind !== 'text') return undefined;
  return part.value === 'true' ? true : part.value === 'false' ? false : undefined;
}

/** A variable that must not be null was given null; one of a called module was given nothing. */
function reportMissing(name: string, given: Value | undefined, declaration: Declaration, module: Module): void {
  const call = module.place.calls.at(-1);
  const written = given?.origin ?? call?.range;
  if (given === undefined && call === undefined) return;
  const range = written ?? headerOf(declaration);
  module.world.report({
    code: 'terraform-invalid-value',
    message:
      given === undefined
        ? `"${call?.name}" needs a value for the variable "${name}".`
        : `The value of "var.${name}" must not be null.`,
    range: { file: range.file, start: range.start, end: range.end },
  });
}

function givenValue(name: string, constraint: TypeConstraint, module: Module): Value | undefined {
  const input = module.place.input(name);
  if (input === undefined) return undefined;
  if (input.kind === 'value') {
    const value = input.evaluate();
    // What stands in a variable file is written there, and comes from nowhere else.
    const from = input.step.step === 'tfvars' ? undefined : value.origin;
    return { ...value, origin: originAt(input.step, input.step.step, input.step.name, from) };
  }
  const { source, text, step } = input;
  const origin = originAt({ file: source, start: 0, end: source.text.length }, step, `var.${name}`);
  // For a type other than a primitive the text is an expression.
  const isText =
    constraint.kind === 'string' ||
    constraint.kind === 'number' ||
    constraint.kind === 'bool' ||
    (constraint.kind === 'dynamic' && !isDeclared(name, module));
  if (isText) return stringValue(text, origin);
  const { expression, diagnostics } = parseHclExpression({ path: source.path, text });
  for (const { code, message } of diagnostics)
    module.world.report({ code, message: `The value of "var.${name}": ${message}`, path: source.path });
  return { ...evaluateConstant(expression, { path: source.path, text }, module.world.report), origin };
}

/** A variable without a type takes text from outside as it is. */
function isDeclared(name: string, module: Module): boolean {
  const declaration = module.configuration.variables.get(name);
  return declaration !== undefined && module.bodyOf(declaration).attributes.has('type');
}

const defaults = new WeakMap<Expression, Value>();

function defaultValue(name: string, placed: PlacedAttribute | undefined, module: Module): Value | undefined {
  if (placed === undefined) return undefined;
  const { file, attribute } = placed;
  const { expression } = attribute;
  // The same for every instance of the module.
  const value = defaults.get(expression) ?? evaluateConstant(expression, file, module.world.report);
  defaults.set(expression, value);
  const place = { file, start: expression.start, end: expression.end };
  return { ...value, origin: originAt(place, 'variable-default', `var.${name}`) };
}

function toConstraint(
  name: string,
  value: Value,
  constraint: TypeConstraint,
  module: Module,
  declaration: Declaration,
): Value {
  const converted = module.world.budget.mayWalk(value) ? convertToConstraint(value, constraint) : BEYOND_STEPS;
  if (converted.ok)
    return converted.value.origin === undefined ? { ...converted.value, origin: value.origin } : converted.value;
  const { origin } = value;
  const range = origin ?? headerOf(declaration);
  module.world.report({
    code: converted.isLimit === true ? 'limit-reached' : 'terraform-invalid-value',
    message: `The value of "var.${name}" is not suitable: ${converted.message}.`,
    range: { file: range.file, start: range.start, end: range.end },
  });
  return unknownValue(converted.isLimit === true ? 'limit-reached' : 'invalid-value', {
    type: constraintType(constraint),
    subject: `var.${name}`,
    origin,
  });
}

function withoutValue(
  name: string,
  constraint: TypeConstraint,
  isNullable: boolean,
  module: Module,
  declaration: Declaration,
): Value {
  const address = module.addressOf(`var.${name}`);
  return unknownValue('variable-without-value', {
    type: constraintType(constraint),
    subject: address,
    identity: `${module.world.root}\0${address}`,
    notNull: isNullable ? undefined : true,
    origin: originAt(headerOf(declaration), 'variable-default', `var.${name}`),
  });
}
