import { listInputs } from '../../list-inputs.js';
import { renderInputs, renderInputsJson } from '../../report/inputs.js';
import type { Command } from '../command.js';
import { FORMAT_FLAGS, INPUT_FLAGS, OUTPUT_FLAGS, PROJECT_FLAGS } from '../flags.js';
import { withProgress } from '../progress.js';
import { toReadingOptions } from '../reading-options.js';
import { toTextOptions } from '../terminal.js';

export const inputs: Command = {
  name: 'inputs',
  usage: 'inputs [PATH]...',
  summary: 'What would be read, and what would not, and why',
  isListed: true,
  flags: {
    ...FORMAT_FLAGS,
    ...INPUT_FLAGS,
    ...PROJECT_FLAGS,
    ...OUTPUT_FLAGS,
  },
  run: (args, terminal) => {
    const { input, exitCode, incompleteNote } = withProgress(args, terminal, (progress) =>
      listInputs({ ...toReadingOptions(args, terminal), progress }),
    );
    terminal.write(
      args.value('format') === 'json'
        ? renderInputsJson(input)
        : renderInputs(input, toTextOptions(args.value('color'), terminal)),
    );
    if (incompleteNote !== undefined) terminal.writeError(`trueline: ${incompleteNote}\n`);
    return exitCode;
  },
};
