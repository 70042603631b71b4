/** IP addresses and CIDRs: what Kubernetes' `ip` and `cidr` read (Go's `netip`, no zones, no IPv4 in IPv6 notation). */
export interface Address {
  readonly family: 4 | 6;
  readonly bits: bigint;
}

export interface Network extends Address {
  readonly prefix: number;
}

const V4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

export function parseAddress(text: string): Address | undefined {
  if (text.includes(':')) {
    const bits = parseV6(text);
    return bits === undefined ? undefined : { family: 6, bits };
  }
  const bits = parseV4(text);
  return bits === undefined ? undefined : { family: 4, bits };
}

function parseV4(text: string): bigint | undefined {
  const match = V4.exec(text);
  if (match === null) return undefined;
  let bits = 0n;
  for (const octet of match.slice(1)) {
    if (Number(octet) > 255 || (octet.length > 1 && octet.startsWith('0'))) return undefined;
    bits = (bits << 8n) | BigInt(octet);
  }
  return bits;
}

function parseV6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const groups = [...(head ?? []), ...(tail ?? [])];
  if (groups.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  const missing = 8 - groups.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const filled = [...(head ?? []), ...Array.from({ length: missing }, () => '0'), ...(tail ?? [])];
  return filled.reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n);
}

export function parseNetwork(text: string): Network | undefined {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(text);
  const address = match === null ? undefined : parseAddress(match[1] ?? '');
  const digits = match?.[2] ?? '';
  const prefix = Number(digits);
  if (address === undefined || prefix > widthOf(address.family)) return undefined;
  if (digits.length > 1 && digits.startsWith('0')) return undefined;
  return { ...address, prefix };
}

export function widthOf(family: 4 | 6): number {
  return family === 4 ? 32 : 128;
}

export function maskBits({ family, bits }: Address, prefix: number): bigint {
  const low = BigInt(widthOf(family) - prefix);
  return (bits >> low) << low;
}

/** Whether the network holds the other: the other is in it, whole. */
export function containsNetwork(network: Network, other: Network): boolean {
  if (network.family !== other.family || network.prefix > other.prefix) return false;
  return maskBits(network, network.prefix) === maskBits(other, network.prefix);
}

/**
 * Special-purpose blocks that are not globally reachable: IANA's IPv4 and IPv6 special-purpose address registries
 * (https://www.iana.org/assignments/iana-ipv4-special-registry), multicast and reserved space.
 */
const SPECIAL = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '::/127',
  '::ffff:0:0/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
].flatMap((text) => parseNetwork(text) ?? []);

/** Whether some address of the network lies outside the special-purpose blocks. */
export function isPublicNetwork(network: Network): boolean {
  if (SPECIAL.some((block) => containsNetwork(block, network))) return false;
  const inner = SPECIAL.filter((block) => containsNetwork(network, block));
  if (inner.length === 0) return true;
  const size = (block: Network) => 1n << BigInt(widthOf(block.family) - block.prefix);
  const covered = inner.reduce((sum, block) => sum + size(block), 0n);
  return covered < size(network);
}
