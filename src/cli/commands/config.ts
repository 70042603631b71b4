import { showConfiguration } from '../../show-configuration.js';
import type { Command } from '../command.js';

export const configShow: Command = {
  name: 'config show',
  usage: 'config show [PATH]',
  summary: 'Print the merged configuration with the origin of each line',
  isListed: false,
  flags: { config: { kind: 'value', argument: 'FILE', description: 'Use this file instead of trueline.yaml' } },
  run: (args, terminal) => {
    const paths = args.positionals;
    terminal.write(
      showConfiguration({ workingDirectory: terminal.workingDirectory, paths, config: args.value('config') }),
    );
    return 0;
  },
};
