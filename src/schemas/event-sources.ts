/**
 * Services of IAM by the sources of events without `.amazonaws.com`, where they are not the same. Those sources are endpoint
 * prefixes or signing names of the services' API models, whose operations are the actions of the service that stands here; and
 * from the user guides: `monitoring` (Logging Amazon CloudWatch API calls), `rdsdata` (Logging RDS Data API calls),
 * `autoscaling` (Logging Application Auto Scaling API calls).
 */
const SERVICES: Readonly<Record<string, readonly string[]>> = {
  'a2i-runtime.sagemaker': ['sagemaker'],
  'admin.wickr': ['wickr'],
  'agreement-marketplace': ['aws-marketplace'],
  amp: ['aps'],
  'api.detective': ['detective'],
  'api.ecr': ['ecr'],
  'api.ecr-public': ['ecr-public'],
  'api.iotdeviceadvisor': ['iotdeviceadvisor'],
  'api.iotmanagedintegrations': ['iotmanagedintegrations'],
  'api.iotwireless': ['iotwireless'],
  'api.mediatailor': ['mediatailor'],
  'api.pricing': ['pricing'],
  'api.sagemaker': ['sagemaker'],
  'api.tunneling.iot': ['iot'],
  apigatewayv2: ['apigateway'],
  appconfigdata: ['appconfig'],
  appstream2: ['appstream'],
  autoscaling: ['autoscaling', 'application-autoscaling'],
  'bedrock-agent': ['bedrock'],
  'bedrock-agent-runtime': ['bedrock'],
  'bedrock-agentcore-control': ['bedrock-agentcore'],
  'bedrock-data-automation': ['bedrock'],
  'bedrock-data-automation-runtime': ['bedrock'],
  'bedrock-runtime': ['bedrock'],
  'cassandra-streams': ['cassandra'],
  'catalog.marketplace': ['aws-marketplace'],
  cloudcontrolapi: ['cloudformation'],
  cloudhsmv2: ['cloudhsm'],
  cloudsearchdomain: ['cloudsearch'],
  'cloudwatch-omni': ['cloudwatch'],
  'contact-lens': ['connect'],
  'controlplane.payment-cryptography': ['payment-cryptography'],
  'data-ats.iot': ['iot'],
  'data-signer': ['signer'],
  'data.iot': ['iot'],
  'data.jobs.iot': ['iotjobsdata', 'iot'],
  'data.mediastore': ['mediastore'],
  'data.qapps': ['qapps'],
  'dataplane.payment-cryptography': ['payment-cryptography'],
  'deployment-marketplace': ['aws-marketplace'],
  'discovery-marketplace': ['aws-marketplace'],
  'edge.sagemaker': ['sagemaker'],
  email: ['ses'],
  'entitlement.marketplace': ['aws-marketplace'],
  eventsv2: ['events'],
  'featurestore-runtime.sagemaker': ['sagemaker'],
  forecastquery: ['forecast'],
  'identity-chime': ['chime'],
  'ingest.timestream': ['timestream'],
  'iot-jobs-data': ['iotjobsdata', 'iot'],
  iotdata: ['iot'],
  iotsecuredtunneling: ['iot'],
  ivsrealtime: ['ivs'],
  'job-runtime.sagemaker': ['sagemaker'],
  lexv2: ['lex'],
  location: ['geo'],
  'mail-manager': ['ses'],
  'media-pipelines-chime': ['chime'],
  'meetings-chime': ['chime'],
  'memory-db': ['memorydb'],
  'messaging-chime': ['chime'],
  'metering.marketplace': ['aws-marketplace'],
  'metrics.sagemaker': ['sagemaker'],
  'migrationhub-config': ['mgh'],
  'models-v2-lex': ['lex'],
  'models.lex': ['lex'],
  monitoring: ['cloudwatch'],
  'mturk-requester': ['mechanicalturk'],
  opensearch: ['es'],
  'partnercentral-account': ['partnercentral'],
  'partnercentral-benefits': ['partnercentral'],
  'partnercentral-channel': ['partnercentral'],
  'partnercentral-prm': ['partnercentral'],
  'partnercentral-selling': ['partnercentral'],
  'personalize-events': ['personalize'],
  'personalize-runtime': ['personalize'],
  pinpoint: ['mobiletargeting'],
  'query.timestream': ['timestream'],
  rdsdata: ['rds-data'],
  'reporting-marketplace': ['aws-marketplace'],
  'runtime-v2-lex': ['lex'],
  'runtime.lex': ['lex'],
  'runtime.sagemaker': ['sagemaker'],
  's3-control': ['s3'],
  'servicecatalog-appregistry': ['servicecatalog'],
  'sms-voice.pinpoint': ['sms-voice'],
  sso: ['sso', 'sso-directory', 'identitystore'],
  'streams.dynamodb': ['dynamodb'],
  tagging: ['tag'],
  'voice-chime': ['chime'],
};

/** The services of IAM whose actions the events of a source may be: `cloudwatch` for `monitoring.amazonaws.com`. */
export function servicesOfEventSource(eventSource: string): readonly string[] {
  const name = eventSource.toLowerCase().replace(/\.amazonaws\.com(\.cn)?$/, '');
  return SERVICES[name] ?? [name];
}

const sources = new Map<string, readonly string[]>();

/** The sources of the events that actions of a service may leave, beside the source of its own name. */
export function eventSourcesOf(service: string): readonly string[] {
  const known = sources.get(service);
  if (known !== undefined) return known;
  const others = Object.entries(SERVICES).flatMap(([source, services]) => (services.includes(service) ? [source] : []));
  const found = [service, ...others].map((source) => `${source}.amazonaws.com`);
  sources.set(service, found);
  return found;
}
