import type { Finding, ViaStep } from '../../src/findings/finding.js';
import type { PolicyMetadata } from '../../src/findings/policy-metadata.js';
import type { ReportInput } from '../../src/findings/report-input.js';
import type { SourceFile, SourceRange } from '../../src/source/source-file.js';

export function file(path: string, text: string, external = false): SourceFile {
  return external ? { path, text, external } : { path, text };
}

/** The range of the first occurrence of a text in a file. */
export function at(source: SourceFile, needle: string): SourceRange {
  const start = source.text.indexOf(needle);
  if (start === -1) throw new Error(`"${needle}" is not in ${source.path}`);
  return { file: source, start, end: start + needle.length };
}

const ledger = file(
  'bakery/ledger.tf',
  `resource "aws_db_instance" "ledger" {
  engine              = "postgres"
  publicly_accessible = true
  password            = "sourdough-4711"
}
`,
);
const shop = file(
  'bakery/shop.tf',
  `# trueline:ignore aws-s3-bucket-public-access-blocked reason="shop window" until=2026-10-31 owner=counter
resource "aws_s3_bucket" "window" {
  bucket = "bakery-window"
}

resource "aws_security_group" "oven" {
\tname = "oven" # Ofen für Brötchen 面包
}

resource "aws_vpc_security_group_ingress_rule" "ssh" {
  security_group_id = aws_security_group.oven.id
  cidr_ipv4         = "0.0.0.0/0"
}
`,
);
const crates = file(
  'modules/crates/main.tf',
  `variable "versioning" { default = false }

resource "aws_s3_bucket" "this" {
  bucket = var.name
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id
  versioning_configuration {
    status = var.versioning ? "Enabled" : "Suspended"
  }
}
`,
);
const orchard = file(
  'orchard/main.tf',
  `module "crates" {
  for_each   = toset(var.rows)
  source     = "../modules/crates"
  versioning = var.keep_versions
}

module "press" {
  source  = "cider/press/aws"
  version = "3.1.0"
}

resource "aws_eks_cluster" "main" {
  vpc_config {
    public_access_cidrs = var.api_cidrs
  }
}
`,
);
const tfvars = file('orchard/terraform.tfvars', 'keep_versions = false\n');
const press = file(
  'orchard/.terraform/modules/press/main.tf',
  'resource "aws_lb_listener" "http" {\n  protocol = "HTTP"\n}\n',
  true,
);
const broken = file('orchard/broken.tf', 'resource "aws_s3_bucket" "cellar" {\n  bucket = "cellar"\n');
const wide = file(
  'bakery/generated.tf.json',
  `{"resource":{"aws_sqs_queue":{"orders":{${'"tag":"x",'.repeat(60)}"sqs_managed_sse_enabled":false,${'"z":1,'.repeat(60)}"name":"orders"}}}}`,
);

function policy(
  id: string,
  severity: PolicyMetadata['severity'],
  title: string,
  details: Partial<PolicyMetadata> = {},
): PolicyMetadata {
  return {
    id,
    title,
    severity,
    since: '1.0',
    description: `What happens if this does not hold is told here. It is told at length for ${id}.`,
    remediation: 'Change the attribute.',
    references: [],
    controls: new Map(),
    aliases: [],
    resource: { types: ['aws_s3_bucket'] },
    assert: 'resource.bucket != ""',
    isByDefault: true,
    isOnlyLive: false,
    isFixable: false,
    renamedFrom: [],
    provider: 'aws',
    service: 's3',
    ...details,
  };
}

export const POLICIES: readonly PolicyMetadata[] = [
  policy('aws-eks-cluster-endpoint-not-public', 'high', 'EKS API endpoints are not open to the internet', {
    service: 'eks',
  }),
  policy('aws-lb-listener-tls', 'medium', 'Load balancer listeners use TLS', {
    service: 'lb',
    aliases: ['CKV_AWS_2'],
    remediation: 'Set protocol to HTTPS.',
  }),
  policy('aws-rds-instance-not-public', 'high', 'RDS instances have no public address', {
    service: 'rds',
    aliases: ['CKV_AWS_17', '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0'],
    description: "Anyone who can reach the internet can try the database's login. Nobody needs that.",
    remediation: 'Make the database not publicly accessible.',
    isFixable: true,
    controls: new Map([['nist-800-53-r5', ['AC-4', 'SC-7']]]),
    references: ['https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.html'],
    examples: {
      failing: 'resource "aws_db_instance" "open" {\n  publicly_accessible = true\n}',
      passing: 'resource "aws_db_instance" "shut" {}',
    },
  }),
  policy('aws-s3-bucket-public-access-blocked', 'high', 'S3 buckets block public access', {
    aliases: ['CKV2_AWS_6', 'CKV_AWS_53', 'CKV_AWS_54', 'CKV_AWS_55', 'CKV_AWS_56', 'AVD-AWS-0086', 'AWS-0086'],
    remediation: 'Turn on all four settings of Block Public Access.',
  }),
  policy('aws-s3-bucket-versioning-enabled', 'medium', 'S3 buckets keep old versions of their objects', {
    aliases: ['CKV_AWS_21', 'AVD-AWS-0090'],
    description: 'Without versioning, an object that is overwritten or deleted cannot be recovered.',
    remediation: 'Turn on versioning.',
    isFixable: true,
    assert: 'resource.versioning.status == "Enabled"',
    controls: new Map([['nist-800-53-r5', ['CP-9', 'SI-12']]]),
  }),
  policy('aws-security-group-ssh-not-open', 'critical', 'Security groups do not open SSH to the internet', {
    service: 'vpc',
    aliases: ['CKV_AWS_24'],
  }),
  policy('aws-sns-topic-encrypted', 'low', 'SNS topics are encrypted', { service: 'sns' }),
  policy('aws-sqs-queue-encrypted', 'low', 'SQS queues are encrypted', { service: 'sqs' }),
  policy('aws-account-root-has-no-keys', 'info', 'The root user has no access keys', { service: 'iam' }),
];

const NOTHING = {
  element: null,
  declaredIn: null,
  attribute: null,
  isMissing: false,
  via: [],
  also: [],
  assumed: [],
  unknowns: [],
  suppression: null,
} as const;

type Given = Pick<Finding, 'policy' | 'message' | 'location' | 'fingerprint'> &
  Partial<Omit<Finding, 'resource'>> & {
    readonly address: string;
    readonly root: string;
    readonly type?: string;
    readonly resource?: Partial<Finding['resource']>;
  };

function finding({ address, root, type, resource, ...given }: Given): Finding {
  const metadata = POLICIES.find(({ id }) => id === given.policy);
  if (metadata === undefined) throw new Error(given.policy);
  return {
    ...NOTHING,
    aliases: metadata.aliases,
    severity: metadata.severity,
    outcome: 'fail',
    title: metadata.title,
    remediation: metadata.remediation,
    controls: metadata.controls,
    resource: {
      root,
      address,
      type: type ?? address.split('.')[0] ?? '',
      provider: 'aws',
      language: 'terraform',
      account: null,
      region: null,
      arn: null,
      existence: 'certain',
      ...resource,
    },
    cause: given.location,
    resourceLocation: null,
    instances: [{ root, address }],
    fixable: metadata.isFixable,
    ...given,
  };
}

const step = (kind: ViaStep['kind'], name: string, range: SourceRange): ViaStep => ({
  kind,
  name,
  range,
  external: range.file.external === true,
});
const fingerprint = (digit: string) => `v1:${digit.repeat(24)}`;
const rows = Array.from(
  { length: 17 },
  (_, index) => `module.crates["row-${String(index).padStart(2, '0')}"].aws_s3_bucket.this`,
);
const crateCall = at(orchard, 'module "crates" {');

/** Findings of every kind, in their order. */
export const FINDINGS: readonly Finding[] = [
  finding({
    policy: 'aws-security-group-ssh-not-open',
    address: 'aws_security_group.oven',
    root: 'bakery',
    message: 'Security group oven lets 0.0.0.0/0 reach SSH',
    element: 'ingress[0]',
    declaredIn: 'aws_vpc_security_group_ingress_rule.ssh',
    attribute: 'ingress[0].cidr_ipv4',
    actual: '"0.0.0.0/0"',
    location: at(shop, '"0.0.0.0/0"'),
    resourceLocation: at(shop, 'resource "aws_vpc_security_group_ingress_rule" "ssh" {'),
    also: [at(shop, 'resource "aws_security_group" "oven" {')],
    fingerprint: fingerprint('1'),
  }),
  finding({
    policy: 'aws-rds-instance-not-public',
    address: 'aws_db_instance.ledger',
    root: 'bakery',
    message: 'Database ledger has a public address, login baker:sourdough-4711',
    attribute: 'publicly_accessible',
    actual: 'true',
    location: at(ledger, 'true'),
    resourceLocation: at(ledger, ledger.text.trimEnd()),
    fingerprint: fingerprint('2'),
    resource: { region: 'eu-central-1' },
  }),
  finding({
    policy: 'aws-s3-bucket-public-access-blocked',
    address: 'aws_s3_bucket.window',
    root: 'bakery',
    message: 'Bucket bakery-window does not block public access',
    attribute: 'public_access_block.block_public_acls',
    isMissing: true,
    location: at(shop, 'resource "aws_s3_bucket" "window" {'),
    resourceLocation: at(shop, 'resource "aws_s3_bucket" "window" {\n  bucket = "bakery-window"\n}'),
    expired: {
      kind: 'inline',
      reason: 'shop window',
      until: '2026-10-31',
      owner: 'counter',
      location: at(shop, '# trueline:ignore'),
    },
    fingerprint: fingerprint('3'),
  }),
  finding({
    policy: 'aws-eks-cluster-endpoint-not-public',
    address: 'aws_eks_cluster.main',
    root: 'orchard',
    outcome: 'unknown',
    message: 'Whether the API endpoint is public is not known',
    attribute: 'vpc_config.public_access_cidrs',
    location: at(orchard, 'var.api_cidrs'),
    unknowns: [{ path: 'vpc_config.public_access_cidrs', reason: 'variable-without-value', subject: 'var.api_cidrs' }],
    fingerprint: fingerprint('4'),
  }),
  finding({
    policy: 'aws-s3-bucket-versioning-enabled',
    address: rows[0] ?? '',
    type: 'aws_s3_bucket',
    root: 'orchard',
    message: 'Bucket crates-00 does not keep old versions of its objects',
    declaredIn: 'module.crates["row-00"].aws_s3_bucket_versioning.this',
    attribute: 'versioning.status',
    actual: '"Suspended"',
    location: at(crates, 'var.versioning ? "Enabled" : "Suspended"'),
    cause: at(tfvars, 'false'),
    resourceLocation: at(crates, 'resource "aws_s3_bucket_versioning" "this" {'),
    via: [
      step('tfvars', 'keep_versions', at(tfvars, 'false')),
      step('argument', 'versioning', at(orchard, 'var.keep_versions')),
      step('call', 'module.crates["row-00"]', crateCall),
    ],
    instances: rows.map((address) => ({ root: 'orchard', address })),
    acceptedInstances: 2,
    fingerprint: fingerprint('5'),
  }),
  finding({
    policy: 'aws-lb-listener-tls',
    address: 'module.press.aws_lb_listener.http',
    type: 'aws_lb_listener',
    root: 'orchard',
    message: 'Listener http speaks HTTP',
    attribute: 'protocol',
    actual: '"HTTP"',
    location: at(orchard, 'module "press" {'),
    resourceLocation: at(press, 'resource "aws_lb_listener" "http" {'),
    via: [
      step('resource', 'module.press.aws_lb_listener.http', at(press, '"HTTP"')),
      step('call', 'module.press', at(orchard, 'module "press" {')),
    ],
    resource: { existence: 'unknown' },
    fingerprint: fingerprint('6'),
  }),
  finding({
    policy: 'aws-s3-bucket-versioning-enabled',
    address: 'aws_s3_bucket.window',
    root: 'bakery',
    message: 'Bucket bakery-window does not keep | old <b>versions</b> @baker `x`\n::error::%0A\u0007',
    attribute: 'versioning.status',
    isMissing: true,
    location: at(shop, 'resource "aws_s3_bucket" "window" {'),
    assumed: ['versioning.status'],
    suppression: {
      kind: 'config',
      reason: 'thrown away each evening',
      until: '2027-03-31',
      owner: null,
      location: null,
    },
    fingerprint: fingerprint('7'),
  }),
  finding({
    policy: 'aws-sqs-queue-encrypted',
    address: 'aws_sqs_queue.orders',
    root: 'bakery',
    message: 'Queue orders is not encrypted',
    attribute: 'sqs_managed_sse_enabled',
    actual: 'false',
    location: at(wide, 'false'),
    fingerprint: fingerprint('8'),
  }),
  finding({
    policy: 'aws-sqs-queue-encrypted',
    address: 'aws_sqs_queue.orders',
    root: 'bakery',
    message: 'Queue orders lets anyone send',
    element: 'statement[1]',
    attribute: 'statement[1].principals',
    location: at(wide, '"sqs_managed_sse_enabled"'),
    suppression: { kind: 'baseline', reason: null, until: null, owner: null, location: null },
    fingerprint: fingerprint('9'),
  }),
  finding({
    policy: 'aws-sns-topic-encrypted',
    address: 'aws_sns_topic.bell',
    root: 'bakery',
    outcome: 'pass',
    message: '',
    location: at(shop, 'resource "aws_security_group" "oven" {'),
    cause: null,
    fingerprint: fingerprint('a'),
  }),
  finding({
    policy: 'aws-account-root-has-no-keys',
    address: 'aws_account/111122223333',
    type: 'aws_account',
    root: 'snapshots/111122223333',
    message: 'The root user has two access keys',
    location: null,
    cause: null,
    resource: { language: 'live', account: '111122223333', region: 'aws-global' },
    fingerprint: fingerprint('b'),
  }),
];

/** A report with everything in it. */
export const REPORT: ReportInput = {
  version: '1.2.3',
  asOf: '2026-11-22',
  projectRoot: '.',
  workingDirectory: '',
  repositoryRoot: 'infra',
  findings: FINDINGS,
  diagnostics: [
    { code: 'hcl-unclosed-block', message: 'The block that begins here is never closed', range: at(broken, '{') },
    { code: 'file-unreadable', message: 'The file cannot be read (denied)', path: 'orchard/secret.tf' },
    {
      code: 'suppression-without-reason',
      message: 'The suppression of "aws-sqs-queue-encrypted" has no reason and hides nothing. Add reason="…".',
      range: at(shop, '# Ofen'),
    },
    {
      code: 'terraform-module-not-installed',
      message: 'Module "press" is not installed',
      range: at(orchard, 'module "press" {'),
    },
    {
      code: 'suppression-unused',
      message: 'This suppression of "aws-sns-topic-encrypted" hides nothing.',
      range: at(shop, '# Ofen'),
    },
  ],
  policies: POLICIES,
  summary: {
    files: 48,
    unreadableFiles: 1,
    roots: 4,
    resources: 123,
    resourcesWithoutTable: 12,
    typesWithoutTable: ['aws_a', 'aws_b', 'aws_c', 'aws_d', 'aws_e'],
    policies: 9,
    exitCode: 3,
    incomplete: true,
    outcomes: { pass: 812, fail: 23, unknown: 17, skip: 120, suppressed: 40 },
    severities: { critical: 1, high: 2, medium: 2, low: 1, info: 1 },
    unknownReasons: new Map([
      ['variable-without-value', 9],
      ['remote-module', 6],
      ['data-source', 2],
    ]),
    waitingFor: [
      { root: 'orchard', subject: 'var.api_cidrs', reason: 'variable-without-value', count: 9 },
      { root: 'orchard', subject: 'module.press', reason: 'remote-module', count: 6 },
      { root: 'orchard', subject: 'data.aws_ami.base', reason: 'data-source', count: 2 },
    ],
    suppressionsUnused: 1,
    baseline: { matched: 34, stale: 2 },
    notInstantiated: 1,
    notRead: [{ kind: 'Helm charts', count: 2, remedy: 'helm template charts/web | trueline scan -' }],
  },
  secrets: { texts: ['sourdough-4711', 'short'], ranges: [] },
};
