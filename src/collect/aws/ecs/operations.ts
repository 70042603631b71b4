import type { ListOperation } from '../collector.js';

const PAGES = { input: 'nextToken', output: 'nextToken', limit: ['maxResults', 100] } as const;

const list = (operation: string, items: string, rest: Partial<ListOperation> = {}): ListOperation => ({
  call: `ecs:${operation}`,
  permission: `ecs:${operation}`,
  pages: PAGES,
  items,
  ...rest,
});

const clusterArns = list('ListClusters', 'clusterArns.*');

const serviceArns = list('ListServices', 'serviceArns.*', { per: { input: 'cluster', of: [clusterArns] } });

const families = list('ListTaskDefinitionFamilies', 'families.*', { input: { status: 'ACTIVE' } });

export const described = {
  clusters: {
    call: 'ecs:DescribeClusters',
    permission: 'ecs:DescribeClusters',
    input: { include: ['CONFIGURATIONS', 'SETTINGS', 'TAGS'] },
    items: 'clusters.*',
    per: { input: 'clusters', of: [clusterArns], batch: { most: 100, name: 'clusterArn' } },
  },
  services: {
    call: 'ecs:DescribeServices',
    permission: 'ecs:DescribeServices',
    input: { include: ['TAGS'] },
    items: 'services.*',
    per: {
      input: 'services',
      of: [serviceArns],
      id: '@item',
      with: { cluster: '@parent' },
      batch: { most: 10, name: 'serviceArn' },
    },
  },
} as const satisfies Readonly<Record<string, ListOperation>>;

/** The newest revision of each family, and those that services have: older ones may be many. */
export const taskDefinitions: ListOperation = {
  call: 'ecs:DescribeTaskDefinition',
  permission: 'ecs:DescribeTaskDefinition',
  input: { include: ['TAGS'] },
  items: '',
  proof: 'taskDefinition',
  per: { input: 'taskDefinition', of: [families, described.services], id: ['', 'taskDefinition'] },
  distinct: 'taskDefinition.taskDefinitionArn',
};
