import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { workspace } from '../cli/workspace.js';
import { bucket } from './hostile-case.js';

const MAIN = `variable "season" {
  type    = string
  default = "autumn"
}

locals {
  fruits = { for name in ["pears", "plums"] : name => "\${name}-\${var.season}" }
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })
}

module "cellar" {
  source = "./cellar"
  keep   = var.season != "winter"
}

resource "aws_security_group" "orchard" {
  for_each    = local.fruits
  name        = each.value
  description = <<-TEXT
    Of \${each.key}
    %{ if var.season == "autumn" }ripe%{ else }green%{ endif }
  TEXT

  dynamic "ingress" {
    for_each = [22, 443]
    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
  # trueline:ignore aws-security-group-ssh-not-open reason="picked" until=2027-01-31
}
`;
const FILES: Readonly<Record<string, string>> = {
  'main.tf': MAIN,
  'more.tf.json': JSON.stringify(
    { resource: { aws_sqs_queue: { q: { name: '${local.fruits["pears"]}', tags: { a: 'b' } } } } },
    null,
    2,
  ),
  'terraform.tfvars': 'season = "winter"\n',
  'cellar/main.tf': 'variable "keep" {\n  type = bool\n}\noutput "keep" {\n  value = var.keep\n}\n',
};
/** Nothing in it depends on the files that are broken. */
const GOOD = bucket('apples');

interface Mutation {
  readonly kind: 'delete' | 'insert' | 'replace' | 'truncate' | 'swap';
  readonly at: number;
  readonly byte: number;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('delete', 'insert', 'replace', 'truncate', 'swap'),
  at: fc.nat({ max: 100_000 }),
  byte: fc.oneof(fc.nat({ max: 255 }), fc.constantFrom(...Buffer.from('{}[]()"$%\\\n=<,.#/*'))),
});

function mutate(bytes: Buffer, { kind, at, byte }: Mutation): Buffer {
  const place = at % (bytes.length + 1);
  const [before, behind] = [bytes.subarray(0, place), bytes.subarray(place)];
  if (kind === 'truncate') return before;
  if (kind === 'insert') return Buffer.concat([before, Buffer.from([byte]), behind]);
  if (kind === 'delete') return Buffer.concat([before, behind.subarray(1)]);
  if (kind === 'replace') return Buffer.concat([before, Buffer.from([byte]), behind.subarray(1)]);
  const lines = bytes.toString('latin1').split('\n');
  const [one, other] = [at % lines.length, (at + byte) % lines.length];
  [lines[one], lines[other]] = [lines[other] ?? '', lines[one] ?? ''];
  return Buffer.from(lines.join('\n'), 'latin1');
}

const here = workspace();
afterAll(() => here.remove());

test('whatever happens to a file, a scan ends well and judges the others', async () => {
  here.write({ 'good.tf': GOOD });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(FILES)),
      fc.array(mutation, { minLength: 1, maxLength: 4 }),
      async (path, mutations) => {
        here.write(FILES);
        writeFileSync(join(here.folder, path), mutations.reduce(mutate, Buffer.from(FILES[path] ?? '')));
        const { code, out, err } = await here.run(['scan', '--format', 'json', '--no-config']);
        expect([1, 3], err).toContain(code);
        const { findings } = JSON.parse(out);
        const found = findings.map(
          (one: { policy: string; location: { file: string } }) => `${one.policy} ${one.location?.file}`,
        );
        expect(found).toContain('aws-s3-bucket-versioning-enabled good.tf');
      },
    ),
    { numRuns: 150, seed: 7 },
  );
});
