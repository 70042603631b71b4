import type { CoverageState, LedgerLine, SnapshotJson } from '../../model/snapshot.js';
import { ask, type Ending, type Failure, type World } from './ask.js';
import type { ListOperation, Operation } from './collector.js';
import { all, get } from './json.js';

/** What a list gave, page after page. */
export interface Listing {
  readonly items: readonly SnapshotJson[];
  readonly state: CoverageState;
  readonly pages: number;
  readonly attempts: number;
  readonly failure?: Failure | undefined;
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
  ask(operation: Operation, input: { readonly [name: string]: SnapshotJson }, region: string): Promise<Ending>;
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
  const send = (operation: Operation, input: { readonly [name: string]: SnapshotJson }, at: string) => {
    const [client = '', name = ''] = operation.call.split(':');
    return ask(world, operation, { client, operation: name, region: at === 'global' ? scope.home : at, input });
  };
  const read = (operation: ListOperation) => readPages(operation, (input) => send(operation, input, region));
  return {
    ...scope,
    listAgain: async (operation) => toListing(operation, await read(operation)),
    list: async (operation) => {
      const key = `${operation.call} ${JSON.stringify(operation.input)}`;
      const paged = pagesOf.get(key) ?? read(operation);
      pagesOf.set(key, paged);
      return toListing(operation, await paged);
    },
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

function toListing(operation: ListOperation, { answers, attempts, failure }: Paged): Listing {
  const proof = operation.proof === undefined ? operation.items.split('.')[0] : operation.proof;
  const isMalformed = (answer: SnapshotJson) => proof !== null && get(answer, proof ?? '') === undefined;
  const until = answers.findIndex(isMalformed);
  const good = until === -1 ? answers : answers.slice(0, until);
  const items = good.flatMap((answer) => all(answer, operation.items));
  const listing = { items, pages: good.length, attempts };
  if (until !== -1) {
    const message = `The answer has no "${proof}".`;
    const broken: Failure = {
      kind: 'failure',
      state: 'failed',
      code: 'MalformedAnswer',
      message,
      permission: null,
      attempts: 0,
    };
    return { ...listing, state: good.length === 0 ? 'failed' : 'truncated', failure: broken };
  }
  if (failure === undefined) return { ...listing, state: 'collected' };
  if (operation.absent?.[failure.code] !== undefined)
    return { ...listing, items: [operation.absent[failure.code] ?? null], state: 'collected' };
  if (operation.notEnabled?.includes(failure.code)) return { ...listing, state: 'not-enabled', failure };
  return { ...listing, state: good.length === 0 ? failure.state : 'truncated', failure };
}
