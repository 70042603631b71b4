import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { explainPolicy, listPolicies, testPolicies } from '../../list-policies.js';
import { newPolicy } from '../../new-policy.js';
import { UsageError } from '../../project.js';
import { renderExplain, renderPolicyList, renderPolicyListJson } from '../../report/policies.js';
import { type Diagnostic, severityOf } from '../../source/diagnostic.js';
import type { Command } from '../command.js';
import { FORMAT_FLAGS, OUTPUT_FLAGS, POLICY_FLAGS, PROJECT_FLAGS } from '../flags.js';
import { type Terminal, toTextOptions } from '../terminal.js';

function writeLoadErrors(diagnostics: readonly Diagnostic[], terminal: Terminal): void {
  for (const { message, range } of diagnostics)
    terminal.writeError(`error: ${range === undefined ? '' : `${range.file.path}: `}${message}\n`);
}

export const policiesList: Command = {
  name: 'policies list',
  usage: 'policies list',
  summary: 'List the policies',
  isListed: true,
  flags: {
    ...POLICY_FLAGS,
    ...FORMAT_FLAGS,
    ...PROJECT_FLAGS,
    ...OUTPUT_FLAGS,
  },
  run: (args, terminal) => {
    const listing = listPolicies({
      workingDirectory: terminal.workingDirectory,
      paths: [],
      config: args.value('config'),
      noConfig: args.has('no-config'),
      policies: args.list('policy'),
      skipPolicies: args.list('skip-policy'),
      policyDirs: args.list('policy-dir'),
      frameworks: args.list('framework'),
      policySets: args.list('set'),
    });
    terminal.write(
      args.value('format') === 'json'
        ? renderPolicyListJson(listing)
        : renderPolicyList(listing, toTextOptions(args.value('color'), terminal)),
    );
    const errors = listing.diagnostics.filter(({ code }) => severityOf(code) === 'error');
    writeLoadErrors(errors, terminal);
    return errors.length > 0 ? 3 : 0;
  },
};

export const policiesShow: Command = {
  name: 'policies show',
  usage: 'policies show ID',
  summary: 'Show a policy whole, with its examples',
  isListed: false,
  flags: {
    'policy-dir': { kind: 'values', argument: 'DIR', description: 'Policies of your own; repeatable' },
    ...PROJECT_FLAGS,
    ...OUTPUT_FLAGS,
  },
  run: (args, terminal) => {
    const [id] = args.positionals;
    if (id === undefined) throw new UsageError('"policies show" takes one policy. All: trueline policies list');
    const { policy, languages } = explainPolicy(
      {
        workingDirectory: terminal.workingDirectory,
        paths: [],
        config: args.value('config'),
        policyDirs: args.list('policy-dir'),
      },
      id,
    );
    terminal.write(
      renderExplain(
        { policy, languages, sets: policy.isByDefault ? ['default'] : [], withExamples: true },
        toTextOptions(args.value('color'), terminal),
      ),
    );
    return 0;
  },
};

export const policiesTest: Command = {
  name: 'policies test',
  usage: 'policies test DIR...',
  summary: 'Judge policies by their own examples',
  isListed: false,
  flags: { ...PROJECT_FLAGS },
  run: (args, terminal) => {
    if (args.positionals.length === 0)
      throw new UsageError('"policies test" takes a folder: trueline policies test DIR');
    const { tests, diagnostics } = testPolicies(
      { workingDirectory: terminal.workingDirectory, paths: [], noConfig: args.has('no-config') },
      args.positionals,
    );
    writeLoadErrors(diagnostics, terminal);
    for (const { policy, problems } of tests) {
      terminal.write(`${problems.length === 0 ? 'pass' : 'fail'}  ${policy}\n`);
      for (const { path, line, message } of problems)
        terminal.write(`      ${path}${line === undefined ? '' : `:${line}`}: ${message}\n`);
    }
    const failed = tests.filter(({ problems }) => problems.length > 0).length;
    terminal.write(`${tests.length - failed} of ${tests.length} policies hold to their examples\n`);
    return failed > 0 || diagnostics.length > 0 ? 1 : 0;
  },
};

export const policiesNew: Command = {
  name: 'policies new',
  usage: 'policies new PROVIDER SERVICE NAME',
  summary: 'Draft a policy with examples',
  isListed: false,
  flags: { dir: { kind: 'value', argument: 'DIR', description: 'Where policies live (default policies)' } },
  run: (args, terminal) => {
    const { files } = newPolicy(args.positionals, args.value('dir') ?? 'policies');
    const present = files.find(({ path }) => existsSync(resolve(terminal.workingDirectory, path)));
    if (present !== undefined) throw new UsageError(`"${present.path}" exists and is not overwritten.`);
    for (const { path, text } of files) {
      terminal.writeFile(path, text);
      terminal.write(`wrote  ${path}\n`);
    }
    return 0;
  },
};
