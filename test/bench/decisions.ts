import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { decide } from '../../src/access/decide.js';
import { deriveContext } from '../../src/access/derive-context.js';
import type { AccessRequest, PolicyInForce } from '../../src/access/request.js';
import { toPolicyDocument } from '../../src/graph/policy-document.js';
import { type Caller, textOf, unknownKey } from '../../src/iam/index.js';
import { invariant } from '../../src/source/invariant.js';
import { decideRequest, readCases, toAccessRequest } from '../support/access-case.js';
import { toValue } from '../support/to-value.js';

/* Decisions of the engine per second, of 200 roles with 6 policies each, and of the documented cases. */

const ACCOUNT = '111122223333';
const SERVICES = ['s3', 'dynamodb', 'sqs', 'sns', 'lambda', 'ec2', 'iam', 'kms', 'logs', 'ssm', 'ecr', 'rds'];
const VERBS = ['Get', 'List', 'Describe', 'Put', 'Create', 'Delete', 'Update', 'Tag'];
const NOUNS = ['Object', 'Item', 'Queue', 'Function', 'Role', 'Stream', 'Parameter', 'Snapshot'];

/** A generator of 32-bit numbers (xorshift), the same each time. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const next = numbersFrom(20_261_201);

function pick<T>(list: readonly T[]): T {
  const one = list[next(list.length)];
  invariant(one !== undefined, 'an empty list');
  return one;
}

function actionOf(service: string): string {
  const kind = next(10);
  if (kind === 0) return `${service}:*`;
  if (kind < 4) return `${service}:${pick(VERBS)}*`;
  return `${service}:${pick(VERBS)}${pick(NOUNS)}`;
}

function resourceOf(service: string): string {
  const kind = next(4);
  if (kind === 0) return '*';
  const name = `arn:aws:${service}:eu-west-1:${ACCOUNT}:orchard-${next(40)}`;
  return kind === 1 ? `${name}/*` : kind === 2 ? `${name}/2026/rye-${next(9)}` : name;
}

function statement(isDeny: boolean): Record<string, unknown> {
  const service = pick(SERVICES);
  const written: Record<string, unknown> = {
    Effect: isDeny ? 'Deny' : 'Allow',
    Action: Array.from({ length: 1 + next(6) }, () => actionOf(service)),
    Resource: Array.from({ length: 1 + next(3) }, () => resourceOf(service)),
  };
  const kind = next(5);
  if (kind === 0) written.Condition = { StringEquals: { 'aws:PrincipalAccount': ACCOUNT } };
  if (kind === 1) written.Condition = { Bool: { 'aws:SecureTransport': 'true' } };
  return written;
}

function policy(): PolicyInForce {
  const length = 1 + next(5);
  const document = toPolicyDocument(
    toValue({ Version: '2012-10-17', Statement: Array.from({ length }, () => statement(next(8) === 0)) }),
  );
  invariant(document !== undefined, 'not a policy document');
  return { document };
}

interface BenchPrincipal {
  readonly caller: Caller;
  readonly identity: readonly PolicyInForce[];
}

function principals(): BenchPrincipal[] {
  const policies = Array.from({ length: 500 }, policy);
  return Array.from({ length: 200 }, (_, index) => ({
    caller: {
      kind: 'role-session',
      arn: textOf(`arn:aws:sts::${ACCOUNT}:assumed-role/picker-${index}/now`),
      roleArn: textOf(`arn:aws:iam::${ACCOUNT}:role/picker-${index}`),
      account: textOf(ACCOUNT),
      isServiceLinked: false,
    },
    identity: Array.from({ length: 6 }, () => pick(policies)),
  }));
}

function requestOf({ caller, identity }: BenchPrincipal, action: string, resource: string): AccessRequest {
  const account = textOf(ACCOUNT);
  return {
    caller,
    action,
    resource: textOf(resource),
    resourceAccount: account,
    context: deriveContext(caller, {
      stated: new Map(),
      principalTags: new Map(),
      hasAllTags: true,
      resourceTags: new Map(),
      organization: 'none',
      resourceAccount: account,
      region: undefined,
      hasKey: () => undefined,
      fallback: unknownKey,
    }),
    kindOf: () => 'text',
    isCallerInManagementAccount: false,
    isResourceInManagementAccount: false,
    isBoundByRcps: false,
    policies: { identity, resource: [], scp: [], rcp: [], kmsGrants: [] },
  };
}

/** Milliseconds of the processor since then: others may run beside. */
function elapsed(began: NodeJS.CpuUsage): number {
  return process.cpuUsage(began).user / 1000;
}

function perSecond(count: number, milliseconds: number): string {
  return `${Math.round((count / milliseconds) * 1000).toLocaleString('en')} a second`;
}

/** What node does in the same time: characters compared in a loop, in millions a second. */
function pace(): number {
  const text = 'arn:aws:s3:::orchard/2026/rye'.repeat(1000);
  const began = process.cpuUsage();
  let sum = 0;
  for (let round = 0; round < 100; round++) for (let at = 0; at < text.length; at++) sum += text.charCodeAt(at);
  return (100 * text.length) / elapsed(began) / (sum > 0 ? 1000 : 1);
}

/** The same in a process of its own, put together as the product is: names that a loader keeps cost more than the engine. */
export function runBundled(folder: string): string[] {
  const outfile = join(folder, 'decisions.cjs');
  const contents = "import { run } from './decisions.js'; console.log(run().join('\\n'));";
  const stdin = { contents, resolveDir: import.meta.dirname, loader: 'ts' } as const;
  buildSync({
    stdin,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
    logLevel: 'error',
    external: ['esbuild'],
  });
  const cwd = join(import.meta.dirname, '../..');
  return execFileSync(process.execPath, [outfile], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NODE_PATH: join(cwd, 'node_modules') },
  })
    .trim()
    .split('\n');
}

/** Lines of measurements; the second time over the same policies is what counts, for they are compiled once. */
export function run(): string[] {
  const all = principals();
  const requests = Array.from({ length: 60_000 }, () => {
    const service = pick(SERVICES);
    return [pick(all), `${service}:${pick(VERBS)}${pick(NOUNS)}`, resourceOf(service).replace('*', 'rye')] as const;
  });
  const outcomes = new Map<string, number>();
  const decideAll = (count: number) => {
    const began = process.cpuUsage();
    for (const [principal, action, resource] of requests.slice(0, count)) {
      const { outcome } = decide(requestOf(principal, action, resource));
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    return elapsed(began);
  };
  const first = decideAll(requests.length);
  outcomes.clear();
  const again = decideAll(requests.length);
  const shares = [...outcomes]
    .sort()
    .map(([outcome, count]) => `${outcome} ${Math.round((count / requests.length) * 100)} %`);
  const cases = ['vectors', 'documentation']
    .flatMap((name) => readCases(`fixtures/access/${name}.json`))
    .map(toAccessRequest);
  let decided = 0;
  const began = process.cpuUsage();
  for (let round = 0; round < 40; round++)
    for (const one of cases) decided += decideRequest(one).decision === '' ? 0 : 1;
  const ofCases = elapsed(began);
  return [
    `200 roles of 6 policies, ${requests.length} requests: ${perSecond(requests.length, again)} (goal 200,000), the first time ${perSecond(requests.length, first)}`,
    `of those ${shares.join(', ')}`,
    `${cases.length} documented cases, 40 times: ${perSecond(decided, ofCases)}`,
    `beside them ${Math.round(pace())} million characters a second are read`,
  ];
}
