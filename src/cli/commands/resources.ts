import { listResources } from '../../list-resources.js';
import { renderResources, renderResourcesJson } from '../../report/resources.js';
import type { Command } from '../command.js';
import { FORMAT_FLAGS, INPUT_FLAGS, OUTPUT_FLAGS, PROJECT_FLAGS } from '../flags.js';
import { withProgress } from '../progress.js';
import { toReadingOptions } from '../reading-options.js';
import { toTextOptions } from '../terminal.js';

export const resources: Command = {
  name: 'resources',
  usage: 'resources [PATH]...',
  summary: 'The resources as policies see them',
  isListed: true,
  flags: {
    address: { kind: 'values', argument: 'GLOB', description: 'Only resources whose address matches; repeatable' },
    raw: { kind: 'switch', description: "In the language's own types and shapes, nothing folded or defaulted" },
    ...FORMAT_FLAGS,
    ...INPUT_FLAGS,
    ...PROJECT_FLAGS,
    ...OUTPUT_FLAGS,
  },
  run: (args, terminal) => {
    const { input, exitCode, incompleteNote } = withProgress(args, terminal, (progress) =>
      listResources({
        ...toReadingOptions(args, terminal),
        addresses: args.list('address'),
        isRaw: args.has('raw'),
        progress,
      }),
    );
    terminal.write(
      args.value('format') === 'json'
        ? renderResourcesJson(input)
        : renderResources(input, toTextOptions(args.value('color'), terminal)),
    );
    if (incompleteNote !== undefined) terminal.writeError(`trueline: ${incompleteNote}\n`);
    return exitCode;
  },
};
