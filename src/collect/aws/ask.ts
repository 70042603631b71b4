import type { CoverageState, SnapshotJson } from '../../model/snapshot.js';
import type { Operation } from './collector.js';
import { type Clock, type Limit, type Pace, paceKey } from './pace.js';

export interface Call {
  readonly client: string;
  readonly operation: string;
  readonly region: string;
  readonly input: { readonly [name: string]: SnapshotJson };
}

/** What an API says. An answer without a body, and one that cannot be read, are errors. */
export type Answer =
  | { readonly kind: 'answer'; readonly output: SnapshotJson }
  | { readonly kind: 'error'; readonly code: string; readonly message: string; readonly status: number | undefined };

/** Sends one call, without trying again. Never rejects. */
export type Client = (call: Call) => Promise<Answer>;

/** How asking ended. */
export type Ending = { readonly kind: 'answer'; readonly output: SnapshotJson; readonly attempts: number } | Failure;

export interface Failure {
  readonly kind: 'failure';
  readonly state: CoverageState;
  readonly code: string;
  readonly message: string;
  /** The IAM action that is missing. */
  readonly permission: string | null;
  readonly attempts: number;
}

/** What asking needs of the world. */
export interface World {
  readonly client: Client;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly pace: Pace;
  readonly limit: Limit;
  /** Set when the credentials are of no use any more: nothing is asked after it. */
  stoppedBy: Failure | undefined;
  /** Client → regions in which it answered, be it with an error. */
  readonly reached: Map<string, Set<string>>;
  /** The region that has accepted the credentials: another that does not may be one that the account does not use. */
  home?: string | undefined;
}

const MOST_ATTEMPTS = { throttled: 10, failed: 4 } as const;
const MOST_WAIT_MS = 5 * 60_000;
const LONGEST_PAUSE_MS = 20_000;
const FIRST_PAUSE_MS = 200;

/**
 * Asks until there is an answer, or an error that trying again does not mend. Every attempt takes a token of the pace;
 * pauses are random between nothing and twice the last limit.
 */
export async function ask(world: World, operation: Operation, call: Call): Promise<Ending> {
  const key = paceKey(call.client, call.operation, call.region);
  let startedAt: number | undefined;
  for (let attempts = 1; ; attempts++) {
    const before = stoppedOf(world);
    if (before !== undefined) return before;
    await world.pace.keep(key);
    // It may have been stopped meanwhile.
    const stopped = stoppedOf(world);
    if (stopped !== undefined) {
      world.pace.giveBack(key);
      return stopped;
    }
    // The time in which it only waited for its turn does not count.
    startedAt ??= world.clock.now();
    const answer = await world.limit(() => {
      world.pace.spend(key);
      return world.client(call);
    });
    if (answer.kind === 'answer' || answer.status !== undefined) noteReached(world, call);
    if (answer.kind === 'answer') {
      world.pace.speedUp(key);
      return { ...answer, attempts };
    }
    const failure = toFailure(operation, answer, attempts);
    // The SDK corrects its clock by the first such answer.
    if (isSkew(answer.code) && attempts === 1) continue;
    if (isStop(answer.code)) {
      if (isRefusedHere(answer.code) && world.home !== undefined && world.home !== call.region) return failure;
      world.stoppedBy ??= failure;
      return failure;
    }
    if (failure.state === 'throttled') world.pace.slowDown(key);
    if (!isWorthAnotherTry(failure, attempts) || world.clock.now() - startedAt > MOST_WAIT_MS) return failure;
    await world.clock.sleep(Math.floor(world.random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempts)));
  }
}

function noteReached({ reached }: World, { client, region }: Call): void {
  const regions = reached.get(client);
  if (regions === undefined) reached.set(client, new Set([region]));
  else regions.add(region);
}

function stoppedOf({ stoppedBy }: World): Failure | undefined {
  return stoppedBy && { ...stoppedBy, attempts: 0 };
}

function isWorthAnotherTry({ state, code }: Failure, attempts: number): boolean {
  if (state === 'throttled') return attempts < MOST_ATTEMPTS.throttled;
  return state === 'failed' && isPassing(code) && attempts < MOST_ATTEMPTS.failed;
}

/** Codes of errors that may be gone at the next try. */
function isPassing(code: string): boolean {
  return /^(5\d\d|Internal|Service(Unavailable|Failure)|Timeout|RequestTimeout|EmptyAnswer|E[A-Z]{4,}$)|Internal|Unavailable|Timeout/.test(
    code,
  );
}

function toFailure(
  { permission }: Operation,
  { code, message, status }: Answer & { kind: 'error' },
  attempts: number,
): Failure {
  const state = stateOf(code, status);
  // A server that is broken may say so under any code.
  const named =
    state === 'failed' && status !== undefined && status >= 500 && !isPassing(code) ? `${status} ${code}` : code;
  return {
    kind: 'failure',
    state,
    code: named,
    message,
    permission: state === 'denied' ? (missingAction(message) ?? permission) : null,
    attempts,
  };
}

/** What an error that stands for no value says of the coverage. */
function stateOf(code: string, status: number | undefined): CoverageState {
  if (code === 'OptInRequired') return 'not-opted-in';
  if (isStop(code)) return 'failed';
  if (/Throttl|^TooManyRequests|^RequestLimitExceeded|^SlowDown$|^PriorRequestNotComplete/.test(code) || status === 429)
    return 'throttled';
  if (
    /^AccessDenied|^UnauthorizedOperation$|^Unauthorized$|^AuthorizationError|^KMSAccessDenied/.test(code) ||
    status === 403
  )
    return 'denied';
  return 'failed';
}

/** Credentials that no call can be made with. */
export function isStop(code: string): boolean {
  return /^(ExpiredToken|ExpiredTokenException|InvalidAccessKeyId|InvalidToken|InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidSignatureException|RequestExpired|RequestInTheFuture|RequestTimeTooSkewed|CredentialsProviderError)$/.test(
    code,
  );
}

/** Codes by which services refuse a signature of another time. */
function isSkew(code: string): boolean {
  return /^(AuthFailure|InvalidSignatureException|RequestExpired|RequestInTheFuture|RequestTimeTooSkewed|SignatureDoesNotMatch)$/.test(
    code,
  );
}

/** What a region that the account does not use says of credentials that are good elsewhere. */
function isRefusedHere(code: string): boolean {
  return code === 'InvalidClientTokenId' || code === 'UnrecognizedClientException';
}

/** `… is not authorized to perform: kms:GetKeyPolicy on resource: …`: not always the action of the operation. */
function missingAction(message: string): string | undefined {
  return /not authorized to perform:? ([a-z0-9-]+:[A-Za-z0-9]+)/.exec(message)?.[1];
}
