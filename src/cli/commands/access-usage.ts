import { UsageError } from '../../project.js';
import { reportUsage } from '../../read-usage-log.js';
import { renderUsage, renderUsageJson } from '../../report/usage.js';
import { USAGE_FLAGS } from '../access-flags.js';
import { CLOUD_USAGE_FLAGS, printedOf, readCloud } from '../cloud-usage.js';
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
--lookup-events asks the history of an account; Ctrl-C keeps what was read, and the next run goes on with it.
--athena-table has Athena count the events of a trail; it writes its result to S3, where the workgroup says.
Exit codes: 0 all was read, 3 there are gaps.

  trueline access usage --logs logs --out usage.json
  trueline access usage --lookup-events --regions eu-west-1,us-east-1 --days 30 --out usage.json
  trueline access usage --athena-workgroup auditors --athena-table logs.cloudtrail --out usage.json`,
  isListed: true,
  flags: {
    ...USAGE_FLAGS,
    ...CLOUD_USAGE_FLAGS,
    out: { kind: 'value', argument: 'FILE', description: 'Write what was counted, for --usage FILE' },
    ...FORMAT_FLAGS,
    ...OUTPUT_FLAGS,
  },
  run: async (args, terminal) => {
    const [first] = args.positionals;
    if (first !== undefined) throw new UsageError(`"access usage" takes no "${first}": logs are named by --logs DIR.`);
    const [logs, usage] = [args.list('logs'), args.list('usage')];
    const printed = printedOf(args, Date.now());
    if (printed !== undefined) {
      terminal.write(printed);
      return 0;
    }
    const cloud = await readCloud(args, terminal);
    if (logs.length + usage.length === 0 && cloud === undefined)
      throw new UsageError(
        '"access usage" needs what to read: --logs DIR, --lookup-events or --athena-table DB.TABLE.',
      );
    if (cloud?.stoppedBy !== undefined)
      terminal.writeError(`trueline: not finished, run it again to go on: ${cloud.stoppedBy}\n`);
    if (cloud?.exitCode === 130) return 130;
    const line = progressLine(args, terminal);
    try {
      const { input, file, exitCode } = await reportUsage({
        workingDirectory: terminal.workingDirectory,
        logs,
        usage,
        cloud: cloud?.log,
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
