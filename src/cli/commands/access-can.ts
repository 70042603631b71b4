import { askAccess } from '../../access-questions.js';
import { UsageError } from '../../project.js';
import { renderAccess, renderAccessJson } from '../../report/access.js';
import { ACCESS_INPUT_FLAGS, REQUEST_FLAGS, toAccount, toContext } from '../access-flags.js';
import type { Command } from '../command.js';
import { FORMAT_FLAGS, INPUT_FLAGS, OUTPUT_FLAGS, PROJECT_FLAGS } from '../flags.js';
import { withProgress } from '../progress.js';
import { toReadingOptions } from '../reading-options.js';
import { toTextOptions } from '../terminal.js';

const EXAMPLE = 'trueline access can aws_iam_role.app s3:GetObject arn:aws:s3:::orders/key --in infra';

export const accessCan: Command = {
  name: 'access can',
  usage: 'access can PRINCIPAL ACTION RESOURCE --in PATH',
  shortUsage: 'access can --in PATH',
  summary: 'Whether a principal may do something, and why',
  details: `PRINCIPAL is an address, an ARN, a service, "anonymous" or "any-account"; RESOURCE an address, an ARN, or "*".
What is not known is not guessed: the answer then depends, and says on what. Some calls need several permissions
(ec2:RunInstances, calls that hand over a role): all are asked, unless --exact is given; --with names their resources.
Exit codes: 0 allowed, 1 denied, 3 it depends.

  ${EXAMPLE}`,
  isListed: true,
  flags: {
    ...ACCESS_INPUT_FLAGS,
    ...REQUEST_FLAGS,
    with: { kind: 'values', argument: 'RESOURCE', description: 'Another resource of the call: its subnet, its role' },
    exact: { kind: 'switch', description: 'Only that permission, and not what else the call needs' },
    'session-policy': { kind: 'values', argument: 'FILE', description: 'A policy of the session, in JSON; repeatable' },
    'via-endpoint': { kind: 'value', argument: 'ENDPOINT', description: 'The VPC endpoint that the call goes through' },
    ...FORMAT_FLAGS,
    ...INPUT_FLAGS,
    ...PROJECT_FLAGS,
    ...OUTPUT_FLAGS,
  },
  run: (args, terminal) => {
    const [principal, action, resource, ...more] = args.positionals;
    if (principal === undefined || action === undefined || resource === undefined || more.length > 0)
      throw new UsageError(`"access can" takes a principal, an action and a resource: ${EXAMPLE}`);
    const { input, exitCode, incompleteNote } = withProgress(args, terminal, (progress) =>
      askAccess({
        ...toReadingOptions(args, terminal),
        paths: args.list('in'),
        standardInput: args.list('in').includes('-') ? terminal.readInput() : undefined,
        question: {
          principal,
          action,
          resource,
          context: toContext(args),
          account: toAccount(args.value('account')),
          others: args.list('with'),
          isExact: args.has('exact'),
          endpoint: args.value('via-endpoint'),
        },
        sessionPolicies: args.list('session-policy'),
        progress,
      }),
    );
    terminal.write(
      args.value('format') === 'json'
        ? renderAccessJson(input)
        : renderAccess(input, toTextOptions(args.value('color'), terminal)),
    );
    if (incompleteNote !== undefined) terminal.writeError(`trueline: ${incompleteNote}\n`);
    return exitCode;
  },
};
