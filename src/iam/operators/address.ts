import { type OperatorTest, ofPlain } from './test.js';

/** Whether an address lies in a range, of IPv4 or IPv6; without a prefix the range is one address. */
export const ipAddress: OperatorTest = ofPlain((policy, request) => {
  const range = toRange(policy);
  const given = toRange(request);
  if (range === undefined || given === undefined || range.bits !== given.bits) return false;
  const shift = BigInt(range.bits - range.prefix);
  return given.prefix >= range.prefix && given.address >> shift === range.address >> shift;
});

interface Range {
  readonly address: bigint;
  readonly bits: 32 | 128;
  readonly prefix: number;
}

function toRange(text: string): Range | undefined {
  const [, address = '', prefix] = /^([0-9A-Fa-f:.]+)(?:\/(\d{1,3}))?$/.exec(text.trim()) ?? [];
  const bits = address.includes(':') ? 128 : 32;
  const value = bits === 32 ? toV4(address) : toV6(address);
  const length = prefix === undefined ? bits : Number(prefix);
  return value === undefined || length > bits ? undefined : { address: value, bits, prefix: length };
}

function toV4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return undefined;
  return parts.reduce((address, part) => (address << 8n) | BigInt(part), 0n);
}

function toV6(text: string): bigint | undefined {
  const [head = '', tail, ...others] = text.split('::');
  if (others.length > 0) return undefined;
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  if (before === undefined || after === undefined) return undefined;
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...new Array<bigint>(missing).fill(0n), ...after];
  return groups.reduce((address, group) => (address << 16n) | group, 0n);
}

function groupsOf(text: string): bigint[] | undefined {
  if (text === '') return [];
  const groups: bigint[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const v4 = index === parts.length - 1 && part.includes('.') ? toV4(part) : undefined;
    if (v4 !== undefined) groups.push(v4 >> 16n, v4 & 0xffffn);
    else if (/^[0-9A-Fa-f]{1,4}$/.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}
