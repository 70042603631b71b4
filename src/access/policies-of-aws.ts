import { isHole, plainText, type Token } from '../iam/index.js';
import type { Value } from '../model/value.js';
import { stringValue } from '../model/values.js';
import { managedPolicies } from '../schemas/managed-policies.js';
import { MANAGED_POLICY_ARN } from '../schemas/managed-policy-table.js';
import type { Decision } from './decide.js';
import { ADMINISTRATOR } from './documents.js';
import type { PoliciesInForce, PolicyInForce } from './request.js';
import { asText, type TypeFacts } from './world.js';

/**
 * A policy that AWS manages, by its ARN; undefined for what is none, or not known. AWS changes them, in all accounts at once:
 * the content is that of a day, and taken for granted. IAM User Guide, "AWS managed policies".
 */
export function policyOfAws(facts: TypeFacts, arn: Value): PolicyInForce | undefined {
  const named = readArn(arn);
  if (named === undefined) return undefined;
  // Its content has not changed since there is IAM, and is the same in every partition.
  if (named.arn === ADMINISTRATOR_ARN) return { ...ADMINISTRATOR, name: shownArn(named), attachedBy: arn };
  const known = named.partition === 'aws' || named.assumes !== undefined ? documentOf(facts, named.arn) : undefined;
  if (known === undefined) return undefined;
  const assumed = [known.assumed, ...(named.assumes === undefined ? [] : [named.assumes])];
  return { document: known.document, name: named.arn, attachedBy: arn, assumed };
}

/** The ARN of the policy of AWS that has a name; undefined where none has it that is known. */
export function arnOfAws(name: string, partition: Value): Value | undefined {
  const arn = managedPolicies().byName(name)?.arn;
  if (arn === undefined) return undefined;
  const rest = arn.slice('arn:aws'.length);
  if (partition.kind === 'string') return stringValue(`arn:${partition.value}${rest}`);
  return partition.kind === 'unknown' ? { ...partition, parts: ['arn:', partition, rest] } : undefined;
}

const ADMINISTRATOR_ARN = `${MANAGED_POLICY_ARN}AdministratorAccess`;

interface NamedPolicy {
  /** As it is in the partition `aws`. */
  readonly arn: string;
  /** Undefined where it is not known. */
  readonly partition: string | undefined;
  /** That the partition which nothing states is the usual one. */
  readonly assumes: string | undefined;
}

function shownArn({ arn, partition }: NamedPolicy): string {
  return partition === undefined ? arn : arn.replace(/^arn:aws:/, `arn:${partition}:`);
}

function readArn(value: Value): NamedPolicy | undefined {
  const tokens = asText(value);
  if (tokens === undefined || plainText(tokens.slice(0, 4)) !== 'arn:') return undefined;
  const end = tokens.indexOf(COLON, 4);
  const [first, ...others] = tokens.slice(4, end);
  const rest = end === -1 ? undefined : plainText(tokens.slice(end));
  if (first === undefined || rest?.startsWith(REST) !== true) return undefined;
  const arn = `arn:aws${rest}`;
  const partition = plainText([first, ...others]);
  if (partition !== undefined) return { arn, partition, assumes: undefined };
  // Where it is one of several, their beginning is known.
  const hole = others.at(-1) ?? first;
  const start = plainText([first, ...others].slice(0, -1));
  if (!isHole(hole) || !hole.isName || (start !== '' && start !== 'aws')) return undefined;
  return { arn, partition: undefined, assumes: partitionOf(hole) };
}

const COLON = 58;
const REST = MANAGED_POLICY_ARN.slice('arn:aws'.length);

/** Of a configuration; another text, such as a variable, may be any partition's. */
function partitionOf(token: Exclude<Token, number>): string | undefined {
  const { cause } = token;
  if (cause.kind !== 'value' || cause.value.reason !== 'provider-configuration') return undefined;
  const { subject = '' } = cause.value;
  return /partition$/i.test(subject) ? `${subject} is aws` : undefined;
}

interface KnownDocument {
  readonly document: Value;
  readonly assumed: string;
}

/** A policy that many principals have is one value. */
const documents = new WeakMap<TypeFacts, Map<string, KnownDocument | undefined>>();

function documentOf(facts: TypeFacts, arn: string): KnownDocument | undefined {
  const known = documents.get(facts) ?? new Map<string, KnownDocument | undefined>();
  documents.set(facts, known);
  if (!known.has(arn)) known.set(arn, readDocument(facts, arn));
  return known.get(arn);
}

function readDocument(facts: TypeFacts, arn: string): KnownDocument | undefined {
  const { asOf, byArn } = managedPolicies();
  const policy = byArn(arn);
  const document = policy === undefined ? undefined : facts.policyDocumentOf(stringValue(policy.document));
  if (policy === undefined || document === undefined) return undefined;
  return { document, assumed: `${arn} is what it was on ${asOf}: ${policy.version} of ${policy.date}` };
}

/**
 * What an answer takes for granted of the content of policies: of those whose statements decide; where none does, of all that
 * would have to allow.
 */
export function assumedFor(
  { identity, boundary }: Pick<PoliciesInForce, 'identity' | 'boundary'>,
  { outcome, statements }: Pick<Decision, 'outcome' | 'statements'>,
): string[] {
  if (outcome === 'allowed' || outcome === 'explicit-deny') return assumedOf(statements);
  return assumedOf(boundary === undefined ? identity : [...identity, boundary]);
}

/** What is taken for granted of the content of policies, in order. */
export function assumedOf(policies: Iterable<Pick<PolicyInForce, 'assumed'>>): string[] {
  const assumed = new Set<string>();
  for (const policy of policies) for (const assumption of policy.assumed ?? []) assumed.add(assumption);
  return [...assumed].sort();
}
