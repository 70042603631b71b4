import type { ShapeCatalogue } from '../model/shape.js';
import type { YamlNode, YamlScalar } from '../syntax/yaml/ast.js';
import { readFix } from './check-fix.js';
import { childrenOf, type Expression } from './language/ast.js';
import { Checker } from './language/check.js';
import { resourceType } from './language/check-call.js';
import type { TypeScope } from './language/check-context.js';
import { DYN, renderType, STRING_TYPE, type StaticType } from './language/static-type.js';
import type {
  ParameterType,
  ParameterValue,
  Policy,
  PolicyEach,
  PolicyExpression,
  PolicyParameter,
  PolicyVariable,
} from './policy.js';
import { type PlacedText, rangeIn, readExpression, splitTemplate } from './policy-expressions.js';
import { offsetsOf, type PolicyReader, plainOf } from './policy-yaml.js';

export interface CheckPolicyOptions {
  readonly shapes: ShapeCatalogue;
  readonly types: readonly string[];
  readonly isShipped: boolean;
}

type Fields = ReadonlyMap<string, YamlNode>;
export type CheckedPolicy = Omit<Policy, 'metadata' | 'types'>;

/** Reads and type-checks everything of a policy that is an expression. Problems go to the reader. */
export function checkPolicy(
  reader: PolicyReader,
  fields: Fields,
  options: CheckPolicyOptions,
): CheckedPolicy | undefined {
  const check = new PolicyChecker(reader, options);
  const parameters = check.parameters(fields.get('parameters'));
  const each = check.each(fields.get('each'));
  const variables = check.variables(fields.get('variables'));
  check.bindNames(each, variables);
  const when = check.condition(fields.get('when'), 'when');
  const assert = check.condition(fields.get('assert'), 'assert');
  const message = check.template(fields.get('message') ?? fields.get('title'), 'message') ?? [];
  const fix = readFix(reader, fields.get('fix'), check, each);
  return assert === undefined ? undefined : { parameters, each, variables, when, assert, message, fix };
}

/** The names of one policy and their types, as its parts are read. */
export class PolicyChecker {
  readonly scope = new Map<string, StaticType>();
  readonly resource: StaticType;
  readonly #reader: PolicyReader;
  readonly #options: CheckPolicyOptions;

  constructor(reader: PolicyReader, options: CheckPolicyOptions) {
    this.#reader = reader;
    this.#options = options;
    const shapes = options.types.flatMap((type) => options.shapes.typeShape(type) ?? []);
    const resource = shapes.length === 0 ? DYN : resourceType(shapes);
    this.resource = resource.kind === 'object' ? { ...resource, nullable: false } : resource;
    this.scope.set('resource', this.resource);
    this.scope.set('now', { kind: 'timestamp' });
  }

  parameters(node: YamlNode | undefined): PolicyParameter[] {
    const parameters: PolicyParameter[] = [];
    for (const { key, value } of this.#reader.mapping(node, 'parameters')?.entries ?? []) {
      const name = key.kind === 'scalar' ? key.text : '';
      const parameter = readParameter(this.#reader, name, value);
      if (parameter === undefined) continue;
      parameters.push(parameter);
      this.scope.set(`parameters.${name}`, typeOfParameter(parameter.type));
    }
    return parameters;
  }

  variables(node: YamlNode | undefined): PolicyVariable[] {
    const variables: PolicyVariable[] = [];
    for (const { key, value } of this.#reader.mapping(node, 'variables')?.entries ?? []) {
      const name = key.kind === 'scalar' ? key.text : '';
      const expression = this.parse(value, name);
      if (expression !== undefined) variables.push({ name, value: expression });
    }
    return variables;
  }

  each(node: YamlNode | undefined): PolicyEach[] {
    if (node === undefined) return [];
    const items = node.kind === 'sequence' ? node.items : [node];
    return items.flatMap((item) => {
      const match = item.kind === 'scalar' ? /^(\s*([A-Za-z_]\w*)\s+in\s+)([\s\S]*)$/.exec(item.text) : null;
      if (item.kind !== 'scalar' || match === null) {
        this.#reader.fail(item, '"each" is a name and a list, as in "rule in resource.ingress".');
        return [];
      }
      const [, head = '', name = '', text = ''] = match;
      const place = { file: this.#reader.file, offsets: offsetsOf(this.#reader.file, item).slice(head.length) };
      const collection = this.#read({ text, place });
      return collection === undefined ? [] : [{ name, collection }];
    });
  }

  /** Types of `each` and variables; either may use the other, a variable only those before it. */
  bindNames(each: readonly PolicyEach[], variables: readonly PolicyVariable[]): void {
    const elementNames = new Set(each.map(({ name }) => name));
    const isUsing = (expression: Expression, names: ReadonlySet<string>) => mentions(expression, names);
    const bindEach = ({ name, collection }: PolicyEach) => {
      this.scope.set(name, this.#elementType(collection));
    };
    const waiting: PolicyVariable[] = [];
    const early = each.filter(({ collection }) => !isUsing(collection.expression, new Set(['variables'])));
    for (const entry of early) bindEach(entry);
    const unbound = new Set([...elementNames].filter((name) => !this.scope.has(name)));
    for (const variable of variables) {
      if (isUsing(variable.value.expression, unbound)) waiting.push(variable);
      else this.scope.set(`variables.${variable.name}`, this.check(variable.value));
    }
    for (const entry of each) if (!early.includes(entry)) bindEach(entry);
    for (const variable of waiting) this.scope.set(`variables.${variable.name}`, this.check(variable.value));
  }

  #elementType(collection: PolicyExpression): StaticType {
    const type = this.check(collection);
    if (type.kind === 'list') return type.element;
    if (type.kind === 'map') return type.key;
    if (type.kind !== 'dyn') {
      const { place, expression } = collection;
      if (place !== undefined) {
        this.#reader.fail(
          rangeIn(place, expression.start, expression.end),
          `"each" needs a list, not ${renderType(type)}.`,
        );
      }
    }
    return DYN;
  }

  condition(node: YamlNode | undefined, what: string): PolicyExpression | undefined {
    if (node === undefined) return undefined;
    const expression = this.parse(node, what);
    if (expression !== undefined) {
      const checker = this.#checker();
      checker.checkCondition(expression.expression, this.scope, `"${what}"`);
      this.#report(checker, expression);
    }
    return expression;
  }

  /** Texts and expressions of a message. */
  template(node: YamlNode | undefined, what: string): (string | PolicyExpression)[] | undefined {
    if (node?.kind !== 'scalar') {
      if (node !== undefined) this.#reader.fail(node, `"${what}" needs a text.`);
      return undefined;
    }
    return this.templateText(node);
  }

  templateText(node: YamlScalar): (string | PolicyExpression)[] | undefined {
    const parts = splitTemplate(node.text);
    if (parts === undefined) {
      this.#reader.fail(node, 'A "{{" is not closed.');
      return undefined;
    }
    const offsets = offsetsOf(this.#reader.file, node);
    return parts.flatMap((part): readonly (string | PolicyExpression)[] => {
      if (typeof part === 'string') return [part];
      const place = { file: this.#reader.file, offsets: offsets.slice(part.start, part.end + 1) };
      const expression = this.#read({ text: node.text.slice(part.start, part.end), place });
      if (expression === undefined) return [];
      this.check(expression);
      return [expression];
    });
  }

  parse(node: YamlNode, what: string): PolicyExpression | undefined {
    if (node.kind !== 'scalar') {
      this.#reader.fail(node, `"${what}" needs an expression.`);
      return undefined;
    }
    const place = { file: this.#reader.file, offsets: offsetsOf(this.#reader.file, node) };
    return this.#read({ text: node.text, place });
  }

  check(expression: PolicyExpression, scope: TypeScope = this.scope): StaticType {
    const checker = this.#checker();
    const type = checker.check(expression.expression, scope);
    this.#report(checker, expression);
    return type;
  }

  #checker(): Checker {
    return new Checker({ shapes: this.#options.shapes, isShipped: this.#options.isShipped });
  }

  #report(checker: Checker, { place }: PolicyExpression): void {
    if (place === undefined) return;
    for (const { severity, message, start, end } of checker.problems) {
      const range = rangeIn(place, start, end);
      const code = severity === 'error' ? 'policy-invalid' : 'policy-doubtful';
      this.#reader.diagnostics.push({ code, message, range });
    }
  }

  #read(text: PlacedText): PolicyExpression | undefined {
    const result = readExpression(text);
    if (result.ok) return result.expression;
    const { message, start, end } = result.problem;
    this.#reader.fail(rangeIn(text.place, start, end), message);
    return undefined;
  }
}

function mentions(expression: Expression, names: ReadonlySet<string>): boolean {
  if (expression.kind === 'identifier') return names.has(expression.name);
  return childrenOf(expression).some((child) => mentions(child, names));
}

const PARAMETER_TYPES: readonly ParameterType[] = ['string', 'number', 'int', 'bool', 'list(string)', 'list(number)'];

/** `max: 10`, or `max: { type: number, default: 10, description: … }`. */
function readParameter(reader: PolicyReader, name: string, node: YamlNode): PolicyParameter | undefined {
  if (node.kind !== 'mapping') {
    const value = toParameterValue(plainOf(node));
    if (value === undefined)
      reader.fail(node, `The parameter "${name}" is a text, a number, a boolean, or a list of texts or numbers.`);
    return value === undefined ? undefined : { name, type: typeOfValue(value), default: value };
  }
  const fields = reader.fields(node, ['type', 'default', 'description'], `The parameter "${name}"`);
  const defaultNode = fields.get('default');
  const value = defaultNode === undefined ? undefined : toParameterValue(plainOf(defaultNode));
  if (value === undefined) {
    reader.fail(defaultNode ?? node, `The parameter "${name}" needs a default.`);
    return undefined;
  }
  const typeText = reader.text(fields.get('type'), 'type');
  const type = typeText === undefined ? typeOfValue(value) : PARAMETER_TYPES.find((known) => known === typeText);
  if (type === undefined)
    reader.fail(fields.get('type') ?? node, `A parameter's type is one of ${PARAMETER_TYPES.join(', ')}.`);
  else if (!isOfType(value, type)) reader.fail(defaultNode ?? node, `The default of "${name}" is no ${type}.`);
  const description = reader.text(fields.get('description'), 'description');
  return type === undefined ? undefined : { name, type, default: value, description };
}

/** A plain value as a parameter's; undefined for what cannot be one. */
export function toParameterValue(value: unknown): ParameterValue | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter((item) => typeof item === 'string');
  if (texts.length === value.length) return texts;
  const numbers = value.filter((item) => typeof item === 'number');
  return numbers.length === value.length ? numbers : undefined;
}

function typeOfValue(value: ParameterValue): ParameterType {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'bool';
  return typeof value[0] === 'number' ? 'list(number)' : 'list(string)';
}

/** Whether a value can be the parameter's; an empty list is of either type. */
export function isOfType(value: ParameterValue, type: ParameterType): boolean {
  if (Array.isArray(value) && value.length === 0) return type.startsWith('list');
  if (type === 'int') return Number.isSafeInteger(value);
  return typeOfValue(value) === type;
}

function typeOfParameter(type: ParameterType): StaticType {
  switch (type) {
    case 'string':
    case 'number':
    case 'int':
    case 'bool':
      return { kind: type };
    case 'list(string)':
      return { kind: 'list', element: STRING_TYPE };
    case 'list(number)':
      return { kind: 'list', element: { kind: 'number' } };
  }
}
