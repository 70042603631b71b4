import { analyzer } from './accessanalyzer/analyzer.js';
import { appRunnerService } from './apprunner/service.js';
import { autoScalingGroup } from './autoscaling/group.js';
import { launchConfiguration } from './autoscaling/launch-configuration.js';
import { batchJobDefinition } from './batch/job-definition.js';
import { batchJobQueue } from './batch/job-queue.js';
import { codeInterpreter } from './bedrock-agentcore/code-interpreter.js';
import { stack, stackSet } from './cloudformation/stack.js';
import { distribution } from './cloudfront/distribution.js';
import { trail } from './cloudtrail/trail.js';
import { codeBuildProject } from './codebuild/project.js';
import { type Collector, type Operation, operationsOf } from './collector.js';
import { configurationRecorder, deliveryChannel } from './config/recorder.js';
import { table } from './dynamodb/table.js';
import { elasticIp, internetGateway, natGateway } from './ec2/gateway.js';
import { ebsSnapshot, image } from './ec2/image.js';
import { instance } from './ec2/instance.js';
import { launchTemplate } from './ec2/launch-template.js';
import { networkInterface } from './ec2/network-interface.js';
import { regionDefaults } from './ec2/region-defaults.js';
import { routeTable } from './ec2/route-table.js';
import { securityGroup } from './ec2/security-group.js';
import { networkAcl, subnet } from './ec2/subnet.js';
import { volume } from './ec2/volume.js';
import { flowLog, vpc } from './ec2/vpc.js';
import { vpcEndpoint } from './ec2/vpc-endpoint.js';
import { repository } from './ecr/repository.js';
import { ecsCluster } from './ecs/cluster.js';
import { ecsService } from './ecs/service.js';
import { ecsTaskDefinition } from './ecs/task-definition.js';
import { fileSystem } from './efs/file-system.js';
import { accessEntry } from './eks/access-entry.js';
import { cluster } from './eks/cluster.js';
import { nodeGroup } from './eks/node-group.js';
import { podIdentityAssociation } from './eks/pod-identity-association.js';
import { loadBalancer } from './elbv2/load-balancer.js';
import { glueDevEndpoint, glueJob } from './glue/job.js';
import { detector } from './guardduty/detector.js';
import { account } from './iam/account.js';
import { group } from './iam/group.js';
import { openIdProvider, samlProvider, serverCertificate } from './iam/identity-providers.js';
import { instanceProfile } from './iam/instance-profile.js';
import { managedPolicy } from './iam/managed-policy.js';
import { role } from './iam/role.js';
import { user } from './iam/user.js';
import { key } from './kms/key.js';
import { lambdaFunction } from './lambda/function.js';
import { logGroup } from './logs/log-group.js';
import { elasticsearchDomain, openSearchDomain } from './opensearch/domain.js';
import {
  organization,
  organizationAccount,
  organizationalUnit,
  organizationPolicy,
} from './organizations/organization.js';
import { dbCluster, dbInstance } from './rds/database.js';
import { dbClusterParameterGroup, dbParameterGroup } from './rds/parameter-group.js';
import { dbClusterSnapshot, dbSnapshot } from './rds/snapshot.js';
import { redshiftCluster } from './redshift/cluster.js';
import { bucket } from './s3/bucket.js';
import { sagemakerDomain, sagemakerUserProfile } from './sagemaker/domain.js';
import { notebookInstance } from './sagemaker/notebook-instance.js';
import { secret } from './secretsmanager/secret.js';
import { hub, standard } from './securityhub/hub.js';
import { topic } from './sns/topic.js';
import { queue } from './sqs/queue.js';
import { parameter } from './ssm/parameter.js';
import { permissionSet } from './sso/permission-set.js';
import { stateMachine } from './states/state-machine.js';

export const COLLECTORS: readonly Collector[] = [
  account,
  role,
  instanceProfile,
  user,
  group,
  managedPolicy,
  openIdProvider,
  samlProvider,
  serverCertificate,
  organization,
  organizationAccount,
  organizationalUnit,
  organizationPolicy,
  permissionSet,
  bucket,
  regionDefaults,
  securityGroup,
  instance,
  volume,
  ebsSnapshot,
  image,
  vpc,
  flowLog,
  subnet,
  networkAcl,
  networkInterface,
  routeTable,
  elasticIp,
  internetGateway,
  natGateway,
  vpcEndpoint,
  launchTemplate,
  launchConfiguration,
  autoScalingGroup,
  loadBalancer,
  distribution,
  key,
  dbInstance,
  dbCluster,
  dbSnapshot,
  dbClusterSnapshot,
  dbParameterGroup,
  dbClusterParameterGroup,
  redshiftCluster,
  openSearchDomain,
  elasticsearchDomain,
  fileSystem,
  trail,
  analyzer,
  configurationRecorder,
  deliveryChannel,
  detector,
  hub,
  standard,
  queue,
  topic,
  lambdaFunction,
  table,
  repository,
  cluster,
  accessEntry,
  nodeGroup,
  podIdentityAssociation,
  ecsCluster,
  ecsService,
  ecsTaskDefinition,
  appRunnerService,
  batchJobDefinition,
  batchJobQueue,
  codeBuildProject,
  codeInterpreter,
  glueJob,
  glueDevEndpoint,
  notebookInstance,
  sagemakerDomain,
  sagemakerUserProfile,
  stateMachine,
  stack,
  stackSet,
  secret,
  parameter,
  logGroup,
];

/** Collectors that can ask for more → what they ask for without a request. */
const DEEP: ReadonlyMap<Collector, Collector> = new Map(
  COLLECTORS.filter(({ each = {} }) => Object.values(each).some(({ isDeep }) => isDeep)).map((collector) => {
    const asked = Object.entries(collector.each ?? {}).filter(([, { isDeep }]) => isDeep !== true);
    return [collector, { ...collector, each: Object.fromEntries(asked) }];
  }),
);

/** What `--only` and `--skip` name. */
export const SERVICES: readonly string[] = [...new Set(COLLECTORS.map(({ service }) => service))].sort();

/** The collectors of a selection of services; `isDeep`: with what is asked only on request. */
export function collectorsOf(only: readonly string[], skip: readonly string[], isDeep = false): readonly Collector[] {
  const selected = COLLECTORS.filter(
    ({ service }) => (only.length === 0 || only.includes(service)) && !skip.includes(service),
  );
  return isDeep ? selected : selected.map((collector) => DEEP.get(collector) ?? collector);
}

/** The regions of an account are asked for whatever is collected. */
export const REGIONS = {
  call: 'ec2:DescribeRegions',
  permission: 'ec2:DescribeRegions',
  input: { AllRegions: true },
  items: 'Regions.*',
} as const;

/** The least policy with which the collectors see everything, as JSON. */
export function leastPolicy(collectors: readonly Collector[]): string {
  const actions = [REGIONS, ...collectors.flatMap(operationsOf)].flatMap(
    ({ permission, alsoNeeds = [] }: Operation) => [...(permission === null ? [] : [permission]), ...alsoNeeds],
  );
  const statement = {
    Sid: 'TruelineSnapshot',
    Effect: 'Allow',
    Action: [...new Set(actions)].sort(),
    Resource: '*',
  };
  return `${JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2)}\n`;
}
