import { setTimeout } from 'node:timers/promises';
import { UsageError } from '../../project.js';
import { type SnapshotGapGroup, snapshotAws, snapshotPolicy } from '../../snapshot.js';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import type { Terminal } from '../terminal.js';

export const snapshotOfAws: Command = {
  name: 'snapshot aws',
  usage: 'snapshot aws --output DIR',
  summary: 'Read an AWS account into a folder',
  details: `Only reads: --print-policy shows the permissions that it uses. What could not be read is in the folder as
well, and the exit code is 3. Credentials and region are those of the AWS CLI.`,
  isListed: true,
  flags: {
    output: {
      kind: 'value',
      argument: 'DIR',
      description: 'The folder to write; a snapshot in it is replaced at the end',
    },
    profile: { kind: 'value', argument: 'NAME', description: 'A profile of the AWS CLI' },
    region: {
      kind: 'values',
      argument: 'REGION',
      description: 'Only these regions, and what has none; all that the account uses by default; repeatable',
    },
    only: { kind: 'values', argument: 'SERVICE', description: 'Only these services: s3, ec2; repeatable' },
    skip: { kind: 'values', argument: 'SERVICE', description: 'All but these services; repeatable' },
    deep: {
      kind: 'switch',
      description:
        'Ask for what takes calls for each resource: user data, who shares in snapshots, what each principal has used',
    },
    'role-arn': { kind: 'value', argument: 'ARN', description: 'Take on this role, of another account for example' },
    'external-id': { kind: 'value', argument: 'ID', description: "What the role's owner asks for" },
    resume: { kind: 'switch', description: 'Go on with a snapshot that was not finished' },
    'print-policy': { kind: 'switch', description: 'Show the least IAM policy for it, and read nothing' },
  },
  run: async (args, terminal) => {
    if (args.positionals.length > 0) throw new UsageError('"snapshot aws" takes no PATH: use --output DIR.');
    const selection = { only: args.list('only'), skip: args.list('skip'), isDeep: args.has('deep') };
    if (args.has('print-policy')) {
      terminal.write(snapshotPolicy(selection));
      return 0;
    }
    return collect(args, terminal, selection);
  },
};

async function collect(
  args: Arguments,
  terminal: Terminal,
  selection: { readonly only: readonly string[]; readonly skip: readonly string[]; readonly isDeep: boolean },
): Promise<number> {
  const output = args.value('output');
  if (output === undefined) throw new UsageError('"snapshot aws" needs a folder to write: --output DIR.');
  if (args.isGiven('external-id') && !args.isGiven('role-arn'))
    throw new UsageError('"--external-id" needs --role-arn.');
  const result = await snapshotAws({
    ...selection,
    workingDirectory: terminal.workingDirectory,
    output,
    regions: args.list('region'),
    access: {
      profile: args.value('profile'),
      roleArn: args.value('role-arn'),
      externalId: args.value('external-id'),
      region: args.list('region')[0],
    },
    isResumed: args.has('resume'),
    environment: terminal.environment,
    version: TRUELINE_VERSION,
    clock: { now: Date.now, sleep: (ms) => setTimeout(ms) },
    random: Math.random,
  });
  if (result.stoppedBy !== undefined) {
    terminal.writeError(`trueline: not finished, go on with --resume: ${result.stoppedBy}\n`);
    return result.exitCode;
  }
  const { account, records, regions, gaps } = result;
  terminal.write(
    `wrote ${output}: ${records} resource${records === 1 ? '' : 's'} of ${account} in ${regions} region${regions === 1 ? '' : 's'}\n`,
  );
  for (const gap of gaps) terminal.write(`${renderGap(gap)}\n`);
  return result.exitCode;
}

function renderGap({ operation, state, permission, code, regions, items }: SnapshotGapGroup): string {
  const where = regions.length > 3 ? `${regions.length} regions` : regions.join(', ');
  const why =
    state === 'denied' ? `denied, needs ${permission ?? 'a permission'}` : `${state} (${code ?? 'no reason'})`;
  return `gap   ${operation} in ${where}: ${why}${items === 0 ? '' : `; ${items} resource${items === 1 ? '' : 's'}`}`;
}
