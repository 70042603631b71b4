import { afterEach, expect, test } from 'vitest';
import { renderUsageFile } from '../../src/collect/audit-logs/usage-file.js';
import { eventCount, usageLog } from '../support/usage-log.js';
import { type Workspace, workspace } from './workspace.js';

let here: Workspace | undefined;

afterEach(() => here?.remove());

const CODE = `resource "aws_sqs_queue" "loaves" {
  name = "loaves"
}

resource "aws_kms_key" "oven" {}

data "aws_iam_policy_document" "bake" {
  # Queues and their keys.
  statement {
    sid       = "Queues"
    actions   = ["sqs:*", "kms:DescribeKey", "iam:PassRole"]
    resources = ["*"]

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["true"]
    }
  }

  statement {
    sid       = "Reports"
    actions   = ["athena:*"]
    resources = ["*"]
  }

  statement {
    sid       = "Keys"
    actions   = ["kms:ListAliases"]
    resources = ["*"]
  }
}

resource "aws_iam_role" "baker" {
  name               = "baker"
  path               = "/team/"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "bake" {
  name   = "bake"
  role   = aws_iam_role.baker.id
  policy = data.aws_iam_policy_document.bake.json
}

resource "aws_iam_role_policy" "more" {
  name = "more"
  role = aws_iam_role.baker.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "Tags", Effect = "Allow", Action = ["sqs:TagQueue", "sqs:UntagQueue"], Resource = "*" },
      {
        Sid      = "Rest"
        Effect   = "Allow"
        Action   = ["sns:CreateTopic", "sns:DeleteTopic"]
        Resource = [aws_sqs_queue.loaves.arn, "*"]
      },
    ]
  })
}
`;

const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:loaves';
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:dawn';
const LOG = usageLog([
  eventCount('sqs SetQueueAttributes', { resource: QUEUE }),
  eventCount('sqs TagQueue', { resource: QUEUE }),
  eventCount('kms ListAliases'),
  eventCount('sns CreateTopic', { resource: TOPIC }),
]);

function bakery(): Workspace {
  here = workspace({ 'main.tf': CODE, 'usage.json': [...renderUsageFile(LOG)].join('') });
  return here;
}

test('code', async () => {
  const { out, err, code } = await bakery().run('access right-size aws_iam_role.baker --in main.tf --usage usage.json');
  console.log(out, err, code);
  console.log(
    (await bakery().run('access right-size aws_iam_role.baker --in main.tf --usage usage.json --format terraform')).out,
  );
});
