import { UsageError } from '../../project.js';
import { mergeSnapshots } from '../../snapshot-merge.js';
import type { Command } from '../command.js';

export const snapshotMerge: Command = {
  name: 'snapshot merge',
  usage: 'snapshot merge DIR...',
  summary: 'Put snapshots together into one',
  details: `Of each account, region and kind of resource the newest that saw everything is taken as a whole: what was
denied or failed in one is filled from another. With gaps that are left the exit code is 3.`,
  isListed: true,
  flags: { output: { kind: 'value', argument: 'DIR', description: 'The folder to write' } },
  run: (args, terminal) => {
    const output = args.value('output');
    if (args.positionals.length < 2)
      throw new UsageError('"snapshot merge" needs the folders of two snapshots or more.');
    if (output === undefined) throw new UsageError('"snapshot merge" needs a folder to write: --output DIR.');
    const { accounts, records, exitCode } = mergeSnapshots({
      workingDirectory: terminal.workingDirectory,
      folders: args.positionals,
      output,
      version: TRUELINE_VERSION,
    });
    const open = accounts.filter(({ status }) => status !== 'complete').map(({ id }) => id);
    terminal.write(
      `wrote ${output}: ${records} resource${records === 1 ? '' : 's'} of ${accounts.length} account${accounts.length === 1 ? '' : 's'}\n`,
    );
    if (open.length > 0) terminal.write(`gaps  in ${open.length > 3 ? `${open.length} accounts` : open.join(', ')}\n`);
    return exitCode;
  },
};
