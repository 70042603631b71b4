import type { Arguments, Flags } from './arguments.js';
import { configShow } from './commands/config.js';
import { explain } from './commands/explain.js';
import { init } from './commands/init.js';
import { inputs } from './commands/inputs.js';
import { policiesList, policiesNew, policiesShow, policiesTest } from './commands/policies.js';
import { resources } from './commands/resources.js';
import { scan } from './commands/scan.js';
import { schema } from './commands/schema.js';
import { version } from './commands/version.js';
import type { Terminal } from './terminal.js';

export interface Command {
  /** `scan`, `policies list`. */
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly details?: string;
  /** Shown in the first help. */
  readonly isListed: boolean;
  readonly flags: Flags;
  /** Gives the exit code; throws `UsageError`. */
  run(args: Arguments, terminal: Terminal): Promise<number> | number;
}

export const COMMANDS: readonly Command[] = [
  scan,
  inputs,
  resources,
  explain,
  policiesList,
  policiesShow,
  policiesTest,
  policiesNew,
  init,
  configShow,
  schema,
  version,
];
