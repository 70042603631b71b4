import { hash } from 'node:crypto';
import { folderOf } from '../source/paths.js';
import type { Candidate } from './candidate.js';
import type { FindingPlaces } from './places.js';

/** What of a hash is kept: 96 bits, enough to tell billions of findings apart. */
const HASH_DIGITS = 24;

/** What makes a finding the same in the next run: nothing in it moves with lines, order, instances or working directory. */
export interface FingerprintInput {
  readonly policy: string;
  readonly places: FindingPlaces;
  readonly root: string;
  /** Of the judged resource (for a stand-in: of the companion), with instance keys. */
  readonly address: string;
  readonly language: string;
  readonly elementKey: string;
}

/**
 * `v1:` and a hash of the policy, the folder and name of the cause, the judged resource's address as seen from the
 * module in which the cause is written, and the element's key.
 */
export function toFingerprint(input: FingerprintInput): string {
  const { policy, places, address, elementKey } = input;
  const parts = [policy, causeFolder(input), causeName(places), addressFrom(address, places.causeDepth), elementKey];
  return remember(JSON.stringify(parts));
}

/** The fingerprint of an outcome, as it is or as it was at an earlier address of its resource. */
export function fingerprintOf(candidate: Candidate, address = candidate.address): string {
  const { policy, places, resource, evaluation } = candidate;
  const { root, language } = resource;
  const elementKey = evaluation.element?.key ?? '';
  if (evaluation.element?.isFact === true) return fingerprintOfFact(candidate, address);
  // The hash in a generated logical id says nothing that the path of the construct does not.
  const name = address === resource.address ? (resource.construct?.path ?? address) : address;
  return toFingerprint({ policy: policy.id, places, root, address: name, language, elementKey });
}

/** Of a fact about a principal: where it is declared, and what the fact is. Statements may move. */
function fingerprintOfFact({ policy, resource, evaluation }: Candidate, address: string): string {
  const { root, language, range, calls } = resource;
  const folder = language === 'live' || range === undefined ? root : folderOf(range.file.path);
  return remember(
    JSON.stringify([policy.id, folder, '', addressFrom(address, calls.length), evaluation.element?.key ?? '']),
  );
}

/** SAFETY: how many hashes are remembered: all instances of one block have the same. */
const MAX_REMEMBERED = 10_000;
const remembered = new Map<string, string>();

function remember(text: string): string {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const fingerprint = `v1:${hash('sha256', text, 'hex').slice(0, HASH_DIGITS)}`;
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(text, fingerprint);
  return fingerprint;
}

function causeFolder({ places, root, language }: FingerprintInput): string {
  // Snapshots of one account lie in folders that are named for the day.
  if (places.cause === null || language === 'live') return root;
  const { path } = places.cause.file;
  // A template is a module of its own: two in one folder may use the same logical ids. As JSON it is the same as in YAML.
  return language === 'cloudformation' ? path.replace(/\.(ya?ml|json|template)$/i, '') : folderOf(path);
}

/**
 * Variable files that are not loaded by name stand for environments: `dev.tfvars` and `prod.tfvars` beside each other
 * set different values, so their names are part of the cause's.
 */
function causeName({ cause, causeName: name, causeStep }: FindingPlaces): string {
  if (cause === null || causeStep !== 'tfvars') return name;
  const file = cause.file.path.slice(cause.file.path.lastIndexOf('/') + 1);
  return /^terraform\.tfvars(\.json)?$|\.auto\.tfvars(\.json)?$/.test(file) ? name : `${file}:${name}`;
}

/** `module.a["x"].module.b.aws_s3_bucket.c[0]` from one call inwards: `module.b.aws_s3_bucket.c`. */
export function addressFrom(address: string, depth: number): string {
  let rest = withoutInstanceKeys(address);
  for (let step = 0; step < depth; step++) {
    const call = /^module\.[^.]+\./.exec(rest);
    if (call === null) break;
    rest = rest.slice(call[0].length);
  }
  return rest;
}

/** The address without `[…]`; a key may hold brackets and dots inside its quotes. */
export function withoutInstanceKeys(address: string): string {
  return address.replace(/\["(?:[^"\\]|\\.)*"\]|\[[^\]"]*\]/g, '');
}
