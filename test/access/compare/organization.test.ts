import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareGraphs } from '../../../src/access/compare/compare-graphs.js';
import type { AccessSources } from '../../../src/access/stated-world.js';
import { type OrganizationFolder, openOrganization } from '../../support/organization/open-organization.js';

let organization: OrganizationFolder;

beforeAll(async () => {
  organization = await openOrganization();
}, 120_000);

afterAll(() => organization.remove());

const nameOf = (resource: { readonly values: { readonly entries: ReadonlyMap<string, unknown> } }) => {
  const value = resource.values.entries.get('Name') as { readonly value?: unknown } | undefined;
  return String(value?.value);
};

/** The sources without the control policies of a name. */
function without(name: string): AccessSources {
  const { graph } = organization.sources;
  const left = [...graph.resources].filter(
    ([, resource]) => resource.type !== 'AWS::Organizations::Policy' || nameOf(resource) !== name,
  );
  return { ...organization.sources, graph: { ...graph, resources: new Map(left) } };
}

/** What principals newly may, by what the witness says. */
function newActions(before: AccessSources, after: AccessSources) {
  const answers = compareGraphs(before, after).filter(({ kind, outcome }) => kind === 'principal' && outcome === 'yes');
  const accounts = new Set(answers.map(({ subject }) => subject.split(':')[4]));
  return {
    actions: [...new Set(answers.map(({ witness }) => witness?.action))].sort(),
    accounts: [...accounts].sort(),
    count: answers.length,
  };
}

const NOTHING = { actions: [], accounts: [], count: 0 };

test('a service control policy that is gone is new access for those below it', () => {
  const { sources } = organization;
  expect(newActions(sources, without('keep-trails'))).toMatchInlineSnapshot(`
    {
      "accounts": [
        "222233334444",
        "333344445555",
      ],
      "actions": [
        "cloudtrail:DeleteTrail",
      ],
      "count": 24,
    }
  `);
  expect(newActions(sources, without('development-fence'))).toMatchInlineSnapshot(`
    {
      "accounts": [
        "333344445555",
      ],
      "actions": [
        "codebuild:CreateProject",
        "datapipeline:ActivatePipeline",
        "ecs:CreateCluster",
        "glue:CreateJob",
        "glue:GetDatabase",
        "iam:CreateAccessKey",
      ],
      "count": 28,
    }
  `);
  expect(newActions(without('keep-trails'), sources)).toEqual(NOTHING);
});

test('where not all of the control policies were seen, they close nothing', () => {
  expect(newActions(organization.sources, without('FullAWSAccess'))).toEqual(NOTHING);
});
