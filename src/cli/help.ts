import type { Flag } from './arguments.js';
import type { Command } from './command.js';
import { COMMANDS } from './commands.js';

/** The first help: only commands that work are listed. */
export function renderHelp(width: number): string {
  const visible = COMMANDS.filter(({ isListed }) => isListed);
  const column = Math.max(...visible.map(({ usage, shortUsage = usage }) => shortUsage.length)) + 2;
  const lines = visible.map(({ usage, shortUsage = usage, summary }) => wrapEntry(shortUsage, summary, column, width));
  return `Finds misconfigurations in infrastructure as code, and says what it could not know.

Usage: trueline <command> [options]

${lines.join('\n')}

Start with: trueline scan      It needs no network, and nothing is sent anywhere.
`;
}

/** The commands of a group (`policies`); undefined where the word begins none. */
export function renderGroupHelp(word: string): string | undefined {
  const group = COMMANDS.filter(({ name }) => name.startsWith(`${word} `));
  if (group.length === 0) return undefined;
  const column = Math.max(...group.map(({ usage }) => usage.length)) + 2;
  return `${group.map(({ usage, summary }) => `  ${usage.padEnd(column)}${summary}`).join('\n')}\n`;
}

export function renderCommandHelp(command: Command, width: number): string {
  const flags = Object.entries(command.flags);
  const spelled = flags.map(([name, flag]) => spellFlag(name, flag));
  const column = Math.min(34, Math.max(0, ...spelled.map((text) => text.length)) + 2);
  const options = flags.map(([, flag], index) => wrapEntry(spelled[index] ?? '', describeFlag(flag), column, width));
  const details = command.details === undefined ? '' : `\n${command.details}\n`;
  return `${command.summary}.

Usage: trueline ${command.usage}${flags.length > 0 ? ' [options]' : ''}
${details}${options.length > 0 ? `\n${options.join('\n')}\n` : ''}`;
}

function spellFlag(name: string, flag: Flag): string {
  const short = flag.short === undefined ? '' : `-${flag.short}, `;
  return `${short}--${name}${flag.kind === 'switch' ? '' : ` ${flag.argument ?? 'VALUE'}`}`;
}

function describeFlag(flag: Flag): string {
  return flag.choices === undefined ? flag.description : `${flag.description}: ${flag.choices.join(', ')}`;
}

/** An entry of two columns; a text that does not fit goes on in the second one. */
function wrapEntry(left: string, right: string, column: number, width: number): string {
  const room = Math.max(24, Math.min(width, 100) - column - 2);
  const lines: string[] = [];
  let line = '';
  for (const word of right.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  const indent = ' '.repeat(column + 2);
  const first = left.length + 2 > column ? `  ${left}\n${indent}` : `  ${left.padEnd(column)}`;
  return `${first}${lines.join(`\n${indent}`)}`;
}
