import type { ItemOperation, ListOperation } from '../collector.js';

const PAGES = { input: 'nextToken', output: 'nextToken', limit: ['maxResults', 100] } as const;

export const clusters: ListOperation = {
  call: 'eks:ListClusters',
  permission: 'eks:ListClusters',
  pages: PAGES,
  items: 'clusters.*',
};

/** What each cluster has. */
export function ofClusters(operation: string, items: string, rest: Partial<ListOperation> = {}): ListOperation {
  return {
    call: `eks:${operation}`,
    permission: `eks:${operation}`,
    pages: PAGES,
    items,
    per: { input: 'clusterName', of: [clusters] },
    ...rest,
  };
}

export function of(
  operation: string,
  rest: Pick<ItemOperation, 'feeds' | 'input'> & Partial<ItemOperation>,
): ItemOperation {
  return { call: `eks:${operation}`, permission: `eks:${operation}`, gone: ['ResourceNotFoundException'], ...rest };
}
