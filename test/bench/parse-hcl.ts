import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseHcl } from '../../src/syntax/hcl/parse-hcl.js';

/** About 2 MB of Terraform as people write it: resources, modules, policies in heredocs, expressions. */
export function generateTerraform(bytes: number): string {
  const parts: string[] = [];
  let length = 0;
  for (let i = 0; length < bytes; i++) {
    const part = `# The store of orchard ${i}, and what it lets in.
resource "aws_s3_bucket" "orchard_${i}" {
  bucket        = "\${var.prefix}-orchard-${i}-\${local.region}"
  force_destroy = var.environment != "production" && ${i} % 2 == 0

  tags = merge(local.tags, {
    Name  = "orchard-${i}"
    Owner = lookup(var.owners, "orchard-${i}", "nobody")
  })
}

resource "aws_security_group" "bakery_${i}" {
  name   = "bakery-${i}"
  vpc_id = module.network["main"].vpc_id

  dynamic "ingress" {
    for_each = [for rule in var.rules : rule if rule.port > ${i}]
    content {
      from_port   = ingress.value.port
      to_port     = ingress.value.port
      protocol    = "tcp"
      cidr_blocks = ["10.${i % 256}.0.0/16", "192.168.0.0/24"]
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_iam_policy" "baker_${i}" {
  policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [{
        "Effect": "Allow",
        "Action": ["s3:GetObject", "s3:PutObject"],
        "Resource": "\${aws_s3_bucket.orchard_${i}.arn}/*"
      }]
    }
  EOT
}

output "arns_${i}" {
  value = { for name, bucket in aws_s3_bucket.all[*].arn : name => upper(bucket) if length(bucket) > 0 }
}

`;
    parts.push(part);
    length += part.length;
  }
  return parts.join('');
}

const bytes = 2_000_000;

function megabytesPerSecond(text: string, milliseconds: number): number {
  return text.length / 1_000 / milliseconds;
}

/** Milliseconds of one parse in a process that has parsed nothing before. */
function parseOnce(): number {
  const text = generateTerraform(bytes);
  const begin = performance.now();
  const { diagnostics } = parseHcl({ path: 'main.tf', text });
  if (diagnostics.length > 0) throw new Error(diagnostics[0]?.message);
  return performance.now() - begin;
}

/** Lines of results: cold in a fresh process, warm as the best of ten, and the peers on the same text. */
export async function run(): Promise<string[]> {
  const text = generateTerraform(bytes);
  const lines: string[] = [];
  const self = fileURLToPath(import.meta.url);
  const cold = Number(execFileSync(process.execPath, ['--import', 'tsx', self, '--once'], { encoding: 'utf8' }));
  lines.push(`parse-hcl cold: ${megabytesPerSecond(text, cold).toFixed(1)} MB/s`);
  let warm = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 10; i++) {
    const begin = performance.now();
    parseHcl({ path: 'main.tf', text });
    warm = Math.min(warm, performance.now() - begin);
  }
  lines.push(`parse-hcl warm: ${megabytesPerSecond(text, warm).toFixed(1)} MB/s`);
  // Loaded only here, or loading them would be part of the cold run. They are given a tenth of the text.
  const { parse: parseWasm } = await import('@cdktn/hcl2json');
  const { default: hcl } = await import('hcl2-parser');
  const tenth = generateTerraform(bytes / 10);
  await parseWasm('warm-up.tf', 'a = 1\n');
  const wasmBegin = performance.now();
  await parseWasm('main.tf', tenth);
  const wasm = megabytesPerSecond(tenth, performance.now() - wasmBegin);
  lines.push(`@cdktn/hcl2json: ${wasm.toFixed(2)} MB/s`);
  const gopherBegin = performance.now();
  hcl.parseToObject(tenth);
  const gopher = megabytesPerSecond(tenth, performance.now() - gopherBegin);
  lines.push(`hcl2-parser: ${gopher.toFixed(2)} MB/s`);
  const own = megabytesPerSecond(text, cold);
  lines.push(`parse-hcl cold is ${(own / Math.max(wasm, gopher)).toFixed(1)} times the faster peer`);
  return lines;
}

if (process.argv.includes('--once')) process.stdout.write(String(parseOnce()));
