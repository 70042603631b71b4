import { setTimeout } from 'node:timers/promises';
import { UsageError } from '../../project.js';
import {
  type AccountSelection,
  type AccountsProgress,
  type SnapshotGapGroup,
  type SnapshotResult,
  snapshotAws,
  snapshotPolicy,
} from '../../snapshot.js';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { progressLine } from '../progress.js';
import type { Terminal } from '../terminal.js';

export const snapshotOfAws: Command = {
  name: 'snapshot aws',
  usage: 'snapshot aws --output DIR',
  summary: 'Read AWS accounts into a folder',
  details: `Only reads: --print-policy shows the permissions that it uses. What could not be read is in the folder as
well, and the exit code is 3. Credentials and region are those of the AWS CLI. Many accounts are read by a role in
each of them: --organization --role-name NAME, or --accounts-file FILE. An account whose role cannot be taken on is
a gap; the others are read. Ctrl-C leaves what was read: --resume goes on with it.`,
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
    'external-id': { kind: 'value', argument: 'ID', description: 'What the owner of the role, or roles, asks for' },
    organization: {
      kind: 'switch',
      description: 'All active accounts of the organization, as its management account or a delegated administrator',
    },
    'accounts-file': {
      kind: 'value',
      argument: 'FILE',
      description: 'These accounts: an id or the ARN of a role a line, or a JSON list of them',
    },
    'role-name': { kind: 'value', argument: 'NAME', description: 'The role to take on in each of the accounts' },
    'quota-share': {
      kind: 'value',
      argument: 'SHARE',
      description: 'Of what the services grant, use this much (default 0.25, at most 1)',
    },
    resume: { kind: 'switch', description: 'Go on with a snapshot that was not finished' },
    'retry-denied': { kind: 'switch', description: 'With --resume: ask again for what was denied' },
    'resume-anyway': { kind: 'switch', description: 'With --resume: also where it was begun more than a day ago' },
    quiet: { kind: 'switch', short: 'q', description: 'Errors and gaps, nothing else' },
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
  const accounts = toAccounts(args);
  checkTogether(args, accounts);
  const line = progressLine(args, terminal);
  const interruption = new AbortController();
  const onInterrupt = () => interruption.abort();
  process.once('SIGINT', onInterrupt);
  let result: SnapshotResult;
  try {
    result = await snapshotAws({
      ...selection,
      workingDirectory: terminal.workingDirectory,
      output,
      regions: args.list('region'),
      access: {
        profile: args.value('profile'),
        roleArn: args.value('role-arn'),
        externalId: accounts === undefined ? args.value('external-id') : undefined,
        region: args.list('region')[0],
      },
      accounts,
      accountsExternalId: args.value('external-id'),
      quotaShare: toShare(args.value('quota-share')),
      isResumed: args.has('resume'),
      retryDenied: args.has('retry-denied'),
      resumeAnyway: args.has('resume-anyway'),
      environment: terminal.environment,
      version: TRUELINE_VERSION,
      clock: { now: Date.now, sleep: (ms) => setTimeout(ms) },
      random: Math.random,
      progress: line && ((progress) => line.draw(() => renderProgress(progress))),
      interruption: interruption.signal,
    });
  } finally {
    process.removeListener('SIGINT', onInterrupt);
    line?.erase();
  }
  return report(result, { output, terminal, isQuiet: args.has('quiet') });
}

function toAccounts(args: Arguments): AccountSelection | undefined {
  const roleName = args.value('role-name');
  const path = args.value('accounts-file');
  if (args.has('organization') && path !== undefined)
    throw new UsageError('"--organization" and "--accounts-file" both say which accounts: use one of them.');
  if (roleName !== undefined && !/^[\w+=,.@/-]{1,512}$/.test(roleName))
    throw new UsageError(`"--role-name ${roleName}" is not the name of a role.`);
  if (path !== undefined) return { kind: 'file', path, roleName };
  if (args.has('organization')) {
    if (roleName === undefined) throw new UsageError('"--organization" needs the role to take on: --role-name NAME.');
    return { kind: 'organization', roleName };
  }
  if (roleName !== undefined) throw new UsageError('"--role-name" needs --organization or --accounts-file.');
  return undefined;
}

function checkTogether(args: Arguments, accounts: AccountSelection | undefined): void {
  if (args.isGiven('external-id') && !args.isGiven('role-arn') && accounts === undefined)
    throw new UsageError('"--external-id" needs --role-arn, --organization or --accounts-file.');
  for (const flag of ['retry-denied', 'resume-anyway']) {
    if (args.has(flag) && !args.has('resume')) throw new UsageError(`"--${flag}" needs --resume.`);
  }
}

function toShare(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const share = /^\d*\.?\d+$/.test(text) ? Number(text) : 0;
  if (!(share > 0 && share <= 1))
    throw new UsageError(`"--quota-share ${text}" is not a share: a number above 0, and at most 1.`);
  return share;
}

function renderProgress({ accounts, closed, units, calls }: AccountsProgress): string {
  const of = accounts === 1 ? '' : `${closed}/${accounts} accounts, `;
  return `reading ${of}${units} part${units === 1 ? '' : 's'} done, ${calls} calls`;
}

function report(
  result: SnapshotResult,
  { output, terminal, isQuiet }: { readonly output: string; readonly terminal: Terminal; readonly isQuiet: boolean },
): number {
  const { accounts, records, regions, gaps, inactive } = result;
  if (result.stoppedBy !== undefined) {
    const why = result.exitCode === 130 ? 'interrupted' : result.stoppedBy;
    terminal.writeError(`trueline: not finished, go on with --resume: ${why}\n`);
    return result.exitCode;
  }
  const read = accounts.filter(({ status }) => status !== 'unreachable');
  const [only] = accounts;
  const of =
    accounts.length === 1 && only !== undefined ? only.id : `${read.length} of ${count(accounts.length, 'account')}`;
  if (!isQuiet)
    terminal.write(`wrote ${output}: ${count(records, 'resource')} of ${of} in ${count(regions, 'region')}\n`);
  if (inactive.length > 0) terminal.write(`not read: ${some(inactive, 3, 'accounts')}, not active\n`);
  for (const gap of gaps) terminal.write(`${renderGap(gap, accounts.length > 1)}\n`);
  if (records === 0 && gaps.length > 0 && gaps.every(({ state }) => state === 'denied'))
    terminal.write('everything was denied: does the role have what "trueline snapshot aws --print-policy" shows?\n');
  return result.exitCode;
}

function renderGap(gap: SnapshotGapGroup, isOfMany: boolean): string {
  const { operation, state, permission, code, message, accounts, regions, items } = gap;
  const whose = isOfMany ? ` of ${some(accounts, 3, 'accounts')}` : '';
  if (state === 'unreachable') return `gap   ${operation}${whose}: not reached (${code ?? ''}: ${message ?? ''})`;
  const why =
    state === 'denied' ? `denied, needs ${permission ?? 'a permission'}` : `${state} (${code ?? 'no reason'})`;
  const resources = items === 0 ? '' : `; ${count(items, 'resource')}`;
  return `gap   ${operation}${whose} in ${some(regions, 3, 'regions')}: ${why}${resources}`;
}

function some(names: readonly string[], most: number, what: string): string {
  return names.length > most ? `${names.length} ${what}` : names.join(', ');
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
