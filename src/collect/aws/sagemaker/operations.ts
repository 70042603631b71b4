import type { ItemOperation } from '../collector.js';

export const PAGES = { input: 'NextToken', output: 'NextToken', limit: ['MaxResults', 100] } as const;

export function of(operation: string, rest: Omit<ItemOperation, 'call' | 'permission'>): ItemOperation {
  return { call: `sagemaker:${operation}`, permission: `sagemaker:${operation}`, ...rest };
}
