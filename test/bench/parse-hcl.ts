import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Body, Expression, JsonBody } from '../../src/syntax/hcl/ast.js';
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

interface Measured {
  /** Milliseconds until everything is checked and the whole tree is there, as the parser writes it. */
  readonly parsed: number;
  /** The same and every node built, as if somebody had looked at all of them. */
  readonly built: number;
  /** Bytes that the tree holds as it is written, and with every node built. */
  readonly parsedBytes: number;
  readonly builtBytes: number;
}

/** Looks at everything in a body, which builds it; how many nodes that are. */
function lookAtAll(body: Body | JsonBody): number {
  if (body.kind !== 'body') return 0;
  let count = 1;
  for (const { expression, nameRange } of body.attributes) count += nameRange.end > 0 ? 1 + lookAt(expression) : 0;
  for (const { labels, header, body: inner } of body.blocks)
    count += header.end > 0 ? 1 + labels.length + lookAtAll(inner) : 0;
  return count;
}

function lookAt(node: Expression): number {
  return 1 + childrenOf(node).reduce((count, child) => count + lookAt(child), 0);
}

function childrenOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'template':
      return node.parts.flatMap((part) => (part.kind === 'interpolation' ? [part.expression] : []));
    case 'tuple':
      return node.elements;
    case 'object':
      return node.items.flatMap(({ key, value }) => [key, value]);
    case 'call':
      return node.arguments;
    case 'get-attribute':
      return [node.object];
    case 'index':
      return [node.collection, node.key];
    case 'splat':
      return [node.source];
    case 'binary':
      return [node.left, node.right];
    case 'for':
      return [node.collection, node.value];
    default:
      return [];
  }
}

function measure(text: string): Measured {
  const before = bytesInUse();
  const begin = performance.now();
  const file = parseHcl({ path: 'main.tf', text });
  const parsed = performance.now() - begin;
  const parsedBytes = bytesInUse() - before;
  if (file.diagnostics.length > 0) throw new Error(file.diagnostics[0]?.message);
  const again = performance.now();
  lookAtAll(file.body);
  if (file.comments.length === 0) throw new Error('no comments');
  const built = parsed + performance.now() - again;
  return { parsed, built, parsedBytes, builtBytes: bytesInUse() - before };
}

/** Of objects and buffers, garbage not counted where it can be collected on demand. */
function bytesInUse(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** What one parse costs in a process that has parsed nothing before. */
function measureCold(...flags: string[]): Measured {
  const self = fileURLToPath(import.meta.url);
  const { execPath } = process;
  return JSON.parse(execFileSync(execPath, [...flags, '--import', 'tsx', self, '--once'], { encoding: 'utf8' }));
}

/** Lines of results: cold in a fresh process, warm as the best of ten, and the peers on the same text. */
export async function run(): Promise<string[]> {
  const text = generateTerraform(bytes);
  const lines: string[] = [];
  const speed = (milliseconds: number): string => `${megabytesPerSecond(text, milliseconds).toFixed(1)} MB/s`;
  const cold = measureCold();
  lines.push(`parse-hcl cold: ${speed(cold.parsed)}; with every node built: ${speed(cold.built)}`);
  const warm = Array.from({ length: 10 }, () => measure(text));
  const best = (of: (one: Measured) => number): string => speed(Math.min(...warm.map(of)));
  lines.push(`parse-hcl warm: ${best((one) => one.parsed)}; with every node built: ${best((one) => one.built)}`);
  const { parsedBytes, builtBytes } = measureCold('--expose-gc');
  const share = (size: number): string => (size / text.length).toFixed(1);
  lines.push(`parse-hcl bytes per character: ${share(parsedBytes)}; with every node built: ${share(builtBytes)}`);
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
  const own = megabytesPerSecond(text, cold.parsed);
  lines.push(`parse-hcl cold is ${(own / Math.max(wasm, gopher)).toFixed(1)} times the faster peer`);
  return lines;
}

if (process.argv.includes('--once')) process.stdout.write(JSON.stringify(measure(generateTerraform(bytes))));
