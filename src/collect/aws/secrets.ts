import { createHash, createHmac } from 'node:crypto';
import type { SnapshotJson } from '../../model/snapshot.js';
import { isObject } from './json.js';

/** Without the key nobody can try guesses against the hashes of a snapshot. It is never in one. */
export interface SecretKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** Shorter ones could be guessed by whoever has the key's hashes. */
const SHORTEST_HASHED = 8;

/** What is a secret wherever it stands: keys and tokens by how their issuers begin them, and passwords by what stands before. */
const LOOKS_SECRET = new RegExp(
  [
    /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
    /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
    /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/,
    /\b[A-Za-z][A-Za-z0-9+.-]*:\/\/[^\s:/@]*:[^\s/@]+@/,
    /\b(?:[Pp]assword|PASSWORD|[Pp]wd|PWD)=[^\s;&]/,
    /\bgh[oprsu]_[A-Za-z0-9]{36}|\bgithub_pat_\w{22}|\bglpat-[\w-]{20}|\bnpm_[A-Za-z0-9]{36}/,
    /\bxox[abeprs]-[\w-]{10}|\bhooks\.slack\.com\/services\/\w|\b[rs]k_live_\w{16}|\bAIza[\w-]{35}/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

export function secretKeyOf(bytes: Uint8Array): SecretKey {
  return { id: `k1:${createHash('sha256').update(bytes).digest('hex').slice(0, 10)}`, bytes };
}

/** Replaces the texts at the paths, and those that look like a secret, by their length and hash. */
export function keepBack(value: SnapshotJson, type: string, paths: readonly string[], key: SecretKey): SnapshotJson {
  const names = paths.map((path) => path.split('.'));
  const visit = (at: SnapshotJson, open: readonly (readonly string[])[]): SnapshotJson => {
    if (typeof at === 'string')
      return open.some((path) => path.length === 0) || LOOKS_SECRET.test(at) ? toSecret(at, type, key) : at;
    const below = (name: string) =>
      open.flatMap((path) => (path[0] === '*' || path[0] === name ? [path.slice(1)] : []));
    if (Array.isArray(at)) return at.map((element: SnapshotJson, index) => visit(element, below(String(index))));
    if (!isObject(at)) return at;
    return Object.fromEntries(Object.entries(at).map(([name, member]) => [name, visit(member, below(name))]));
  };
  return visit(value, names);
}

function toSecret(text: string, type: string, { bytes }: SecretKey): SnapshotJson {
  if (text.length < SHORTEST_HASHED) return { $secret: { length: text.length } };
  const hash = createHmac('sha256', bytes).update(`${type}\0${text}`).digest('hex').slice(0, 20);
  return { $secret: { hash: `k1:${hash}`, length: text.length } };
}
