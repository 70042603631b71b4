import { ATHENA_ACTIONS, athenaQuery, athenaUsage } from './athena-usage.js';
import { LOOKUP_ACTIONS, lookUpUsage } from './lookup-usage.js';

export type { AthenaProgress } from './athena-usage.js';
export type { CloudUsage, CloudUsageOptions, LookupProgress } from './lookup-usage.js';
export { athenaQuery, athenaUsage, lookUpUsage };

/** The least IAM policy for a way of reading usage, as JSON. */
export function usagePolicy(from: 'lookup-events' | 'athena'): string {
  const isAthena = from === 'athena';
  const statement = {
    Sid: isAthena ? 'TruelineAthena' : 'TruelineLookupEvents',
    Effect: 'Allow',
    Action: isAthena ? ATHENA_ACTIONS : LOOKUP_ACTIONS,
    Resource: '*',
  };
  return `${JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2)}\n`;
}
