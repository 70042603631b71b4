import type { EventCount, UsageGap, UsageLog } from '../../model/usage.js';
import { combineCounts } from './combine-counts.js';
import { coverageOf } from './coverage.js';
import { readDigests } from './digests.js';
import { createEventCounter } from './event-counter.js';
import { gapsOfFile, type ReadFile } from './file-gaps.js';
import { findLogFiles, type LogFile } from './log-files.js';
import { mergeCounted } from './merge-counted.js';
import { sortGaps } from './merge-usage-logs.js';
import { openReaders, type Reader } from './readers.js';
import { noSeenEvents, type SeenEvents, seenEventsFor } from './seen-events.js';

export interface AuditLogsOptions {
  /** Folders, and files. */
  readonly paths: readonly string[];
  /** How a path is called in what is said of it. */
  readonly show: (path: string) => string;
  /** At most so many threads; as many as the machine runs at a time by default. */
  readonly threads?: number | undefined;
  readonly progress?: ((progress: AuditLogsProgress) => void) | undefined;
}

export interface AuditLogsProgress {
  readonly files: number;
  readonly filesRead: number;
  readonly events: number;
}

/** What was read beside what was done. */
export interface AuditLogsFacts {
  readonly files: number;
  readonly events: number;
  /** Copies of events that were counted. */
  readonly duplicates: number;
  /** Insights and events of endpoints. */
  readonly skipped: number;
}

/**
 * Counts what the log files of CloudTrail say was done, in threads. Nothing throws that is in a file: what cannot be read is a
 * gap, and the rest is counted. The same files in any order and folder give the same.
 */
export async function readAuditLogs(
  options: AuditLogsOptions,
): Promise<{ readonly log: UsageLog; readonly facts: AuditLogsFacts }> {
  const found = findLogFiles(options.paths);
  const bytes = found.logs.reduce((sum, { size }) => sum + size, 0);
  const readers = openReaders(found.logs.length, bytes, options.threads);
  try {
    const compared = readDigests(found.digests, found.logs, options.show);
    const files = await readAll(found.logs, readers, options.progress);
    const counted = await Promise.all(readers.map((reader) => reader.finish()));
    const digests = await compared;
    const { coverage, gaps } = coverageOf([...files.map(toCovering), ...digests.missing], digests.windows);
    const unreadable = found.unreadable.map(({ path, why }) =>
      gapOf('unreadable', `"${options.show(path)}" cannot be read (${why}).`),
    );
    const noFiles = found.logs.length === 0 ? [gapOf('no-files', 'There are no log files.')] : [];
    const allGaps = [...gaps, ...gapsOfFiles(files, options.show), ...digests.gaps, ...unreadable, ...noFiles];
    return {
      log: { events: combineCounts(mergeCounted(counted)), coverage, gaps: sortGaps(allGaps) },
      facts: sumOf(files),
    };
  } finally {
    for (const reader of readers) reader.stop();
  }
}

/** Counts events that are given as texts, as `LookupEvents` has them. Those of a strange shape are told in `unread`. */
export function countEventTexts(texts: Iterable<string>): {
  readonly events: readonly EventCount[];
  readonly unread: number;
} {
  const counter = createEventCounter();
  let unread = 0;
  const all = [...texts];
  const table = seenEventsFor(all.length);
  counter.openFile({ account: undefined, region: undefined }, { now: table, before: noSeenEvents() });
  for (const text of all) {
    counter.openDocument();
    const { problem, strange, isEmpty } = counter.readPart(Buffer.from(text, 'utf8'), true);
    if (problem !== undefined || isEmpty) unread++;
    unread += strange;
  }
  const { unknownShape, otherVersion } = counter.closeFile();
  return { events: combineCounts(mergeCounted([counter.pack()])), unread: unread + unknownShape + otherVersion };
}

/** So many events are told apart at a time: their ids are held in memory. */
const mostAtATime = 8_000_000;
/** A file has not more events than its bytes by these. */
const bytesOfEvent = { compressed: 40, plain: 400 };

async function readAll(
  files: readonly LogFile[],
  readers: readonly Reader[],
  progress: AuditLogsOptions['progress'],
): Promise<readonly ReadFile[]> {
  const read: ReadFile[] = [];
  let events = 0;
  let before: SeenEvents['before'] = noSeenEvents();
  for (const some of inParts(files)) {
    const now = seenEventsFor(some.reduce((sum, file) => sum + mostEvents(file), 0));
    const seen: SeenEvents = { now, before };
    for (const reader of readers) reader.use(seen);
    const waiting = some.values();
    const work = async (reader: Reader): Promise<void> => {
      for (const file of waiting) {
        const report = await reader.read(file);
        events += report.events;
        read.push({ file, report });
        progress?.({ files: files.length, filesRead: read.length, events });
      }
    };
    await Promise.all(readers.map(work));
    before = now;
  }
  return read;
}

/** Files of one time after the other. */
function inParts(files: readonly LogFile[]): readonly (readonly LogFile[])[] {
  const parts: LogFile[][] = [];
  let events = mostAtATime;
  for (const file of files) {
    events += mostEvents(file);
    if (events > mostAtATime) {
      parts.push([]);
      events = mostEvents(file);
    }
    parts.at(-1)?.push(file);
  }
  return parts;
}

function mostEvents({ path, size }: LogFile): number {
  return Math.ceil(size / (path.endsWith('.gz') ? bytesOfEvent.compressed : bytesOfEvent.plain));
}

function toCovering({ file, report }: ReadFile) {
  const { account, region, time } = file;
  const isDamaged = report.problem !== undefined || report.unknownShape + report.otherVersion + report.strange > 0;
  return { account, region, time, management: report.management, data: report.data, isDamaged };
}

function gapsOfFiles(files: readonly ReadFile[], show: (path: string) => string): readonly UsageGap[] {
  const unnamed = files.filter(({ file }) => file.time === undefined);
  return [
    ...files.flatMap((file) => gapsOfFile(file, show)),
    ...(unnamed.length === 0
      ? []
      : [
          gapOf(
            'no-window',
            `${unnamed.length === 1 ? '1 file is' : `${unnamed.length} files are`} not named as CloudTrail names them: what is in them counts, and what is not in them proves nothing.`,
          ),
        ]),
  ];
}

function gapOf(reason: string, detail: string): UsageGap {
  return { account: undefined, region: undefined, reason, detail };
}

function sumOf(files: readonly ReadFile[]): AuditLogsFacts {
  const sum = (count: (file: ReadFile['report']) => number) =>
    files.reduce((total, { report }) => total + count(report), 0);
  return {
    files: files.length,
    events: sum(({ events }) => events),
    duplicates: sum(({ duplicates }) => duplicates),
    skipped: sum(({ skipped }) => skipped),
  };
}
