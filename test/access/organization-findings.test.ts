import { afterAll, beforeAll, expect, test } from 'vitest';
import { comparePolicies } from '../../src/access/compare/compare.js';
import { escalationsOf } from '../../src/access/escalation/escalations.js';
import { excessOf } from '../../src/access/excess/excess.js';
import { rightSize } from '../../src/access/right-size/right-size.js';
import { readUsageFacts } from '../../src/access/usage/read-usage-facts.js';
import { toUsage } from '../../src/access/usage/to-usage.js';
import type { Usage } from '../../src/access/usage/usage.js';
import type { EscalationReport } from '../../src/findings/escalation.js';
import type { Excess } from '../../src/findings/excess.js';
import { readUsageLog } from '../../src/read-usage-log.js';
import { arnOf } from '../support/organization/identity.js';
import { type OrganizationFolder, openOrganization } from '../support/organization/open-organization.js';
import { ORGANIZATION_OF_GRANARY } from '../support/organization/organization.js';
import type { Decoy, Planted } from '../support/organization/types.js';
import { writeOrganizationLogs } from '../support/organization/write-logs.js';

const { principals, planted, decoys } = ORGANIZATION_OF_GRANARY;

let organization: OrganizationFolder;
let escalation: EscalationReport;
let excess: Excess;
let usage: Usage;

beforeAll(async () => {
  organization = await openOrganization();
  const { folder, sources } = organization;
  writeOrganizationLogs(`${folder}/logs`);
  const log = await readUsageLog({ workingDirectory: folder, logs: ['logs'] });
  expect(log.gaps).toEqual([]);
  escalation = escalationsOf(sources);
  excess = excessOf(sources, log);
  usage = toUsage(log, readUsageFacts(sources));
}, 120_000);

afterAll(() => organization.remove());

function ofKind<Kind extends Planted['kind']>(kind: Kind) {
  return planted.filter((one): one is Extract<Planted, { readonly kind: Kind }> => one.kind === kind);
}

function decoysOf<Kind extends Decoy['kind']>(kind: Kind) {
  return decoys.filter((one): one is Extract<Decoy, { readonly kind: Kind }> => one.kind === kind);
}

function nameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

test('every planted escalation is found, by its technique, with the statement that allows it', () => {
  const missing = ofKind('escalation').flatMap(({ principal, technique, sid, over = [], isOpen = false }) => {
    const path =
      escalation.outside.find((one) => one.role === principal) ??
      escalation.paths.find((one) => one.principal === principal);
    const [first] = path?.hops ?? [];
    const sids = first?.actions.flatMap(({ statements }) => statements.map((statement) => statement.sid)) ?? [];
    const isUndecided = escalation.undecided.some(
      (one) => one.technique === technique && one.principals.includes(principal),
    );
    const isFound =
      first?.technique === technique &&
      sids.includes(sid) &&
      path?.state === (isOpen ? 'depends' : 'certain') &&
      over.every((arn, index) => path.hops[index]?.to === arn);
    return isFound || (isOpen && isUndecided) ? [] : [`${technique} ${nameIn(principal)}`];
  });
  expect(missing).toEqual([]);
});

test('who gets in from outside is found, and nobody else', () => {
  expect(escalation.outside.map(({ who, role, state }) => `${who} ${nameIn(role)} ${state}`)).toEqual([
    'account 999988887777 vendor-admin certain',
    'any repository of GitHub gh-deploy certain',
  ]);
});

test('no decoy of an escalation is reported as certain', () => {
  const reported = decoysOf('escalation').flatMap(({ principal, isOpen = false }) =>
    escalation.paths.some((path) => path.principal === principal && (path.state === 'certain' || !isOpen))
      ? [nameIn(principal)]
      : [],
  );
  expect(reported).toEqual([]);
});

function unusedActionsOf(arn: string): ReadonlySet<string> {
  const services = excess.principals.find((one) => one.arn === arn)?.services ?? [];
  return new Set(services.flatMap(({ unused }) => unused.flatMap(({ actions }) => actions)));
}

test('every planted excess is found, and nothing of it that is used', () => {
  for (const { principal, unused, used = [], sid } of ofKind('excess')) {
    const found = unusedActionsOf(principal);
    const services = excess.principals.find((one) => one.arn === principal)?.services ?? [];
    expect([principal, unused.filter((action) => !found.has(action))]).toEqual([principal, []]);
    expect([principal, used.filter((action) => found.has(action))]).toEqual([principal, []]);
    expect(services.flatMap(({ grants }) => grants.map((grant) => grant.sid))).toContain(sid);
    const evidence = services.flatMap(({ unused: rows }) => rows.map(({ window }) => window));
    for (const { from, to } of evidence) expect(from < to).toBe(true);
  }
});

test('what cannot be seen is not called unused', () => {
  const wrong = decoysOf('excess').flatMap(({ principal, actions }) =>
    actions.filter((action) => unusedActionsOf(principal).has(action)).map((action) => `${principal} ${action}`),
  );
  expect(wrong).toEqual([]);
});

test('roles, users, keys, passwords and groups that nobody uses are found, with their last use, and no others', () => {
  const shown = (kind: string, arn: string | null, lastUse: string | null) => `${kind} ${arn} ${lastUse ?? 'never'}`;
  const found = excess.unused.filter(({ state }) => state === 'unused');
  expect(found.map(({ kind, arn, lastUsed }) => shown(kind, arn, lastUsed)).sort()).toEqual(
    ofKind('unused')
      .map(({ what, principal, lastUse }) => shown(what, principal, lastUse))
      .sort(),
  );
});

test('what resources grant to others is found, and what only looks like it is not', () => {
  const missing = ofKind('grant').flatMap(({ resource, to, sid }) => {
    const rows = excess.shared.filter(({ arn, grant }) => arn === resource && grant.sid === sid);
    return rows.some((row) => (row.to === 'everybody') === (to === 'everyone')) ? [] : [resource];
  });
  expect(missing).toEqual([]);
  const reported = decoysOf('grant').flatMap(({ resource }) =>
    excess.shared.some(({ arn }) => arn === resource) ? [resource] : [],
  );
  expect(reported).toEqual([]);
});

test('right-sized policies of all who are at work are proven: every call is allowed as before, and nothing new', () => {
  const sized = principals.filter(({ calls = [] }) => calls.length > 0);
  const outcomes = sized.map((principal) => {
    const question = { principal: arnOf(principal), account: undefined, narrowsPassRole: false };
    const result = rightSize(question, usage, organization.sources, comparePolicies);
    if ('problem' in result) return result.problem;
    const { refusal, proof, calls, deniedToday } = result.sizing;
    const isWhole = proof !== null && proof.allowed + proof.depending + deniedToday.length === calls;
    return refusal ?? (isWhole ? null : `of ${arnOf(principal)} not every call was replayed`);
  });
  expect(outcomes).toEqual(sized.map(() => null));
  const admins = new Set(escalation.admins.map(({ principal }) => principal));
  expect([sized.length, sized.filter((principal) => admins.has(arnOf(principal))).length]).toEqual([236, 23]);
}, 240_000);

test('a role with more than it uses is left with what it uses', () => {
  const question = {
    principal: 'arn:aws:iam::222233334444:role/report-export',
    account: undefined,
    narrowsPassRole: false,
  };
  const result = rightSize(question, usage, organization.sources, comparePolicies);
  const policies = 'problem' in result ? [] : result.sizing.policies;
  const own = policies.find(({ name }) => name.includes('"own"'));
  expect(own?.statements.map(({ outcome, after }) => [outcome, after.map(({ actions }) => actions)])).toEqual([
    ['narrowed', [['athena:GetQueryExecution', 'athena:StartQueryExecution']]],
  ]);
}, 60_000);

test('an administrator whose narrowed policy has no room stays one, and is told what to do', () => {
  const principal = 'arn:aws:iam::333344445555:role/pipeline-admin';
  const question = { principal, account: undefined, narrowsPassRole: false };
  const result = rightSize(question, usage, organization.sources, comparePolicies);
  const policies = 'problem' in result ? [] : result.sizing.policies;
  expect(policies.map(({ outcome, statements }) => [outcome, statements.map(({ reason }) => reason)])).toEqual([
    [
      'unchanged',
      [
        expect.stringMatching(
          /^the narrowed policy would have \d+ characters, and there is room for 10 policies of 6144: \d+ of its actions stay for no log shows whether they are used; what IAM says of services that were never tried \("trueline snapshot aws --deep"\) leaves less of them$/,
        ),
      ],
    ],
  ]);
});
