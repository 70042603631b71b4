import type { Collector, ListOperation } from '../collector.js';
import { get, lift, pick, where } from '../json.js';

const list = (operation: string, items: string): ListOperation => ({
  call: `glue:${operation}`,
  permission: `glue:${operation}`,
  pages: { input: 'NextToken', output: 'NextToken', limit: ['MaxResults', 100] },
  items,
});

/** A job with its role; what it is called with is kept back. */
export const glueJob: Collector = {
  type: 'AWS::Glue::Job',
  service: 'glue',
  version: 1,
  scope: 'region',
  list: list('GetJobs', 'Jobs.*'),
  tells: [
    ...['Command', 'Connections', 'DefaultArguments', 'Description', 'ExecutionClass', 'ExecutionProperty'],
    ...['GlueVersion', 'JobMode', 'JobRunQueuingEnabled', 'LogUri', 'MaintenanceWindow', 'MaxCapacity'],
    ...['MaxRetries', 'Name', 'NonOverridableArguments', 'NotificationProperty', 'NumberOfWorkers', 'Role'],
    ...['SecurityConfiguration', 'Timeout', 'WorkerType'],
  ],
  id: 'Name',
  arn: 'arn:{@partition}:glue:{@region}:{@account}:job/{Name}',
  // Of tags there is an operation for each job; what was allocated is the older word for capacity.
  unread: ['AllocatedCapacity', 'Tags'],
  secrets: ['DefaultArguments.*', 'NonOverridableArguments.*'],
  project: (item) => ({
    properties: {
      ...pick(item, 'DefaultArguments', 'Description', 'ExecutionClass', 'GlueVersion', 'JobMode', 'LogUri', 'Name'),
      ...pick(item, 'JobRunQueuingEnabled', 'MaintenanceWindow', 'MaxCapacity', 'MaxRetries', 'NumberOfWorkers'),
      ...pick(item, 'NonOverridableArguments', 'Role', 'SecurityConfiguration', 'Timeout', 'WorkerType'),
      Command: where(get(item, 'Command'), (command) =>
        pick(command, 'Name', 'PythonVersion', 'Runtime', 'ScriptLocation'),
      ),
      Connections: where(get(item, 'Connections'), (connections) => pick(connections, 'Connections')),
      ExecutionProperty: where(get(item, 'ExecutionProperty'), (property) => pick(property, 'MaxConcurrentRuns')),
      NotificationProperty: where(get(item, 'NotificationProperty'), (property) => pick(property, 'NotifyDelayAfter')),
    },
    live: lift(item, { created_on: 'CreatedOn', last_modified_on: 'LastModifiedOn' }),
  }),
};

/** A machine that whoever develops jobs enters, with its role. */
export const glueDevEndpoint: Collector = {
  type: 'AWS::Glue::DevEndpoint',
  service: 'glue',
  version: 1,
  scope: 'region',
  list: list('GetDevEndpoints', 'DevEndpoints.*'),
  tells: [
    ...['Arguments', 'EndpointName', 'ExtraJarsS3Path', 'ExtraPythonLibsS3Path', 'GlueVersion', 'NumberOfNodes'],
    ...['NumberOfWorkers', 'PublicKey', 'PublicKeys', 'RoleArn', 'SecurityConfiguration', 'SecurityGroupIds'],
    ...['SubnetId', 'WorkerType'],
  ],
  id: 'EndpointName',
  arn: 'arn:{@partition}:glue:{@region}:{@account}:devEndpoint/{EndpointName}',
  unread: ['Tags'],
  sets: ['PublicKeys', 'SecurityGroupIds'],
  secrets: ['Arguments.*'],
  project: (item) => ({
    properties: {
      ...pick(item, 'Arguments', 'EndpointName', 'ExtraJarsS3Path', 'ExtraPythonLibsS3Path', 'GlueVersion'),
      ...pick(item, 'NumberOfNodes', 'NumberOfWorkers', 'PublicKey', 'PublicKeys', 'RoleArn', 'SecurityConfiguration'),
      ...pick(item, 'SecurityGroupIds', 'SubnetId', 'WorkerType'),
    },
    live: lift(item, { created_timestamp: 'CreatedTimestamp', status: 'Status' }),
  }),
};
