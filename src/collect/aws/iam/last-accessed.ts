import type { SnapshotJson } from '../../../model/snapshot.js';
import type { ItemOperation, Loose } from '../collector.js';
import { all, each, get, NONE } from '../json.js';

/** What a principal has used within the 400 days that IAM looks back; attempts that were denied count as well. */
export const lastAccessed: Readonly<Record<'lastAccessed', ItemOperation>> = {
  lastAccessed: {
    call: 'iam:GetServiceLastAccessedDetails',
    permission: 'iam:GetServiceLastAccessedDetails',
    pages: { input: 'Marker', output: 'Marker', more: 'IsTruncated', limit: ['MaxItems', 1000] },
    items: 'ServicesLastAccessed.*',
    job: {
      start: {
        call: 'iam:GenerateServiceLastAccessedDetails',
        permission: 'iam:GenerateServiceLastAccessedDetails',
        input: { Arn: '{Arn}', Granularity: 'ACTION_LEVEL' },
      },
      gives: { JobId: 'JobId' },
      isPending: { path: 'JobStatus', equals: 'IN_PROGRESS' },
      isFailed: { path: 'JobStatus', equals: 'FAILED' },
      everyMs: 5000,
      atMostMs: 600_000,
    },
    gone: ['NoSuchEntity', 'NoSuchEntityException'],
    feeds: ['$services_last_accessed'],
    isDeep: true,
  },
};

/**
 * Of each service that the principal may use when it was used last, and of the actions that IAM tracks. Of which actions it
 * does is not said: that one is missing says nothing.
 */
export function usedServices(services: SnapshotJson | undefined): Loose {
  if (services === undefined) return undefined;
  return all(services, '*').map((service) => ({
    service: get(service, 'ServiceNamespace'),
    last_accessed: get(service, 'LastAuthenticated') ?? NONE,
    actions: each(service, 'TrackedActionsLastAccessed', (action) => ({
      name: get(action, 'ActionName'),
      last_accessed: get(action, 'LastAccessedTime') ?? NONE,
    })),
  }));
}
