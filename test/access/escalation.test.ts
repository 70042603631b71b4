import { describe, expect, test } from 'vitest';
import { escalationsBy } from '../../src/access/escalation/escalations.js';
import { TECHNIQUES } from '../../src/access/escalation/techniques/index.js';
import type { EscalationPath } from '../../src/findings/escalation.js';
import { sourcesOfCode } from '../support/access-graph.js';
import { bakerWith, chief, ESCALATION_CASES, type EscalationCase } from '../support/escalation-cases.js';

/** The paths of the caller by one technique: `P08 → aws_iam_role.chief: certain`. */
function pathsOf(id: string, code: string): string[] {
  const techniques = TECHNIQUES.filter((one) => one.id === id);
  const { paths } = escalationsBy(techniques, sourcesOfCode({ 'main.tf': code }));
  return paths.filter(({ principal }) => principal.endsWith('.baker')).map(shown);
}

function shown({ hops, dependsOn }: EscalationPath): string {
  const [hop] = hops;
  const chosen = hop === undefined || hop.chosen.length === 0 ? '' : ` with ${hop.chosen.join(', ')}`;
  return `${hop?.technique} → ${hop?.to}: ${dependsOn.length === 0 ? 'certain' : dependsOn.join('; ')}${chosen}`;
}

const allow = (actions: readonly string[]) =>
  `{ Effect = "Allow", Action = ${JSON.stringify(actions)}, Resource = "*" }`;
const deny = (actions: string, more: string) => `{ Effect = "Deny", Action = "${actions}", ${more} }`;
const FENCE = `
resource "aws_iam_policy" "fence" {
  name   = "fence"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sqs:*", Resource = "*" }] })
}`;

function worldOf({ world, trusts }: EscalationCase): string {
  return world ?? chief(`Service = "${trusts}.amazonaws.com"`);
}

describe.each(ESCALATION_CASES.map((one) => [one.id, one] as const))('%s', (id, one) => {
  const { actions, dependsOn = [], to = 'aws_iam_role.chief', caller = 'user' } = one;
  const world = worldOf(one);
  const baker = (statements: readonly string[], more?: string) =>
    bakerWith({ kind: caller, statements, ...(more === undefined ? {} : { more }) });
  const found = `${id} → ${to}: ${dependsOn.length === 0 ? 'certain' : dependsOn.join('; ')}`;

  test('is found', () => {
    expect(pathsOf(id, `${baker([allow(actions)])}${world}`)).toEqual([found]);
  });

  test('needs each of its actions', () => {
    for (const gone of actions)
      expect([
        gone,
        pathsOf(id, `${baker([allow(['sqs:TagQueue', ...actions.filter((one) => one !== gone)])])}${world}`),
      ]).toEqual([gone, []]);
  });

  test.runIf(one.trusts !== undefined || one.without !== undefined)('needs what has to be there', () => {
    const without = one.without ?? chief('Service = "mill.amazonaws.com"');
    expect(pathsOf(id, `${baker([allow(actions)])}${without}`)).toEqual([]);
  });

  test('is closed by a Deny, by a condition that is not met, and by a boundary', () => {
    const [first = ''] = actions;
    expect(pathsOf(id, `${baker([allow(actions), deny(first, 'Resource = "*"')])}${world}`)).toEqual([]);
    const never = 'Condition = { Bool = { "aws:ViaAWSService" = "true" } }';
    expect(pathsOf(id, `${baker([allow(actions).replace(' }', `, ${never} }`)])}${world}`)).toEqual([]);
    expect(
      pathsOf(id, `${FENCE}${baker([allow(actions)], 'permissions_boundary = aws_iam_policy.fence.arn')}${world}`),
    ).toEqual([]);
  });

  test('is not hidden by a Deny that does not cover it', () => {
    const [first = ''] = actions;
    expect(pathsOf(id, `${baker([allow(actions), deny(first, 'Resource = "arn:aws:none:::other"')])}${world}`)).toEqual(
      [found],
    );
    const mfa = 'Resource = "*", Condition = { BoolIfExists = { "aws:MultiFactorAuthPresent" = "false" } }';
    expect(pathsOf(id, `${baker([allow(actions), deny(first, mfa)])}${world}`)).toEqual([
      `${found} with aws:multifactorauthpresent`,
    ]);
    const network = 'Resource = "*", Condition = { StringNotEquals = { "aws:SourceVpce" = "vpce-1" } }';
    const causes = [...new Set([...dependsOn, 'aws:SourceVpce'])].sort().join('; ');
    expect(pathsOf(id, `${baker([allow(actions), deny(first, network)])}${world}`)).toEqual([
      `${id} → ${to}: ${causes}`,
    ]);
  });
});
