import { readUsageLog } from '../read-usage-log.js';
import type { ScanOptions } from '../scan.js';
import type { Arguments } from './arguments.js';
import type { Terminal } from './terminal.js';

export function hasUsage(args: Arguments): boolean {
  return args.list('logs').length + args.list('usage').length > 0;
}

/** What principals did, where logs are given. */
export async function readUsage(args: Arguments, { workingDirectory }: Terminal): Promise<ScanOptions['usage']> {
  if (!hasUsage(args)) return undefined;
  return await readUsageLog({ workingDirectory, logs: args.list('logs'), usage: args.list('usage') });
}
