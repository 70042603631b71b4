import { rightSizeAccess } from '../../access-questions.js';
import { UsageError } from '../../project.js';
import {
  type RightSizeInput,
  renderRightSize,
  renderRightSizeJson,
  renderRightSizePatch,
  renderRightSizePolicies,
  renderRightSizeTerraform,
} from '../../report/right-size.js';
import { ACCESS_INPUT_FLAGS, toAccount, USAGE_FLAGS } from '../access-flags.js';
import type { Command } from '../command.js';
import { INPUT_FLAGS, OUTPUT_FLAGS, PROJECT_FLAGS } from '../flags.js';
import { withProgress } from '../progress.js';
import { readUsage } from '../read-usage.js';
import { toReadingOptions } from '../reading-options.js';
import { toTextOptions } from '../terminal.js';

const EXAMPLE = 'trueline access right-size aws_iam_role.app --in infra --logs logs';

export const accessRightSize: Command = {
  name: 'access right-size',
  usage: 'access right-size PRINCIPAL --in PATH --logs DIR',
  shortUsage: 'access right-size --in PATH',
  summary: 'What policies of a user or role could be, by what it did',
  details: `PRINCIPAL is an address or an ARN. Every call that was seen stays allowed, and nothing is allowed that was not: both are
proven, or nothing is offered. What logs cannot show is kept. "--format policy" gives the new documents, "--format patch" a patch of
the code that was read (Terraform, CloudFormation), "--format terraform" that patch, or new policies for a snapshot.
Exit codes: 0 nothing is too much, 1 there is something, 3 input is missing, nothing could be proven, or
it is not known: a statement could not be narrowed, or logs that could show a use do not. What no logs
could show (iam:PassRole) stays, and does not count.

  ${EXAMPLE}`,
  isListed: true,
  flags: {
    ...ACCESS_INPUT_FLAGS,
    ...USAGE_FLAGS,
    account: { kind: 'value', argument: 'ID', description: 'The account of code that does not say it' },
    'narrow-pass-role': { kind: 'switch', description: 'Narrow iam:PassRole to the roles that were seen to be passed' },
    'narrow-not': { kind: 'switch', description: 'Put what was used in the place of NotAction and NotResource' },
    format: {
      kind: 'value',
      argument: 'FORMAT',
      description: 'text, json, policy, terraform or patch (default: text)',
      choices: ['text', 'json', 'policy', 'terraform', 'patch'],
    },
    ...INPUT_FLAGS,
    ...PROJECT_FLAGS,
    ...OUTPUT_FLAGS,
  },
  run: async (args, terminal) => {
    const [principal, ...more] = args.positionals;
    if (principal === undefined || more.length > 0)
      throw new UsageError(`"access right-size" takes a principal: ${EXAMPLE}`);
    const log = await readUsage(args, terminal);
    if (log === undefined)
      throw new UsageError(`"access right-size" needs to know what was done: --logs DIR, or --usage FILE.`);
    const { input, exitCode, incompleteNote } = withProgress(args, terminal, (progress) =>
      rightSizeAccess({
        ...toReadingOptions(args, terminal),
        paths: args.list('in'),
        standardInput: args.list('in').includes('-') ? terminal.readInput() : undefined,
        question: {
          principal,
          account: toAccount(args.value('account')),
          narrowsPassRole: args.has('narrow-pass-role'),
          narrowsNot: args.has('narrow-not'),
        },
        log,
        progress,
      }),
    );
    const text = toTextOptions(args.value('color'), terminal);
    const format = args.value('format') ?? 'text';
    terminal.write(RENDERERS[format]?.(input, text) ?? '');
    if (format === 'patch' || format === 'terraform')
      for (const reason of input.notEdited) terminal.writeError(`trueline: not edited: ${reason}\n`);
    if (incompleteNote !== undefined) terminal.writeError(`trueline: ${incompleteNote}\n`);
    return exitCode;
  },
};

type Renderer = (input: RightSizeInput, text: ReturnType<typeof toTextOptions>) => string;

const RENDERERS: Readonly<Record<string, Renderer>> = {
  text: renderRightSize,
  json: renderRightSizeJson,
  policy: renderRightSizePolicies,
  terraform: renderRightSizeTerraform,
  patch: renderRightSizePatch,
};
