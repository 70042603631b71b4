import type { ListOperation } from '../collector.js';

/** A list of EC2's, always in pages: whole lists are granted half the calls. */
export function describe(operation: string, items: string, most = 1000): ListOperation {
  return {
    call: `ec2:${operation}`,
    permission: `ec2:${operation}`,
    pages: { input: 'NextToken', output: 'NextToken', limit: ['MaxResults', most] },
    items,
  };
}
