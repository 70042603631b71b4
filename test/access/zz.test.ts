import { test } from 'vitest';
import { sourcesOfCode } from '../support/access-graph.js';
test('x', () => {
  const of = (m: string, v = 'var.a') => `variable "a" {}
locals {
 s = [for s in var.a : s if s.x]
}
resource "aws_iam_role" "r" {
  name = "r"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
resource "aws_iam_role_policy" "y" {
  ${m}
  role = aws_iam_role.r.name
  policy = jsonencode({ Version = "2012-10-17", Statement = ${v} })
}
data "aws_iam_policy_document" "d" {
  dynamic "statement" {
    for_each = [for x in var.a : x if x.y]
    content {
      actions = statement.value.actions
      resources = ["*"]
    }
  }
  statement {
    actions = concat(["s3:Get*"], [for x in var.a : x.act])
    resources = ["arn:aws:s3:::\${var.a[0].b}/*"]
  }
}
resource "aws_iam_role_policy" "z" {
  role = aws_iam_role.r.name
  policy = data.aws_iam_policy_document.d.json
}`;
  const strip = (k: string, v: any) => k === 'origin' ? (() => { const o: string[] = []; for (let s = v; s; s = s.from) o.push(s.step + ':' + s.file.text.slice(s.start, s.end)); return o; })() : k === 'layout' || k==='type'|| k==='encoded' ? undefined : v instanceof Map ? Object.fromEntries(v) : v;
  for (const v of ['concat([{Effect="Allow",Action="sqs:*",Resource="*"}], var.a)', 'concat([{Effect="Allow",Action="sqs:*",Resource="*"}], local.s)']) {
  const { graph } = sourcesOfCode({ 'main.tf': of('count = var.a ? 1 : 0', v) });
  for (const r of graph.resources.values()) if (r.address === 'aws_iam_role.r') console.log(JSON.stringify(r.values.entries.get('inline_policy'), strip, 1), JSON.stringify(r.members.map((m) => [m.path, m.address, m.header.file.text.slice(m.range.start, m.range.end)])));
  }
});
