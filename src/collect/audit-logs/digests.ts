import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { UsageGap } from '../../model/usage.js';
import type { CoveringFile, DigestWindow } from './coverage.js';
import { hashFiles } from './file-hashes.js';
import type { LogFile } from './log-files.js';

export interface ReadDigests {
  readonly windows: readonly DigestWindow[];
  /** Files that CloudTrail wrote, and that are not there, or not as it wrote them. */
  readonly missing: readonly CoveringFile[];
  readonly gaps: readonly UsageGap[];
}

/** SAFETY: a digest of an hour lists some hundred files. */
const maxDigestBytes = 64 * 1024 * 1024;

/**
 * What CloudTrail's digests say: of which time they are, which files it wrote then, and with which contents; each has the hash of the
 * one before it. Signatures are not checked: they are no part of the files, but of what S3 keeps beside them.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
 */
export async function readDigests(
  digests: readonly LogFile[],
  logs: readonly LogFile[],
  show: (path: string) => string,
): Promise<ReadDigests> {
  const gaps: UsageGap[] = [];
  const read = digests.flatMap((file) => readDigest(file, show, gaps));
  const changed = brokenLinks(read, show, gaps);
  const trusted = read.filter((digest) => !changed.has(digest));
  const { missing, gaps: lost } = await compareFiles(trusted, logs, show);
  return {
    windows: trusted.map(({ account, region, from, to }) => ({ account, region, from, to })),
    missing,
    gaps: [...gaps, ...lost],
  };
}

interface Digest extends DigestWindow {
  readonly path: string;
  readonly hash: string;
  readonly files: readonly ListedFile[];
  /** The name of the digest before it, and its hash. */
  readonly previous: { readonly name: string; readonly hash: string } | undefined;
}

interface ListedFile {
  readonly name: string;
  /** Undefined where the digest has none that is known. */
  readonly hash: string | undefined;
}

/** The digests whose contents are not those that the next one has the hash of. */
function brokenLinks(digests: readonly Digest[], show: (path: string) => string, gaps: UsageGap[]): Set<Digest> {
  const byName = new Map(digests.map((digest) => [basename(digest.path), digest]));
  const earliest = new Map<string, number>();
  for (const { account, region, from } of digests) {
    const key = `${account} ${region}`;
    earliest.set(key, Math.min(from, earliest.get(key) ?? from));
  }
  const changed = new Set<Digest>();
  for (const { path, account, region, from, previous } of digests) {
    if (previous === undefined) continue;
    const before = byName.get(previous.name);
    if (before === undefined) {
      if (from <= (earliest.get(`${account} ${region}`) ?? from)) continue;
      const detail = `"${previous.name}", which comes before "${show(path)}", is not there.`;
      gaps.push({ account, region, reason: 'digest', detail });
    } else if (before.hash !== previous.hash) {
      changed.add(before);
      const detail = `"${show(before.path)}" is not as "${show(path)}" says that it was: it proves nothing.`;
      gaps.push({ account, region, reason: 'digest', detail });
    }
  }
  return changed;
}

/** Files that digests list and that are not there, or have other contents. */
async function compareFiles(
  digests: readonly Digest[],
  logs: readonly LogFile[],
  show: (path: string) => string,
): Promise<Pick<ReadDigests, 'missing' | 'gaps'>> {
  const given = new Map(logs.map(({ path }) => [plainName(path), path]));
  const listed = digests.flatMap((digest) =>
    digest.files.map((file) => ({ digest, file, path: given.get(file.name) })),
  );
  const paths = listed.flatMap(({ file, path }) => (path === undefined || file.hash === undefined ? [] : path));
  const hashes = await hashFiles([...new Set(paths)]);
  const missing: CoveringFile[] = [];
  const gaps: UsageGap[] = [];
  for (const { digest, file, path } of listed) {
    const hash = path === undefined ? undefined : hashes.get(path);
    // One that cannot be read is told by whoever counts its events.
    if (path !== undefined && (file.hash === undefined || hash === undefined || hash === file.hash)) continue;
    const { account, region } = digest;
    const [reason, what] =
      path === undefined ? ['missing-file', 'is not there'] : ['changed-file', 'has other contents than it says'];
    gaps.push({
      account,
      region,
      reason,
      detail: `"${path === undefined ? `${file.name}.gz` : show(path)}", which "${show(digest.path)}" lists, ${what}.`,
    });
    missing.push({ account, region, time: timeOf(file.name) ?? digest.to, management: 0, data: 0, isDamaged: true });
  }
  return { missing, gaps };
}

/** A file may have been unpacked. */
function plainName(path: string): string {
  return basename(path).replace(/\.gz$/, '');
}

function readDigest(file: LogFile, show: (path: string) => string, gaps: UsageGap[]): Digest[] {
  const { account, region, path } = file;
  if (account === undefined || region === undefined) return [];
  const digest = parseDigest(path);
  if (digest !== undefined) return [{ ...digest, account, region, path }];
  gaps.push({ account, region, reason: 'digest', detail: `"${show(path)}" is no digest that can be read.` });
  return [];
}

function parseDigest(path: string): Omit<Digest, 'account' | 'region' | 'path'> | undefined {
  try {
    const bytes = readFileSync(path);
    const text = bytes[0] === 0x1f ? gunzipSync(bytes, { maxOutputLength: maxDigestBytes }) : bytes;
    const digest: Readonly<Record<string, unknown>> = JSON.parse(text.toString('utf8'));
    const { logFiles, previousDigestS3Object: name, previousDigestHashValue: hash } = digest;
    const [from, to] = ['digestStartTime', 'digestEndTime'].map((time) => Date.parse(String(digest[time])) / 1000);
    if (from === undefined || to === undefined || !(from <= to) || !Array.isArray(logFiles)) return undefined;
    return {
      from,
      to,
      hash: createHash('sha256').update(text).digest('hex'),
      files: logFiles.map(toListed),
      previous: typeof name === 'string' && typeof hash === 'string' ? { name: basename(name), hash } : undefined,
    };
  } catch {
    return undefined;
  }
}

function toListed({ s3Object, hashValue, hashAlgorithm }: Readonly<Record<string, unknown>>): ListedFile {
  const isKnown = hashAlgorithm === 'SHA-256' && typeof hashValue === 'string';
  return { name: plainName(String(s3Object)), hash: isKnown ? hashValue.toLowerCase() : undefined };
}

function timeOf(name: string): number | undefined {
  const [, year, month, day, hour, minute] = /_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z_/.exec(name) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
  return Number.isNaN(time) ? undefined : time / 1000;
}
