import { explainPolicy } from '../../list-policies.js';
import { UsageError } from '../../project.js';
import { renderExplain } from '../../report/policies.js';
import type { Command } from '../command.js';
import { OUTPUT_FLAGS, PROJECT_FLAGS } from '../flags.js';
import { toTextOptions } from '../terminal.js';

export const explain: Command = {
  name: 'explain',
  usage: 'explain ID',
  summary: 'What a policy checks, why, and how to fix it',
  details: 'ID is an id, or what another scanner calls it: trueline explain CKV_AWS_21',
  isListed: true,
  flags: {
    examples: { kind: 'switch', description: 'With a failing and a passing example, and references' },
    'policy-dir': { kind: 'values', argument: 'DIR', description: 'Policies of your own; repeatable' },
    ...PROJECT_FLAGS,
    ...OUTPUT_FLAGS,
  },
  run: (args, terminal) => {
    const [id, ...more] = args.positionals;
    if (id === undefined || more.length > 0)
      throw new UsageError('"explain" takes one policy: trueline explain ID. All: trueline policies list');
    const { policy, languages } = explainPolicy(
      {
        workingDirectory: terminal.workingDirectory,
        paths: [],
        config: args.value('config'),
        noConfig: args.has('no-config'),
        policyDirs: args.list('policy-dir'),
      },
      id,
    );
    terminal.write(
      renderExplain(
        { policy, languages, sets: policy.isByDefault ? ['default'] : [], withExamples: args.has('examples') },
        toTextOptions(args.value('color'), terminal),
      ),
    );
    return 0;
  },
};
