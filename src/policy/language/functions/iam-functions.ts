import * as iam from '../../../iam/index.js';
import type { Value } from '../../../model/value.js';
import { type RuntimeObject, type RuntimeUnknown, type RuntimeValue, toBool, unknownFrom } from '../runtime-value.js';
import type { FunctionDefinition, FunctionTable } from './function.js';

/** A verdict of `iam`, kept with the answer so that the trace can name the statements that decided. */
const verdicts = new WeakMap<RuntimeValue, iam.Verdict>();

/** What decided the answer of a function about IAM documents; undefined for other values. */
export function verdictOf(value: RuntimeValue): iam.Verdict | undefined {
  return verdicts.get(value);
}

/** Keeps what decided it with an answer, or with an element of a list that is one. */
export function withVerdict<T extends RuntimeValue>(answer: T, verdict: iam.Verdict): T {
  verdicts.set(answer, verdict);
  return answer;
}

/** Questions about statements and documents; a document is an object with a `statement`. */
export const IAM_FUNCTIONS: FunctionTable = {
  '.allows': asking(['(dyn, string, string): bool'], (subject, [action, resource]) => {
    if (action?.kind !== 'string' || resource?.kind !== 'string') return undefined;
    return isDocument(subject)
      ? iam.documentAllows(subject, action.value, resource.value)
      : iam.statementAllows(subject, action.value, resource.value);
  }),
  '.isPublic': asking(['(dyn): bool', '(cidr): bool'], (subject, values) => {
    if (values.length > 0) return undefined;
    return isDocument(subject) ? iam.documentIsPublic(subject) : iam.statementIsPublic(subject);
  }),
  '.isRestrictedBy': asking(['(dyn, list(string)): bool'], (subject, [keys]) => {
    if (keys?.kind !== 'list') return undefined;
    const names = keys.elements.map((key) => (key.kind === 'string' ? key.value : undefined));
    const known = names.filter((name) => name !== undefined);
    return known.length === names.length ? iam.isRestrictedBy(subject, known) : undefined;
  }),
  '.deniesAll': asking(
    ['(dyn, map(string, string)): bool', '(dyn, map(string, string), string): bool'],
    (subject, [context, service]) => {
      if (context?.kind !== 'map') return undefined;
      const keys = new Map<string, string>();
      for (const { key, value } of context.entries.values()) {
        if (key.kind === 'string' && value.kind === 'string') keys.set(key.value, value.value);
      }
      return iam.deniesAll(subject, keys, service?.kind === 'string' ? service.value : undefined);
    },
  ),
};

type Question = (subject: Value, values: readonly RuntimeValue[]) => iam.Verdict | undefined;

function asking(signatures: readonly string[], question: Question): FunctionDefinition {
  const ask: FunctionDefinition['call'] = ([subject, ...values]) => {
    const value = subject === undefined ? undefined : toModelValue(subject);
    if (value === undefined || subject === undefined) return undefined;
    const verdict = question(value, values);
    return verdict === undefined ? undefined : toAnswer(verdict, subject);
  };
  return {
    signatures,
    overNull: 'false',
    call: ask,
    partial: (values, context) => {
      const [subject, ...others] = values;
      const isOnlySubject = subject?.kind === 'unknown' && others.every(({ kind }) => kind !== 'unknown');
      // With alternatives each is asked by itself.
      if (!isOnlySubject || subject.alternatives !== undefined) return undefined;
      return ask(values, context);
    },
  };
}

function toAnswer(verdict: iam.Verdict, subject: RuntimeValue): RuntimeValue {
  const answer: RuntimeValue =
    verdict.value === undefined
      ? unknownFrom(verdict.unknowns.length > 0 ? verdict.unknowns : [subject])
      : { ...toBool(verdict.value) };
  return withVerdict(answer, verdict);
}

/** A value of a resource; undefined for what only an expression makes. */
function toModelValue(value: RuntimeValue): Value | undefined {
  switch (value.kind) {
    case 'unknown': {
      const { alternatives, causes, ...plain } = value;
      return plain;
    }
    case 'object':
      return isModelObject(value) ? value : undefined;
    default:
      return undefined;
  }
}

/** A resource's objects hold only a resource's values: expressions make maps. */
function isModelObject(value: RuntimeObject): value is RuntimeObject & Extract<Value, { kind: 'object' }> {
  return value.type !== undefined;
}

function isDocument(value: Value | RuntimeUnknown): boolean {
  return value.kind === 'object' && value.entries.has('statement') && !value.entries.has('effect');
}
