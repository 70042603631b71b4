import { afterEach, describe, expect, test } from 'vitest';
import type { CoverageState, LedgerLine, SnapshotJson, SnapshotRecord } from '../../src/model/snapshot.js';
import { partsOf, readOrchard, sealSnapshot } from '../support/snapshot.js';
import { type Workspace, workspace } from './workspace.js';

let here: Workspace | undefined;

afterEach(() => here?.remove());

/** Whose organization it is, and the orchard's account, which lies in its unit `fields`, in the unit `south`. */
const MANAGEMENT = '111122223333';
const MEMBER = '123456789012';
const PICKER = `arn:aws:iam::${MEMBER}:role/picker`;
const OWNER = `arn:aws:iam::${MANAGEMENT}:role/owner`;

interface ControlPolicy {
  readonly name: string;
  readonly targets: readonly string[];
  readonly statement: SnapshotJson;
  readonly type?: 'RESOURCE_CONTROL_POLICY';
}

interface Orchard {
  readonly policies: readonly ControlPolicy[];
  /** Operations that did not end well. */
  readonly states?: Readonly<Record<string, CoverageState>>;
  readonly enabled?: readonly string[];
  readonly accounts?: readonly SnapshotRecord[];
}

const everywhere: ControlPolicy = {
  name: 'FullAWSAccess',
  targets: ['r-0rch', 'ou-south', 'ou-fields', MEMBER],
  statement: { Effect: 'Allow', Action: '*', Resource: '*' },
};

const fence: ControlPolicy = {
  name: 'fence',
  targets: ['ou-fields'],
  statement: { Sid: 'NoLists', Effect: 'Deny', Action: 's3:List*', Resource: '*' },
};

const gate: ControlPolicy = {
  name: 'gate',
  type: 'RESOURCE_CONTROL_POLICY',
  targets: ['ou-south'],
  statement: { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: '*' },
};

const record = (
  type: string,
  id: string,
  properties: SnapshotRecord['properties'],
  live: SnapshotRecord['properties'] = {},
): SnapshotRecord => ({ type, id, arn: null, account: MANAGEMENT, region: 'global', properties, live, gaps: [] });

const ACCOUNTS = [
  record('AWS::Organizations::Account', MANAGEMENT, { AccountName: 'estate', ParentIds: ['r-0rch'] }),
  record('AWS::Organizations::Account', MEMBER, { AccountName: 'orchard', ParentIds: ['ou-fields'] }),
];

const ORGANIZATION_COLLECTORS = {
  'AWS::Organizations::Account': 1,
  'AWS::Organizations::Organization': 1,
  'AWS::Organizations::OrganizationalUnit': 1,
  'AWS::Organizations::Policy': 1,
};

const OPERATIONS = [
  'DescribeOrganization',
  'DescribePolicy',
  'ListAccounts',
  'ListAccountsForParent',
  'ListOrganizationalUnitsForParent',
  'ListPolicies',
  'ListRoots',
  'ListTargetsForPolicy',
];

function role(account: string, name: string): SnapshotRecord {
  const allow = { Effect: 'Allow', Action: ['s3:ListAllMyBuckets', 's3:GetObject'], Resource: '*' };
  const properties = {
    RoleName: name,
    Path: '/',
    AssumeRolePolicyDocument: { Statement: [] },
    ManagedPolicyArns: [],
    Policies: [{ PolicyName: 'read', PolicyDocument: { Version: '2012-10-17', Statement: [allow] } }],
  };
  return {
    type: 'AWS::IAM::Role',
    id: name,
    arn: `arn:aws:iam::${account}:role/${name}`,
    account,
    region: 'global',
    properties,
    gaps: [],
  };
}

function snapshotOf({ policies, states = {}, enabled, accounts = ACCOUNTS }: Orchard): Record<string, string> {
  const { header, ledger, records } = partsOf(readOrchard());
  const [line] = ledger;
  const [own] = header.accounts;
  if (line === undefined || own === undefined) throw new Error('The orchard has a ledger and an account.');
  const done = ledger.filter(({ state }) => state === 'collected');
  const asked = OPERATIONS.map((name): LedgerLine => {
    const operation = `organizations:${name}`;
    return { ...line, account: MANAGEMENT, operation, permission: operation, state: states[name] ?? 'collected' };
  });
  const organization = record(
    'AWS::Organizations::Organization',
    'o-orchard',
    { FeatureSet: 'ALL' },
    {
      management_account_id: MANAGEMENT,
      root_id: 'r-0rch',
      enabled_policy_types: enabled ?? ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'],
    },
  );
  const unit = (id: string, Name: string, ParentId: string) =>
    record('AWS::Organizations::OrganizationalUnit', id, { Name, ParentId });
  const written = policies.map(({ name, targets, statement, type = 'SERVICE_CONTROL_POLICY' }) => {
    const Content = { Version: '2012-10-17', Statement: [statement] };
    const known = { Name: name, Type: type, Content };
    const properties = states['ListTargetsForPolicy'] === undefined ? { ...known, TargetIds: targets } : known;
    return record('AWS::Organizations::Policy', `p-${name}`, properties);
  });
  return sealSnapshot({
    header: {
      ...header,
      accounts: [{ ...own, id: MANAGEMENT, name: 'estate' }, own],
      collectors: { ...header.collectors, ...ORGANIZATION_COLLECTORS },
    },
    ledger: [...done, ...done.map((entry) => ({ ...entry, account: MANAGEMENT })), ...asked],
    records: {
      ...records,
      [`resources/${MEMBER}/global.ndjson`]: [role(MEMBER, 'picker')],
      [`resources/${MANAGEMENT}/global.ndjson`]: [
        role(MANAGEMENT, 'owner'),
        organization,
        ...accounts,
        unit('ou-south', 'south', 'r-0rch'),
        unit('ou-fields', 'fields', 'ou-south'),
        ...written,
      ],
    },
  });
}

async function ask(orchard: Orchard, question: string) {
  here?.remove();
  here = workspace(snapshotOf(orchard));
  const { out, err } = await here.run(`access can ${question} --in snap --format json`);
  if (out === '') throw new Error(err);
  const { outcome, by, dependsOn, statements, notSeen } = JSON.parse(out);
  const others = new Set(['session policies', 'policies of VPC endpoints']);
  return {
    answer: [outcome, ...by, ...dependsOn],
    statements: statements.flatMap(({ kind, effect, applies, policy }: Record<string, string>) =>
      kind === 'scp' || kind === 'rcp' ? [`${effect} ${applies} ${policy}`] : [],
    ),
    notSeen: notSeen.filter((name: string) => !others.has(name)),
  };
}

const LIST = 's3:ListAllMyBuckets *';
const GET = 's3:GetObject arn:aws:s3:::apples/red';

const FULL = [
  'Allow yes service control policy "FullAWSAccess" on the root (r-0rch)',
  'Allow yes service control policy "FullAWSAccess" on unit "south" (ou-south)',
  'Allow yes service control policy "FullAWSAccess" on unit "fields" (ou-fields)',
  `Allow yes service control policy "FullAWSAccess" on account "orchard" (${MEMBER})`,
];

describe('a role of an account in an organization', () => {
  test('is allowed what each level allows', async () => {
    expect(await ask({ policies: [everywhere] }, `${PICKER} ${LIST}`)).toEqual({
      answer: ['allowed', 'identity'],
      statements: FULL,
      notSeen: [],
    });
  });

  test('is denied by a policy of a unit, which is named', async () => {
    expect(await ask({ policies: [everywhere, fence] }, `${PICKER} ${LIST}`)).toEqual({
      answer: ['explicit-deny', 'scp'],
      statements: ['Deny yes service control policy "fence" on unit "fields" (ou-fields)'],
      notSeen: [],
    });
  });

  test('is of that organization for conditions', async () => {
    const Condition = { StringNotEquals: { 'aws:PrincipalOrgID': 'o-orchard' } };
    const outsiders = { ...fence, statement: { Effect: 'Deny', Action: '*', Resource: '*', Condition } };
    expect((await ask({ policies: [everywhere, outsiders] }, `${PICKER} ${LIST}`)).answer[0]).toBe('allowed');
  });

  test('is not allowed what one level leaves out', async () => {
    const narrow = { ...fence, statement: { Effect: 'Allow', Action: 'sqs:*', Resource: '*' } };
    const above = { ...everywhere, targets: ['r-0rch', 'ou-south', MEMBER] };
    expect((await ask({ policies: [above, narrow] }, `${PICKER} ${LIST}`)).answer).toEqual(['implicit-deny', 'scp']);
  });

  test('is not bound by what is attached elsewhere', async () => {
    const elsewhere = { ...fence, targets: ['ou-north', '444455556666'] };
    expect((await ask({ policies: [everywhere, elsewhere] }, `${PICKER} ${LIST}`)).answer[0]).toBe('allowed');
  });

  test('is not bound by a kind of policy that is switched off', async () => {
    const found = await ask({ policies: [everywhere, fence], enabled: [] }, `${PICKER} ${LIST}`);
    expect(found).toEqual({ answer: ['allowed', 'identity'], statements: [], notSeen: [] });
  });

  test('who calls from the management account is not bound', async () => {
    const root = { ...fence, targets: ['r-0rch', MANAGEMENT] };
    expect(await ask({ policies: [everywhere, root] }, `${OWNER} ${LIST}`)).toEqual({
      answer: ['allowed', 'identity'],
      statements: [],
      notSeen: [],
    });
  });

  test('a resource is kept by the policies of its own account', async () => {
    expect(await ask({ policies: [everywhere, gate] }, `${PICKER} ${GET}`)).toEqual({
      answer: ['explicit-deny', 'rcp'],
      statements: ['Deny yes resource control policy "gate" on unit "south" (ou-south)'],
      notSeen: [],
    });
    expect((await ask({ policies: [everywhere, gate] }, `${OWNER} ${GET}`)).answer).toEqual(['explicit-deny', 'rcp']);
  });

  test('the text names the policy, where it is attached, and where it is written', async () => {
    here = workspace(snapshotOf({ policies: [everywhere, fence] }));
    expect((await here.run(`access can ${PICKER} ${LIST} --in snap`)).out).toMatchInlineSnapshot(`
      "denied   arn:aws:iam::123456789012:role/picker s3:ListAllMyBuckets *
        denied by a Deny: service control policy

        Deny     service control policy "fence" on unit "fields" (ou-fields) (NoLists)   snap/resources/111122223333/global.ndjson:8

        not seen  session policies, policies of VPC endpoints
      "
    `);
  });
});

describe('an account that is in no organization', () => {
  const asked = (state: CoverageState) => {
    const { header, ledger, records } = partsOf(readOrchard());
    const [line] = ledger;
    if (line === undefined) throw new Error('The orchard has a ledger.');
    const lines = OPERATIONS.map((name): LedgerLine => {
      const isOwn = name === 'DescribeOrganization' && state === 'not-selected';
      return { ...line, operation: `organizations:${name}`, state: isOwn ? 'collected' : state };
    });
    const done = ledger.filter((entry) => entry.state === 'collected');
    return sealSnapshot({
      header: { ...header, collectors: { ...header.collectors, ...ORGANIZATION_COLLECTORS } },
      ledger: [...done, ...lines],
      records: { ...records, [`resources/${MEMBER}/global.ndjson`]: [role(MEMBER, 'picker')] },
    });
  };
  const unseenOf = async (state: CoverageState) => {
    here?.remove();
    here = workspace(asked(state));
    const { out } = await here.run(`access can ${PICKER} ${LIST} --in snap --format json`);
    return JSON.parse(out).notSeen;
  };
  const others = ['session policies', 'policies of VPC endpoints'];

  test('has no control policies', async () => {
    expect(await unseenOf('not-enabled')).toEqual(others);
  });

  test('that is not known of one that was denied, nor of one whose organization another account manages', async () => {
    const unseen = ['service control policies', 'resource control policies', ...others];
    expect([await unseenOf('denied'), await unseenOf('not-selected')]).toEqual([unseen, unseen]);
  });
});

describe('what of an organization was not seen', () => {
  test('closes nothing and is named, while what was seen denies', async () => {
    const states = { ListPolicies: 'truncated' } as const;
    const notSeen = [
      'service control policies: those that organizations:ListPolicies would list',
      'resource control policies: those that organizations:ListPolicies would list',
    ];
    expect(await ask({ policies: [], states }, `${PICKER} ${LIST}`)).toEqual({
      answer: ['allowed', 'identity'],
      statements: [],
      notSeen,
    });
    expect(await ask({ policies: [fence], states }, `${PICKER} ${LIST}`)).toEqual({
      answer: ['explicit-deny', 'scp'],
      statements: ['Deny yes service control policy "fence" on unit "fields" (ou-fields)'],
      notSeen,
    });
  });

  test('an account whose unit is not known: the policies of the root and its own bind it', async () => {
    const states = { ListAccountsForParent: 'denied' } as const;
    const accounts = [record('AWS::Organizations::Account', MEMBER, { AccountName: 'orchard' })];
    const found = await ask({ policies: [everywhere, fence], states, accounts }, `${PICKER} ${LIST}`);
    expect(found).toEqual({
      answer: ['allowed', 'identity'],
      statements: [FULL[0], FULL[3]],
      notSeen: [
        `service control policies: those of the units of account ${MEMBER}`,
        `resource control policies: those of the units of account ${MEMBER}`,
      ],
    });
  });

  test('a policy of which it is not known where it is attached', async () => {
    const states = { ListTargetsForPolicy: 'denied' } as const;
    const found = await ask({ policies: [everywhere, fence], states }, `${PICKER} ${LIST}`);
    const denies = 'service control policy "fence" on unit "fields" (ou-fields)';
    expect(found.answer[0]).toBe('depends');
    expect(found.answer).toContain(`attachment of ${denies}`);
    expect(found.statements).toContain(`Deny perhaps ${denies}`);
    expect(found.notSeen).toEqual([]);
  });

  test('a level without a policy, of which each has one', async () => {
    const some = { ...everywhere, targets: ['r-0rch', 'ou-south', MEMBER] };
    expect(await ask({ policies: [some] }, `${PICKER} ${LIST}`)).toMatchObject({
      answer: ['allowed', 'identity'],
      notSeen: ['service control policies: those of unit "fields" (ou-fields), which has one at least'],
    });
  });

  test('an account that is not listed', async () => {
    expect((await ask({ policies: [everywhere], accounts: [] }, `${PICKER} ${LIST}`)).notSeen).toEqual([
      'service control policies',
      'resource control policies',
    ]);
  });
});
