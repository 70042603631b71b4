import type { ListOperation } from '../collector.js';

/** A list of RDS's, in pages. */
export function list(operation: string, items: string): ListOperation {
  return {
    call: `rds:${operation}`,
    permission: `rds:${operation}`,
    pages: { input: 'Marker', output: 'Marker', limit: ['MaxRecords', 100] },
    items,
  };
}
