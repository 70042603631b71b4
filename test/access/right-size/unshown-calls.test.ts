import { expect, test } from 'vitest';
import { toUsage } from '../../../src/access/usage/to-usage.js';
import { countEventTexts } from '../../../src/collect/audit-logs/read-audit-logs.js';
import { event, session } from '../../support/log-folder.js';
import { linesOf, orchardWith, ROLE, sizingOf, usageOf, use } from '../../support/right-size.js';

const TABLE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';

function sizedBy(given: Readonly<Record<string, unknown>>) {
  const { events } = countEventTexts([
    JSON.stringify(
      event({
        userIdentity: session('press', 'run-7'),
        eventSource: 'dynamodb.amazonaws.com',
        eventName: 'Query',
        managementEvent: false,
        eventCategory: 'Data',
        ...given,
      }),
    ),
  ]);
  const log = { events, coverage: [], gaps: [] };
  const { uses } = toUsage(log, { principals: new Map(), trails: new Map(), regions: new Map() });
  const Statement = { Sid: 'S', Effect: 'Allow', Action: ['dynamodb:Query', 'dynamodb:Scan'], Resource: `${TABLE}*` };
  const sources = orchardWith({ work: { Version: '2012-10-17', Statement } });
  const { policies, proof } = sizingOf(sources, usageOf(uses.map((one) => ({ ...one, principal: ROLE }))));
  return { resources: uses.map(({ resource }) => resource), lines: policies.map(linesOf), isProven: proof !== null };
}

const requestParameters = { tableName: 'orders', indexName: 'by-day' };

test('an event of an index that names the table among its resources keeps the index', () => {
  const resources = [{ accountId: '111122223333', type: 'AWS::DynamoDB::Table', ARN: TABLE }];
  expect(sizedBy({ requestParameters, resources })).toEqual({
    resources: [TABLE],
    lines: [[`+ S: dynamodb:Query on ${TABLE}, ${TABLE}/index/*`]],
    isProven: true,
  });
});

test('an event of a function keeps its aliases where they are allowed', () => {
  const FUNCTION = 'arn:aws:lambda:eu-west-1:123456789012:function:knead';
  const sized = (Resource: string | readonly string[]) => {
    const Statement = { Sid: 'S', Effect: 'Allow', Action: ['lambda:InvokeFunction', 'lambda:GetFunction'], Resource };
    const sources = orchardWith({ work: { Version: '2012-10-17', Statement } });
    return sizingOf(sources, usageOf([use(`lambda:InvokeFunction ${FUNCTION}`)])).policies.map(linesOf);
  };
  expect(sized('*')).toEqual([[`+ S: lambda:InvokeFunction on ${FUNCTION}, ${FUNCTION}:*`]]);
  expect(sized([`${FUNCTION}:live`, 'arn:aws:lambda:eu-west-1:123456789012:function:bake:*'])).toEqual([
    [`+ S: lambda:InvokeFunction on ${FUNCTION}:live`],
  ]);
});

test('an event of an index that names no resource keeps all that was allowed', () => {
  expect(sizedBy({ requestParameters })).toEqual({
    resources: [undefined],
    lines: [[`+ S: dynamodb:Query on ${TABLE}*`]],
    isProven: true,
  });
});
