import type { ReadingOptions } from '../reading-options.js';
import type { Arguments } from './arguments.js';
import type { Terminal } from './terminal.js';

/** What is faster than this shows nothing. */
const SILENT_MS = 500;
const REDRAW_MS = 100;
const ERASE_LINE = '\r\u001b[K';

type Progress = NonNullable<ReadingOptions['progress']>;

/** One line on a terminal's standard error that is drawn again and again, and erased at the end. */
export interface ProgressLine {
  /** The text is asked for only where it is drawn. */
  draw(text: () => string): void;
  erase(): void;
}

/** Undefined where nobody would see it: no terminal, a dumb one, CI, `--quiet`. */
export function progressLine(args: Arguments, terminal: Terminal): ProgressLine | undefined {
  const { CI, TERM } = terminal.environment;
  const isSeen = terminal.isErrorTerminal && !args.has('quiet') && TERM !== 'dumb' && (CI === undefined || CI === '');
  if (!isSeen) return undefined;
  let next = terminal.now() + SILENT_MS;
  let isShown = false;
  return {
    draw: (text) => {
      const now = terminal.now();
      if (now < next) return;
      next = now + REDRAW_MS;
      isShown = true;
      terminal.writeError(`${ERASE_LINE}${text()}`);
    },
    erase: () => {
      if (isShown) terminal.writeError(ERASE_LINE);
      isShown = false;
    },
  };
}

/**
 * Runs something that tells how far it is: `evaluating 212/300 roots` on a terminal's standard error, in one line that is
 * erased when it ends or fails. No progress is asked for where nobody would see it.
 */
export function withProgress<T>(args: Arguments, terminal: Terminal, run: (progress: Progress | undefined) => T): T {
  const line = progressLine(args, terminal);
  if (line === undefined) return run(undefined);
  try {
    return run((done, total) => line.draw(() => `evaluating ${done}/${total} roots`));
  } finally {
    line.erase();
  }
}
