import { type AttributesOfTypes, isReadOf } from '../../../model/values.js';
import { invalidValue, type RuntimeValue, toBool, toInt } from '../runtime-value.js';
import {
  type Address,
  containsNetwork,
  isPublicNetwork,
  maskBits,
  type Network,
  parseAddress,
  parseNetwork,
} from './address.js';
import { renderAddress } from './conversion-functions.js';
import type { FunctionDefinition, FunctionTable } from './function.js';

/**
 * Networks that are never every address. Amazon VPC User Guide, "VPC CIDR blocks": IPv4 /16 to /28, IPv6 /44 to /60, and
 * those of a subnet lie in its VPC's.
 */
const VPC_TYPES = new Set(['aws_vpc', 'aws_default_vpc', 'aws_subnet', 'aws_default_subnet']);
const OWN_NETWORKS: AttributesOfTypes = new Map([
  ['cidr_block', VPC_TYPES],
  ['ipv6_cidr_block', VPC_TYPES],
]);

/** `ip` and `cidr` of Kubernetes (https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-ip-address-library), and ours. */
export const NETWORK_FUNCTIONS: FunctionTable = {
  ip: {
    signatures: ['(string): ip'],
    overNull: 'null',
    call: ([text]) => {
      if (text?.kind !== 'string') return undefined;
      const address = parseAddress(text.value);
      return address === undefined
        ? invalidValue(`"${text.value}" is no IP address.`, text)
        : { kind: 'ip', ...address };
    },
  },
  cidr: {
    signatures: ['(string): cidr'],
    overNull: 'null',
    call: ([text]) => {
      if (text?.kind !== 'string') return undefined;
      const network = parseNetwork(text.value);
      return network === undefined ? invalidValue(`"${text.value}" is no CIDR.`, text) : { kind: 'cidr', ...network };
    },
  },
  isIP: onText((text) => parseAddress(text) !== undefined),
  isCIDR: onText((text) => parseNetwork(text) !== undefined),
  'ip.isCanonical': {
    signatures: ['(string): bool'],
    overNull: 'false',
    call: ([text]) => {
      if (text?.kind !== 'string') return undefined;
      const address = parseAddress(text.value);
      if (address === undefined) return invalidValue(`"${text.value}" is no IP address.`, text);
      return toBool(renderAddress(address.family, address.bits) === text.value);
    },
  },
  '.family': onAddress('int', ({ family }) => toInt(family)),
  '.isUnspecified': onAddress('bool', ({ bits }) => toBool(bits === 0n)),
  '.isLoopback': onAddress('bool', (address) => toBool(isWithin(address, '127.0.0.0/8', '::1/128'))),
  '.isLinkLocalMulticast': onAddress('bool', (address) => toBool(isWithin(address, '224.0.0.0/24', 'ff02::/16'))),
  '.isLinkLocalUnicast': onAddress('bool', (address) => toBool(isWithin(address, '169.254.0.0/16', 'fe80::/10'))),
  '.isGlobalUnicast': onAddress('bool', (address) =>
    toBool(
      address.bits !== 0n &&
        !isWithin(address, '255.255.255.255/32', '127.0.0.0/8', '::1/128') &&
        !isWithin(address, '224.0.0.0/4', 'ff00::/8', '169.254.0.0/16', 'fe80::/10'),
    ),
  ),
  '.containsIP': {
    signatures: ['(cidr, ip): bool', '(cidr, string): bool'],
    overNull: 'false',
    call: ([network, address]) => {
      if (network?.kind !== 'cidr') return undefined;
      const parsed =
        address?.kind === 'string' ? parseAddress(address.value) : address?.kind === 'ip' ? address : undefined;
      if (parsed === undefined) {
        return address?.kind === 'string' ? invalidValue(`"${address.value}" is no IP address.`, address) : undefined;
      }
      return toBool(containsNetwork(network, { ...parsed, prefix: parsed.family === 4 ? 32 : 128 }));
    },
  },
  '.containsCIDR': {
    signatures: ['(cidr, cidr): bool', '(cidr, string): bool'],
    overNull: 'false',
    call: ([network, other]) => {
      if (network?.kind !== 'cidr') return undefined;
      const parsed = other?.kind === 'string' ? parseNetwork(other.value) : other?.kind === 'cidr' ? other : undefined;
      if (parsed === undefined) {
        return other?.kind === 'string' ? invalidValue(`"${other.value}" is no CIDR.`, other) : undefined;
      }
      return toBool(containsNetwork(network, parsed));
    },
  },
  '.ip': onNetwork('ip', ({ family, bits }) => ({ kind: 'ip', family, bits })),
  '.masked': onNetwork('cidr', (network) => ({ kind: 'cidr', ...network, bits: maskBits(network, network.prefix) })),
  '.prefixLength': onNetwork('int', ({ prefix }) => toInt(prefix)),
  isAnyAddress: {
    signatures: ['(string): bool'],
    overNull: 'false',
    call: ([text]) => (text?.kind === 'string' ? toBool(isAnyAddress(text.value)) : undefined),
    partial: ([text]) => {
      if (text?.kind !== 'unknown') return undefined;
      if (isReadOf(text, OWN_NETWORKS)) return toBool(false);
      if (text.parts === undefined) return undefined;
      return canBeAnyAddress(text.parts) ? undefined : toBool(false);
    },
  },
  portRange: {
    signatures: ['(dyn): map(string, int)'],
    overNull: 'null',
    call: ([ports]) => portRange(ports),
    partial: ([ports]) => partlyKnownRange(ports),
  },
};

function onText(test: (text: string) => boolean): FunctionDefinition {
  return {
    signatures: ['(string): bool'],
    overNull: 'false',
    call: ([text]) => (text?.kind === 'string' ? toBool(test(text.value)) : undefined),
  };
}

function onAddress(result: 'bool' | 'int', call: (address: Address) => RuntimeValue): FunctionDefinition {
  return {
    signatures: [`(ip): ${result}`],
    overNull: result === 'bool' ? 'false' : 'null',
    call: ([address]) => (address?.kind === 'ip' ? call(address) : undefined),
  };
}

function onNetwork(result: 'ip' | 'cidr' | 'int', call: (network: Network) => RuntimeValue): FunctionDefinition {
  return {
    signatures: [`(cidr): ${result}`],
    overNull: 'null',
    call: ([network]) =>
      network?.kind === 'cidr'
        ? call({ family: network.family, bits: network.bits, prefix: network.prefix })
        : undefined,
  };
}

function isWithin(address: Address, ...blocks: readonly string[]): boolean {
  return blocks.some((block) => {
    const network = parseNetwork(block);
    return network !== undefined && containsNetwork(network, { ...address, prefix: address.family === 4 ? 32 : 128 });
  });
}

/** Whether some address of the network is outside the special-purpose blocks: `cidr(s).isPublic()`. */
export function isPublicCidr(value: Extract<RuntimeValue, { kind: 'cidr' }>): RuntimeValue {
  return toBool(isPublicNetwork({ family: value.family, bits: value.bits, prefix: value.prefix }));
}

/** Whether a source of traffic is every address, in any spelling. */
function isAnyAddress(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === '*' || /^(any|internet)$/i.test(trimmed)) return true;
  return trimmed.endsWith('/0') && parseNetwork(trimmed)?.prefix === 0;
}

/** Every spelling of any address ends in `/0`, or is one of three words. */
function canBeAnyAddress(parts: readonly unknown[]): boolean {
  const known = parts.filter((part) => typeof part === 'string');
  const [first, last] = [parts[0], parts.at(-1)];
  if (typeof last === 'string' && /\/.*[1-9]/.test(last)) return false;
  if (known.some((part) => part.includes('/'))) return typeof last !== 'string' || /\/0*\s*$/.test(last);
  const words = ['*', 'any', 'internet'];
  const isWordPossible = words.some((word) => typeof first !== 'string' || word.startsWith(first.trim().toLowerCase()));
  const isNetworkPossible =
    known.every((part) => /^[\s0-9a-fA-F:.]*$/.test(part)) &&
    (typeof last !== 'string' || last.trim().endsWith('0') || last.trim() === '');
  return isWordPossible || isNetworkPossible;
}

function toRange(from: RuntimeValue, to: RuntimeValue): RuntimeValue {
  return {
    kind: 'object',
    entries: new Map([
      ['from', from],
      ['to', to],
    ]),
  };
}

/** `{from, to}` of 22, "22", "20-30", "*". */
function portRange(value: RuntimeValue | undefined): RuntimeValue | undefined {
  if (value?.kind === 'int' || value?.kind === 'number' || value?.kind === 'uint') return toRange(value, value);
  if (value?.kind !== 'string') return undefined;
  const text = value.value.trim();
  if (text === '*' || /^(any|all)$/i.test(text)) return toRange(toInt(0), toInt(65_535));
  const match = /^(\d{1,5})(?:\s*-\s*(\d{1,5}))?$/.exec(text);
  if (match === null) return invalidValue(`"${value.value}" is no port and no range of ports.`, value);
  const from = Number(match[1]);
  return toRange(toInt(from), toInt(match[2] === undefined ? from : Number(match[2])));
}

/** "20-" + unknown begins at 20; a number that is unknown is both ends. */
function partlyKnownRange(value: RuntimeValue | undefined): RuntimeValue | undefined {
  if (value?.kind !== 'unknown') return undefined;
  if (value.type.kind === 'number' && value.notNull === true) return toRange(value, value);
  const parts = value.parts;
  if (parts === undefined) return undefined;
  const port: RuntimeValue = {
    kind: 'unknown',
    type: { kind: 'number' },
    reason: value.reason,
    subject: value.subject,
    notNull: true,
    bounds: { min: 0, max: 65_535 },
  };
  const [first, last] = [parts[0], parts.at(-1)];
  const from = typeof first === 'string' ? /^\s*(\d+)\s*-/.exec(first)?.[1] : undefined;
  const to = typeof last === 'string' ? /-\s*(\d+)\s*$/.exec(last)?.[1] : undefined;
  if (from === undefined && to === undefined) return undefined;
  return toRange(from === undefined ? port : toInt(Number(from)), to === undefined ? port : toInt(Number(to)));
}
