import type { WireAnswer } from './wire.js';

/** Accounts a page, as the service gives them. */
const PAGE = 20;

/** The number of an account of the fake's organization. */
export function memberAccount(index: number): string {
  return String(100_000_000_000 + index);
}

/** What Organizations says of an organization of so many accounts; undefined for what is asked of another service. */
export function answerOrganizations(target: unknown, body: string, accounts: number): WireAnswer | undefined {
  const [service, operation] = String(target).split('.');
  if (service !== 'AWSOrganizationsV20161128') return undefined;
  const json = (status: number, value: object) => ({ status, type: 'application/json', body: JSON.stringify(value) });
  if (operation === 'DescribeOrganization') {
    return json(200, { Organization: { Id: 'o-orchard', MasterAccountId: memberAccount(0), FeatureSet: 'ALL' } });
  }
  if (operation !== 'ListAccounts') return json(400, { __type: 'UnknownOperationException', message: operation });
  const { NextToken = '0', MaxResults = PAGE }: { NextToken?: string; MaxResults?: number } = JSON.parse(body);
  const from = Number(NextToken);
  const until = Math.min(accounts, from + Math.min(PAGE, MaxResults));
  const listed = Array.from({ length: until - from }, (_, index) => {
    const Id = memberAccount(from + index);
    const Arn = `arn:aws:organizations::${memberAccount(0)}:account/o-orchard/${Id}`;
    return { Id, Arn, Name: `orchard-${from + index}`, Email: `${Id}@example.com`, Status: 'ACTIVE' };
  });
  return json(200, { Accounts: listed, ...(until < accounts ? { NextToken: String(until) } : {}) });
}
