import { listOf, STRING } from '../../../model/type.js';
import { unknownValue } from '../../../model/values.js';
import { listValueOf } from '../values/collections.js';
import { toInteger } from '../values/number.js';
import { define, numberOf, numberParameter, textOf, textParameter, textValue } from './define.js';
import { FunctionFailure, FunctionLimit, type TerraformFunction } from './function.js';

/** SAFETY: how many subnets one call of `cidrsubnets` may ask for. */
export const maxSubnets = 10_000;
/** Terraform extends a prefix by at most this many bits in one call of `cidrsubnets`. */
const maxSubnetBits = 32;

/** An IP network: `address` is its first one, `bits` the width of its addresses (32 or 128). */
interface Network {
  readonly address: bigint;
  readonly prefix: number;
  readonly bits: 32 | 128;
}

/** The network of `10.1.2.3/16`; the address within it does not count. */
function parseNetwork(text: string): Network {
  const slash = text.indexOf('/');
  const failure = new FunctionFailure(`invalid CIDR expression: invalid CIDR address: ${text}`, 0);
  const digits = text.slice(slash + 1);
  if (slash === -1 || !/^\d{1,3}$/.test(digits)) throw failure;
  const written = text.slice(0, slash);
  const bits = written.includes(':') ? 128 : 32;
  const address = bits === 32 ? parseAddress4(written) : parseAddress6(written);
  const prefix = Number(digits);
  if (address === undefined || prefix > bits) throw failure;
  return { address: firstOf(address, prefix, bits), prefix, bits };
}

function firstOf(address: bigint, prefix: number, bits: number): bigint {
  const host = BigInt(bits - prefix);
  return (address >> host) << host;
}

/** Leading zeros are allowed and mean nothing, as Terraform keeps it for old configurations. */
function parseAddress4(text: string): bigint | undefined {
  const octets = text.split('.');
  if (octets.length !== 4) return undefined;
  let address = 0n;
  for (const octet of octets) {
    if (!/^\d{1,8}$/.test(octet) || Number(octet) > 255) return undefined;
    address = (address << 8n) | BigInt(Number(octet));
  }
  return address;
}

function parseAddress6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = [parseGroups(halves[0] ?? ''), parseGroups(halves[1] ?? '')];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...new Array<number>(missing).fill(0), ...tail];
  return groups.reduce((address, group) => (address << 16n) | BigInt(group), 0n);
}

/** Groups of four hexadecimal digits; the last may be an IPv4 address, which is two. */
function parseGroups(text: string): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const written = text.split(':');
  for (const [index, group] of written.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(group)) groups.push(Number.parseInt(group, 16));
    else {
      const address = index === written.length - 1 ? parseAddress4(group) : undefined;
      if (address === undefined) return undefined;
      groups.push(Number(address >> 16n), Number(address & 0xffffn));
    }
  }
  return groups;
}

function renderAddress(address: bigint, bits: number): string {
  if (bits === 32) return renderAddress4(address);
  // Go writes an IPv4 address in IPv6 form as IPv4.
  if (address >> 32n === 0xffffn) return renderAddress4(address & 0xffffffffn);
  const groups: number[] = [];
  for (let shift = 112n; shift >= 0n; shift -= 16n) groups.push(Number((address >> shift) & 0xffffn));
  const zeros = longestZeros(groups);
  const render = (some: readonly number[]) => some.map((group) => group.toString(16)).join(':');
  if (zeros === undefined) return render(groups);
  return `${render(groups.slice(0, zeros.start))}::${render(groups.slice(zeros.end))}`;
}

function renderAddress4(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 0xffn)).join('.');
}

/** The first of the longest runs of at least two zero groups. */
function longestZeros(groups: readonly number[]): { readonly start: number; readonly end: number } | undefined {
  let best: { readonly start: number; readonly end: number } | undefined;
  for (let start = 0; start < groups.length; start++) {
    let end = start;
    while (groups[end] === 0) end++;
    if (end - start > (best === undefined ? 1 : best.end - best.start)) best = { start, end };
    start = Math.max(start, end - 1);
  }
  return best;
}

function renderNetwork({ address, prefix, bits }: Network): string {
  return `${renderAddress(address, bits)}/${prefix}`;
}

/** IPv4 addresses in IPv6 form, of which Terraform makes addresses that are in no relation to the network. */
const MAPPED = /^::f{4}:.*\//i;

/** A function of a network, which is its first argument. */
function networkFunction(definition: Parameters<typeof define>[0]): TerraformFunction {
  return define({
    ...definition,
    call(args, context) {
      if (!MAPPED.test(textOf(args[0]))) return definition.call(args, context);
      const type = definition.returns;
      const details = { subject: `${definition.name} of an IPv4 network in IPv6 form`, notNull: true };
      return unknownValue('unsupported-function', { ...details, ...(typeof type !== 'function' && { type }) });
    },
  });
}

/** A whole number argument; Terraform takes any size of it for host and network numbers. */
function wholeNumber(value: Parameters<typeof numberOf>[0], argument: number): bigint {
  const number = numberOf(value);
  const integer = toInteger(number);
  if (integer !== undefined) return integer;
  throw new FunctionFailure('value must be a whole number', argument);
}

const cidrhost = networkFunction({
  name: 'cidrhost',
  parameters: [textParameter('prefix'), numberParameter('hostnum')],
  returns: STRING,
  call(args) {
    const network = parseNetwork(textOf(args[0]));
    const host = wholeNumber(args[1], 1);
    const { prefix, bits, address } = network;
    const size = 1n << BigInt(bits - prefix);
    if (host >= size || -host > size) {
      throw new FunctionFailure(
        `prefix of ${prefix} does not accommodate a host numbered ${host < 0n ? host + size : host}`,
        1,
      );
    }
    return textValue(renderAddress(address + (host < 0n ? size + host : host), bits));
  },
});

const cidrnetmask = networkFunction({
  name: 'cidrnetmask',
  parameters: [textParameter('prefix')],
  returns: STRING,
  call(args) {
    const { prefix, bits, address } = parseNetwork(textOf(args[0]));
    if (bits === 32) return textValue(renderAddress4(firstOf(0xffffffffn, prefix, 32)));
    throw new FunctionFailure(`IPv6 addresses cannot have a netmask: ${renderAddress(address, bits)}`, 0);
  },
});

const cidrsubnet = networkFunction({
  name: 'cidrsubnet',
  parameters: [textParameter('prefix'), numberParameter('newbits'), numberParameter('netnum')],
  returns: STRING,
  call(args) {
    const network = parseNetwork(textOf(args[0]));
    const added = Number(wholeNumber(args[1], 1));
    const index = wholeNumber(args[2], 2);
    const prefix = network.prefix + added;
    if (prefix > network.bits || prefix < 0) {
      const message = `insufficient address space to extend prefix of ${network.prefix} by ${added}`;
      throw new FunctionFailure(message, 1);
    }
    const size = index < 0n ? -index : index;
    if (added >= 0 && BigInt.asUintN(64, size) >= 1n << BigInt(added)) {
      const message = `prefix extension of ${added} does not accommodate a subnet numbered ${index}`;
      throw new FunctionFailure(message, 2);
    }
    // A negative number gives an address that is no subnet of the network; Terraform gives the same one.
    const combined = network.address | (index << BigInt(network.bits - prefix));
    const address = combined < 0n ? -combined : combined;
    if (address >= 1n << BigInt(network.bits)) throw new FunctionFailure('the subnet is beyond all addresses', 2);
    return textValue(renderNetwork({ address, prefix, bits: network.bits }));
  },
});

const cidrsubnets = networkFunction({
  name: 'cidrsubnets',
  parameters: [textParameter('prefix')],
  variadic: numberParameter('newbits'),
  returns: listOf(STRING),
  call(args) {
    const network = parseNetwork(textOf(args[0]));
    const sizes = args.slice(1);
    if (sizes.length > maxSubnets) throw new FunctionLimit(`more than ${maxSubnets} subnets are asked for`);
    const { bits } = network;
    const end = network.address + (1n << BigInt(bits - network.prefix));
    let next = network.address;
    let before: Network | undefined;
    const subnets: string[] = [];
    for (const [index, size] of sizes.entries()) {
      const prefix = network.prefix + newBits(Number(wholeNumber(size, index + 1)), network, index + 1);
      const block = 1n << BigInt(bits - prefix);
      const address = ((next + block - 1n) / block) * block;
      if (address + block > end) {
        const after = before === undefined ? '' : ` after ${renderNetwork(before)}`;
        const message = `not enough remaining address space for a subnet with a prefix of ${prefix} bits${after}`;
        throw new FunctionFailure(message, index + 1);
      }
      before = { address, prefix, bits };
      subnets.push(renderNetwork(before));
      next = address + block;
    }
    return listValueOf(subnets.map(textValue), STRING);
  },
});

function newBits(added: number, { prefix, bits }: Network, argument: number): number {
  if (added < 1) throw new FunctionFailure('must extend prefix by at least one bit', argument);
  if (added > maxSubnetBits) {
    throw new FunctionFailure(`may not extend prefix by more than ${maxSubnetBits} bits`, argument);
  }
  if (prefix + added > bits) {
    const family = bits === 32 ? 'IPv4' : 'IPv6';
    const message = `would extend prefix to ${prefix + added} bits, which is too long for an ${family} address`;
    throw new FunctionFailure(message, argument);
  }
  return added;
}

export const ipFunctions: readonly TerraformFunction[] = [cidrhost, cidrnetmask, cidrsubnet, cidrsubnets];
