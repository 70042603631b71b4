import { STRING } from '../../../model/type.js';
import { stringValue, unknownValue } from '../../../model/values.js';
import { lift } from '../terms/choice.js';
import { identityOfCall, type PlainTerm, sequenceTerm, type Term } from '../terms/term.js';
import { argumentList, invalidCall, textArgument } from './arguments.js';
import type { IntrinsicCall, Scope } from './context.js';

const maxCount = 256;

/** `Fn::Cidr [block, count, bits]`: the first so many nets of 32 (128) minus so many bits. */
export function evaluateCidr(call: IntrinsicCall, scope: Scope): Term {
  const args = argumentList(call, 2, 3);
  if (args === undefined) return invalidCall(call, scope, 'takes a block, a count and the number of host bits.');
  return lift(
    args.map((node) => scope.evaluate(node)),
    scope.assumption,
    (plain) => cidrOf(plain, call, scope),
  );
}

function cidrOf(plain: readonly PlainTerm[], call: IntrinsicCall, scope: Scope): Term {
  const [block, count, bits] = plain;
  const origin = scope.origin(call.at);
  const nets = Number(count === undefined ? undefined : textArgument(count));
  const isCounted = Number.isInteger(nets);
  if (isCounted && (nets < 1 || nets > maxCount)) return invalidCall(call, scope, `makes 1 to ${maxCount} nets.`);
  const unknown = plain.find((term) => term.kind === 'unknown');
  if (unknown?.kind === 'unknown' || bits === undefined) {
    const { reason, subject } = unknown ?? { reason: 'invalid-expression' as const, subject: call.name };
    const identity = identityOfCall('cidr', plain);
    const net = (index: number) =>
      unknownValue(reason, {
        subject,
        type: STRING,
        notNull: true,
        origin,
        identity: identity === undefined ? undefined : `select(${index},${identity})`,
      });
    if (isCounted)
      return sequenceTerm(
        Array.from({ length: nets }, (_, index) => net(index)),
        origin,
      );
    const element = unknownValue(reason, { subject, type: STRING, notNull: true });
    return sequenceTerm([], origin, { reason, subject, element }, identity);
  }
  const texts = block === undefined ? undefined : netsOf(textArgument(block), nets, Number(textArgument(bits)));
  if (texts === undefined) return invalidCall(call, scope, 'cannot divide this block.');
  return sequenceTerm(
    texts.map((text) => stringValue(text, origin)),
    origin,
  );
}

/** The nets; undefined where the block is none, or does not hold so many. */
function netsOf(block: string | undefined, count: number, bits: number): string[] | undefined {
  const [address = '', length = ''] = block?.split('/') ?? [];
  if (!/^\d+$/.test(length) || !Number.isInteger(count) || !Number.isInteger(bits)) return undefined;
  const isLong = address.includes(':');
  const size = isLong ? 128 : 32;
  const start = isLong ? parseV6(address) : parseV4(address);
  const prefix = size - bits;
  if (start === undefined || Number(length) > size || bits < 1 || prefix < Number(length)) return undefined;
  if (BigInt(count) > 1n << BigInt(prefix - Number(length))) return undefined;
  const first = (start >> BigInt(size - Number(length))) << BigInt(size - Number(length));
  return Array.from({ length: count }, (_, index) => {
    const net = first + (BigInt(index) << BigInt(bits));
    return `${isLong ? showV6(net) : showV4(net)}/${prefix}`;
  });
}

function parseV4(text: string): bigint | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || octets.some((octet) => !/^\d{1,3}$/.test(octet) || Number(octet) > 255)) return undefined;
  return octets.reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n);
}

function showV4(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join('.');
}

function parseV6(text: string): bigint | undefined {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...right];
  if (groups.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

/** The longest run of two or more zero groups is left out, the first of equals (RFC 5952). */
function showV6(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => (address >> BigInt(112 - index * 16)) & 0xffffn);
  let best = { at: -1, length: 1 };
  for (let at = 0; at < 8; at++) {
    let length = 0;
    while (groups[at + length] === 0n) length++;
    if (length > best.length) best = { at, length };
  }
  const show = (from: number, to?: number) =>
    groups
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(':');
  return best.at === -1 ? show(0) : `${show(0, best.at)}::${show(best.at + best.length)}`;
}
