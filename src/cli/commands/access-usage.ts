import { UsageError } from '../../project.js';
import { reportUsage } from '../../read-usage-log.js';
import { renderUsage, renderUsageJson } from '../../report/usage.js';
import { USAGE_FLAGS } from '../access-flags.js';
import type { Command } from '../command.js';
import { FORMAT_FLAGS, OUTPUT_FLAGS } from '../flags.js';
import { progressLine } from '../progress.js';
import { toTextOptions } from '../terminal.js';

export const accessUsage: Command = {
  name: 'access usage',
  usage: 'access usage --logs DIR',
  summary: 'What principals did, by the log files of CloudTrail',
  details: `DIR has log files as S3 has them, of one account or many; single files are read as well. What was counted is
written by --out FILE, which other commands take as --usage FILE.
Exit codes: 0 all was read, 3 there are gaps.

  trueline access usage --logs logs --out usage.json`,
  isListed: true,
  flags: {
    ...USAGE_FLAGS,
    out: { kind: 'value', argument: 'FILE', description: 'Write what was counted, for --usage FILE' },
    ...FORMAT_FLAGS,
    ...OUTPUT_FLAGS,
  },
  run: async (args, terminal) => {
    const [first] = args.positionals;
    if (first !== undefined) throw new UsageError(`"access usage" takes no "${first}": logs are named by --logs DIR.`);
    const [logs, usage] = [args.list('logs'), args.list('usage')];
    if (logs.length + usage.length === 0) throw new UsageError('"access usage" needs what to read: --logs DIR.');
    const line = progressLine(args, terminal);
    try {
      const { input, file, exitCode } = await reportUsage({
        workingDirectory: terminal.workingDirectory,
        logs,
        usage,
        progress:
          line &&
          (({ files, filesRead, events }) => line.draw(() => `reading ${filesRead}/${files} files, ${events} events`)),
      });
      line?.erase();
      const out = args.value('out');
      if (out !== undefined) terminal.writeFile(out, file);
      terminal.write(
        args.value('format') === 'json'
          ? renderUsageJson(input)
          : renderUsage(input, { ...toTextOptions(args.value('color'), terminal), quiet: args.has('quiet') }),
      );
      return exitCode;
    } finally {
      line?.erase();
    }
  },
};
