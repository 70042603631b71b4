import { comparePolicies } from '../../src/access/compare/compare.js';
import { type RightSizeQuestion, rightSize } from '../../src/access/right-size/right-size.js';
import type { AccessSources } from '../../src/access/stated-world.js';
import type { UnseenReason, Usage, Use, Visibility } from '../../src/access/usage/usage.js';
import type { RightSizedPolicy, RightSizing, StatementText } from '../../src/findings/right-sizing.js';
import { invariant } from '../../src/source/invariant.js';
import { sourcesOfSnapshot } from './access-graph.js';
import { partsOf, readOrchard, sealSnapshot } from './snapshot.js';

export const ROLE = 'arn:aws:iam::123456789012:role/picker';

/** A use of an action: `s3:GetObject arn:aws:s3:::apples/red`, by default of the orchard's role. */
export function use(written: string, more: Partial<Use> = {}): Use {
  const [action = '', resource] = written.split(' ');
  return {
    principal: ROLE,
    action,
    resource,
    state: 'used',
    region: 'eu-west-1',
    context: {},
    people: [],
    count: 2,
    first: '2026-09-01T00:00:00Z',
    last: '2026-11-20T08:00:00Z',
    eventIds: [],
    ...more,
  };
}

/** Usage of which all is seen but some actions, or some on a resource as it is written: `s3:GetObject arn:aws:s3:::b/*`. */
export function usageOf(uses: readonly Use[], unseen: Readonly<Record<string, UnseenReason>> = {}): Usage {
  const seen: Visibility = { kind: 'seen', from: '2026-08-30T00:00:00Z', to: '2026-11-28T00:00:00Z' };
  return {
    uses,
    unmapped: [],
    visibility: ({ action, resource }) => {
      const reasons = Object.entries(unseen).flatMap(([key, one]) => {
        const [name, on] = key.split(' ');
        return name === action && (resource === undefined || on === undefined || on === resource) ? [one] : [];
      });
      const [reason] = reasons;
      return reason === undefined ? seen : { kind: 'unseen', reason, detail: `No event shows ${action}.` };
    },
  };
}

/** The orchard's snapshot, whose role has these inline policies, and none attached. */
export function orchardWith(policies: Readonly<Record<string, unknown>>): AccessSources {
  const { header, ledger, records } = partsOf(readOrchard());
  const file = 'resources/123456789012/global.ndjson';
  const lines = (records[file] ?? []).map((record) =>
    record.id === 'picker'
      ? {
          ...record,
          properties: {
            ...record.properties,
            ManagedPolicyArns: [],
            Policies: Object.entries(policies).map(([PolicyName, PolicyDocument]) => ({ PolicyName, PolicyDocument })),
          },
        }
      : record,
  );
  const done = ledger.filter(({ state }) => state === 'collected');
  return sourcesOfSnapshot(sealSnapshot({ header, ledger: done, records: { ...records, [file]: lines } } as never));
}

export function sizingOf(sources: AccessSources, usage: Usage, asked: Partial<RightSizeQuestion> = {}): RightSizing {
  const sized = rightSize(
    { principal: ROLE, account: undefined, narrowsPassRole: false, ...asked },
    usage,
    sources,
    comparePolicies,
  );
  invariant('sizing' in sized, 'a sizing');
  return sized.sizing;
}

/** The statements of what a policy becomes, a line each: `Data s3:GetObject | arn:…`. */
export function linesOf({ statements }: RightSizedPolicy): string[] {
  return statements.flatMap(({ outcome, before, after, removedActions }) =>
    outcome === 'removed' ? [`- ${before.sid} (${removedActions})`] : after.map((one) => lineOf(one, outcome)),
  );
}

function lineOf({ sid, actions, resources, conditions, isUnseen }: StatementText, outcome: string): string {
  const mark = outcome === 'unchanged' ? '=' : isUnseen ? '?' : '+';
  const condition = conditions.length === 0 ? '' : ` if ${conditions.join(' and ')}`;
  return `${mark} ${sid}: ${actions.join(', ')} on ${resources.join(', ')}${condition}`;
}
