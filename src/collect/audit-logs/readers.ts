import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { CountedEvents } from './counted-events.js';
import { createEventCounter } from './event-counter.js';
import type { LogFile } from './log-files.js';
import { type FileReport, readLogFile } from './read-log-file.js';
import type { SeenEvents } from './seen-events.js';
import { workerFile } from './worker-file.js';

export type WorkerOrder =
  | { readonly kind: 'seen'; readonly seen: SeenEvents }
  | { readonly kind: 'read'; readonly file: LogFile }
  | { readonly kind: 'finish' };

export type WorkerAnswer =
  | { readonly kind: 'read'; readonly report: FileReport }
  | { readonly kind: 'counted'; readonly counted: CountedEvents };

/** Something that reads one file after the other. */
export interface Reader {
  readonly use: (seen: SeenEvents) => void;
  readonly read: (file: LogFile) => Promise<FileReport>;
  /** All that it counted; it ends. */
  readonly finish: () => Promise<CountedEvents>;
  readonly stop: () => void;
}

/** A thread takes a while to start: less than this is read sooner without. */
const leastBytes = 4 * 1024 * 1024;
const mostThreads = 8;

/** Readers for so many files and bytes: threads where it is worth while. */
export function openReaders(files: number, bytes: number, threads = availableParallelism()): readonly Reader[] {
  const script = workerFile();
  const count = Math.min(threads, mostThreads, files);
  if (script === undefined || bytes < leastBytes || count < 2) return [readerHere()];
  return Array.from({ length: count }, () => readerInThread(script));
}

function readerHere(): Reader {
  const counter = createEventCounter();
  let seen: SeenEvents;
  return {
    use: (tables) => {
      seen = tables;
    },
    read: (file) => readLogFile(file, counter, seen),
    finish: async () => counter.pack(),
    stop: () => undefined,
  };
}

function readerInThread(script: string): Reader {
  const worker = new Worker(script);
  const ask = (order: WorkerOrder): Promise<WorkerAnswer> =>
    new Promise((resolve, reject) => {
      worker.removeAllListeners();
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`A thread that reads logs ended with ${code}.`)));
      worker.postMessage(order);
    });
  return {
    use: (seen) => worker.postMessage({ kind: 'seen', seen } satisfies WorkerOrder),
    read: async (file) => {
      const answer = await ask({ kind: 'read', file });
      if (answer.kind !== 'read') throw new Error('A thread that reads logs answered something else.');
      return answer.report;
    },
    finish: async () => {
      const answer = await ask({ kind: 'finish' });
      if (answer.kind !== 'counted') throw new Error('A thread that reads logs answered something else.');
      worker.removeAllListeners();
      await worker.terminate();
      return answer.counted;
    },
    stop: () => {
      worker.removeAllListeners();
      void worker.terminate();
    },
  };
}
