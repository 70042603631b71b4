import type { Answer, Client } from '../../src/collect/aws/ask.js';
import { type ListOperation, type Operation, operationsOf } from '../../src/collect/aws/collector.js';
import { COLLECTORS, collectorsOf, REGIONS, SERVICES } from '../../src/collect/aws/collectors.js';
import { collectedFeeds } from '../../src/collect/aws/feeds.js';
import type { Evaluation } from '../../src/findings/evaluation.js';
import { SNAPSHOT_SCHEMA, type SnapshotHeader, type SnapshotRecord } from '../../src/model/snapshot.js';
import { type CollectedService, collectWith } from '../collect/collect-service.js';
import { errorOf, fakeAws } from '../collect/fake-aws.js';
import { HOLLOW_IS_A_VALUE } from '../collect/hollow-answers.js';
import { judgeSnapshot, resultOf, type SnapshotParts, sealSnapshot } from './snapshot.js';

const ACCOUNT = '123456789012';

/** The faults of the matrix. */
export const FAULT_KINDS = [
  'denied',
  'throttled',
  '500',
  'reset',
  'malformed',
  'empty',
  'hollow',
  'one item denied',
  'slow',
  'truncated',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Cell {
  readonly operation: string;
  readonly fault: FaultKind;
}

/** What judging says with a fault, beside what it says without. */
export interface CellOutcome {
  readonly judged: number;
  /** Decided without the fault. */
  readonly unknown: number;
  readonly wrongPasses: readonly string[];
  /** Failures that are not there any more, and of whose policy nothing is unknown. */
  readonly gone: readonly string[];
  readonly wrongFails: readonly string[];
}

interface Judged {
  readonly operation: Operation & Partial<Pick<ListOperation, 'items'>>;
  readonly services: readonly string[];
}

const OPERATIONS: ReadonlyMap<string, Judged> = (() => {
  const found = new Map<string, Judged>([[REGIONS.call, { operation: REGIONS, services: SERVICES }]]);
  for (const collector of COLLECTORS) {
    for (const operation of operationsOf(collector)) {
      const known = found.get(operation.call);
      const services = new Set([...(known?.services ?? []), collector.service]);
      found.set(operation.call, { operation, services: [...services] });
    }
  }
  return found;
})();

/** Every operation × every fault that it can have. */
export function faultCells(): readonly Cell[] {
  return [...OPERATIONS].flatMap(([call, { operation }]) =>
    FAULT_KINDS.filter((fault) => canHave(operation, fault)).map((fault) => ({ operation: call, fault })),
  );
}

function canHave({ call, pages }: Operation, fault: FaultKind): boolean {
  if (fault === 'hollow') return !HOLLOW_IS_A_VALUE.includes(call);
  return fault !== 'truncated' || pages !== undefined;
}

async function collectWhole(): Promise<Map<string, CollectedService>> {
  const whole = new Map<string, CollectedService>();
  for (const service of SERVICES)
    whole.set(service, await collectWith(collectorsOf([service], [], true), fakeAws().client));
  return whole;
}

/** What is judged of the recorded account where nothing fails. */
export async function judgeWhole(): Promise<readonly Evaluation[]> {
  return judge([...(await collectWhole()).values()]);
}

/** Judges the recorded account with one fault after the other. */
export async function openFaultMatrix(): Promise<(cell: Cell) => Promise<CellOutcome>> {
  const whole = await collectWhole();
  const before = judge([...whole.values()]);
  return async ({ operation: call, fault }) => {
    const judged = OPERATIONS.get(call);
    if (judged === undefined) throw new Error(`No collector asks for "${call}".`);
    const faulty = new Map(whole);
    for (const service of judged.services)
      faulty.set(service, await collectWith(collectorsOf([service], [], true), clientWith(judged.operation, fault)));
    return compare(before, judge([...faulty.values()]));
  };
}

/** A client whose operation fails. */
function clientWith(operation: Operation, fault: FaultKind): Client {
  const { client } = fakeAws();
  let nth = 0;
  return async (call) => {
    if (`${call.client}:${call.operation}` !== operation.call) return client(call);
    nth += 1;
    if (fault !== 'truncated') return answerOf(fault, nth) ?? client(call);
    // One page more, which does not come.
    const { pages } = operation;
    if (pages === undefined || call.input[pages.input] !== undefined) return errorOf('InternalError', 500);
    const answer = await client(call);
    if (answer.kind === 'error') return answer;
    const more = pages.more === undefined ? {} : { [pages.more]: true };
    return { kind: 'answer', output: { ...Object(answer.output), ...more, [pages.output]: 'more' } };
  };
}

function answerOf(fault: Exclude<FaultKind, 'truncated'>, nth: number): Answer | undefined {
  switch (fault) {
    case 'denied':
      return errorOf('AccessDenied', 403);
    case 'throttled':
      return errorOf('ThrottlingException', 400);
    case '500':
      return errorOf('InternalError', 500);
    case 'reset':
      return { kind: 'error', code: 'ECONNRESET', message: 'socket hang up', status: undefined };
    case 'malformed':
      return errorOf('SyntaxError', 200);
    case 'empty':
      return errorOf('EmptyAnswer', 200);
    case 'hollow':
      return { kind: 'answer', output: {} };
    case 'one item denied':
      return nth === 1 ? errorOf('AccessDenied', 403) : undefined;
    case 'slow':
      return { kind: 'error', code: 'TimeoutError', message: 'It took too long.', status: undefined };
  }
}

function judge(collected: readonly CollectedService[]): readonly Evaluation[] {
  return judgeSnapshot(resultOf(sealSnapshot(partsOf(collected)), collectedFeeds()));
}

/** Services that were collected one by one, as one snapshot. */
export function partsOf(collected: readonly CollectedService[]): SnapshotParts {
  const [first] = collected;
  if (first === undefined) throw new Error('Nothing was collected.');
  const records: Record<string, SnapshotRecord[]> = {};
  for (const record of collected.flatMap((one) => one.records)) {
    const file = `resources/${ACCOUNT}/${record.region}.ndjson`;
    records[file] = [...(records[file] ?? []), record];
  }
  // A region that one of them could not see is one that was not seen.
  const worst = collected.find(({ run }) => run.regions.some(({ name }) => name === 'unlisted')) ?? first;
  return { header: headerOf(worst), ledger: collected.flatMap(({ ledger }) => ledger), records };
}

function headerOf({ run }: CollectedService): Omit<SnapshotHeader, 'files'> {
  return {
    kind: 'trueline-snapshot',
    schema: SNAPSHOT_SCHEMA,
    minReader: 1,
    tool: '0.0.0',
    provider: 'aws',
    partition: 'aws',
    startedAt: '2026-11-22T09:30:00Z',
    finishedAt: '2026-11-22T09:31:00Z',
    caller: { arn: `arn:aws:iam::${ACCOUNT}:user/auditor`, account: ACCOUNT },
    accounts: [{ id: ACCOUNT, name: null, status: 'gaps', resources: 0 }],
    regions: run.regions,
    selection: { only: [], skip: [], regions: 'all-enabled' },
    collectors: Object.fromEntries(COLLECTORS.map(({ type, version }) => [type, version])),
    secretKey: { id: 'k1:00', algorithm: 'hmac-sha256-80' },
  };
}

function keyOf({ policy, resource, element }: Evaluation): string {
  return `${policy} ${resource} ${element?.key ?? ''}`.replaceAll('\0', ' ');
}

function compare(before: readonly Evaluation[], after: readonly Evaluation[]): CellOutcome {
  const earlier = new Map(before.map((evaluation) => [keyOf(evaluation), evaluation.outcome]));
  const later = new Set(after.map(keyOf));
  const open = new Set(after.filter(({ outcome }) => outcome === 'unknown').map(({ policy }) => policy));
  const changedTo = (outcome: Evaluation['outcome']) =>
    after.filter((one) => one.outcome === outcome && earlier.get(keyOf(one)) !== outcome).map(keyOf);
  return {
    judged: after.length,
    unknown: changedTo('unknown').length,
    wrongPasses: changedTo('pass'),
    gone: before.filter((one) => one.outcome === 'fail' && !later.has(keyOf(one)) && !open.has(one.policy)).map(keyOf),
    wrongFails: changedTo('fail'),
  };
}
