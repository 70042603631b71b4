import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerQuestion } from '../../src/access/question.js';
import { type OrganizationFolder, openOrganization } from '../support/organization/open-organization.js';
import { ORGANIZATION_OF_GRANARY } from '../support/organization/organization.js';
import type { Question } from '../support/organization/types.js';

const { planted, decoys } = ORGANIZATION_OF_GRANARY;

let organization: OrganizationFolder;

beforeAll(async () => {
  organization = await openOrganization();
}, 60_000);

afterAll(() => organization.remove());

/** What `access can` says; what it depends on, or what is wrong with the question, where it does not decide. */
function outcomeOf({ principal, action, resource, context = {} }: Question): string {
  const answer = answerQuestion(
    {
      principal,
      action,
      resource,
      context: new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value === '' ? [] : [value]])),
      account: undefined,
      isExact: true,
    },
    organization.sources,
  );
  if ('problem' in answer) return answer.problem;
  return answer.outcome === 'depends' ? `depends on ${answer.dependsOn.join(', ')}` : answer.outcome;
}

function shown({ principal, action, resource }: Question): string {
  return `${principal} ${action} ${resource}`;
}

describe('what an escalation takes is allowed', () => {
  const questions = planted.flatMap((one) => (one.kind === 'escalation' ? one.requires : []));
  test.each(questions.map((question) => [shown(question), question] as const))('%s', (_, question) => {
    // The resource need not be there yet; one that is may have a policy that no snapshot has.
    expect(outcomeOf(question)).toBeOneOf(['allowed', `depends on policy of ${question.resource} (outside-input)`]);
  });
});

describe('what closes a decoy denies', () => {
  const questions = decoys.flatMap((one) => ('denied' in one && one.denied !== undefined ? [one.denied] : []));
  test.each(questions.map((question) => [shown(question), question] as const))('%s', (_, question) => {
    expect(outcomeOf(question)).toMatch(/^(explicit|implicit)-deny$/);
  });
});
