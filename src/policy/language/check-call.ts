import type { ObjectShape, Shape, TypeShape } from '../../model/shape.js';
import { suggest } from '../../source/suggest.js';
import type { CallExpression, Expression } from './ast.js';
import type { CheckContext, TypeScope } from './check-context.js';
import { dottedName } from './compile.js';
import { FUNCTIONS } from './functions/index.js';
import { compilePattern } from './functions/string-functions.js';
import {
  DYN,
  isNullable,
  matchesType,
  parseSignature,
  renderType,
  type StaticType,
  substitute,
} from './static-type.js';

/** The type of a call: its overload, the types it names, its regular expression. */
export function checkCall(checker: CheckContext, expression: CallExpression, scope: TypeScope): StaticType {
  const { target, name } = expression;
  const namespace = target === undefined ? undefined : dottedName(target);
  const isNamespace =
    namespace !== undefined && !scope.has(namespace) && Object.hasOwn(FUNCTIONS, `${namespace}.${name}`);
  const key = isNamespace ? `${namespace}.${name}` : target === undefined ? name.replace(/^\./, '') : `.${name}`;
  const values = target === undefined || isNamespace ? expression.arguments : [target, ...expression.arguments];
  const types = values.map((value) => checker.check(value, scope));
  const definition = Object.hasOwn(FUNCTIONS, key) ? FUNCTIONS[key] : undefined;
  const place = { start: expression.nameStart, end: expression.nameStart + name.length };
  if (definition === undefined) {
    const known = Object.keys(FUNCTIONS).map((full) => full.replace(/^\./, ''));
    checker.error(place, `The function "${name}" is not known.${suggest(name, known)}`);
    return DYN;
  }
  const result = overload(definition.signatures, types);
  if (result === undefined) {
    const given = types.map(renderType).join(', ') || 'no argument';
    checker.error(place, `"${name}" does not take ${given}.`);
    return DYN;
  }
  if (key === '.matches' || key === 'matches') checkPattern(checker, values[1]);
  const special = specialResult(checker, { key, values, types }, expression);
  if (special !== undefined) return special;
  const mayBeNull = definition.overNull === 'null' && types.some(isNullable);
  return mayBeNull && !['list', 'map', 'optional'].includes(result.kind) && isScalar(result)
    ? { ...result, nullable: true }
    : result;
}

function isScalar(type: StaticType): type is Exclude<StaticType, { kind: 'list' | 'map' | 'optional' | 'variable' }> {
  return type.kind !== 'list' && type.kind !== 'map' && type.kind !== 'optional' && type.kind !== 'variable';
}

function overload(signatures: readonly string[], types: readonly StaticType[]): StaticType | undefined {
  const fitting: StaticType[] = [];
  for (const text of signatures) {
    const { parameters, result } = parseSignature(text);
    if (parameters.length !== types.length) continue;
    const variables = new Map<string, StaticType>();
    const isMatch = parameters.every((parameter, index) => matchesType(parameter, types[index] ?? DYN, variables));
    if (isMatch) fitting.push(substitute(result, variables));
  }
  const [first] = fitting;
  if (first === undefined) return undefined;
  return fitting.every((type) => renderType(type) === renderType(first)) ? first : DYN;
}

function checkPattern(checker: CheckContext, argument: Expression | undefined): void {
  if (argument === undefined || checker.options.allowsDynamicPatterns === true) return;
  if (argument.kind === 'literal' && argument.type === 'string') {
    if (compilePattern(argument.value) === undefined) {
      checker.error(argument, 'The regular expression is not in RE2 syntax.');
    }
    return;
  }
  if (dottedName(argument)?.startsWith('parameters.') === true) return;
  checker.error(argument, 'A regular expression is a constant or a parameter.');
}

interface CheckedCall {
  readonly key: string;
  readonly values: readonly Expression[];
  readonly types: readonly StaticType[];
}

/** Functions whose result depends on a constant, or has attributes of its own. */
function specialResult(checker: CheckContext, call: CheckedCall, expression: CallExpression): StaticType | undefined {
  switch (call.key) {
    case 'target':
      return namedType(checker, call.values[1], expression);
    case '.related': {
      const [subject] = call.types;
      const isResource = subject?.kind === 'dyn' || (subject?.kind === 'object' && subject.isResource === true);
      if (!isResource) checker.error(expression, '"related" is asked of a resource.');
      const element = namedType(checker, call.values[1], expression);
      checkRelationAttribute(checker, element, call.values[2]);
      return { kind: 'list', element: withoutNull(element), isAttribute: false };
    }
    case 'scope':
      return namedType(checker, call.values[0], expression, true);
    case 'assume':
      return call.types[0]?.kind === 'dyn' ? DYN : call.types[0];
    case 'arn':
      return record('arn', {
        partition: 'string',
        service: 'string',
        region: 'string',
        account: 'string',
        resource: 'string',
      });
    case 'image':
      return record('image', { registry: 'string', repository: 'string', tag: 'string', digest: 'string' });
    case 'portRange':
      return record('portRange', { from: 'number', to: 'number' });
    case 'access.allows':
    case 'access.canEscalate':
    case 'access.isAdmin':
      checkPrincipal(checker, call, expression);
      return undefined;
    case 'access.escalations':
      checkPrincipal(checker, call, expression);
      return factsOf('escalation', {
        name: 'string',
        technique: 'string',
        title: 'string',
        target: 'string',
        steps: 'string',
      });
    case 'access.excess':
    case 'access.unused':
      checkPrincipal(checker, call, expression);
      return factsOf('excess', {
        name: 'string',
        service: 'string',
        actions: 'number',
        examples: 'string',
        wide: 'string',
        whole: 'bool',
      });
    case '.deniesAll':
    case '.allows':
    case '.isRestrictedBy':
      checkDocument(checker, call, expression);
      return undefined;
    default:
      return undefined;
  }
}

function withoutNull(type: StaticType): StaticType {
  return type.kind === 'object' ? { ...type, nullable: false } : type;
}

/** Users and roles, of which alone it is known what they can do. */
const PRINCIPALS: ReadonlySet<string> = new Set(['aws_iam_role', 'aws_iam_user']);

function checkPrincipal(checker: CheckContext, { types }: CheckedCall, expression: CallExpression): void {
  const [subject] = types;
  if (subject === undefined || subject.kind === 'dyn') return;
  const isPrincipal =
    subject.kind === 'object' &&
    subject.isResource === true &&
    subject.shapes.every(({ type }) => PRINCIPALS.has(type));
  if (!isPrincipal) checker.error(expression, `"${expression.name}" is asked of a user or a role.`);
}

function factsOf(name: string, fields: Readonly<Record<string, 'string' | 'number' | 'bool'>>): StaticType {
  return { kind: 'list', element: withoutNull(record(name, fields)), isAttribute: false };
}

function record(name: string, fields: Readonly<Record<string, 'string' | 'number' | 'bool'>>): StaticType {
  const entries = Object.entries(fields).map(([field, kind]): [string, Shape] => [field, { kind }]);
  const shape: ObjectShape = { kind: 'object', fields: new Map(entries) };
  return { kind: 'object', shapes: [{ type: name, path: '', shape }], nullable: true };
}

/** Statements and documents are blocks; a text is a document that the type's table does not decode. */
function checkDocument(checker: CheckContext, { types }: CheckedCall, expression: CallExpression): void {
  const [subject] = types;
  if (subject === undefined || subject.kind === 'dyn' || subject.kind === 'object') return;
  checker.error(
    expression,
    `"${expression.name}" is asked of a policy document or a statement, not of ${renderType(subject)}.`,
  );
}

function namedType(
  checker: CheckContext,
  argument: Expression | undefined,
  call: CallExpression,
  isScope = false,
): StaticType {
  if (argument?.kind !== 'literal' || argument.type !== 'string') {
    checker.error(argument ?? call, `"${call.name}" names a resource type as a constant text.`);
    return DYN;
  }
  const found = checker.options.shapes.typeShape(argument.value);
  if (found === undefined) {
    const names = checker.options.shapes.typeNames();
    checker.error(argument, `There is no resource type "${argument.value}".${suggest(argument.value, names)}`);
    return DYN;
  }
  if (found.companionOf !== undefined) {
    const { type, path } = found.companionOf;
    checker.error(argument, `"${argument.value}" is read as part of "${type}": see "${path}" there.`);
  }
  if (isScope && !found.isScope) checker.error(argument, `"${argument.value}" is no scope.`);
  return resourceType([found]);
}

/** The type of a resource of one of the types. */
export function resourceType(types: readonly TypeShape[]): StaticType {
  const shapes = types.map(({ type, shape }) => ({ type, path: '', shape }));
  return { kind: 'object', shapes, isResource: true, nullable: true };
}

function checkRelationAttribute(checker: CheckContext, element: StaticType, argument: Expression | undefined): void {
  if (argument === undefined) return;
  if (argument.kind !== 'literal' || argument.type !== 'string') {
    checker.error(argument, '"related" names an attribute as a constant text.');
    return;
  }
  if (element.kind !== 'object') return;
  for (const { type, shape } of element.shapes) {
    let current: Shape = shape;
    for (const field of argument.value.split('.')) {
      while (current.kind === 'list' || current.kind === 'set' || current.kind === 'map') current = current.element;
      if (current.kind === 'any') return;
      const next: Shape | undefined = current.kind === 'object' ? current.fields.get(field) : undefined;
      if (next === undefined) {
        const names = current.kind === 'object' ? current.fields.keys() : [];
        checker.error(argument, `"${type}" has no attribute "${argument.value}".${suggest(field, names)}`);
        return;
      }
      current = next;
    }
  }
}
