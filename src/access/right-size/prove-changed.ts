import type { Resource } from '../../model/resource.js';
import { contentOf } from '../compare/literals.js';
import { identityPoliciesOf } from '../identity-policies.js';
import { findPrincipal } from '../names.js';
import type { AccessSources, StatedWorld } from '../stated-world.js';
import { namedResources, type World } from '../world.js';
import type { PolicyDraft } from './draft-policy.js';
import type { Compare } from './merge-parts.js';
import { replay } from './prove.js';
import type { Subject } from './subject.js';

/** Policies that changed where they are written, and who has them. */
export interface ChangedCode {
  readonly world: StatedWorld;
  /** The principal, and others that have one of the policies. */
  readonly subjects: readonly Subject[];
  readonly drafts: readonly PolicyDraft[];
}

/**
 * Whether what is proven holds for the policies as changed sources have them, for everybody who has one of them, and nothing
 * but these policies changed: why not, or undefined.
 */
export function proveChanged(
  { world, subjects, drafts }: ChangedCode,
  changed: AccessSources,
  compare: Compare,
): string | undefined {
  const after: StatedWorld = { ...world, ...changed };
  const other = changedBeside(world, after, expectedOf(world, subjects, drafts));
  if (other !== undefined) return other;
  const isOther = [...managed(world)].some(([key, resource]) => {
    const now = after.graph.resources.get(key);
    return now !== undefined && contentIn(resource, false) !== contentIn(now, false);
  });
  // A plan has policies as they were, whatever becomes of its code.
  if (!isOther) return 'the policies are as they were: they are not read from there';
  for (const subject of subjects) {
    const principal = findPrincipal(after, subject.name);
    if ('problem' in principal) return `it does not have ${subject.name}`;
    const { lost } = replay(subject, principal.identity);
    if (lost.length > 0) return `it would not allow ${subject.name} ${lost[0]?.action ?? 'a call'}`;
    if (compare(subject.policies, principal.identity).kind !== 'no')
      return `it could not be proven that nothing new is allowed to ${subject.name}`;
  }
  return undefined;
}

/** The addresses of those who have the policies, of the policies, and of groups with them. */
function expectedOf(world: World, subjects: readonly Subject[], drafts: readonly PolicyDraft[]): ReadonlySet<string> {
  const documents = new Set(drafts.map(({ policy }) => policy.document));
  const groups = namedResources(world).filter(
    (resource) =>
      resource.type === 'aws_iam_group' &&
      resource.mode === 'managed' &&
      identityPoliciesOf(world, resource).some(({ document }) => documents.has(document)),
  );
  return new Set([
    ...subjects.map(({ name }) => name),
    ...groups.map(({ address }) => address),
    ...drafts.flatMap(({ policy }) => policy.name ?? []),
  ]);
}

/** A resource that is not as it was, though its policies are not those that were to change. */
function changedBeside(before: World, after: World, expected: ReadonlySet<string>): string | undefined {
  const old = managed(before);
  const now = managed(after);
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const [one, other] = [old.get(key), now.get(key)];
    const address = (one ?? other)?.address ?? key;
    if (one === undefined || other === undefined) return `${address} would ${one === undefined ? 'come' : 'go'}`;
    const isExpected = expected.has(address);
    if (contentIn(one, isExpected) !== contentIn(other, isExpected)) return `${address} would change too`;
  }
  return undefined;
}

function managed({ graph }: World): Map<string, Resource> {
  return new Map([...graph.resources].filter(([, { mode, presence }]) => mode === 'managed' && presence === 'written'));
}

/** Attributes that hold policies of a principal. */
const OF_POLICIES: ReadonlySet<string> = new Set(['policy', 'inline_policy', 'identity_policies']);

function contentIn({ values }: Resource, isExpected: boolean): string {
  return [...values.entries]
    .filter(([name]) => !isExpected || !OF_POLICIES.has(name))
    .map(([name, value]) => `${name}=${contentOf(value)}`)
    .join('\n');
}
