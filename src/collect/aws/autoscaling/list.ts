import type { ListOperation } from '../collector.js';

export const list = (operation: string, items: string): ListOperation => ({
  call: `autoscaling:${operation}`,
  permission: `autoscaling:${operation}`,
  pages: { input: 'NextToken', output: 'NextToken', limit: ['MaxRecords', 100] },
  items,
});
