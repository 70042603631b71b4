import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { UsageGap } from '../../model/usage.js';
import type { CoveringFile, DigestWindow } from './coverage.js';
import type { LogFile } from './log-files.js';

export interface ReadDigests {
  readonly windows: readonly DigestWindow[];
  /** Files that CloudTrail wrote, and that are not there. */
  readonly missing: readonly CoveringFile[];
  readonly gaps: readonly UsageGap[];
}

/** SAFETY: a digest of an hour lists some hundred files. */
const maxDigestBytes = 64 * 1024 * 1024;

/**
 * What CloudTrail's digests say: of which time they are, and which files it wrote then. Signatures are not checked.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
 */
export function readDigests(
  digests: readonly LogFile[],
  logs: readonly LogFile[],
  show: (path: string) => string,
): ReadDigests {
  const given = new Set(logs.map(({ path }) => basename(path)));
  const windows: DigestWindow[] = [];
  const missing: CoveringFile[] = [];
  const gaps: UsageGap[] = [];
  for (const file of digests) {
    const { account, region } = file;
    if (account === undefined || region === undefined) continue;
    const digest = readDigest(file.path);
    if (digest === undefined) {
      gaps.push({ account, region, reason: 'digest', detail: `"${show(file.path)}" is no digest that can be read.` });
      continue;
    }
    windows.push({ account, region, from: digest.from, to: digest.to });
    for (const name of digest.files) {
      if (given.has(basename(name))) continue;
      const detail = `"${basename(name)}", which "${show(file.path)}" lists, is not there.`;
      gaps.push({ account, region, reason: 'missing-file', detail });
      missing.push({ account, region, time: timeOf(name) ?? digest.to, management: 0, data: 0, isDamaged: true });
    }
  }
  return { windows, missing, gaps };
}

interface Digest {
  readonly from: number;
  readonly to: number;
  readonly files: readonly string[];
}

function readDigest(path: string): Digest | undefined {
  try {
    const bytes = readFileSync(path);
    const text = bytes[0] === 0x1f ? gunzipSync(bytes, { maxOutputLength: maxDigestBytes }) : bytes;
    const { digestStartTime, digestEndTime, logFiles }: Readonly<Record<string, unknown>> = JSON.parse(
      text.toString('utf8'),
    );
    const [from, to] = [digestStartTime, digestEndTime].map((time) => Date.parse(String(time)) / 1000);
    if (from === undefined || to === undefined || !(from <= to) || !Array.isArray(logFiles)) return undefined;
    return { from, to, files: logFiles.map((file: { s3Object?: unknown }) => String(file.s3Object)) };
  } catch {
    return undefined;
  }
}

function timeOf(name: string): number | undefined {
  const [, year, month, day, hour, minute] = /_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z_/.exec(name) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
  return Number.isNaN(time) ? undefined : time / 1000;
}
