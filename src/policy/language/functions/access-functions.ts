import type { AccessFact, AccessFacts, FactList } from '../../../model/access-facts.js';
import type { Resource } from '../../../model/resource.js';
import type { ElementExistence, UnknownValue } from '../../../model/value.js';
import type { EvaluationContext } from '../frame.js';
import {
  outsideInput,
  type RuntimeObject,
  type RuntimeValue,
  toBool,
  toInt,
  toList,
  toText,
  unknownFrom,
} from '../runtime-value.js';
import type { FunctionDefinition, FunctionTable } from './function.js';
import { withVerdict } from './iam-functions.js';

/** Questions about what a user or role can do by all its policies. Without facts about access they are unknown. */
export const ACCESS_FUNCTIONS: FunctionTable = {
  'access.allows': asking('(dyn, string, dyn): bool', (facts, principal, [action, resource]) => {
    if (action?.kind !== 'string') return undefined;
    if (resource?.kind === 'string') return toAnswer(facts.allows(principal, action.value, resource.value));
    return resource?.kind === 'resource'
      ? toAnswer(facts.allows(principal, action.value, resource.resource))
      : undefined;
  }),
  'access.isAdmin': asking('(dyn): bool', (facts, principal) => toAnswer(facts.isAdmin(principal))),
  'access.canEscalate': asking('(dyn): bool', (facts, principal) => toExistence(facts.escalations(principal))),
  'access.escalations': asking('(dyn): list(dyn)', (facts, principal) => toElements(facts.escalations(principal))),
  'access.excess': asking('(dyn): list(dyn)', (facts, principal) => toElements(facts.unused(principal))),
  'access.unused': asking('(dyn): list(dyn)', (facts, principal) => {
    const { items, rest } = facts.unused(principal);
    // Of what is only granted on too much, everything is used.
    return toElements({ items: items.filter((item) => item.facts.actions > 0), rest });
  }),
};

type Question = (facts: AccessFacts, principal: Resource, values: readonly RuntimeValue[]) => RuntimeValue | undefined;

const NOT_COLLECTED: UnknownValue = { ...outsideInput('access'), reason: 'not-collected', notNull: true };

function asking(signature: string, question: Question): FunctionDefinition {
  return {
    signatures: [signature],
    call: ([principal, ...values], context) => {
      if (principal?.kind !== 'resource') return undefined;
      if (context.access === undefined) return NOT_COLLECTED;
      touchPolicies(principal.resource, context);
      return question(context.access(), principal.resource, values);
    },
  };
}

/** Attached policies and groups, and those of groups: the statements that decide stand in them. */
const HOLDERS: ReadonlySet<string> = new Set(['aws_iam_group', 'aws_iam_policy']);

function touchPolicies(from: Resource, context: EvaluationContext): void {
  const { graph, touched } = context;
  if (!touched.includes(from)) touched.push(from);
  for (const { to } of graph.linksFrom.get(from.key) ?? []) {
    const resource = graph.resources.get(to);
    if (resource === undefined || !HOLDERS.has(resource.type) || touched.includes(resource)) continue;
    touchPolicies(resource, context);
  }
}

function toAnswer({ value, decidedBy, unknowns, assumed }: AccessFact): RuntimeValue {
  const answer: RuntimeValue = value === undefined ? unknownFrom(unknowns) : { ...toBool(value) };
  return withVerdict(answer, { value, decidedBy, unknowns, assumed });
}

function toExistence<Item>({ items, rest }: FactList<Item>): RuntimeValue {
  const certain = items.find(({ unknowns }) => unknowns.length === 0);
  if (certain !== undefined)
    return toAnswer({ value: true, decidedBy: certain.decidedBy, unknowns: [], assumed: certain.assumed });
  const unknowns = [...items.flatMap((item) => item.unknowns), ...(rest === undefined ? [] : [rest])];
  const decidedBy = items.flatMap((item) => item.decidedBy);
  return toAnswer({ value: unknowns.length === 0 ? false : undefined, decidedBy, unknowns });
}

function toElements<Item extends object>({ items, rest }: FactList<Item>): RuntimeValue {
  const existence = new Map<number, ElementExistence>();
  const elements = items.map(({ name, facts, decidedBy, unknowns, assumed }, index) => {
    if (unknowns.length > 0) existence.set(index, 'perhaps');
    const entries = new Map<string, RuntimeValue>([['name', toText(name)]]);
    for (const [field, fact] of Object.entries(facts)) entries.set(field, toField(fact));
    const element: RuntimeObject = { kind: 'object', entries };
    return withVerdict(element, { value: unknowns.length === 0 ? true : undefined, decidedBy, unknowns, assumed });
  });
  const doubts = items.flatMap(({ unknowns }) => unknowns);
  return toList(elements, {
    rest: rest === undefined ? undefined : { reason: rest.reason, subject: rest.subject },
    existence: existence.size === 0 ? undefined : existence,
    doubt: doubts.length === 0 ? undefined : unknownFrom(doubts),
  });
}

function toField(fact: unknown): RuntimeValue {
  if (typeof fact === 'number') return toInt(fact);
  return typeof fact === 'boolean' ? toBool(fact) : toText(String(fact));
}
