import { reportAccess } from '../../access-questions.js';
import { UsageError } from '../../project.js';
import { renderAccessReport, renderAccessReportJson } from '../../report/access-report.js';
import { ACCESS_INPUT_FLAGS, toUnusedDays, UNUSED_FLAGS, USAGE_FLAGS } from '../access-flags.js';
import type { Command } from '../command.js';
import { FORMAT_FLAGS, INPUT_FLAGS, OUTPUT_FLAGS, PROJECT_FLAGS } from '../flags.js';
import { withProgress } from '../progress.js';
import { readUsage } from '../read-usage.js';
import { toReadingOptions } from '../reading-options.js';
import { toTextOptions } from '../terminal.js';

export const accessReport: Command = {
  name: 'access report',
  usage: 'access report --in PATH',
  summary: 'What users and roles are granted, and whom resources let in',
  details: `A row is an Allow as it is written, with its conditions, the statements that deny some of it, and the boundary that
does not hold all of it. With --logs or --usage, which need a snapshot, it also says what is granted and not used, since
when, and what of that logs cannot show. Exit code 3: something was not read, of the logs too, or of some user or role
nothing could be found unused for want of logs or trails.`,
  isListed: true,
  flags: {
    ...ACCESS_INPUT_FLAGS,
    ...USAGE_FLAGS,
    ...UNUSED_FLAGS,
    ...FORMAT_FLAGS,
    ...INPUT_FLAGS,
    ...PROJECT_FLAGS,
    ...OUTPUT_FLAGS,
  },
  run: async (args, terminal) => {
    const [first] = args.positionals;
    if (first !== undefined)
      throw new UsageError(`"access report" takes no "${first}": what is read is named by --in PATH.`);
    const usage = await readUsage(args, terminal);
    const { input, exitCode, incompleteNote } = withProgress(args, terminal, (progress) =>
      reportAccess({
        ...toReadingOptions(args, terminal),
        paths: args.list('in'),
        standardInput: args.list('in').includes('-') ? terminal.readInput() : undefined,
        progress,
        usage,
        unusedDays: toUnusedDays(args.value('unused-days'), usage !== undefined),
      }),
    );
    terminal.write(
      args.value('format') === 'json'
        ? renderAccessReportJson(input)
        : renderAccessReport(input, toTextOptions(args.value('color'), terminal)),
    );
    if (incompleteNote !== undefined) terminal.writeError(`trueline: ${incompleteNote}\n`);
    return exitCode;
  },
};
