import { expect, test } from 'vitest';
import { iamActions } from '../../../src/schemas/iam-actions.js';
import { orchardWith, sizingOf, usageOf, use } from '../../support/right-size.js';

test('for want of room actions are named by their verbs, and none that was not used', () => {
  const names = [...(iamActions().actionsOf('ec2')?.values() ?? [])].map(({ name }) => name);
  const unused = new Set(['ec2:DescribeVpcs', 'ec2:CreateTags']);
  const Statement = { Sid: 'S', Effect: 'Allow', Action: 'ec2:*', Resource: '*' };
  const { policies, proof } = sizingOf(
    orchardWith({ work: { Version: '2012-10-17', Statement } }),
    usageOf(names.filter((name) => !unused.has(name)).map((name) => use(name))),
  );
  const written = policies.flatMap(({ statements }) => statements.flatMap(({ after }) => after));
  const patterns = written.flatMap(({ actions }) => actions);
  const isAllowed = (name: string) =>
    patterns.some((one) => one === name || (one.endsWith('*') && name.startsWith(one.slice(0, -1))));
  expect(names.filter((name) => !isAllowed(name)).sort()).toEqual([...unused].sort());
  expect(patterns.filter((one) => one.endsWith('*')).length).toBeGreaterThan(50);
  expect(patterns.filter((one) => /^ec2:(Delete|Describe)\*$/.test(one))).toEqual(['ec2:Delete*']);
  expect({ outcome: policies.map(({ outcome }) => outcome), isProven: proof !== null }).toEqual({
    outcome: ['narrowed'],
    isProven: true,
  });
});
