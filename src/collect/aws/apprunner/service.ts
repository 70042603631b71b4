import type { SnapshotJson } from '../../../model/snapshot.js';
import type { Collector, Loose } from '../collector.js';
import { each, get, isObject, lift, pick, where } from '../json.js';

/** A service with the role of what runs in it. Values of its variables are kept back. */
export const appRunnerService: Collector = {
  type: 'AWS::AppRunner::Service',
  service: 'apprunner',
  version: 1,
  scope: 'region',
  list: {
    call: 'apprunner:ListServices',
    permission: 'apprunner:ListServices',
    pages: { input: 'NextToken', output: 'NextToken', limit: ['MaxResults', 20] },
    items: 'ServiceSummaryList.*',
  },
  // One that was deleted is shown for a while.
  only: [{ path: 'Status', differs: 'DELETED' }],
  each: {
    describe: {
      call: 'apprunner:DescribeService',
      permission: 'apprunner:DescribeService',
      input: { ServiceArn: '{ServiceArn}' },
      answer: 'Service',
      gone: ['ResourceNotFoundException'],
      feeds: [
        ...['AutoScalingConfigurationArn', 'EncryptionConfiguration', 'HealthCheckConfiguration'],
        ...['InstanceConfiguration', 'NetworkConfiguration', 'ObservabilityConfiguration', 'SourceConfiguration'],
      ],
    },
    tags: {
      call: 'apprunner:ListTagsForResource',
      permission: 'apprunner:ListTagsForResource',
      input: { ResourceArn: '{ServiceArn}' },
      answer: 'Tags',
      gone: ['ResourceNotFoundException'],
      feeds: ['Tags'],
    },
  },
  tells: ['ServiceName'],
  id: 'ServiceArn',
  arn: '{ServiceArn}',
  sets: ['Tags'],
  secrets: [
    'SourceConfiguration.CodeRepository.CodeConfiguration.CodeConfigurationValues.RuntimeEnvironmentVariables.*.Value',
    'SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables.*.Value',
  ],
  project: (item, parts) => ({
    properties: {
      ...pick(item, 'ServiceName'),
      ...(where(parts['describe'] ?? {}, describedOf) as object),
      Tags: where(parts['tags'], (tags) => each(tags, '', (tag) => pick(tag, 'Key', 'Value'))),
    },
    live: lift(item, { created_at: 'CreatedAt', status: 'Status' }),
  }),
};

function describedOf(service: SnapshotJson): Loose {
  const part = (name: string, ...names: readonly string[]) =>
    where(get(service, name), (found) => pick(found, ...names));
  return {
    AutoScalingConfigurationArn: get(service, 'AutoScalingConfigurationSummary.AutoScalingConfigurationArn'),
    EncryptionConfiguration: part('EncryptionConfiguration', 'KmsKey'),
    HealthCheckConfiguration: part(
      'HealthCheckConfiguration',
      ...['HealthyThreshold', 'Interval', 'Path', 'Protocol', 'Timeout', 'UnhealthyThreshold'],
    ),
    InstanceConfiguration: part('InstanceConfiguration', 'Cpu', 'InstanceRoleArn', 'Memory'),
    NetworkConfiguration: where(get(service, 'NetworkConfiguration'), (network) => ({
      EgressConfiguration: where(get(network, 'EgressConfiguration'), (egress) =>
        pick(egress, 'EgressType', 'VpcConnectorArn'),
      ),
      IngressConfiguration: where(get(network, 'IngressConfiguration'), (ingress) =>
        pick(ingress, 'IsPubliclyAccessible'),
      ),
      IpAddressType: get(network, 'IpAddressType'),
    })),
    ObservabilityConfiguration: part(
      'ObservabilityConfiguration',
      ...['ObservabilityConfigurationArn', 'ObservabilityEnabled'],
    ),
    SourceConfiguration: where(get(service, 'SourceConfiguration'), sourceOf),
  };
}

function sourceOf(source: SnapshotJson): Loose {
  return {
    ...pick(source, 'AutoDeploymentsEnabled'),
    AuthenticationConfiguration: where(get(source, 'AuthenticationConfiguration'), (authentication) =>
      pick(authentication, 'AccessRoleArn', 'ConnectionArn'),
    ),
    CodeRepository: where(get(source, 'CodeRepository'), (repository) => ({
      ...pick(repository, 'RepositoryUrl', 'SourceDirectory'),
      SourceCodeVersion: where(get(repository, 'SourceCodeVersion'), (version) => pick(version, 'Type', 'Value')),
      CodeConfiguration: where(get(repository, 'CodeConfiguration'), (configuration) => ({
        ...pick(configuration, 'ConfigurationSource'),
        CodeConfigurationValues: where(get(configuration, 'CodeConfigurationValues'), (values) => ({
          ...pick(values, 'BuildCommand', 'Port', 'Runtime', 'StartCommand'),
          ...environmentOf(values),
        })),
      })),
    })),
    ImageRepository: where(get(source, 'ImageRepository'), (repository) => ({
      ...pick(repository, 'ImageIdentifier', 'ImageRepositoryType'),
      ImageConfiguration: where(get(repository, 'ImageConfiguration'), (configuration) => ({
        ...pick(configuration, 'Port', 'StartCommand'),
        ...environmentOf(configuration),
      })),
    })),
  };
}

/** Maps in the answer, lists in CloudFormation. */
function environmentOf(values: SnapshotJson): { readonly [name: string]: Loose } {
  const listOf = (map: SnapshotJson | undefined): Loose =>
    isObject(map) ? Object.entries(map).map(([Name, Value]) => ({ Name, Value })) : undefined;
  return {
    RuntimeEnvironmentSecrets: listOf(get(values, 'RuntimeEnvironmentSecrets')),
    RuntimeEnvironmentVariables: listOf(get(values, 'RuntimeEnvironmentVariables')),
  };
}
