import { DYNAMIC } from '../../../model/type.js';
import type { UnknownValue } from '../../../model/value.js';
import { unknownValue } from '../../../model/values.js';
import { suggest } from '../../../source/suggest.js';
import type { DataMapping, DataNode } from '../../../syntax/data/ast.js';
import { lift, makeChoice } from '../terms/choice.js';
import type { Formula } from '../terms/formula.js';
import {
  absentTerm,
  type Branch,
  invalidExpression,
  mappingTerm,
  type PlainTerm,
  signatureOf,
  type Term,
  throughStep,
  unknownOf,
} from '../terms/term.js';
import { cannotBeEqual } from '../terms/text.js';
import { argumentList, invalidCall, textArgument } from './arguments.js';
import type { IntrinsicCall, Place, Scope } from './context.js';
import { entryOf, mappingOf, scalarText, sequenceOf } from './nodes.js';

/** SAFETY: a map by an unknown key with more different values is unknown. */
const maxMapValues = 16;

export function evaluateRef(call: IntrinsicCall, scope: Scope): Term {
  const name = scalarText(call.argument);
  if (name === undefined) return invalidCall(call, scope, 'takes the name of a parameter or resource.');
  return resolveName(name, scope, call.at, call.name);
}

/** What a name stands for: a parameter, a pseudo parameter or a resource. */
export function resolveName(name: string, scope: Scope, at: Place, intrinsic: string): Term {
  if (name === 'AWS::NoValue') return absentTerm(scope.origin(at));
  const { context } = scope;
  const parameter = context.parameter(name, scope);
  if (parameter !== undefined) {
    const isAssumed = parameter.kind === 'string' && parameter.origin?.step === 'assumed-default';
    return throughStep(parameter, scope.origin(at, isAssumed ? 'assumed-default' : 'parameter', name));
  }
  const reference = context.reference(name, scope);
  if (reference !== undefined) return throughStep(reference, scope.origin(at, 'resource', name));
  const near = suggest(name, context.names());
  scope.report('cfn-unknown-reference', `There is no parameter or resource "${name}".${near}`, at);
  return invalidExpression(scope.origin(at), `${intrinsic} ${name}`);
}

/** `Fn::GetAtt`: a text splits at its first dot, a list is the name and the attribute. */
export function evaluateGetAtt(call: IntrinsicCall, scope: Scope): Term {
  const text = scalarText(call.argument);
  if (text !== undefined) {
    const dot = text.indexOf('.');
    if (dot <= 0) return invalidCall(call, scope, 'takes the name of a resource and of an attribute.');
    return resolveAttribute(text.slice(0, dot), text.slice(dot + 1), scope, call.at);
  }
  const [name, attribute] = argumentList(call, 2) ?? [];
  if (name === undefined || attribute === undefined)
    return invalidCall(call, scope, 'takes the name of a resource and of an attribute.');
  // Names made by functions are an extension of the language.
  return lift([scope.evaluate(name), scope.evaluate(attribute)], scope.assumption, (plain, assumption) => {
    const [of, what] = plain.map(textArgument);
    if (of !== undefined && what !== undefined) return resolveAttribute(of, what, scope.under(assumption), call.at);
    return unknownOf(plain, { origin: scope.origin(call.at) });
  });
}

export function resolveAttribute(name: string, attribute: string, scope: Scope, at: Place): Term {
  const { context } = scope;
  const found = context.attribute(name, attribute, scope, at);
  if (found !== undefined) return throughStep(found, scope.origin(at, 'resource', `${name}.${attribute}`));
  const names = [...context.names()];
  const message = names.includes(name)
    ? `"${name}" is a parameter, which has no attributes.`
    : `There is no resource "${name}".${suggest(name, names)}`;
  scope.report('cfn-unknown-reference', message, at);
  return invalidExpression(scope.origin(at), `${name}.${attribute}`);
}

export function evaluateImportValue(call: IntrinsicCall, scope: Scope): Term {
  return lift([scope.evaluate(call.argument)], scope.assumption, ([name], assumption) =>
    name === undefined
      ? invalidExpression(scope.origin(call.at))
      : scope.context.imported(name, scope.under(assumption), call.at),
  );
}

/** `AWS::Include` stands for a mapping; what another macro makes of its place is not known at all. */
export function evaluateTransform(call: IntrinsicCall, scope: Scope): Term {
  const first = sequenceOf(call.argument)?.items[0] ?? call.argument;
  const subject = scalarText(entryOf(first, 'Name')) ?? call.name;
  const origin = scope.origin(call.at);
  if (subject === 'AWS::Include') return mappingTerm(new Map(), origin, { reason: 'unsupported-intrinsic', subject });
  scope.report('cfn-macro', `What the macro "${subject}" makes of its place is not known.`, call.at);
  return unknownValue('unsupported-intrinsic', { subject, origin });
}

/** `Fn::FindInMap [map, first, second, {DefaultValue}]`. */
export function evaluateFindInMap(call: IntrinsicCall, scope: Scope): Term {
  const args = argumentList(call, 3, 4);
  const [map, first, second, options] = args ?? [];
  if (map === undefined || first === undefined || second === undefined)
    return invalidCall(call, scope, 'takes the name of a map and two keys.');
  const fallback = entryOf(options, 'DefaultValue');
  if (options !== undefined && (fallback === undefined || !scope.context.hasLanguageExtensions)) {
    return invalidCall(
      call,
      scope,
      'takes a default only as "DefaultValue", with "Transform: AWS::LanguageExtensions".',
    );
  }
  const terms = [map, first, second].map((node) => scope.evaluate(node));
  return lift(terms, scope.assumption, (plain, assumption) => {
    const [name, ...keys] = plain;
    const own = scope.under(assumption);
    const named = name === undefined ? undefined : textArgument(name);
    if (named === undefined) return unknownOf(plain, { origin: scope.origin(call.at) });
    const found = scope.context.mapping(named);
    const fall = () => (fallback === undefined ? undefined : own.evaluate(fallback));
    if (found !== undefined) return new MapLookUp(named, call, own, fall).look(found, keys);
    const near = suggest(named, scope.context.mappingNames());
    scope.report('cfn-missing-mapping', `There is no mapping "${named}".${near}`, call.at);
    return fall() ?? invalidExpression(scope.origin(call.at), named);
  });
}

class MapLookUp {
  constructor(
    private readonly name: string,
    private readonly call: IntrinsicCall,
    private readonly scope: Scope,
    private readonly fallback: () => Term | undefined,
  ) {}

  /** The value at the keys; what is missing is reported. */
  look(map: DataMapping, keys: readonly PlainTerm[]): Term {
    const found = this.find(map, keys, this.name);
    if (found !== undefined) return found;
    const shown = keys.map((key) => textArgument(key) ?? '…').join('.');
    this.scope.report('cfn-missing-mapping', `The mapping "${this.name}" has no key "${shown}".`, this.call.at);
    return invalidExpression(this.scope.origin(this.call.at), `${this.name}.${shown}`);
  }

  /** Undefined where there is nothing, and no default. */
  private find(node: DataNode, keys: readonly PlainTerm[], path: string): Term | undefined {
    const [key, ...others] = keys;
    const origin = this.scope.origin(this.call.at, 'mapping', path);
    if (key === undefined) return throughStep(this.scope.evaluate(node), origin);
    const mapping = mappingOf(node);
    if (mapping === undefined) return this.fallback();
    const text = textArgument(key);
    if (text !== undefined) {
      const entry = this.entry(mapping, text);
      return entry === undefined ? this.fallback() : this.find(entry, others, `${path}.${text}`);
    }
    if (key.kind !== 'unknown') return invalidCall(this.call, this.scope, 'takes texts as keys.');
    return this.findAny(mapping, key, others, path);
  }

  /** The name as the service reads it, then as it is written. */
  private entry(mapping: DataMapping, text: string): DataNode | undefined {
    const entry = mapping.entries.get(text);
    if (entry !== undefined) return entry.value;
    for (const { spelling, value, key } of mapping.entries.values()) {
      if (spelling !== text) continue;
      const message = `The key "${text}" of the mapping "${this.name}" is read as "${key}". Put it in quotes.`;
      this.scope.report('yaml-unusual-stream', message, this.call.at);
      return value;
    }
    return undefined;
  }

  /** By an unknown key: one of the map's, or the default's. Nothing is deployed where there is neither. */
  private findAny(
    mapping: DataMapping,
    key: UnknownValue,
    others: readonly PlainTerm[],
    path: string,
  ): Term | undefined {
    const { context, assumption } = this.scope;
    const { logic } = context;
    const { start } = this.call.at;
    const id = signatureOf(key) ?? `${context.file.path}\0map\0${start}\0${path}`;
    const cause = { reason: key.reason, subject: key.subject };
    const variable = logic.variable(key.identity ?? id, cause);
    const branches: Branch[] = [];
    const seen = new Set<string>();
    const guards: Formula[] = [];
    for (const [name, { value }] of mapping.entries) {
      const guard = logic.is(variable, name);
      guards.push(guard);
      if (cannotBeEqual({ kind: 'string', value: name }, key) || assumption.decide(guard) === false) continue;
      // What is written in a map depends on nothing; only a further key may depend on this one.
      const inner = others[0]?.kind === 'unknown' ? assumption.assume(guard) : assumption;
      if (inner === undefined) continue;
      const scope = this.scope.under(inner);
      const term = new MapLookUp(this.name, this.call, scope, this.fallback).find(value, others, `${path}.${name}`);
      if (term === undefined) continue;
      branches.push({ guard, term });
      seen.add(signatureOf(term) ?? `#${seen.size}`);
      if (seen.size > maxMapValues) return this.tooMany(branches, key);
    }
    const fallback = this.fallback();
    if (fallback !== undefined) branches.push({ guard: logic.not(logic.any(guards)), term: fallback });
    if (branches.length === 0) return undefined;
    return makeChoice(branches, { cause, label: key.subject ?? path }, logic);
  }

  private tooMany(branches: readonly Branch[], key: UnknownValue): Term {
    const [first] = branches;
    const isSame = branches.every(({ term }) => term.kind === first?.term.kind);
    const type = isSame && first?.term.kind === 'string' ? ({ kind: 'string' } as const) : DYNAMIC;
    const { reason, subject } = key;
    return unknownValue(reason, { subject, type, notNull: true, origin: this.scope.origin(this.call.at) });
  }
}
