import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = new URL('../../../fixtures/same-graph/', import.meta.url).pathname;

/** Fixtures of which nothing is applied, and why. */
export const NOT_APPLIED: Readonly<Record<string, string>> = {
  aurora: 'moto makes no cluster whose password RDS keeps',
  function: 'its code is in no bucket',
  gateway: 'nothing of it is collected',
};

/** Resources of the others that are not applied, and why. */
export const LEFT_OUT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  bucket: {
    'aws_s3_bucket_lifecycle_configuration.orchard': 'the provider waits for what moto never answers',
    'aws_s3_bucket_logging.orchard': 'moto asks for a grant that the other bucket does not have',
  },
  instance: {
    'aws_instance.oven': 'its image does not exist',
    'aws_eip.door': 'the instance is not there',
  },
  'kubernetes-cluster': {
    'aws_eks_addon.network': 'moto has no add-ons',
  },
  'load-balancer': {
    'aws_elb.old': 'the provider ends on what moto answers',
    'aws_lb_listener.https': 'its certificate does not exist',
    'aws_lb_listener_rule.cakes': 'its listener is not there',
  },
  search: {
    'aws_opensearch_domain.recipes': 'the provider waits for what moto never answers',
    'aws_redshift_cluster.ledger': 'it has no password',
    'aws_efs_backup_policy.flour': 'the provider waits for what moto never answers',
  },
  trail: {
    'aws_cloudtrail.orchard': 'moto does not start a trail by its ARN, as the provider does',
  },
};

/** The fixtures that are applied, each to an account of its own. */
export const APPLIED: readonly string[] = readdirSync(FOLDER)
  .filter((name) => NOT_APPLIED[name] === undefined)
  .sort();

/** What the fixtures name and does not exist → what stands for it. */
const GROUND: Readonly<Record<string, string>> = {
  'vpc-0123456789': 'aws_vpc.ground.id',
  'subnet-0123456789': 'aws_subnet.ground[0].id',
  'subnet-1': 'aws_subnet.ground[1].id',
  'subnet-2': 'aws_subnet.ground[2].id',
  'sg-0123456789': 'aws_security_group.ground.id',
};

const GROUND_RESOURCES = `resource "aws_vpc" "ground" {
  cidr_block = "10.9.0.0/16"
}

resource "aws_subnet" "ground" {
  count             = 3
  vpc_id            = aws_vpc.ground.id
  cidr_block        = cidrsubnet("10.9.0.0/16", 8, count.index)
  availability_zone = element(["eu-central-1a", "eu-central-1b"], count.index)
}

resource "aws_security_group" "ground" {
  name   = "ground"
  vpc_id = aws_vpc.ground.id
}
`;

/** A fixture as it is compared: without what is left out, and with the version that moto wants of every policy. */
export function codeOf(name: string): string {
  let text = readFileSync(join(FOLDER, name, 'main.tf'), 'utf8');
  for (const address of Object.keys(LEFT_OUT[name] ?? {})) {
    const [type, label] = address.split('.');
    const start = text.indexOf(`resource "${type}" "${label}" {\n`);
    if (start === -1) throw new Error(`"${name}" has no ${address}.`);
    text = text.slice(0, start) + text.slice(text.indexOf('\n}\n', start) + 3);
  }
  return text.replace(/(jsonencode\(\{\n)(\s+)(Statement )/g, '$1$2Version = "2012-10-17"\n$2$3');
}

/** A fixture as it is applied: what it names exists. */
export function appliedFiles(name: string): Readonly<Record<string, string>> {
  const text = codeOf(name);
  const named = Object.keys(GROUND).filter((id) => text.includes(`"${id}"`));
  const grounded = named.reduce((applied, id) => applied.replaceAll(`"${id}"`, GROUND[id] ?? ''), text);
  return { 'main.tf': grounded, ...(named.length > 0 ? { 'ground.tf': GROUND_RESOURCES } : {}) };
}

/** The address of what stands for each name. */
export function groundAddresses(): readonly (readonly [id: string, address: string])[] {
  return Object.entries(GROUND).map(([id, expression]) => [id, expression.replace(/\.id$/, '')]);
}
