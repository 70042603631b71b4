import { type ComparedInput, compareAccess } from '../../compare-access.js';
import { UsageError } from '../../project.js';
import { renderAccessComparison, renderAccessComparisonJson } from '../../report/access-comparison.js';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { FORMAT_FLAGS, INPUT_FLAGS, OUTPUT_FLAGS, PROJECT_FLAGS } from '../flags.js';
import { withProgress } from '../progress.js';
import { toReadingOptions } from '../reading-options.js';
import { toTextOptions } from '../terminal.js';

const EXAMPLE = 'trueline access compare old.json new.json';

export const accessCompare: Command = {
  name: 'access compare',
  usage: 'access compare OLD NEW',
  summary: 'Whether the second policy allows anything that the first does not',
  details: `OLD and NEW are policies in JSON, or folders, plans, states or snapshots, whose users, roles and resources are
compared one by one. With --from the folders given are compared as they are at two revisions.
Exit codes: 0 no new access, 1 new access, 3 it is not known.

  ${EXAMPLE}
  trueline access compare --from origin/main infra`,
  isListed: true,
  flags: {
    from: { kind: 'value', argument: 'REF', description: 'Compare with the merge base of REF and the other side' },
    to: { kind: 'value', argument: 'REF', description: 'What is compared with it (default: the work tree)' },
    strict: { kind: 'switch', description: 'What holds for known forms of ARNs only is not known' },
    ...FORMAT_FLAGS,
    ...INPUT_FLAGS,
    ...PROJECT_FLAGS,
    ...OUTPUT_FLAGS,
  },
  run: (args, terminal) => {
    const input = toInput(args);
    const {
      input: shown,
      exitCode,
      incompleteNote,
    } = withProgress(args, terminal, (progress) =>
      compareAccess({
        ...toReadingOptions(args, terminal),
        paths: input.kind === 'revisions' ? args.positionals : [],
        input,
        strict: args.has('strict'),
        progress,
      }),
    );
    terminal.write(
      args.value('format') === 'json'
        ? renderAccessComparisonJson(shown)
        : renderAccessComparison(shown, toTextOptions(args.value('color'), terminal)),
    );
    if (incompleteNote !== undefined) terminal.writeError(`trueline: ${incompleteNote}\n`);
    return exitCode;
  },
};

function toInput(args: Arguments): ComparedInput {
  const from = args.value('from');
  const to = args.value('to');
  if (from !== undefined) return { kind: 'revisions', from, to };
  if (to !== undefined) throw new UsageError('"--to" needs "--from": two revisions are compared.');
  const [old, next, ...more] = args.positionals;
  if (old === undefined || next === undefined || more.length > 0)
    throw new UsageError(`"access compare" takes two policies or folders, or "--from REF": ${EXAMPLE}`);
  return { kind: 'paths', old, new: next };
}
