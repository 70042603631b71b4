import type { ReadingOptions } from '../reading-options.js';
import type { Arguments } from './arguments.js';
import type { Terminal } from './terminal.js';

/** What is faster than this shows nothing. */
const SILENT_MS = 500;
const REDRAW_MS = 100;
const ERASE_LINE = '\r\u001b[K';

type Progress = NonNullable<ReadingOptions['progress']>;

/**
 * Runs something that tells how far it is: `evaluating 212/300 roots` on a terminal's standard error, in one line that is
 * erased when it ends or fails. No progress is asked for where nobody would see it.
 */
export function withProgress<T>(args: Arguments, terminal: Terminal, run: (progress: Progress | undefined) => T): T {
  const { CI, TERM } = terminal.environment;
  const isSeen = terminal.isErrorTerminal && !args.has('quiet') && TERM !== 'dumb' && (CI === undefined || CI === '');
  if (!isSeen) return run(undefined);
  let next = terminal.now() + SILENT_MS;
  let isShown = false;
  try {
    return run((done, total) => {
      const now = terminal.now();
      if (now < next) return;
      next = now + REDRAW_MS;
      isShown = true;
      terminal.writeError(`${ERASE_LINE}evaluating ${done}/${total} roots`);
    });
  } finally {
    if (isShown) terminal.writeError(ERASE_LINE);
  }
}
