import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { mergeUsageLogs } from './collect/audit-logs/merge-usage-logs.js';
import { type AuditLogsProgress, readAuditLogs } from './collect/audit-logs/read-audit-logs.js';
import { parseUsageFile, renderUsageFile } from './collect/audit-logs/usage-file.js';
import { summarizeUsage, type UsageSummary } from './findings/usage-summary.js';
import type { UsageLog } from './model/usage.js';
import { UsageError } from './project.js';
import { readNamedFile } from './read-named-file.js';

/** Where usage is read from. */
export interface UsageSources {
  readonly workingDirectory: string;
  /** Folders of CloudTrail's log files, or files. */
  readonly logs?: readonly string[] | undefined;
  /** Files that `trueline access usage --out` wrote. */
  readonly usage?: readonly string[] | undefined;
  /** What was read from a cloud before. */
  readonly cloud?: UsageLog | undefined;
  readonly progress?: ((progress: AuditLogsProgress) => void) | undefined;
}

/** What principals did, by log files and by files of usage. Throws `UsageError`. */
export async function readUsageLog(sources: UsageSources): Promise<UsageLog> {
  const { logs = [], usage = [], cloud } = sources;
  return mergeUsageLogs([
    ...(cloud === undefined ? [] : [cloud]),
    ...usage.map((path) => readUsageFile(sources.workingDirectory, path)),
    ...(logs.length === 0 ? [] : [await readLogs(sources, logs)]),
  ]);
}

export interface ReportedUsage {
  readonly input: UsageSummary;
  /** The text of the file of usage, in pieces. */
  readonly file: Iterable<string>;
  readonly exitCode: 0 | 3;
}

/** What usage says in short, and the file of it. Throws `UsageError`. */
export async function reportUsage(sources: UsageSources): Promise<ReportedUsage> {
  const log = await readUsageLog(sources);
  return { input: summarizeUsage(log), file: renderUsageFile(log), exitCode: log.gaps.length > 0 ? 3 : 0 };
}

async function readLogs(sources: UsageSources, logs: readonly string[]): Promise<UsageLog> {
  const { workingDirectory, progress } = sources;
  const paths = logs.map((path) => {
    const absolute = resolve(workingDirectory, path);
    if (!existsSync(absolute)) throw new UsageError(`"${path}" does not exist.`);
    return absolute;
  });
  const show = (path: string) => relative(workingDirectory, path).replaceAll('\\', '/');
  const { log } = await readAuditLogs({ paths, show, progress });
  return log;
}

function readUsageFile(workingDirectory: string, path: string): UsageLog {
  const log = parseUsageFile(readNamedFile(workingDirectory, path));
  if ('problem' in log) throw new UsageError(`"${path}" ${log.problem}.`);
  return log;
}
