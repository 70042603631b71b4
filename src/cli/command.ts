import type { Arguments, Flags } from './arguments.js';
import type { Terminal } from './terminal.js';

/** One command of the command line. */
export interface Command {
  /** `scan`, `policies list`. */
  readonly name: string;
  readonly usage: string;
  /** In the first help, in place of a long usage. */
  readonly shortUsage?: string;
  readonly summary: string;
  readonly details?: string;
  /** Shown in the first help. */
  readonly isListed: boolean;
  readonly flags: Flags;
  /** Gives the exit code; throws `UsageError`. */
  run(args: Arguments, terminal: Terminal): Promise<number> | number;
}
