import { ask, type Call, type Failure, type World } from './ask.js';

/** The name that was looked up, and its region. */
const UNKNOWN_HOST =
  /^getaddrinfo ENOTFOUND [a-z0-9-]+(?:\.[a-z0-9-]+)?\.([a-z0-9-]+)\.(?:amazonaws\.(?:com|com\.cn|eu)|api\.aws)$/;

const IDENTITY = { call: 'sts:GetCallerIdentity', permission: null };

/**
 * Whether a service has no endpoint in the region of a call, whose host was not found. It is only where all of this was seen:
 * the cloud's own name of the service in that region does not exist, the network reaches the region, the name still does not
 * exist after that, and the service was reached in another region, so that it is not the service which is barred from here.
 */
export async function isNotOffered(world: World, call: Call, home: string, failure: Failure): Promise<boolean> {
  const { client, region } = call;
  if (!saysNoHost(failure, region) || isReached(world, client, region)) return false;
  const identity = { client: 'sts', operation: 'GetCallerIdentity', region, input: {} };
  const reached = await ask(world, IDENTITY, identity);
  if (reached.kind === 'failure') return false;
  const operation = { call: `${client}:${call.operation}`, permission: null };
  const again = await ask(world, operation, call);
  if (again.kind === 'answer' || !saysNoHost(again, region)) return false;
  if (!isReachedElsewhere(world, client, region) && home !== region)
    await ask(world, operation, { ...call, region: home });
  return isReachedElsewhere(world, client, region) && !isReached(world, client, region);
}

function saysNoHost({ code, message }: Failure, region: string): boolean {
  return code === 'ENOTFOUND' && UNKNOWN_HOST.exec(message)?.[1] === region;
}

function isReached({ reached }: World, client: string, region: string): boolean {
  return reached.get(client)?.has(region) === true;
}

function isReachedElsewhere({ reached }: World, client: string, region: string): boolean {
  return [...(reached.get(client) ?? [])].some((other) => other !== region);
}
