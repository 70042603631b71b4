/** Where a command writes, and what can be shown there. */
export interface Terminal {
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Columns of standard output; 80 where it is no terminal. */
  readonly width: number;
  readonly isTerminal: boolean;
  readonly isErrorTerminal: boolean;
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string;
  /** Milliseconds since the process began. */
  now(): number;
  write(text: string): void;
  writeError(text: string): void;
  /** All of standard input. */
  readInput(): Uint8Array;
  writeFile(path: string, text: string | Iterable<string>): void;
}

export type ColorChoice = 'auto' | 'always' | 'never';

/** `NO_COLOR` and `FORCE_COLOR` are honoured; a choice on the command line beats both. */
export function useColor(terminal: Terminal, choice: ColorChoice): boolean {
  if (choice !== 'auto') return choice === 'always';
  const { NO_COLOR, FORCE_COLOR, TERM } = terminal.environment;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return terminal.isTerminal && TERM !== 'dumb';
}

/** Whether box characters and the like can be shown. */
export function useUnicode(terminal: Terminal): boolean {
  const { LC_ALL, LC_CTYPE, LANG, TERM } = terminal.environment;
  if (TERM === 'dumb') return false;
  const locale = [LC_ALL, LC_CTYPE, LANG].find((value) => value !== undefined && value !== '');
  return locale === undefined ? !terminal.isTerminal : /utf-?8/i.test(locale);
}

/** How texts for people are laid out here. */
export function toTextOptions(
  color: string | undefined,
  terminal: Terminal,
): { readonly width: number; readonly color: boolean; readonly unicode: boolean } {
  return { width: terminal.width, color: useColor(terminal, toColorChoice(color)), unicode: useUnicode(terminal) };
}

export function toColorChoice(text: string | undefined): ColorChoice {
  return text === 'always' || text === 'never' ? text : 'auto';
}
