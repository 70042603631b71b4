import type { Command } from '../command.js';

export const version: Command = {
  name: 'version',
  usage: 'version',
  summary: 'Print the version',
  isListed: false,
  flags: {},
  run: (_, terminal) => {
    terminal.write(`trueline ${TRUELINE_VERSION}\n`);
    return 0;
  },
};
