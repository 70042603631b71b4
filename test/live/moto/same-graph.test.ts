import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { collectedFeeds } from '../../../src/collect/aws/feeds.js';
import { buildGraph } from '../../../src/graph/build-graph.js';
import type { ResourceGraph } from '../../../src/model/resource.js';
import { providerSchemas } from '../../../src/schemas/provider-schemas.js';
import { compareAttributes } from '../../support/compare-graphs.js';
import { evaluateFiles } from '../../support/evaluate-files.js';
import { partsOf, resultOf, sealSnapshot } from '../../support/snapshot.js';
import { program, run } from '../run.js';
import { accountOf, type Farm, openFarm, roleOf, type StateResource } from './farm.js';
import { APPLIED, codeOf, groundAddresses } from './same-graph-fixtures.js';

/** The fixtures of several languages once more as they live: their graph from code beside that from a snapshot. */

const OFF = 'moto leaves out what is off';
const STANDARD = 'only a queue or a topic in order has the attribute';

/** What code and moto say differently, and why. */
const DIFFERENT: Readonly<Record<string, string>> = {
  'database: aws_db_instance.recipes dedicated_log_volume: false and null': OFF,
  'database: aws_db_instance.recipes monitoring_interval: 0 and null': OFF,
  'database: aws_db_instance.recipes performance_insights_enabled: false and null': OFF,
  'distribution: aws_cloudfront_distribution.window origin[0].origin_access_control_id: "E123" and nothing':
    'moto leaves out what an origin is asked with',
  'messages: aws_sns_topic.bread content_based_deduplication: false and null': STANDARD,
  'messages: aws_sns_topic.bread fifo_topic: false and null': STANDARD,
  'messages: aws_sqs_queue.burnt content_based_deduplication: false and null': STANDARD,
  'messages: aws_sqs_queue.burnt fifo_queue: false and null': STANDARD,
  'messages: aws_sqs_queue.orders content_based_deduplication: false and null': STANDARD,
  'messages: aws_sqs_queue.orders fifo_queue: false and null': STANDARD,
  'network: aws_route_table.paths route: [{"destination_cidr_block":"0.0.0.0/0","gateway_id":"?computed-by-provid…':
    'live a route says what it does not lead to, and the gateway has its id',
  'network: aws_subnet.trees enable_dns64: false and null': OFF,
  'roles: aws_iam_policy.sell name: "sell" and null': 'moto leaves out what policies are called',
};

/** Types of which nothing is read yet; a subscription stands in its topic. */
const NOT_COLLECTED: readonly string[] = [
  'aws_cloudwatch_log_group',
  'aws_cloudwatch_metric_alarm',
  'aws_db_parameter_group',
  'aws_db_subnet_group',
  'aws_ecs_cluster',
  'aws_ecs_service',
  'aws_ecs_task_definition',
  'aws_efs_mount_target',
  'aws_eks_node_group',
  'aws_iam_instance_profile',
  'aws_internet_gateway',
  'aws_kinesis_stream',
  'aws_kms_alias',
  'aws_lb_target_group',
  'aws_route53_record',
  'aws_route53_zone',
  'aws_route_table',
  'aws_route_table_association',
  'aws_sns_topic_subscription',
  'aws_ssm_parameter',
  'aws_vpc_endpoint',
];

let farm: Farm;
const seen: string[] = [];
const notSeen = new Set<string>();
const different: string[] = [];

beforeAll(async () => {
  farm = await openFarm();
  await Promise.all(APPLIED.map(snapshot));
});

describe.each(APPLIED)('"%s"', (name) => {
  test('says nothing live that its code does not', () => {
    const code = graphOf(evaluateFiles({ 'main.tf': codeOf(name) }).result.resources);
    const live = liveGraph(name);
    for (const resource of code.resources.values()) {
      if (resource.presence !== 'written' || resource.mode !== 'managed') continue;
      const state = stateOf(name, resource.address);
      const found = state && findLive(live, state);
      if (found === undefined) notSeen.add(resource.type);
      else {
        seen.push(`${name} ${resource.address}`);
        different.push(
          ...compareAttributes(resource.address, resource, found).differences.map((one) => cut(`${name}: ${one}`)),
        );
      }
    }
  });
});

test('what differs stands in the table', () => {
  console.info(`${seen.length} resources of code found live`);
  expect([...notSeen].filter((type) => !NOT_COLLECTED.includes(type))).toEqual([]);
  expect(different).toEqual(Object.keys(DIFFERENT));
  expect(seen.length).toBeGreaterThanOrEqual(30);
});

function cut(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 110)}…`;
}

async function snapshot(name: string): Promise<void> {
  rmSync(join(farm.folder, `live-${name}`), { recursive: true, force: true });
  const args = ['snapshot', 'aws', '--region', 'eu-central-1', '--role-arn', roleOf(name), '--output', `live-${name}`];
  await run(process.execPath, [program, ...args], farm.folder, farm.environment, [0, 3]);
}

function graphOf(resources: Parameters<typeof buildGraph>[0]['resources'], extents = {}): ResourceGraph {
  return buildGraph({ resources, unreadModules: [], schemas: providerSchemas, ...extents }).graph;
}

/** What exists instead of what the fixtures name has its name. */
function liveGraph(name: string): ResourceGraph {
  const files = Object.fromEntries(filesIn(join(farm.folder, `live-${name}`)));
  const { resources, extents } = resultOf(sealSnapshot(partsOf(files)), collectedFeeds());
  return graphOf(resources, { extents });

  function* filesIn(folder: string, top = folder): Generator<[string, string]> {
    for (const entry of readdirSync(folder)) {
      const path = join(folder, entry);
      if (statSync(path).isDirectory()) yield* filesIn(path, top);
      else yield [`snap/${named(name, relative(top, path))}`, named(name, readFileSync(path, 'utf8'))];
    }
  }
}

function named(name: string, text: string): string {
  return groundAddresses().reduce(
    (changed, [id, address]) => {
      const actual = stateOf(name, address)?.values['id'];
      return typeof actual === 'string' ? changed.replaceAll(actual, id) : changed;
    },
    text.replaceAll(accountOf(name), '123456789012'),
  );
}

function stateOf(name: string, address: string): StateResource | undefined {
  return farm.resources.find((resource) => resource.address === `module.${name}.${address}`);
}

function findLive(graph: ResourceGraph, { type, values }: StateResource) {
  const [arn, id] = [values['arn'], values['id']].map((text) =>
    typeof text === 'string' ? text.replace(/\b[23]\d{11}\b/, '123456789012') : undefined,
  );
  return [...graph.resources.values()].find(
    ({ type: own, address }) =>
      own === type && (address === arn || address.endsWith(`/${arn}`) || address.endsWith(`/${id}`)),
  );
}
