import { parentPort } from 'node:worker_threads';
import { createEventCounter } from './event-counter.js';
import { readLogFile } from './read-log-file.js';
import type { WorkerAnswer, WorkerOrder } from './readers.js';
import type { SeenEvents } from './seen-events.js';

/** What runs in a thread that reads logs: counts the events of one file after the other, and gives them all at the end. */
const counter = createEventCounter();
let seen: SeenEvents;

const answer = (message: WorkerAnswer): void => parentPort?.postMessage(message);

parentPort?.on('message', async (order: WorkerOrder) => {
  if (order.kind === 'seen') seen = order.seen;
  else if (order.kind === 'read') answer({ kind: 'read', report: await readLogFile(order.file, counter, seen) });
  else answer({ kind: 'counted', counted: counter.pack() });
});
