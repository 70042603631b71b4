import { type Caller, isFailure, readCaller } from './collect/aws/accounts.js';
import type { Failure, World } from './collect/aws/ask.js';
import { REGIONS } from './collect/aws/collectors.js';
import { textAt } from './collect/aws/json.js';
import { placeOf } from './collect/aws/listing.js';
import { UsageError } from './project.js';
import { partitionOf } from './snapshot-targets.js';
import { suggest } from './source/suggest.js';

/** What still waits when it is interrupted is given up. */
export async function orInterrupted<T>(
  running: Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T | 'interrupted'> {
  if (signal === undefined) return running;
  const interrupted = new Promise<'interrupted'>((resolve) => {
    if (signal.aborted) resolve('interrupted');
    else signal.addEventListener('abort', () => resolve('interrupted'), { once: true });
  });
  return Promise.race([running, interrupted]);
}

/** Who the credentials belong to. Throws `UsageError`. */
export async function askCaller(world: World, region: string): Promise<Caller> {
  const caller = await readCaller(world, region);
  if (isFailure(caller)) throw new UsageError(`AWS does not say who is asking. ${describeFailure(caller, region)}`);
  return caller;
}

/** What a failure of the credentials means, and what to do about it. */
export function describeFailure({ code, message }: Failure, region?: string): string {
  const said = `${code}: ${message}`;
  if (code === 'CredentialsProviderError')
    return `There are no credentials: sign in (aws sso login, aws configure), or use --profile. (${said})`;
  if (/^ExpiredToken/.test(code)) return `The credentials have expired: sign in again. (${said})`;
  if (/Skewed|RequestExpired|RequestInTheFuture/.test(code) || /Signature (expired|not yet current)/.test(message))
    return `The clock of this machine is wrong: set it. (${said})`;
  if (region !== undefined && /^(ENOTFOUND|EAI_AGAIN)$/.test(code))
    return `No endpoint is there for the region "${region}": is its name right, and is there a network? (${said})`;
  if (region !== undefined && /^(InvalidClientTokenId|UnrecognizedClientException)$/.test(code))
    return `The credentials are not accepted in "${region}": they are wrong, or the account does not use that region. (${said})`;
  if (/^AccessDenied/.test(code)) return `The role cannot be taken on. (${said})`;
  return said;
}

/** A region that the account has not is no region with nothing in it. */
export async function checkRegions(
  world: World,
  { caller, home, regions }: { readonly caller: Caller; readonly home: string; readonly regions: readonly string[] },
): Promise<void> {
  if (regions.length === 0) return;
  const place = placeOf(world, { partition: partitionOf(caller), account: caller.account, region: 'global', home });
  const listed = await place.list(REGIONS);
  const names = listed.items.map((item) => textAt(item, 'RegionName'));
  if (listed.state !== 'collected' || names.length === 0) return;
  for (const region of regions) {
    if (!names.includes(region))
      throw new UsageError(`"${region}" is not a region of the account.${suggest(region, names)}`);
  }
}
