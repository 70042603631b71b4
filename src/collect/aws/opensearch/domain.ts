import type { SnapshotJson } from '../../../model/snapshot.js';
import { type Collector, type Condition, type ItemOperation, type Loose, notTold } from '../collector.js';
import { documentOf, each, filled, get, isNone, NONE, pick, where } from '../json.js';

const DESCRIBE = 'opensearch:DescribeDomain';

const describe = (feeds: readonly string[]): ItemOperation => ({
  call: DESCRIBE,
  permission: 'es:DescribeDomain',
  input: { DomainName: '{DomainName}' },
  answer: 'DomainStatus',
  gone: ['ResourceNotFoundException'],
  feeds,
});

const DESCRIBED = [
  ...['AccessPolicies', 'AdvancedOptions', 'AdvancedSecurityOptions', 'CognitoOptions', 'DomainArn'],
  ...['DomainEndpointOptions', 'EBSOptions', 'EncryptionAtRestOptions', 'LogPublishingOptions'],
  ...['NodeToNodeEncryptionOptions', 'SnapshotOptions', 'VPCOptions'],
  ...['$domain_id', '$endpoint'],
];

/** One operation lists the domains of both engines: each is a type of its own. */
const domainOf = (type: string, engine: Condition, own: readonly string[]) =>
  ({
    type,
    service: 'opensearch',
    version: 1,
    scope: 'region',
    list: { call: 'opensearch:ListDomainNames', permission: 'es:ListDomainNames', items: 'DomainNames.*' },
    only: [engine],
    each: {
      describe: describe([...DESCRIBED, ...own]),
      tags: {
        call: 'opensearch:ListTags',
        permission: 'es:ListTags',
        input: { ARN: '{describe.ARN}' },
        when: [{ path: 'describe.ARN', exists: true }],
        answer: 'TagList',
        feeds: ['Tags'],
      },
    },
    tells: ['DomainName'],
    id: 'DomainName',
    // Not the answer's: the domain has the same name where it is not answered.
    arn: 'arn:{@partition}:es:{@region}:{@account}:domain/{DomainName}',
    sets: ['Tags'],
  }) as const;

export const openSearchDomain: Collector = {
  // Whatever is not said to be the older engine is there.
  ...domainOf('AWS::OpenSearchService::Domain', { path: 'EngineType', differs: 'Elasticsearch' }, [
    ...['AIMLOptions', 'AutomatedSnapshotPauseOptions', 'ClusterConfig', 'DeploymentStrategyOptions', 'EngineMode'],
    ...['EngineVersion', 'IPAddressType', 'IdentityCenterOptions', 'OffPeakWindowOptions', 'SoftwareUpdateOptions'],
    'UseCase',
  ]),
  unread: ['SkipShardMigrationWait'],
  project: (item, parts) => {
    const described = parts['describe'];
    return {
      properties: {
        ...shared(item, parts),
        ...ifDescribed(described, (domain) => ({
          ...pick(domain, 'DeploymentStrategyOptions', 'EngineMode', 'EngineVersion', 'IPAddressType', 'UseCase'),
          AIMLOptions: where(get(domain, 'AIMLOptions'), (options) => ({
            ...pick(options, 'S3VectorsEngine', 'ServerlessVectorAcceleration'),
          })),
          AutomatedSnapshotPauseOptions: where(get(domain, 'AutomatedSnapshotPauseOptions'), (options) =>
            pick(options, 'Enabled', 'EndTime', 'StartTime'),
          ),
          ClusterConfig: where(get(domain, 'ClusterConfig'), (config) => ({
            ...clusterOf(config),
            ...pick(config, 'MultiAZWithStandbyEnabled'),
            NodeOptions: each(config, 'NodeOptions', (option) => pick(option, 'NodeConfig', 'NodeType')),
          })),
          IdentityCenterOptions: where(get(domain, 'IdentityCenterOptions'), (options) => ({
            ...pick(options, 'EnabledAPIAccess', 'IdentityCenterApplicationARN', 'IdentityCenterInstanceARN'),
            ...pick(options, 'IdentityStoreId', 'RolesKey', 'SubjectKey'),
          })),
          OffPeakWindowOptions: where(get(domain, 'OffPeakWindowOptions'), (options) =>
            pick(options, 'Enabled', 'OffPeakWindow'),
          ),
          SoftwareUpdateOptions: where(get(domain, 'SoftwareUpdateOptions'), (options) =>
            pick(options, 'AutoSoftwareUpdateEnabled', 'UseLatestServiceSoftwareForBlueGreen'),
          ),
        })),
      },
      ...rest(described),
    };
  },
};

export const elasticsearchDomain: Collector = {
  ...domainOf('AWS::Elasticsearch::Domain', { path: 'EngineType', equals: 'Elasticsearch' }, [
    'ElasticsearchClusterConfig',
    'ElasticsearchVersion',
  ]),
  project: (item, parts) => {
    const described = parts['describe'];
    return {
      properties: {
        ...shared(item, parts),
        ...ifDescribed(described, (domain) => ({
          ElasticsearchClusterConfig: where(get(domain, 'ClusterConfig'), clusterOf),
          // `Elasticsearch_7.10`
          ElasticsearchVersion: where(get(domain, 'EngineVersion'), (version) =>
            String(version).replace(/^Elasticsearch_/, ''),
          ),
        })),
      },
      ...rest(described),
    };
  },
};

type Described = SnapshotJson | undefined;

function ifDescribed(described: Described, project: (domain: SnapshotJson) => { readonly [name: string]: Loose }) {
  return described === undefined || isNone(described) ? {} : project(described);
}

/** What both types have. */
function shared(item: SnapshotJson, parts: Parameters<Collector['project']>[1]): { readonly [name: string]: Loose } {
  return {
    DomainName: get(item, 'DomainName'),
    ...ifDescribed(parts['describe'], (domain) => ({
      ...pick(domain, 'AdvancedOptions'),
      AccessPolicies: where(filled(get(domain, 'AccessPolicies')) ?? NONE, documentOf),
      AdvancedSecurityOptions: where(get(domain, 'AdvancedSecurityOptions'), (options) => ({
        ...pick(options, 'AnonymousAuthDisableDate', 'AnonymousAuthEnabled', 'Enabled', 'IAMFederationOptions'),
        ...pick(options, 'InternalUserDatabaseEnabled', 'JWTOptions', 'SAMLOptions'),
      })),
      CognitoOptions: where(get(domain, 'CognitoOptions'), (cognito) =>
        pick(cognito, 'Enabled', 'IdentityPoolId', 'RoleArn', 'UserPoolId'),
      ),
      DomainArn: get(domain, 'ARN'),
      DomainEndpointOptions: where(get(domain, 'DomainEndpointOptions'), (options) => ({
        ...pick(options, 'CustomEndpoint', 'CustomEndpointCertificateArn', 'CustomEndpointEnabled'),
        ...pick(options, 'EnforceHTTPS', 'TLSSecurityPolicy'),
      })),
      EBSOptions: where(get(domain, 'EBSOptions'), (ebs) =>
        pick(ebs, 'EBSEnabled', 'Iops', 'Throughput', 'VolumeSize', 'VolumeType'),
      ),
      EncryptionAtRestOptions: where(get(domain, 'EncryptionAtRestOptions'), (options) =>
        pick(options, 'Enabled', 'KmsKeyId'),
      ),
      LogPublishingOptions: get(domain, 'LogPublishingOptions'),
      NodeToNodeEncryptionOptions: where(get(domain, 'NodeToNodeEncryptionOptions'), (options) =>
        pick(options, 'Enabled'),
      ),
      SnapshotOptions: where(get(domain, 'SnapshotOptions'), (options) => pick(options, 'AutomatedSnapshotStartHour')),
      VPCOptions: where(get(domain, 'VPCOptions'), (vpc) => pick(vpc, 'SecurityGroupIds', 'SubnetIds')),
    })),
    Tags: where(parts['tags'], (tags) => each(tags, '', (tag) => pick(tag, 'Key', 'Value'))),
  };
}

function clusterOf(config: SnapshotJson): { readonly [name: string]: Loose } {
  return {
    ...pick(config, 'ColdStorageOptions', 'DedicatedMasterCount', 'DedicatedMasterEnabled', 'DedicatedMasterType'),
    ...pick(config, 'InstanceCount', 'InstanceType', 'WarmCount', 'WarmEnabled', 'WarmType'),
    ...pick(config, 'ZoneAwarenessConfig', 'ZoneAwarenessEnabled'),
  };
}

/** Who the master user is no answer says. */
function rest(described: Described) {
  const isSecured = described !== undefined && get(described, 'AdvancedSecurityOptions') !== undefined;
  return {
    live:
      described === undefined ? {} : { domain_id: get(described, 'DomainId'), endpoint: get(described, 'Endpoint') },
    gaps: isSecured ? [notTold('AdvancedSecurityOptions.MasterUserOptions', DESCRIBE)] : [],
  };
}
