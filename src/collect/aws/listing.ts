import type { CoverageState, LedgerLine, SnapshotJson } from '../../model/snapshot.js';
import { ask, type Call, type Ending, type Failure, type World } from './ask.js';
import type { Job, ListOperation, Operation, Per } from './collector.js';
import { all, get, holds, isObject, textAt } from './json.js';
import { isNotOffered } from './not-offered.js';
import { parseTable } from './table.js';

/** What a list gave, page after page. */
export interface Listing {
  readonly items: readonly SnapshotJson[];
  readonly state: CoverageState;
  readonly pages: number;
  readonly attempts: number;
  readonly failure?: Failure | undefined;
  /** How its job was started, where it has one. */
  readonly started?: Started | undefined;
}

/** What starting a job gave. */
export interface Started {
  /** What the operation is to be asked with. */
  readonly input: { readonly [name: string]: SnapshotJson };
  readonly attempts: number;
  readonly failure: Failure | undefined;
}

/** An account and region in which operations are asked. */
export interface Place {
  readonly partition: string;
  readonly account: string;
  /** `global` where the operations are the account's. */
  readonly region: string;
  /** Lists once; who asks for the same again gets the same. */
  list(operation: ListOperation): Promise<Listing>;
  /** Lists anew. */
  listAgain(operation: ListOperation): Promise<Listing>;
  start(job: Job, input: { readonly [name: string]: SnapshotJson }, region: string): Promise<Started>;
  /** Asks; what has a job is asked until it is ready. */
  ask(operation: Operation, input: { readonly [name: string]: SnapshotJson }, region: string): Promise<Ending>;
  /** Page after page. */
  askAll(
    operation: Operation & { readonly items: string },
    input: { readonly [name: string]: SnapshotJson },
    region: string,
  ): Promise<Listing>;
  line(operation: Operation, ended: Ended): LedgerLine;
}

/** How an operation ended, for its line of the ledger. */
export interface Ended {
  readonly state: CoverageState;
  readonly pages: number;
  readonly items: number;
  readonly attempts: number;
  readonly failure?: Failure | undefined;
  readonly parent?: string;
  readonly code?: string;
}

const MESSAGE_LENGTH = 500;

/** `home` is the region whose endpoint answers for what has no region. */
export function placeOf(
  world: World,
  scope: { readonly partition: string; readonly account: string; readonly region: string; readonly home: string },
): Place {
  const { account, region } = scope;
  const pagesOf = new Map<string, Promise<Paged>>();
  const toCall = ({ call }: Operation, input: Call['input'], at: string): Call => {
    const [client = '', name = ''] = call.split(':');
    return { client, operation: name, region: at === 'global' ? scope.home : at, input };
  };
  const sendOnce = (operation: Operation, input: Call['input'], at: string) =>
    ask(world, operation, toCall(operation, input, at));
  const send: Place['ask'] = (operation, input, at) => {
    const { job } = operation;
    const once = () => sendOnce(operation, input, at);
    return job === undefined ? once() : untilReady(job, once, world.clock);
  };
  const start: Place['start'] = (job, input, at) => startJob(job, (operation) => sendOnce(operation, input, at));
  const read = async (operation: ListOperation, at: string): Promise<Paged> => {
    if (operation.per !== undefined)
      return readPer(operation, operation.per, { account, region, list, send: (input) => send(operation, input, at) });
    const started = operation.job === undefined ? undefined : await start(operation.job, {}, at);
    if (started?.failure !== undefined) return { answers: [], attempts: 0, failure: started.failure, started };
    const paged = await readPages(operation, (input) => send(operation, { ...input, ...started?.input }, at));
    if (paged.failure === undefined || paged.answers.length > 0 || region === 'global') return { ...paged, started };
    return { ...paged, failure: await whereOffered(operation, paged.failure), started };
  };
  /** What there is of a service that is not in the region is known: nothing. */
  const whereOffered = async (operation: ListOperation, failure: Failure): Promise<Failure> => {
    const call = toCall(operation, (operation.input ?? {}) as Call['input'], region);
    return (await isNotOffered(world, call, scope.home, failure)) ? { ...failure, state: 'unsupported-here' } : failure;
  };
  const list: Place['list'] = async (operation) => {
    const key = `${operation.call} ${JSON.stringify(operation.input)}`;
    const paged = pagesOf.get(key) ?? read(operation, region);
    pagesOf.set(key, paged);
    return toListing(operation, await paged);
  };
  return {
    ...scope,
    list,
    start,
    askAll: async (operation, input, at) => {
      const { call, permission, items, pages } = operation;
      const list = { call, permission, items, ...(pages === undefined ? {} : { pages }) };
      return toListing(list, await readPages(list, (page) => send(operation, { ...input, ...page }, at)));
    },
    listAgain: async (operation) => toListing(operation, await read(operation, region)),
    ask: send,
    line: (operation, { failure, parent, code, ...ended }) => ({
      account,
      region,
      operation: operation.call,
      state: ended.state,
      pages: ended.pages,
      items: ended.items,
      permission: failure?.permission ?? null,
      code: code ?? failure?.code ?? null,
      message: failure?.message.slice(0, MESSAGE_LENGTH) ?? null,
      parent: parent ?? null,
      attempts: ended.attempts,
      at: toSecond(world.clock.now()),
    }),
  };
}

/** UTC, to the second. */
export function toSecond(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

interface Paged {
  readonly answers: readonly SnapshotJson[];
  readonly attempts: number;
  readonly failure: Failure | undefined;
  readonly started?: Started | undefined;
}

type Send = (input: { readonly [name: string]: SnapshotJson }) => Promise<Ending>;

async function readPages({ input = {}, pages }: ListOperation, send: Send): Promise<Paged> {
  const answers: SnapshotJson[] = [];
  let attempts = 0;
  let token: SnapshotJson | undefined;
  for (;;) {
    const ending = await send({
      ...(input as { readonly [name: string]: SnapshotJson }),
      ...(pages?.limit === undefined ? {} : { [pages.limit[0]]: pages.limit[1] }),
      ...(pages === undefined || token === undefined ? {} : { [pages.input]: token }),
    });
    attempts += ending.attempts;
    if (ending.kind === 'failure') return { answers, attempts, failure: ending };
    answers.push(ending.output);
    if (pages === undefined) return { answers, attempts, failure: undefined };
    const next = get(ending.output, pages.output);
    const more = pages.more === undefined ? undefined : get(ending.output, pages.more);
    const isOver = next === undefined || next === '' || more === false;
    if (isOver && more !== true) return { answers, attempts, failure: undefined };
    if (isOver || next === token) return { answers, attempts, failure: noMore(isOver) };
    token = next;
  }
}

async function startJob({ start, gives = {} }: Job, once: (operation: Operation) => Promise<Ending>): Promise<Started> {
  const ending = await once(start);
  if (ending.kind === 'failure') return { input: {}, attempts: ending.attempts, failure: ending };
  const given = Object.entries(gives).map(([name, path]) => [name, get(ending.output, path)] as const);
  const missing = given.find(([, value]) => value === undefined);
  const failure =
    missing === undefined && isWellFormed(ending.output)
      ? undefined
      : failed('MalformedAnswer', `The answer has no ${missing?.[0] ?? 'member'}.`, ending.attempts);
  return {
    input: Object.fromEntries(given.map(([name, value = null]) => [name, value])),
    attempts: ending.attempts,
    failure,
  };
}

/** Of each of some, in their order. */
async function readPer(
  operation: ListOperation,
  per: Per,
  { list, send, ...here }: Pick<Place, 'account' | 'list' | 'region'> & { readonly send: Send },
): Promise<Paged> {
  const parents = new Map<string, Beside>((per.values ?? []).map((value) => [value, {}]));
  for (const [index, from] of (per.of ?? []).entries()) {
    const { items, failure } = await list(from);
    if (failure !== undefined) return { answers: [], attempts: 0, failure };
    const own = items.filter((item) =>
      Object.entries(per.own ?? {}).every(([path, whose]) => [here[whose], ''].includes(textAt(item, path))),
    );
    const id = typeof per.id === 'object' ? per.id[index] : per.id;
    for (const item of own) parents.set(textAt(item, id ?? ''), besideOf(per, item));
  }
  return per.batch === undefined ? readEach(operation, per, parents, send) : readBatches(operation, per, parents, send);
}

/** What the input has beside the name of the one. */
type Beside = { readonly [name: string]: SnapshotJson };

function besideOf({ with: members = {} }: Per, item: SnapshotJson): Beside {
  return Object.fromEntries(Object.entries(members).map(([name, path]) => [name, textAt(item, path)]));
}

async function readEach(operation: ListOperation, per: Per, parents: Map<string, Beside>, send: Send): Promise<Paged> {
  const answers: SnapshotJson[] = [];
  let attempts = 0;
  const id = typeof per.id === 'string' ? per.id : '';
  // What is added while it goes is reached as well.
  for (const [parent, beside] of parents) {
    const paged = await readPages(operation, (input) => send({ ...input, ...beside, [per.input]: parent }));
    answers.push(...paged.answers.map((answer) => ({ ...(isObject(answer) ? answer : {}), '@parent': parent })));
    attempts += paged.attempts;
    // It is off for this one: it has nothing.
    if (paged.failure !== undefined && saysThatItIsOff(operation, paged.failure)) continue;
    if (paged.failure !== undefined) return { answers, attempts, failure: paged.failure };
    if (per.isTree !== true) continue;
    for (const answer of paged.answers)
      for (const item of all(answer, operation.items)) parents.set(textAt(item, id), besideOf(per, item));
  }
  return { answers, attempts, failure: undefined };
}

/** So many at once; where the answer lacks one that was asked for, what there is of it is not known. */
async function readBatches(
  operation: ListOperation,
  { input: member, batch = { most: 1, name: '' } }: Per,
  parents: ReadonlyMap<string, Beside>,
  send: Send,
): Promise<Paged> {
  const groups = new Map<string, string[]>();
  for (const [parent, beside] of parents) {
    const key = JSON.stringify(beside);
    groups.set(key, [...(groups.get(key) ?? []), parent]);
  }
  const answers: SnapshotJson[] = [];
  let attempts = 0;
  for (const [key, names] of groups) {
    for (let from = 0; from < names.length; from += batch.most) {
      const asked = names.slice(from, from + batch.most);
      const beside = JSON.parse(key) as Beside;
      const paged = await readPages(operation, (input) => send({ ...input, ...beside, [member]: asked }));
      answers.push(...paged.answers);
      attempts += paged.attempts;
      if (paged.failure !== undefined) return { answers, attempts, failure: paged.failure };
      const given = new Set(
        paged.answers.flatMap((answer) => all(answer, operation.items).map((item) => textAt(item, batch.name))),
      );
      if (asked.some((name) => !given.has(name))) return { answers, attempts, failure: NOT_GIVEN };
    }
  }
  return { answers, attempts, failure: undefined };
}

const NOT_GIVEN: Failure = {
  kind: 'failure',
  state: 'truncated',
  code: 'NotGiven',
  message: 'The answer lacks something that it was asked for.',
  permission: null,
  attempts: 0,
};

/** Whether an error says that the service is off here. */
export function saysThatItIsOff({ notEnabled = [] }: Operation, { code, message }: Failure): boolean {
  return notEnabled.some((error) =>
    typeof error === 'string' ? error === code : error.code === code && error.says.test(message),
  );
}

function noMore(isTokenMissing: boolean): Failure {
  return {
    kind: 'failure',
    state: 'truncated',
    code: isTokenMissing ? 'MissingToken' : 'RepeatedToken',
    message: isTokenMissing
      ? 'The answer says that there is more, and not where.'
      : 'The answer gives the token that it was asked with.',
    permission: null,
    attempts: 0,
  };
}

function failed(code: string, message: string, attempts: number): Failure {
  return { kind: 'failure', state: 'failed', code, message, permission: null, attempts };
}

function isWellFormed(output: SnapshotJson): boolean {
  return typeof output === 'object' && output !== null && Object.keys(output).length > 0;
}

/** Asks again and again, with pauses, for what is being made. */
async function untilReady(job: Job, once: () => Promise<Ending>, clock: World['clock']): Promise<Ending> {
  const { isPending, isFailed, everyMs, atMostMs } = job;
  const until = clock.now() + atMostMs;
  let attempts = 0;
  for (;;) {
    const ending = await once();
    attempts += ending.attempts;
    const isWaiting =
      ending.kind === 'failure'
        ? 'code' in isPending && ending.code === isPending.code
        : 'path' in isPending && holds(isPending, ending.output);
    if (ending.kind === 'answer' && isFailed !== undefined && holds(isFailed, ending.output))
      return failed('JobFailed', 'The service says that it could not make it.', attempts);
    if (!isWaiting) return { ...ending, attempts };
    if (clock.now() >= until) return failed('JobUnfinished', 'The service did not make it in time.', attempts);
    await clock.sleep(everyMs);
  }
}

/** Without those whose name one before has. */
function onceEach(items: readonly SnapshotJson[], path: string | undefined): readonly SnapshotJson[] {
  if (path === undefined) return items;
  const named = new Map<string, SnapshotJson>();
  for (const item of items) if (!named.has(textAt(item, path))) named.set(textAt(item, path), item);
  return [...named.values()];
}

function toListing(operation: ListOperation, { answers, attempts, failure, started }: Paged): Listing {
  const proof = operation.proof === undefined ? operation.items.split('.')[0] : operation.proof;
  const isMalformed = (answer: SnapshotJson) => proof !== null && get(answer, proof ?? '') === undefined;
  const until = answers.findIndex(isMalformed);
  const good = until === -1 ? answers : answers.slice(0, until);
  const { table } = operation;
  const items = good.flatMap((answer) => {
    const found = all(answer, operation.items);
    if (operation.per !== undefined && operation.per.batch === undefined)
      return found.map((item) => ({
        ...(isObject(item) ? item : { '@item': item }),
        '@parent': get(answer, '@parent') ?? null,
      }));
    return table === undefined ? found : found.flatMap((text) => parseTable(text, get(answer, table.madeAt) ?? null));
  });
  const listing = { items: onceEach(items, operation.distinct), pages: good.length, attempts, started };
  if (until !== -1) {
    const message = `The answer has no "${proof}".`;
    const broken = failed('MalformedAnswer', message, 0);
    return { ...listing, state: good.length === 0 ? 'failed' : 'truncated', failure: broken };
  }
  if (failure === undefined) return { ...listing, state: 'collected' };
  if (operation.absent?.[failure.code] !== undefined)
    return { ...listing, items: [operation.absent[failure.code] ?? null], state: 'collected' };
  if (saysThatItIsOff(operation, failure)) return { ...listing, state: 'not-enabled', failure };
  return { ...listing, state: good.length === 0 ? failure.state : 'truncated', failure };
}
