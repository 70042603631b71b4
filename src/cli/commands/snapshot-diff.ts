import { UsageError } from '../../project.js';
import { renderSnapshotDiff, renderSnapshotDiffJson } from '../../report/snapshot-differences.js';
import { diffSnapshots } from '../../snapshot-diff.js';
import type { Command } from '../command.js';
import { FORMAT_FLAGS } from '../flags.js';
import { toTextOptions } from '../terminal.js';

export const snapshotDiff: Command = {
  name: 'snapshot diff',
  usage: 'snapshot diff OLD NEW',
  summary: 'What changed between two snapshots',
  details: `Exit codes: 0 nothing, 1 differences, 3 not all can be compared, for one of them could not see it. Secrets
are compared by their hashes, which says that one changed only where both were made with one key.`,
  isListed: true,
  flags: {
    ...FORMAT_FLAGS,
    color: { kind: 'value', argument: 'WHEN', description: 'Colour', choices: ['auto', 'always', 'never'] },
  },
  run: (args, terminal) => {
    const [old, next, ...more] = args.positionals;
    if (old === undefined || next === undefined || more.length > 0)
      throw new UsageError('"snapshot diff" needs the folders of two snapshots: trueline snapshot diff OLD NEW.');
    const { input, exitCode } = diffSnapshots({ workingDirectory: terminal.workingDirectory, old, new: next });
    terminal.write(
      args.value('format') === 'json'
        ? renderSnapshotDiffJson(input)
        : renderSnapshotDiff(input, toTextOptions(args.value('color'), terminal)),
    );
    return exitCode;
  },
};
