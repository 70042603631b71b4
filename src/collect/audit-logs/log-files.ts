import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { compareText } from '../../source/compare-text.js';

/** One file of events. */
export interface LogFile {
  readonly path: string;
  /** In bytes, as it lies there. */
  readonly size: number;
  readonly account: string | undefined;
  readonly region: string | undefined;
  /** Seconds since 1970 at which CloudTrail wrote it, as its name has it. */
  readonly time: number | undefined;
}

export interface FoundFiles {
  /** By time, then by path. */
  readonly logs: readonly LogFile[];
  /** CloudTrail's lists of the files that it wrote. */
  readonly digests: readonly LogFile[];
  /** Paths that could not be read, and why. */
  readonly unreadable: readonly { readonly path: string; readonly why: string }[];
  /** Files that are no logs by their names. */
  readonly ignored: number;
}

/** `111122223333_CloudTrail_eu-west-1_20261122T0930Z_Ab12….json.gz`. */
const LOG_NAME = /^(\d{12})_CloudTrail_([a-z]{2,}-[a-z0-9-]+)_(\d{8}T\d{4}Z)_\w+\.json(?:\.gz)?$/;
/** `111122223333_CloudTrail-Digest_eu-west-1_trail_us-east-1_20261122T093008Z.json.gz`: of the first region. */
const DIGEST_NAME =
  /^(\d{12})_CloudTrail-Digest_([a-z]{2,}-[a-z0-9-]+?)_.+_(\d{8}T\d{6}Z)(?:_backfill)?\.json(?:\.gz)?$/;
const LOG_FOLDER =
  /(?:^|[\\/])AWSLogs[\\/](?:o-[a-z0-9]+[\\/])?(\d{12})[\\/]CloudTrail[\\/]([a-z]{2,}-[a-z0-9-]+)[\\/]/;
const MAYBE_LOG = /\.(?:json|jsonl|ndjson|gz)$/i;
/** What else CloudTrail writes: nothing of it is a use. */
const OTHER_FOLDERS = new Set(['CloudTrail-Insight', 'CloudTrail-Aggregated', 'CloudTrail-NetworkActivity']);
/** SAFETY: folders that hold themselves. */
const mostDepth = 64;

/**
 * The log files in folders as S3 has them, wherever they begin: `[prefix/]AWSLogs/[o-…/]ACCOUNT/CloudTrail/REGION/…`; in
 * folders of other kinds all files that may be logs; a file by itself is one.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
export function findLogFiles(paths: readonly string[]): FoundFiles {
  const logs = new Map<string, LogFile>();
  const digests = new Map<string, LogFile>();
  const unreadable: { path: string; why: string }[] = [];
  const visited = new Set<string>();
  let ignored = 0;

  const visit = (path: string, depth: number, isNamed: boolean): void => {
    try {
      const stat = statSync(path);
      if (!stat.isDirectory()) {
        if (stat.isFile()) addFile(path, stat.size, isNamed);
        return;
      }
      const real = realpathSync(path);
      if (visited.has(real) || depth > mostDepth) return;
      visited.add(real);
      for (const entry of readdirSync(path, { withFileTypes: true })) {
        if (!isSkipped(path, entry)) visit(join(path, entry.name), depth + 1, false);
      }
    } catch (error) {
      unreadable.push({ path, why: codeOf(error) });
    }
  };

  const addFile = (path: string, size: number, isNamed: boolean): void => {
    const digest = DIGEST_NAME.exec(basename(path));
    if (digest !== null) digests.set(path, toFile(path, size, digest));
    else if (isNamed || MAYBE_LOG.test(path)) logs.set(path, toLog(path, size));
    else ignored++;
  };

  for (const path of paths) visit(path, 0, true);
  return { logs: sorted(logs), digests: sorted(digests), unreadable, ignored };
}

/** Folders of other services, and what CloudTrail writes beside logs. */
function isSkipped(folder: string, entry: Dirent): boolean {
  if (OTHER_FOLDERS.has(entry.name)) return true;
  const [account = '', parent = '', above = ''] = folder.split(sep).reverse();
  const isAccount = /^\d{12}$/.test(account) && (parent === 'AWSLogs' || above === 'AWSLogs');
  return isAccount && entry.isDirectory() && entry.name !== 'CloudTrail' && entry.name !== 'CloudTrail-Digest';
}

function toLog(path: string, size: number): LogFile {
  const named = LOG_NAME.exec(basename(path));
  if (named !== null) return toFile(path, size, named);
  const [, account, region] = LOG_FOLDER.exec(path) ?? [];
  return { path, size, account, region, time: undefined };
}

function toFile(path: string, size: number, [, account, region, time]: RegExpExecArray): LogFile {
  return { path, size, account, region, time: toTime(time ?? '') };
}

/** Of `20261122T0930Z`, with or without seconds. */
function toTime(text: string): number | undefined {
  const [, year, month, day, hour, minute, second = '00'] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?Z$/.exec(text) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time / 1000;
}

function sorted(files: ReadonlyMap<string, LogFile>): readonly LogFile[] {
  return [...files.values()].sort((a, b) => (a.time ?? 0) - (b.time ?? 0) || compareText(a.path, b.path));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
