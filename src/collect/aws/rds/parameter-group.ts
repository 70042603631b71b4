import type { SnapshotJson } from '../../../model/snapshot.js';
import type { Collector, ItemOperation, Loose } from '../collector.js';
import { all, get, lift, textAt, where } from '../json.js';
import { list } from './list.js';

/** Nobody can set anything in the groups that AWS makes. */
const DEFAULT = 'default.';

/** What was set by the user: of the others there are thousands. */
const parametersOf = (operation: string, group: string): Readonly<Record<'parameters', ItemOperation>> => ({
  parameters: {
    call: `rds:${operation}`,
    permission: `rds:${operation}`,
    input: { [group]: `{${group}}`, Source: 'user' },
    when: [{ path: group, notBegins: DEFAULT }],
    pages: { input: 'Marker', output: 'Marker', limit: ['MaxRecords', 100] },
    items: 'Parameters.*',
    gone: ['DBParameterGroupNotFound', 'DBParameterGroupNotFoundFault'],
    feeds: ['Parameters'],
  },
});

export const dbParameterGroup: Collector = {
  type: 'AWS::RDS::DBParameterGroup',
  service: 'rds',
  version: 1,
  scope: 'region',
  list: list('DescribeDBParameterGroups', 'DBParameterGroups.*'),
  each: parametersOf('DescribeDBParameters', 'DBParameterGroupName'),
  tells: ['DBParameterGroupName', 'Description', 'Family'],
  id: 'DBParameterGroupName',
  arn: '{DBParameterGroupArn}',
  unread: ['Tags'],
  project: (item, parts) => ({
    properties: {
      ...lift(item, { DBParameterGroupName: 'DBParameterGroupName', Description: 'Description' }),
      Family: get(item, 'DBParameterGroupFamily'),
      Parameters: toParameters(textAt(item, 'DBParameterGroupName'), parts['parameters']),
    },
  }),
};

export const dbClusterParameterGroup: Collector = {
  type: 'AWS::RDS::DBClusterParameterGroup',
  service: 'rds',
  version: 1,
  scope: 'region',
  list: list('DescribeDBClusterParameterGroups', 'DBClusterParameterGroups.*'),
  each: parametersOf('DescribeDBClusterParameters', 'DBClusterParameterGroupName'),
  tells: ['DBClusterParameterGroupName', 'Description', 'Family'],
  id: 'DBClusterParameterGroupName',
  arn: '{DBClusterParameterGroupArn}',
  unread: ['Tags'],
  project: (item, parts) => ({
    properties: {
      ...lift(item, { DBClusterParameterGroupName: 'DBClusterParameterGroupName', Description: 'Description' }),
      Family: get(item, 'DBParameterGroupFamily'),
      Parameters: toParameters(textAt(item, 'DBClusterParameterGroupName'), parts['parameters']),
    },
  }),
};

/** Name → value, as a template has them. */
function toParameters(group: string, parameters: SnapshotJson | undefined): Loose {
  if (group.startsWith(DEFAULT)) return {};
  return where(parameters, (found) =>
    Object.fromEntries(all(found, '*').map((one) => [textAt(one, 'ParameterName'), get(one, 'ParameterValue')])),
  );
}
