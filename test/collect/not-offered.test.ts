import { describe, expect, test } from 'vitest';
import type { Answer, Call } from '../../src/collect/aws/ask.js';
import { collectType } from '../../src/collect/aws/collect-type.js';
import { COLLECTORS } from '../../src/collect/aws/collectors.js';
import { placeOf } from '../../src/collect/aws/listing.js';
import { collectServices, KEY } from './collect-service.js';
import { errorOf, type Fault, fakeAws, fakeWorld } from './fake-aws.js';

/** Regions of the account: at home, another one, and one that has not everything. */
const REGIONS = ['eu-central-1', 'eu-south-2', 'mx-central-1'];

const SMALL = 'mx-central-1';

function noHost(host: string): Answer {
  return { kind: 'error', code: 'ENOTFOUND', message: `getaddrinfo ENOTFOUND ${host}`, status: undefined };
}

/** How listing domains ends in each region, and which calls were made to find out. */
async function listDomains(fault: Fault) {
  const asked: string[] = [];
  const { records, ledger } = await collectServices(['opensearch'], (call, nth) => {
    if (call.operation === 'DescribeRegions')
      return {
        kind: 'answer',
        output: { Regions: REGIONS.map((RegionName) => ({ RegionName, OptInStatus: 'opted-in' })) },
      };
    if (call.client === 'sts') asked.push(`${call.operation} ${call.region}`);
    return fault(call, nth);
  });
  const lines = ledger.filter(({ operation, parent }) => operation.startsWith('opensearch:') && parent === null);
  const states = REGIONS.map((name) => {
    const here = lines.filter(({ region }) => region === name);
    return [...new Set(here.map(({ state }) => state))].join(' ');
  });
  return { states, asked, records: records.filter(({ region }) => region === SMALL).length };
}

const isDomains = ({ client, region }: Call, where = SMALL) => client === 'opensearch' && region === where;

const IDENTITY: Answer = { kind: 'answer', output: { Account: '123456789012' } };

test('a service is not in a region where its name does not exist, and the region and the service are reached', async () => {
  const found = await listDomains((call) => {
    if (call.client === 'sts') return IDENTITY;
    return isDomains(call) ? noHost(`es.${SMALL}.amazonaws.com`) : undefined;
  });
  expect(found).toEqual({
    states: ['collected', 'collected', 'unsupported-here'],
    asked: [`GetCallerIdentity ${SMALL}`],
    records: 0,
  });
});

test('to be denied elsewhere is to be reached', async () => {
  const { states } = await listDomains((call) => {
    if (call.client === 'sts') return IDENTITY;
    if (isDomains(call)) return noHost(`es.${SMALL}.api.aws`);
    return call.client === 'opensearch' ? errorOf('AccessDeniedException', 403) : undefined;
  });
  expect(states).toEqual(['denied', 'denied', 'unsupported-here']);
});

describe('a service that cannot be reached has failed', () => {
  const failed = async (fault: Fault) => (await listDomains(fault)).states.at(-1);

  const lost = (code: string, message: string): Answer => ({ kind: 'error', code, message, status: undefined });

  test.each([
    ['names cannot be looked up', lost('EAI_AGAIN', `getaddrinfo EAI_AGAIN es.${SMALL}.amazonaws.com`)],
    ['there is no answer in time', lost('TimeoutError', 'There was no answer within 60 s.')],
    ['the connection is reset', lost('ECONNRESET', 'read ECONNRESET')],
    ['the name is one that somebody configured', noHost('search.orchard.example')],
    ['the name is that of an endpoint of a network', noHost(`vpce-0a.es.${SMALL}.vpce.amazonaws.com`)],
    ['the name is that of another region', noHost('es.eu-south-2.amazonaws.com')],
  ])('where %s', async (_, answer) => {
    expect(await failed((call) => (call.client === 'sts' ? IDENTITY : isDomains(call) ? answer : undefined))).toBe(
      'failed',
    );
  });

  test('where the region is not reached either', async () => {
    const found = await listDomains((call) => {
      if (call.client === 'sts') return noHost(`sts.${SMALL}.amazonaws.com`);
      return isDomains(call) ? noHost(`es.${SMALL}.amazonaws.com`) : undefined;
    });
    expect(found.states).toEqual(['collected', 'collected', 'failed']);
  });

  test('where no region has the service: it is barred from here', async () => {
    const found = await listDomains((call) => {
      if (call.client === 'sts') return IDENTITY;
      return call.client === 'opensearch' ? noHost(`es.${call.region}.amazonaws.com`) : undefined;
    });
    expect(found.states).toEqual(['failed', 'failed', 'failed']);
  });

  test('where the name exists a moment later', async () => {
    let tries = 0;
    const state = await failed((call) => {
      if (call.client === 'sts') return IDENTITY;
      if (!isDomains(call) || call.operation !== 'ListDomainNames') return undefined;
      tries++;
      return tries <= 4 ? noHost(`es.${SMALL}.amazonaws.com`) : undefined;
    });
    expect({ state, tries }).toEqual({ state: 'failed', tries: 5 });
  });

  test('where it fails in another way a moment later', async () => {
    let tries = 0;
    const state = await failed((call) => {
      if (call.client === 'sts') return IDENTITY;
      if (!isDomains(call)) return undefined;
      tries++;
      return tries <= 4 ? noHost(`es.${SMALL}.amazonaws.com`) : lost('ECONNREFUSED', 'connect ECONNREFUSED');
    });
    expect({ state, tries }).toEqual({ state: 'failed', tries: 8 });
  });

  test('where only an item of it is not: the list was answered there', async () => {
    const { states, asked, records } = await listDomains((call) => {
      if (call.client === 'sts') return IDENTITY;
      return isDomains(call) && call.operation === 'DescribeDomain' ? noHost(`es.${SMALL}.amazonaws.com`) : undefined;
    });
    expect({ state: states.at(-1), asked, records }).toEqual({ state: 'collected failed', asked: [], records: 2 });
  });

  test('where a page of its list is not: there are others', async () => {
    const { ledger } = await collectServices(['efs'], (call) =>
      call.operation === 'DescribeFileSystems' && call.input['Marker'] !== undefined
        ? noHost(`elasticfilesystem.${call.region}.amazonaws.com`)
        : undefined,
    );
    const line = ledger.find(
      ({ operation, region }) => operation === 'efs:DescribeFileSystems' && region === 'eu-central-1',
    );
    expect(line?.state).toBe('truncated');
  });
});

test('what is listed below a service that is not there is not there either', async () => {
  const { ledger } = await collectServices(['sso'], (call) => {
    if (call.operation === 'DescribeRegions')
      return {
        kind: 'answer',
        output: { Regions: REGIONS.map((RegionName) => ({ RegionName, OptInStatus: 'opted-in' })) },
      };
    if (call.client === 'sts') return IDENTITY;
    return call.client === 'ssoadmin' && call.region === SMALL ? noHost(`sso.${SMALL}.amazonaws.com`) : undefined;
  });
  const states = ledger.filter(({ region }) => region === SMALL).map(({ operation, state }) => [operation, state]);
  expect(new Set(states.map(([, state]) => state))).toEqual(new Set(['unsupported-here']));
});

test('of a partition that a service is not in nothing is asked', async () => {
  const collector = COLLECTORS.find(({ type }) => type === 'AWS::CloudFront::Distribution');
  if (collector === undefined) throw new Error('Distributions are not collected.');
  const endings = async (partition: string) => {
    const { client, calls } = fakeAws();
    const scope = { partition, account: '123456789012', region: 'global', home: 'us-gov-west-1' };
    const { records, ledger } = await collectType(collector, placeOf(fakeWorld(client), scope), {
      regions: [],
      key: KEY,
    });
    return [records.length, [...new Set(ledger.map(({ state }) => state))].join(' '), calls.length];
  };
  expect([await endings('aws-us-gov'), await endings('aws')]).toEqual([
    [0, 'unsupported-here', 0],
    [2, 'collected', 6],
  ]);
});
