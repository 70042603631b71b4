import { describe, expect, test } from 'vitest';
import { REQUEST_TRAITS } from '../../src/model/usage.js';
import { apiOperations } from '../../src/schemas/api-operations.js';
import { actionsOfEvent, eventRules, operationName } from '../../src/schemas/event-actions.js';
import { iamActions } from '../../src/schemas/iam-actions.js';

const catalogue = iamActions();
const isKnown = (action: string) => {
  const [service = '', name = ''] = action.split(':');
  return catalogue.actionsOf(service)?.get(name.toLowerCase())?.name === action;
};

describe('the table of events', () => {
  const rules = eventRules();
  test('names actions that the catalogue has, as it writes them', () => {
    const named = rules.flatMap(({ actions }) =>
      actions.kind !== 'actions'
        ? []
        : [
            ...actions.needed,
            ...Object.values(actions.instead),
            ...Object.values(actions.also),
            actions.perhaps,
          ].flat(),
    );
    expect(named.length).toBeGreaterThan(250);
    expect([...new Set(named)].filter((action) => !isKnown(action))).toEqual([]);
  });

  test('has a page of the documentation for each event, and each event once', () => {
    const unsourced = rules.filter(
      ({ actions }) =>
        actions.kind === 'unmapped' ||
        actions.source === undefined ||
        !actions.source.url.startsWith('https://docs.aws.amazon.com/') ||
        actions.source.title === '',
    );
    expect(unsourced).toEqual([]);
    const names = rules.map(({ service, event }) => `${service} ${event}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('decides by parameters that are read of requests', () => {
    const traits = rules.flatMap(({ actions }) =>
      actions.kind === 'actions' ? [...Object.keys(actions.instead), ...Object.keys(actions.also)] : [],
    );
    expect([...new Set(traits)].filter((trait) => !REQUEST_TRAITS.some((one) => one === trait))).toEqual([]);
  });
});

describe('operations of the API models', () => {
  const { isWithoutOperation, dependentsOf, gatewayVerbsOf } = apiOperations();
  test.each([
    ['s3', 'ReplicateObject', true],
    ['s3', 'GetObject', false],
    ['elasticfilesystem', 'ClientMount', true],
    ['iam', 'PassRole', true],
    ['cloudwatch', 'PutMetricAlarm', false],
    ['s3', 'CreateAccessPoint', false],
  ])('%s has %s: %s', (service, action, expected) => {
    expect(isWithoutOperation(service, action)).toBe(expected);
  });

  test('say what is checked beside an action', () => {
    expect(dependentsOf('lambda:CreateFunction')).toContain('iam:PassRole');
    expect(dependentsOf('iam:ListUsers')).toEqual([]);
  });

  test('give the verbs of API Gateway', () => {
    expect(gatewayVerbsOf('CreateRestApi')).toEqual(['POST']);
    expect(gatewayVerbsOf('TagResource')).toEqual(['POST', 'PUT']);
  });
});

describe('names of events', () => {
  test.each([
    ['lambda', 'GetFunction20150331v2', 'GetFunction'],
    ['lambda', 'TagResource20170331v2', 'TagResource'],
    ['cloudfront', 'UpdateDistribution2020_05_31', 'UpdateDistribution'],
    ['s3', 'GetObject', 'GetObject'],
    ['ec2', 'CreateThing20150331', 'CreateThing20150331'],
  ])('%s: %s is %s', (service, event, expected) => {
    expect(operationName(service, event)).toBe(expected);
  });

  test('that two services have stand for one of both', () => {
    const found = actionsOfEvent('autoscaling.amazonaws.com', 'PutScalingPolicy');
    expect(found.kind === 'actions' && found.needed).toEqual([
      ['autoscaling:PutScalingPolicy', 'application-autoscaling:PutScalingPolicy'],
    ]);
  });
});
