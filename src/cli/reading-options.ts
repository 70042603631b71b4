import { INPUT_TYPES, type InputType } from '../input-kinds.js';
import { type ProjectOptions, UsageError } from '../project.js';
import type { ReadingOptions } from '../reading-options.js';
import type { Arguments } from './arguments.js';
import type { Terminal } from './terminal.js';

/** What every command that reads a project takes from its arguments. */
export function toReadingOptions(args: Arguments, terminal: Terminal): ProjectOptions & ReadingOptions {
  return {
    workingDirectory: terminal.workingDirectory,
    paths: args.positionals,
    standardInput: args.positionals.includes('-') ? terminal.readInput() : undefined,
    type: toInputType(args.value('type')),
    source: args.value('source'),
    parameterFiles: args.list('parameters'),
    config: args.value('config'),
    noConfig: args.has('no-config'),
    exclude: args.list('exclude'),
    noGitignore: args.has('no-gitignore'),
    environment: terminal.environment,
    variables: args.list('var').map(parseVariable),
    varFiles: args.list('var-file'),
    workspace: args.value('workspace'),
  };
}

function parseVariable(text: string): { readonly name: string; readonly text: string } {
  const equals = text.indexOf('=');
  if (equals < 1) throw new UsageError(`"--var ${text}" is not of the form NAME=VALUE.`);
  return { name: text.slice(0, equals), text: text.slice(equals + 1) };
}

function toInputType(text: string | undefined): InputType | undefined {
  return INPUT_TYPES.find((type) => type === text);
}
