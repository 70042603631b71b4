import { DYNAMIC, STRING } from '../../../model/type.js';
import type { Origin, Value } from '../../../model/value.js';
import { stringValue, unknownValue } from '../../../model/values.js';
import { compileRe2 } from '../../../source/re2.js';
import type { DataEntry, DataMapping, DataNode } from '../../../syntax/data/ast.js';
import type { Place, Scope } from '../expression/context.js';
import { entryOf, intrinsicOf, mappingOf, scalarText, sequenceOf } from '../expression/nodes.js';
import { lift, makeChoice, restrict } from '../terms/choice.js';
import { finishTerm } from '../terms/finish.js';
import type { Cause } from '../terms/formula.js';
import { isScalar, markSensitive, maxLeaves, type PlainTerm, sequenceTerm, type Term, textOf } from '../terms/term.js';
import { partsOf } from '../terms/text.js';

/** A value that a file, a flag or another stack gives to a parameter. */
export interface GivenParameter {
  readonly value: string | readonly string[];
  readonly origin: Origin;
}

/** Where the values of a stack's parameters come from, beside their defaults. */
export interface ParameterInputs {
  /** For the root: files and flags. */
  readonly given: ReadonlyMap<string, GivenParameter>;
  /** For a nested stack: what its parent passes. */
  readonly passed: ReadonlyMap<string, () => Term>;
}

interface Declaration {
  readonly name: string;
  readonly entry: DataEntry;
  readonly type: string;
  readonly isList: boolean;
  readonly isSecret: boolean;
  readonly allowed: readonly string[] | undefined;
}

const SSM = 'AWS::SSM::Parameter::Value<';

/** The parameters of one stack: given, by default, one of the allowed values, or unknown. */
export class Parameters {
  readonly #declarations = new Map<string, Declaration>();
  readonly #terms = new Map<string, Term>();
  readonly #closed: ReadonlyMap<string, readonly string[]>;

  constructor(
    private readonly written: ReadonlyMap<string, DataEntry>,
    rules: ReadonlyMap<string, DataEntry>,
    private readonly inputs: ParameterInputs,
    private readonly stack: { readonly id: string; readonly scope: Scope },
  ) {
    this.#closed = closedByRules(rules);
  }

  names(): Iterable<string> {
    return this.written.keys();
  }

  /** The parameters that have no value, with the place of their declaration. */
  withoutValue(): { readonly name: string; readonly place: Place }[] {
    return [...this.written].flatMap(([name, entry]) => {
      const isGiven = this.inputs.given.has(name) || this.inputs.passed.has(name);
      if (isGiven || mappingOf(entry.value)?.entries.has('Default') === true) return [];
      return [{ name, place: { start: entry.keyStart, end: entry.keyEnd } }];
    });
  }

  /** The value under what is assumed; undefined for a name that is not declared. */
  value(name: string, scope: Scope): Term | undefined {
    const term = this.#term(name);
    if (term === undefined) return undefined;
    if (term.kind === 'choice') return restrict(term, scope.assumption);
    return term.kind === 'unknown' ? settle(term, scope) : term;
  }

  /** The values of parameters that are not shown (`NoEcho`), as far as they are known. */
  secrets(): Value[] {
    return [...this.written.keys()].flatMap((name) => {
      const term = this.#declaration(name)?.isSecret === true ? this.#term(name) : undefined;
      return term === undefined ? [] : (finishTerm(term, DYNAMIC) ?? []);
    });
  }

  #term(name: string): Term | undefined {
    const known = this.#terms.get(name);
    if (known !== undefined) return known;
    const declaration = this.#declaration(name);
    if (declaration === undefined) return undefined;
    const value = this.#evaluate(declaration);
    const term = declaration.isSecret ? markSensitive(value) : value;
    this.#terms.set(name, term);
    return term;
  }

  #declaration(name: string): Declaration | undefined {
    const known = this.#declarations.get(name);
    const entry = this.written.get(name);
    if (known !== undefined || entry === undefined) return known;
    const body = mappingOf(entry.value);
    const type = scalarText(entryOf(body, 'Type')) ?? 'String';
    const texts = sequenceOf(entryOf(body, 'AllowedValues'))?.items.map(scalarText);
    const allowed = texts?.every((text) => text !== undefined) ? [...new Set(texts)] : this.#closed.get(name);
    const inner = type.startsWith(SSM) ? type.slice(SSM.length, -1) : type;
    const declaration: Declaration = {
      name,
      entry,
      type,
      isList: inner === 'CommaDelimitedList' || inner.startsWith('List<'),
      isSecret: scalarText(entryOf(body, 'NoEcho')) === 'true',
      allowed,
    };
    this.#declarations.set(name, declaration);
    return declaration;
  }

  #evaluate(declaration: Declaration): Term {
    const { name, entry, type } = declaration;
    const body = mappingOf(entry.value);
    const given = this.inputs.given.get(name);
    const passed = this.inputs.passed.get(name)?.();
    if (type.startsWith(SSM)) return this.#stored(declaration, given?.value ?? passed ?? this.#default(body, name));
    if (given !== undefined) return this.#checked(givenTerm(given, declaration), declaration);
    if (passed !== undefined && passed.kind !== 'absent') return this.#passed(passed, declaration, body);
    const fallback = this.#default(body, name);
    if (fallback !== undefined) return this.#checked(fitTerm(fallback, declaration), declaration);
    return this.#undecided(declaration);
  }

  #default(body: DataMapping | undefined, name: string): PlainTerm | undefined {
    const node = entryOf(body, 'Default');
    const text = scalarText(node);
    if (node === undefined || text === undefined) return undefined;
    return stringValue(text, this.stack.scope.origin(node, 'variable-default', name));
  }

  /** What a nested stack is given: "no value" leaves the default. */
  #passed(passed: Term, declaration: Declaration, body: DataMapping | undefined): Term {
    return lift([passed], this.stack.scope.assumption, ([plain]) => {
      if (plain === undefined || plain.kind === 'absent') {
        const fallback = this.#default(body, declaration.name);
        return fallback === undefined ? this.#undecided(declaration) : fitTerm(fallback, declaration);
      }
      return fitTerm(plain, declaration);
    });
  }

  /** The parameter's value is the name under which another service keeps the value. */
  #stored(declaration: Declaration, path: unknown): Term {
    const name = isText(path) ? path : isTerm(path) && path.kind === 'string' ? path.value : declaration.name;
    return this.#unknown(declaration, { reason: 'data-source', subject: `ssm:${name}` });
  }

  #undecided(declaration: Declaration): Term {
    const { name, allowed, entry, isList } = declaration;
    const cause: Cause = { reason: 'variable-without-value', subject: name };
    if (allowed === undefined || isList || allowed.length === 0) return this.#unknown(declaration, cause);
    const { scope } = this.stack;
    const { logic } = scope.context;
    const variable = logic.variable(this.#identity(name), cause, allowed);
    if (allowed.length > maxLeaves) return this.#unknown(declaration, cause);
    const nodes = sequenceOf(entryOf(entry.value, 'AllowedValues'))?.items ?? [];
    const branches = allowed.map((text) => {
      const node = nodes.find((one) => scalarText(one) === text) ?? entry.value;
      return { guard: logic.is(variable, text), term: stringValue(text, scope.origin(node, 'parameter', name)) };
    });
    return makeChoice(branches, { cause, label: name }, logic);
  }

  #unknown({ name, isList, entry }: Declaration, { reason, subject }: Cause): PlainTerm {
    const origin = this.stack.scope.origin({ start: entry.keyStart, end: entry.keyEnd }, 'parameter', name);
    const identity = this.#identity(name);
    const element = unknownValue(reason, { subject, type: STRING, notNull: true });
    if (isList) return sequenceTerm([], origin, { reason, subject, element }, identity);
    return unknownValue(reason, { subject, type: STRING, identity, notNull: true, origin });
  }

  #identity(name: string): string {
    return `${this.stack.id}\0${name}`;
  }

  /** What the declaration refuses is used all the same. */
  #checked(term: PlainTerm, declaration: Declaration): PlainTerm {
    const texts = term.kind === 'sequence' ? term.items : [term];
    for (const one of texts) {
      const text = isScalar(one) ? textOf(one) : undefined;
      const problem = text === undefined ? undefined : problemOf(text, declaration);
      if (problem === undefined) continue;
      const { keyStart: start, keyEnd: end } = declaration.entry;
      const place = { start, end };
      const shown = declaration.isSecret ? 'The value' : `The value "${text}"`;
      const message = `${shown} of the parameter "${declaration.name}" ${problem}.`;
      this.stack.scope.report('cfn-parameter-value', message, place);
    }
    return term;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTerm(value: unknown): value is Term {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

function givenTerm({ value, origin }: GivenParameter, declaration: Declaration): PlainTerm {
  if (typeof value === 'string') return fitTerm(stringValue(value, origin), declaration);
  if (!declaration.isList) return stringValue(value.join(','), origin);
  return sequenceTerm(
    value.map((text) => stringValue(text.trim(), origin)),
    origin,
  );
}

/** A value as the parameter's type has it: a text is split into a list at its commas. */
function fitTerm(term: PlainTerm, { isList, name }: Declaration): PlainTerm {
  if (term.kind === 'sequence') {
    if (isList) return term;
    const { reason, subject } = term.rest ?? { reason: 'invalid-value' as const, subject: name };
    return unknownValue(reason, { subject, type: STRING, origin: term.origin });
  }
  if (term.kind === 'mapping' || term.kind === 'absent' || term.kind === 'null') {
    return unknownValue('invalid-value', { subject: name, origin: term.origin });
  }
  if (!isList)
    return isScalar(term)
      ? { ...stringValue(textOf(term) ?? '', term.origin), sensitive: term.sensitive, refersTo: term.refersTo }
      : term;
  return splitList(term);
}

function splitList(term: PlainTerm): PlainTerm {
  const parts = partsOf(term) ?? [];
  const [only = '', ...more] = parts;
  if (more.length === 0 && typeof only === 'string') {
    const items = only.split(',').map((text) => stringValue(text.trim(), term.origin));
    return sequenceTerm(items, term.origin);
  }
  // Pieces before the first unknown part are whole where a comma ends them.
  const known = typeof only === 'string' ? only.split(',').slice(0, -1) : [];
  const items = known.map((text) => stringValue(text.trim(), term.origin));
  const part = parts.find((one) => typeof one !== 'string');
  const { reason, subject } =
    part === undefined || typeof part === 'string' ? { reason: 'invalid-value' as const, subject: undefined } : part;
  const element = unknownValue(reason, { subject, type: STRING, notNull: true });
  const identity = term.kind === 'unknown' && term.identity !== undefined ? `list(${term.identity})` : undefined;
  return sequenceTerm(items, term.origin, { reason, subject, element }, identity);
}

/** An unknown under what is assumed of it. */
export function settle(term: PlainTerm, { assumption, context }: Scope): Term {
  if (term.kind !== 'unknown' || term.identity === undefined) return term;
  const variable = context.logic.knownVariable(term.identity);
  const left = variable === undefined ? undefined : assumption.textsLeft(variable);
  if (variable === undefined || left === undefined || left.length > maxLeaves) return term;
  const { origin, sensitive, reason, subject } = term;
  const branches = left.map((text) => ({
    guard: context.logic.is(variable, text),
    term: { ...stringValue(text, origin), sensitive },
  }));
  return makeChoice(branches, { cause: { reason, subject }, label: subject ?? variable.id }, context.logic);
}

function problemOf(text: string, { entry, type, allowed }: Declaration): string | undefined {
  const limit = (key: string) => Number(scalarText(entryOf(entry.value, key)) ?? Number.NaN);
  if (allowed !== undefined && !allowed.includes(text)) return 'is none of the allowed ones';
  if (type === 'Number' || type === 'List<Number>') {
    const number = Number(text);
    if (text.trim() === '' || Number.isNaN(number)) return 'is no number';
    if (number < limit('MinValue') || number > limit('MaxValue')) return 'is out of its range';
    return undefined;
  }
  if (text.length < limit('MinLength') || text.length > limit('MaxLength')) return 'has another length than is allowed';
  const pattern = scalarText(entryOf(entry.value, 'AllowedPattern'));
  return pattern === undefined || matches(text, pattern) ? undefined : 'does not match its pattern';
}

/** In linear time: a pattern that this engine does not know is taken to match. */
function matches(text: string, pattern: string): boolean {
  try {
    return compileRe2(pattern).matcher(text).matches();
  } catch {
    return true;
  }
}

/** Parameters that a rule without a condition limits to a list: `Fn::Contains [[…], !Ref P]`. */
function closedByRules(rules: ReadonlyMap<string, DataEntry>): ReadonlyMap<string, readonly string[]> {
  const closed = new Map<string, readonly string[]>();
  for (const { value } of rules.values()) {
    if (entryOf(value, 'RuleCondition') !== undefined) continue;
    for (const assertion of sequenceOf(entryOf(value, 'Assertions'))?.items ?? []) {
      const contains = containsOf(entryOf(assertion, 'Assert'));
      if (contains !== undefined && !closed.has(contains.name)) closed.set(contains.name, contains.texts);
    }
  }
  return closed;
}

function containsOf(
  node: DataNode | undefined,
): { readonly name: string; readonly texts: readonly string[] } | undefined {
  const call = node === undefined ? undefined : intrinsicOf(node, true);
  const [list, member] = call?.name === 'Fn::Contains' ? (sequenceOf(call.argument)?.items ?? []) : [];
  const texts = sequenceOf(list)?.items.map(scalarText);
  const ref = member === undefined ? undefined : intrinsicOf(member, true);
  const name = ref?.name === 'Ref' ? scalarText(ref.argument) : undefined;
  return name !== undefined && texts?.every((text) => text !== undefined) ? { name, texts } : undefined;
}
