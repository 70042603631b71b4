import { closeSync, mkdirSync, openSync, readSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../project.js';
import { nearestName, suggest } from '../source/suggest.js';
import { parseArguments } from './arguments.js';
import type { Command } from './command.js';
import { COMMANDS } from './commands.js';
import { renderCommandHelp, renderGroupHelp, renderHelp } from './help.js';
import type { Terminal } from './terminal.js';
import { renderUsageError } from './usage-error.js';

/** Exit codes of every command; the highest that applies. */
export const EXIT_USAGE = 2;
export const EXIT_INTERNAL = 4;

/** A command that was interrupted gives up what still waits. */
const EXIT_INTERRUPTED = 130;

/** Runs the process's command and sets its exit code. */
export function start(): void {
  // No handler for SIGINT: one would run only after the scan, and Ctrl-C would do nothing. By itself it ends the process.
  // A reader that closed its end wants no more: `trueline scan | head`.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
      throw error;
    });
  }
  run(process.argv.slice(2), processTerminal()).then((code) => {
    process.exitCode = code;
    if (code === EXIT_INTERRUPTED) process.exit();
  });
}

/** Runs one command line and gives its exit code. Never throws. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(argv, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.writeError(renderUsageError(error, terminal));
      return EXIT_USAGE;
    }
    const message = error instanceof Error ? error.message : String(error);
    terminal.writeError(
      `internal error: ${message}. This is a bug in trueline ${TRUELINE_VERSION}; nothing was sent.\n`,
    );
    if (terminal.environment['TRUELINE_DEBUG'] !== undefined && error instanceof Error)
      terminal.writeError(`${error.stack}\n`);
    return EXIT_INTERNAL;
  }
}

async function dispatch(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [first, second] = argv;
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    const command = first === 'help' && second !== undefined ? findCommand(argv.slice(1)) : undefined;
    if (first === 'help' && second !== undefined && command === undefined) throw unknownCommand(second, argv[2]);
    terminal.write(
      command === undefined ? renderHelp(terminal.width) : renderCommandHelp(command.command, terminal.width),
    );
    return 0;
  }
  if (first === '--version' || first === '-V') return dispatch(['version'], terminal);
  if (second === '--help' || second === '-h') {
    const group = renderGroupHelp(first);
    if (group !== undefined) {
      terminal.write(group);
      return 0;
    }
  }
  const found = findCommand(argv);
  if (found === undefined) throw unknownCommand(first, second);
  const { command, rest } = found;
  const separator = rest.indexOf('--');
  const options = separator === -1 ? rest : rest.slice(0, separator);
  if (options.includes('--help') || options.includes('-h')) {
    terminal.write(renderCommandHelp(command, terminal.width));
    return 0;
  }
  return command.run(parseArguments(command.name, rest, command.flags), terminal);
}

function findCommand(
  argv: readonly string[],
): { readonly command: Command; readonly rest: readonly string[] } | undefined {
  const [first = '', second = ''] = argv;
  const nested = COMMANDS.find(({ name }) => name === `${first} ${second}`);
  if (nested !== undefined) return { command: nested, rest: argv.slice(2) };
  const command = COMMANDS.find(({ name }) => name === first);
  return command === undefined ? undefined : { command, rest: argv.slice(1) };
}

function unknownCommand(first: string, second: string | undefined): UsageError {
  const nested = COMMANDS.filter(({ name }) => name.startsWith(`${first} `)).map(({ name }) =>
    name.slice(first.length + 1),
  );
  if (nested.length > 0) {
    const said = second === undefined ? `"${first}" needs a subcommand` : `"${first}" has no subcommand "${second}"`;
    return new UsageError(`${said}: ${nested.join(', ')}.${second === undefined ? '' : suggest(second, nested)}`);
  }
  if (first.startsWith('-')) return new UsageError(`"trueline" has no option "${first}". All: trueline --help`);
  const names = [...new Set(COMMANDS.map(({ name }) => name.split(' ')[0] ?? ''))];
  const nearest = nearestName(first, names);
  return new UsageError(
    `"${first}" is not a command. ${nearest === undefined ? 'All: trueline --help' : `Did you mean "${nearest}"?`}`,
  );
}

function processTerminal(): Terminal {
  return {
    workingDirectory: process.cwd(),
    environment: process.env,
    width: process.stdout.columns ?? 80,
    isTerminal: process.stdout.isTTY === true,
    isErrorTerminal: process.stderr.isTTY === true,
    today: new Date().toISOString().slice(0, 10),
    now: () => performance.now(),
    write: (text) => writeFully(1, text),
    writeError: (text) => writeFully(2, text),
    readInput,
    writeFile: (path, text) => writeAtomically(resolve(process.cwd(), path), text),
  };
}

/** SAFETY: more than this is no input that anybody wrote or planned. */
const maxInputBytes = 512 * 1024 * 1024;

/** All of standard input. A pipe in which nothing is yet is waited for. */
function readInput(): Uint8Array {
  const chunks: Buffer[] = [];
  let length = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(1024 * 1024);
    try {
      const count = readSync(0, chunk);
      if (count === 0) return Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, count));
      length += count;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EOF') return Buffer.concat(chunks);
      if (code !== 'EAGAIN') throw new UsageError(`Standard input cannot be read (${String(code)}).`);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
    if (length > maxInputBytes) throw new UsageError('Standard input holds more than 512 MB.');
  }
}

/** Writes all of a text at once, so that an exit that follows cuts nothing off. A full pipe is waited for. */
function writeFully(descriptor: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EPIPE') process.exit(process.exitCode ?? 0);
      if (code !== 'EAGAIN') throw error;
    }
  }
}

function writeAtomically(path: string, text: string | Iterable<string>): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const temporary = `${path}.${process.pid}.tmp`;
    const descriptor = openSync(temporary, 'w');
    for (const piece of typeof text === 'string' ? [text] : text) writeFileSync(descriptor, piece);
    closeSync(descriptor);
    renameSync(temporary, path);
  } catch (error) {
    throw new UsageError(`"${path}" cannot be written: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
