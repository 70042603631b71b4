import { role } from './people.js';
import { allow, OIDC_HOST, roleArn, trust, trustPeople, trustPipeline, trustService, userArn } from './statements.js';
import {
  ACCOUNTS,
  type Account,
  type Call,
  DEVELOPMENT,
  HOME,
  MANAGEMENT,
  PRODUCTION,
  type Principal,
  type Region,
  type Scenario,
  type Statement,
} from './types.js';

/** A kind of work: what it takes, all of which is used or is never seen. */
interface Job {
  readonly name: string;
  readonly make: (account: Account, name: string, region: Region) => Principal;
}

function arn(service: string, region: Region, account: Account, rest: string): string {
  return `arn:aws:${service}:${region}:${account}:${rest}`;
}

function called(source: string, names: readonly string[], rest: Partial<Call> = {}): Call[] {
  return names.map((name, index) => ({ source: `${source}.amazonaws.com`, name, every: 2 + index, ...rest }));
}

function worker(
  account: Account,
  name: string,
  statements: readonly Statement[],
  rest: Pick<Extract<Principal, { kind: 'role' }>, 'trust' | 'takenOnBy' | 'calls'>,
): Principal {
  return { kind: 'role', account, name, inline: { work: statements }, ...rest };
}

const jobs: readonly Job[] = [
  {
    name: 'consumer',
    make: (account, name, region) => {
      const parameter = arn('ssm', region, account, `parameter/${name}/settings`);
      return worker(
        account,
        name,
        [
          allow('Settings', 'ssm:GetParameter', parameter),
          allow(
            'Logs',
            ['logs:CreateLogStream', 'logs:PutLogEvents'],
            [arn('logs', region, account, `log-group:/aws/lambda/${name}:*`)],
          ),
          allow('Queue', ['sqs:ReceiveMessage', 'sqs:DeleteMessage'], arn('sqs', region, account, name)),
        ],
        {
          trust: [trustService('lambda.amazonaws.com')],
          takenOnBy: 'lambda.amazonaws.com',
          calls: [
            ...called('ssm', ['GetParameter'], { region, resources: [parameter] }),
            ...called('logs', ['CreateLogStream'], {
              region,
              parameters: { logGroupName: `/aws/lambda/${name}`, logStreamName: '2026/[$LATEST]1' },
            }),
          ],
        },
      );
    },
  },
  {
    name: 'pipeline',
    make: (account, name, region) => {
      const repository = arn('ecr', region, account, `repository/${name}`);
      const names = [
        'BatchCheckLayerAvailability',
        'InitiateLayerUpload',
        'UploadLayerPart',
        'CompleteLayerUpload',
        'PutImage',
      ];
      const condition = {
        StringEquals: {
          [`${OIDC_HOST}:aud`]: 'sts.amazonaws.com',
          [`${OIDC_HOST}:sub`]: `repo:granary/${name}:ref:refs/heads/main`,
        },
      };
      return worker(
        account,
        name,
        [
          allow('SignIn', 'ecr:GetAuthorizationToken'),
          allow(
            'Push',
            names.map((one) => `ecr:${one}`),
            repository,
          ),
        ],
        {
          trust: [trustPipeline(account, condition)],
          takenOnBy: `repo:granary/${name}:ref:refs/heads/main`,
          calls: [
            ...called('ecr', ['GetAuthorizationToken'], { region }),
            ...called('ecr', names, {
              region,
              resources: [repository],
              parameters: { registryId: account, repositoryName: name },
            }),
          ],
        },
      );
    },
  },
  {
    name: 'monitor',
    make: (account, name, region) =>
      worker(
        account,
        name,
        [
          allow('Look', ['cloudwatch:DescribeAlarms', 'ec2:Describe*', 'rds:DescribeDBInstances']),
          allow('Write', 'cloudwatch:PutMetricData', '*', { StringEquals: { 'cloudwatch:namespace': 'Granary' } }),
        ],
        {
          trust: [trustService('ec2.amazonaws.com')],
          takenOnBy: 'ec2.amazonaws.com',
          calls: [
            ...called('monitoring', ['DescribeAlarms'], { region }),
            ...called('ec2', ['DescribeInstances', 'DescribeVolumes'], { region }),
            ...called('rds', ['DescribeDBInstances'], { region }),
          ],
        },
      ),
  },
  {
    name: 'analyst',
    make: (account, name) => ({
      kind: 'user',
      account,
      name,
      path: '/analysts/',
      password: '2026-11-19T07:00:00Z',
      keys: ['2026-11-20T08:00:00Z'],
      inline: {
        work: [
          allow(
            'Ask',
            ['athena:StartQueryExecution', 'athena:GetQueryExecution'],
            arn('athena', HOME, account, 'workgroup/primary'),
          ),
          allow('Catalogue', ['glue:GetTable', 'glue:GetDatabase']),
        ],
      },
      calls: [
        ...called('athena', ['StartQueryExecution', 'GetQueryExecution'], { parameters: { workGroup: 'primary' } }),
        ...called('glue', ['GetTable', 'GetDatabase'], { via: 'athena.amazonaws.com' }),
      ],
    }),
  },
  {
    name: 'engineer',
    make: (account, name) => ({
      kind: 'role',
      account,
      name,
      path: '/people/',
      trust: [trustPeople(account)],
      takenOnBy: `${name}@granary.example`,
      attached: [`engineers-${account}`],
      calls: [...called('cloudformation', ['DescribeStacks', 'ListStacks']), ...called('logs', ['DescribeLogGroups'])],
    }),
  },
  {
    name: 'zones',
    make: (account, name) => {
      const zone = 'arn:aws:route53:::hostedzone/Z0GRANARY';
      return worker(
        account,
        name,
        [
          allow('List', 'route53:ListHostedZones'),
          allow('Change', ['route53:ChangeResourceRecordSets', 'route53:ListResourceRecordSets'], zone),
        ],
        {
          trust: [trust({ AWS: userArn(account, 'zone-keeper') })],
          takenOnBy: userArn(account, 'zone-keeper'),
          calls: [
            ...called('route53', ['ListHostedZones'], { region: 'us-east-1' }),
            ...called('route53', ['ChangeResourceRecordSets', 'ListResourceRecordSets'], {
              region: 'us-east-1',
              parameters: { hostedZoneId: 'Z0GRANARY' },
            }),
          ],
        },
      );
    },
  },
];

/** How many of each job there are in the accounts. */
const COUNTS: Readonly<Record<Account, number>> = { [MANAGEMENT]: 2, [PRODUCTION]: 11, [DEVELOPMENT]: 8 };
const HOMES: readonly Region[] = [HOME, HOME, 'eu-west-1'];

function atWork(account: Account): readonly Principal[] {
  return jobs.flatMap(({ name, make }) =>
    Array.from({ length: COUNTS[account] }, (_, index) =>
      make(account, `${name}-${index + 1}`, HOMES[index % HOMES.length] ?? HOME),
    ),
  );
}

/** Who takes on the roles of the zones; it needs no rights for it, for they name it. */
function zoneKeeper(account: Account): Principal {
  return { kind: 'user', account, name: 'zone-keeper', keys: ['2026-11-20T08:00:00Z'] };
}

/** Everybody else: right-sized as they are, with nothing to be found. */
export const background: Scenario = {
  principals: ACCOUNTS.flatMap((account) => [...atWork(account), zoneKeeper(account)]),
  policies: ACCOUNTS.map((account) => ({
    account,
    name: `engineers-${account}`,
    statements: [
      allow('Read', ['cloudformation:DescribeStacks', 'cloudformation:ListStacks', 'logs:DescribeLogGroups']),
    ],
  })),
  decoys: ACCOUNTS.flatMap((account) =>
    atWork(account).flatMap((principal) => {
      const { kind, name, path = '/' } = principal;
      const own = kind === 'role' ? roleArn(account, name, path) : userArn(account, name, path);
      return [{ kind: 'unused' as const, principal: own, why: 'it is at work' }];
    }),
  ),
};

/** In an emergency: nobody has it but administrators, and it was tried. */
export const breakGlass: Scenario = {
  principals: ACCOUNTS.map((account) =>
    role(account, 'break-glass', [], {
      attached: ['arn:aws:iam::aws:policy/AdministratorAccess'],
      calls: [{ source: 'iam.amazonaws.com', name: 'GetAccountSummary', region: 'us-east-1', from: 40, until: 41 }],
    }),
  ),
};
