import { deserializePolicies, evaluatePolicies, loadPolicies, serializePolicies } from '../../src/policy/index.js';
import { bool, catalogue, graph, list, map, number, object, resource, text } from '../policy/orchard.js';

/* 30 policies over 10,000 resources in which everything is known: the limit is 500 ms. `npx tsx test/bench/evaluate-policies.ts` */

const shapes = catalogue({
  aws_s3_bucket: {
    bucket: text,
    acl: text,
    versioning: object({ status: text }),
    encryption: object({ rule: object({ algorithm: text }) }),
    grant: list(object({ uri: text })),
    public_access_block: object({ a: bool, b: bool, c: bool, d: bool }),
    ingress: list(object({ protocol: text, from_port: number, to_port: number, cidr: text })),
    tags: map(text),
  },
});

const BODIES = [
  'assert: resource.versioning.status == "Enabled"',
  'assert: resource.public_access_block.a == true && resource.public_access_block.b == true && resource.public_access_block.d == true',
  'variables: { blocked: resource.public_access_block.a == true }\nassert: variables.blocked || !(resource.acl in ["public-read"] || resource.grant.exists(g, g.uri == "all"))',
  'each: rule in resource.ingress\nwhen: rule.protocol == "tcp" && rule.from_port <= 22 && rule.to_port >= 22\nassert: "!isAnyAddress(rule.cidr)"',
  'assert: \'["Owner", "Team"].all(k, k in resource.tags && resource.tags[k] != "")\'',
  'when: resource.bucket.matches("^b")\nassert: resource.encryption.rule.algorithm in ["aws:kms", "AES256"]',
];

const sources = Array.from({ length: 30 }, (_, index) => ({
  path: `${index}.yaml`,
  text: `id: p-${index}\ntitle: T\nseverity: low\nresource: aws_s3_bucket\n${BODIES[index % BODIES.length]}\n`,
}));
const policies = deserializePolicies(serializePolicies(loadPolicies(sources, shapes).policies));

const buckets = (failing: number) =>
  graph(
    Array.from({ length: 10_000 }, (_, index) => {
      const isBad = index % 100 < failing;
      return resource('aws_s3_bucket', `b${index}`, {
        bucket: `b${index}`,
        acl: 'private',
        versioning: { status: isBad ? 'Suspended' : 'Enabled' },
        encryption: { rule: { algorithm: 'AES256' } },
        public_access_block: { a: true, b: true, c: true, d: !isBad },
        ingress: [
          { protocol: 'tcp', from_port: 443, to_port: 443, cidr: '0.0.0.0/0' },
          { protocol: 'tcp', from_port: 22, to_port: 22, cidr: isBad ? '0.0.0.0/0' : '10.0.0.0/8' },
        ],
        tags: { Owner: 'x', Team: 'y' },
      });
    }),
  );

/** 30 policies over 10,000 resources; each line names what share of them fails. */
export function run(): string[] {
  return [0, 5, 50].flatMap((failing) => {
    const input = buckets(failing);
    return Array.from({ length: 3 }, () => {
      const start = performance.now();
      const { length } = evaluatePolicies(input, policies, { now: '2026-11-22', shapes });
      const milliseconds = Math.round(performance.now() - start);
      return `${failing} % failing: ${length} evaluations in ${milliseconds} ms (at most 500 with none failing)`;
    });
  });
}
