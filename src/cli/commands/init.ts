import { initProject } from '../../init.js';
import { UsageError } from '../../project.js';
import type { Command } from '../command.js';

const SYSTEMS = ['github', 'gitlab', 'pre-commit'] as const;

export const init: Command = {
  name: 'init',
  usage: 'init',
  summary: 'Write trueline.yaml for this repository',
  details: 'Asks nothing and overwrites nothing.',
  isListed: true,
  flags: { ci: { kind: 'value', argument: 'SYSTEM', description: 'Write the file for CI as well', choices: SYSTEMS } },
  run: (args, terminal) => {
    if (args.positionals.length > 0) throw new UsageError('"init" takes no PATH: run it in the folder of the project.');
    const ci = SYSTEMS.find((system) => system === args.value('ci'));
    const { files, found } = initProject({
      workingDirectory: terminal.workingDirectory,
      paths: [],
      ci,
      version: TRUELINE_VERSION,
    });
    for (const line of found) terminal.write(`found  ${line}\n`);
    for (const { path, text } of files) {
      terminal.writeFile(path, text);
      terminal.write(`wrote  ${path}\n`);
    }
    terminal.write(`
Next: trueline scan                       judge the code
      trueline scan --write-baseline      accept what is there today, and fail on what is new
`);
    return 0;
  },
};
