import type { RightSizedCall, RightSizing } from '../../findings/right-sizing.js';
import type { Value } from '../../model/value.js';
import type { QuestionProblem } from '../names.js';
import { findPrincipal } from '../names.js';
import type { AccessSources, StatedWorld } from '../stated-world.js';
import { stateWorld } from '../stated-world.js';
import type { Usage } from '../usage/usage.js';
import { describePolicy, unseenIn } from './describe.js';
import { asWritten, type PolicyDraft } from './draft-policy.js';
import type { Compare } from './merge-parts.js';
import { type FoundPolicy, findPolicies } from './policies-of.js';
import type { Replay } from './prove.js';
import { sizePolicies } from './size-policies.js';
import type { Subject } from './subject.js';
import { nameInUsage, namesElsewhere, subjectOf } from './subject-of.js';

/** Whose policies are to be narrowed. */
export interface RightSizeQuestion {
  /** An address or an ARN of a user or role of the graph. */
  readonly principal: string;
  /** The account of code that does not say it. */
  readonly account: string | undefined;
  /** `iam:PassRole` is narrowed to the roles that were seen to be passed. */
  readonly narrowsPassRole: boolean;
  /** What was used takes the place of `NotAction` and `NotResource`. */
  readonly narrowsNot?: boolean | undefined;
}

/** A principal's policies narrowed to what it did, with what they become for those who edit them. */
export interface RightSized {
  readonly sizing: RightSizing;
  readonly drafts: readonly PolicyDraft[];
  readonly world: StatedWorld;
  readonly subject: Subject;
  /** Who else has a policy, by its document. */
  readonly sharers: ReadonlyMap<Value, readonly Subject[]>;
}

/**
 * Narrows the policies of a user or role to what it did, as far as logs show that: every call stays allowed, and nothing is
 * allowed that was not. What is not proven is not offered.
 */
export function rightSize(
  question: RightSizeQuestion,
  usage: Usage,
  sources: AccessSources,
  compare: Compare,
): RightSized | QuestionProblem {
  const { account } = question;
  const asked = stateWorld({ names: [question.principal], account }, sources);
  const found = findPrincipal(asked, question.principal);
  if ('problem' in found) return found;
  if (found.resource === undefined)
    return { problem: `"${question.principal}" is not in the input: its policies are not known.` };
  const arn = nameInUsage(asked, found.resource, usage);
  if (arn === undefined)
    return {
      problem: `Which principal of the usage "${question.principal}" is, is not known: name it by its ARN, or state its account with --account.`,
    };
  const world = stateWorld({ names: [arn, question.principal], account }, sources);
  const subject = subjectOf(world, found.resource, usage, arn);
  const policies = findPolicies(world, found.resource, subject, { usage, narrowsNot: question.narrowsNot });
  const sized = sizePolicies({
    subject,
    groups: policies.groups,
    sharers: policies.sharers,
    compare,
    narrowsPassRole: question.narrowsPassRole,
  });
  const drafts = new Map(sized.drafts.map((draft) => [draft.policy.document, draft]));
  const isOffered = sized.refusal === undefined && sized.newAccess.kind === 'no';
  return {
    world,
    subject,
    sharers: policies.sharers,
    drafts: isOffered ? sized.drafts : [],
    sizing: {
      principal: found.resource.address,
      arn,
      elsewhere: namesElsewhere(stateWorld({ names: [], account: undefined }, sources), found.resource, usage, arn),
      window: windowOf(subject),
      calls: subject.calls.filter(({ isPerhaps }) => !isPerhaps).length,
      denied: deniedCalls(usage, arn),
      deniedToday: callsOf(sized.replay),
      policies: policies.found.map((policy) => describe(policy, drafts)),
      unseen: isOffered ? unseenIn(sized.drafts) : [],
      proof:
        sized.newAccess.kind === 'no' && isOffered
          ? {
              granted: sized.replay.granted,
              allowed: sized.replay.allowed,
              depending: sized.replay.depending,
              assumes: sized.newAccess.assumes,
            }
          : null,
      refusal: sized.refusal ?? null,
    },
  };
}

function describe(found: FoundPolicy, drafts: ReadonlyMap<Value, PolicyDraft>) {
  const { sizable, facts } = found;
  const draft = drafts.get(sizable.policy.document) ?? asWritten(sizable, found.keptFor ?? '');
  const described = describePolicy(sizable, draft, facts);
  return { ...described, reason: found.keptFor ?? null };
}

/** The time of which all that the principal did was seen, of the actions that it used. */
function windowOf({ calls, visibilityOf }: Subject): RightSizing['window'] {
  const seen = calls.flatMap(({ action, resource }) => {
    const visibility = visibilityOf(action, resource);
    return visibility.kind === 'seen' ? [visibility] : [];
  });
  const from = seen
    .map((one) => one.from)
    .sort()
    .at(-1);
  const to = seen.map((one) => one.to).sort()[0];
  return from === undefined || to === undefined ? null : { from, to };
}

function deniedCalls({ uses }: Usage, arn: string): RightSizedCall[] {
  const denied = uses.filter(({ principal, state }) => principal === arn && state === 'denied');
  return denied.map(({ action, resource, count, last }) => ({ action, resource: resource ?? null, count, last }));
}

function callsOf({ deniedToday }: Replay): RightSizedCall[] {
  return deniedToday.map(({ action, resource, count, last }) => ({ action, resource: resource ?? null, count, last }));
}
