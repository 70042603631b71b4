import { askWhoCan } from '../../access-questions.js';
import { UsageError } from '../../project.js';
import { renderWhoCan, renderWhoCanJson } from '../../report/access.js';
import { ACCESS_INPUT_FLAGS, REQUEST_FLAGS, toAccount, toContext } from '../access-flags.js';
import type { Command } from '../command.js';
import { FORMAT_FLAGS, INPUT_FLAGS, OUTPUT_FLAGS, PROJECT_FLAGS } from '../flags.js';
import { withProgress } from '../progress.js';
import { toReadingOptions } from '../reading-options.js';
import { toTextOptions } from '../terminal.js';

const EXAMPLE = 'trueline access who-can s3:GetObject arn:aws:s3:::orders/key --in infra';

export const accessWhoCan: Command = {
  name: 'access who-can',
  usage: 'access who-can ACTION RESOURCE --in PATH',
  shortUsage: 'access who-can --in PATH',
  summary: 'Who may do something with a resource',
  details: `RESOURCE is an address or an ARN. Asked are the users and roles of the input, and whom the policy of the resource
names: services, accounts (as their roots, who may pass it on), everybody.

  ${EXAMPLE}`,
  isListed: true,
  flags: {
    ...ACCESS_INPUT_FLAGS,
    ...REQUEST_FLAGS,
    ...FORMAT_FLAGS,
    ...INPUT_FLAGS,
    ...PROJECT_FLAGS,
    ...OUTPUT_FLAGS,
  },
  run: (args, terminal) => {
    const [action, resource, ...more] = args.positionals;
    if (action === undefined || resource === undefined || more.length > 0)
      throw new UsageError(`"access who-can" takes an action and a resource: ${EXAMPLE}`);
    const { input, exitCode, incompleteNote } = withProgress(args, terminal, (progress) =>
      askWhoCan({
        ...toReadingOptions(args, terminal),
        paths: args.list('in'),
        standardInput: args.list('in').includes('-') ? terminal.readInput() : undefined,
        question: { action, resource, context: toContext(args), account: toAccount(args.value('account')) },
        progress,
      }),
    );
    terminal.write(
      args.value('format') === 'json'
        ? renderWhoCanJson(input)
        : renderWhoCan(input, toTextOptions(args.value('color'), terminal)),
    );
    if (incompleteNote !== undefined) terminal.writeError(`trueline: ${incompleteNote}\n`);
    return exitCode;
  },
};
