import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Workspace, workspace } from './workspace.js';

let here: Workspace;

beforeEach(() => {
  here = workspace({
    'infra/main.tf': `provider "aws" {
  region = "eu-west-1"
}

resource "aws_s3_bucket" "orders" {
  bucket = "orders"
}

resource "aws_iam_role" "baker" {
  name               = "baker"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_iam_role_policy" "orders" {
  name = "orders"
  role = aws_iam_role.baker.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "s3:GetObject", Resource = "*" },
      {
        Effect    = "Allow"
        Action    = "s3:PutObject"
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceVpce" = aws_vpc_endpoint.orders.id } }
      },
      {
        Effect    = "Allow"
        Action    = "s3:DeleteObject"
        Resource  = "*"
        Condition = { IpAddress = { "aws:SourceIp" = "203.0.113.0/24" } }
      },
    ]
  })
}

resource "aws_vpc" "bakery" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc_endpoint" "orders" {
  vpc_id       = aws_vpc.bakery.id
  service_name = "com.amazonaws.eu-west-1.s3"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = "*", Action = "s3:*", Resource = "arn:aws:s3:::orders/*" },
    ]
  })
}

resource "aws_vpc_endpoint" "all" {
  vpc_id       = aws_vpc.bakery.id
  service_name = "com.amazonaws.eu-west-1.s3"
}
`,
    'read.json': JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Sid: 'Rye', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::orders/rye/*' }],
    }),
    'broken.json': '{ "Statement": [ }',
    'none.json': '{}',
  });
});

afterEach(() => here.remove());

const ask = async (line: string) => {
  const { code, out, err } = await here.run(`access can ${line} --in infra --account 111122223333`);
  return `${out}${err}exit ${code}`;
};

const RYE = 'aws_iam_role.baker s3:GetObject aws_s3_bucket.orders/rye/1';
const OATS = 'aws_iam_role.baker s3:GetObject aws_s3_bucket.orders/oats/1';
const BARLEY = 'aws_iam_role.baker s3:GetObject arn:aws:s3:::barley/1';

test('a session policy limits the session of a role', async () => {
  expect(await ask(`${RYE} --session-policy read.json`)).toMatchInlineSnapshot(`
    "allowed   aws_iam_role.baker s3:GetObject aws_s3_bucket.orders/rye/1
      granted by: identity policy

      Allow    inline policy "orders" of aws_iam_role.baker   infra/main.tf:20
      Allow    session policy read.json (Rye)   read.json:1

      assumed   provider.aws account is 111122223333
      not seen  policies attached outside of the input, service control policies,
                resource control policies, policies of VPC endpoints
    exit 0"
  `);
  expect(await ask(`${OATS} --session-policy read.json`)).toMatchInlineSnapshot(`
    "denied   aws_iam_role.baker s3:GetObject aws_s3_bucket.orders/oats/1
      nothing allows it: session policy

      Allow    inline policy "orders" of aws_iam_role.baker   infra/main.tf:20

      assumed   aws_s3_bucket.orders has the default BucketOwnerEnforced: access
                control lists are disabled
      assumed   provider.aws account is 111122223333
      not seen  policies attached outside of the input, service control policies,
                resource control policies, policies of VPC endpoints
    exit 1"
  `);
  expect(await ask(OATS)).toContain('exit 0');
});

test('a session policy that is no policy, or of nobody with a session, is refused', async () => {
  expect(await ask(`${RYE} --session-policy broken.json`)).toContain('error: "broken.json" is not valid JSON');
  expect(await ask(`${RYE} --session-policy none.json`)).toBe(
    'error: "none.json" is no policy: it has no Statement.\nexit 2',
  );
  expect(await ask(`${RYE} --session-policy gone.json`)).toBe('error: "gone.json" does not exist.\nexit 2');
  expect(await ask('anonymous s3:GetObject aws_s3_bucket.orders/rye/1 --session-policy read.json')).toBe(
    'error: Session policies are of sessions of roles, and of federated users: the principal is neither.\nexit 2',
  );
});

test('the policy of a VPC endpoint has to allow what goes through it', async () => {
  expect(await ask(`${RYE} --via-endpoint aws_vpc_endpoint.orders`)).toMatchInlineSnapshot(`
    "allowed   aws_iam_role.baker s3:GetObject aws_s3_bucket.orders/rye/1
      granted by: identity policy

      Allow    inline policy "orders" of aws_iam_role.baker   infra/main.tf:20
      Allow    policy of aws_vpc_endpoint.orders   infra/main.tf:47

      assumed   provider.aws account is 111122223333
      not seen  policies attached outside of the input, service control policies,
                resource control policies, session policies
    exit 0"
  `);
  const barley = `${BARLEY} --via-endpoint aws_vpc_endpoint.orders`;
  expect(await ask(barley)).toContain('nothing allows it: policy of the VPC endpoint');
  expect(await ask(barley)).toContain('exit 1');
  expect(await ask(`${RYE} --via-endpoint aws_vpc_endpoint.all`)).toContain('exit 0');
});

test('what goes through an endpoint has its id, and no address', async () => {
  const put = 'aws_iam_role.baker s3:PutObject aws_s3_bucket.orders/rye/1';
  expect(await ask(put)).toContain('on: aws:SourceVpce');
  expect(await ask(`${put} --via-endpoint aws_vpc_endpoint.orders`)).toContain('exit 0');
  expect(await ask(`${put} --via-endpoint aws_vpc_endpoint.all`)).not.toContain('exit 0');
  const remove = 'aws_iam_role.baker s3:DeleteObject aws_s3_bucket.orders/rye/1';
  expect(await ask(remove)).toContain('on: aws:SourceIp');
  expect(await ask(`${remove} --via-endpoint aws_vpc_endpoint.all`)).toContain('exit 1');
});

test('an endpoint of another service, and what is none, is refused', async () => {
  expect(await ask('aws_iam_role.baker sqs:ListQueues * --via-endpoint aws_vpc_endpoint.all')).toBe(
    'error: "aws_vpc_endpoint.all" is an endpoint of s3: calls of sqs do not go through it.\nexit 2',
  );
  expect(await ask(`${RYE} --via-endpoint aws_vpc.bakery`)).toBe(
    'error: "aws_vpc.bakery" is no VPC endpoint of the input.\nexit 2',
  );
});

test('a federated user is within its user and its session policies, neither of which an ARN tells', async () => {
  const federated = 'arn:aws:sts::111122223333:federated-user/ana s3:GetObject aws_s3_bucket.orders';
  expect(await ask(`${federated}/rye/1`)).toContain('exit 3');
  expect(await ask(`${federated}/rye/1 --session-policy read.json`)).toContain(
    'on: permissions boundary of arn:aws:sts::111122223333:federated-user/ana',
  );
  expect(await ask(`${federated}/oats/1 --session-policy read.json`)).toContain('exit 1');
});
