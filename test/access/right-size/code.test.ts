import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { comparePolicies } from '../../../src/access/compare/compare.js';
import { rightSize } from '../../../src/access/right-size/right-size.js';
import type { Use } from '../../../src/access/usage/usage.js';
import { editRightSized } from '../../../src/edit-right-sized.js';
import { invariant } from '../../../src/source/invariant.js';
import { sourcesOfCode } from '../../support/access-graph.js';
import { usageOf, use } from '../../support/right-size.js';

const OVEN = readFileSync('fixtures/access/oven/main.tf', 'utf8');
const BAKER = 'arn:aws:iam::111122223333:role/team/baker';
const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:loaves';

const used = (written: string): Use => use(written, { principal: BAKER });

function edit(code: string, uses: readonly Use[]) {
  const sized = rightSize(
    { principal: 'aws_iam_role.baker', account: undefined, narrowsPassRole: false },
    usageOf(uses, { 'iam:PassRole': 'never-an-event' }),
    sourcesOfCode({ 'main.tf': code }),
    comparePolicies,
  );
  invariant('sizing' in sized, 'a sizing');
  return editRightSized(sized, (texts) => sourcesOfCode({ 'main.tf': texts.get('main.tf') ?? code }));
}

const USES = [
  used(`sqs:SetQueueAttributes ${QUEUE}`),
  used(`sqs:GetQueueUrl ${QUEUE}`),
  used(`sqs:TagQueue ${QUEUE}`),
  used('kms:ListAliases *'),
  used('sns:CreateTopic arn:aws:sns:eu-west-1:111122223333:dawn'),
  used('s3:GetObject arn:aws:s3:::flour/rye'),
  used('s3:ListBucket arn:aws:s3:::flour'),
  used('s3:DeleteObject arn:aws:s3:::flour/wheat'),
  used('s3:GetBucketTagging arn:aws:s3:::flour'),
];

test('statements are edited where they are written, with references and comments', () => {
  const edited = edit(OVEN, USES);
  expect(edited.problems).toEqual([]);
  expect(edited.patch).toMatchInlineSnapshot(`
    "--- a/main.tf
    +++ b/main.tf
    @@ -10,8 +10,8 @@
       # Queues and their keys.
       statement {
         sid       = "Queues"
    -    actions   = ["sqs:*", "kms:DescribeKey", "iam:PassRole"]
    -    resources = ["*"]
    +    actions   = ["sqs:GetQueueUrl", "sqs:SetQueueAttributes", "sqs:TagQueue"]
    +    resources = ["arn:aws:sqs:eu-west-1:111122223333:loaves"]
     
         condition {
           test     = "Bool"
    @@ -20,10 +20,17 @@
         }
       }
     
    +  # Kept, for its uses are not seen (iam:PassRole): No event shows iam:PassRole.
       statement {
    -    sid       = "Reports"
    -    actions   = ["athena:*"]
    +    sid       = "QueuesUnseen"
    +    actions   = ["iam:PassRole"]
         resources = ["*"]
    +
    +    condition {
    +      test     = "Bool"
    +      variable = "aws:SecureTransport"
    +      values   = ["true"]
    +    }
       }
     
       statement {
    @@ -51,19 +58,20 @@
       policy = jsonencode({
         Version = "2012-10-17"
         Statement = [
    -      { Sid = "Tags", Effect = "Allow", Action = ["sqs:TagQueue", "sqs:UntagQueue"], Resource = "*" },
           {
             Sid      = "Rest"
             Effect   = "Allow"
    -        Action   = ["sns:CreateTopic", "sns:DeleteTopic"]
    -        Resource = [aws_sqs_queue.loaves.arn, "*"]
    +        Action   = ["sns:CreateTopic"]
    +        Resource = ["arn:aws:sns:eu-west-1:111122223333:dawn"]
           },
           {
             Effect   = "Allow"
    -        Action   = ["s3:GetObject", "s3:PutObject", "s3:ListBucket"]
    -        Resource = [aws_s3_bucket.flour.arn, "\${aws_s3_bucket.flour.arn}/*", "arn:aws:s3:::bran/*"]
    +        Action   = ["s3:GetObject", "s3:ListBucket"]
    +        Resource = [aws_s3_bucket.flour.arn, "\${aws_s3_bucket.flour.arn}/*"]
           },
    -      { Effect = "Allow", Action = ["s3:*", "iam:PassRole"], Resource = "*" },
    +      { Effect = "Allow", Action = ["s3:DeleteObject", "s3:GetBucketTagging"], Resource = [aws_s3_bucket.flour.arn, "\${aws_s3_bucket.flour.arn}/*"] },
    +      # Kept, for its uses are not seen (iam:PassRole): No event shows iam:PassRole.
    +      { Sid = "Unseen", Effect = "Allow", Action = ["iam:PassRole"], Resource = "*" },
         ]
       })
     }
    "
  `);
});

test('what is written once for several statements is not edited', () => {
  const dynamic = OVEN.replace(
    / {2}statement \{\n {4}sid {7}= "Keys"[^}]*\}/,
    `  dynamic "statement" {
    for_each = ["kms:ListAliases", "kms:ListKeys"]
    content {
      actions   = [statement.value]
      resources = ["*"]
    }
  }`,
  );
  expect(edit(dynamic, USES).problems).toEqual([
    'inline policy "bake" of aws_iam_role.baker: what is written once stands for several statements.',
  ]);
});

test('a policy of which nothing is needed is not emptied', () => {
  const seen = OVEN.replace('["s3:*", "iam:PassRole"]', '"s3:*"');
  expect(edit(seen, [...USES.slice(0, 2), ...USES.slice(3, 4)]).problems).toEqual([
    'inline policy "more" of aws_iam_role.baker: nothing of it is needed, it is to be removed with its attachments.',
  ]);
});
