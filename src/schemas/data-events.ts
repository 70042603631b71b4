/**
 * Actions whose events CloudTrail records as data events, and only where a trail asks for their type of resource: CloudTrail User
 * Guide, "Logging data events" (the types), and the pages on CloudTrail of the services' guides (the operations). A line is
 * a service, types divided by commas, and patterns of actions with `*`. Where a page gives the types and not the operations, all
 * actions of the service stand here: too much is unknown rather than something unseen unused. Events of access points name the
 * object too (Amazon S3 User Guide, "Monitoring and logging access points"): those of objects have them.
 */
const TABLE = `
s3 AWS::S3::Object GetObject* PutObject PutObjectAcl PutObjectVersion* PutObjectTagging PutObjectRetention PutObjectLegalHold PutObjectAnnotation DeleteObject* AbortMultipartUpload ListBucket ListBucketVersions ListBucketMultipartUploads ListMultipartUploadParts ListObject* RestoreObject UpdateObjectEncryption BypassGovernanceRetention
s3-object-lambda AWS::S3ObjectLambda::AccessPoint *
s3-outposts AWS::S3Outposts::Object GetObject* PutObject* DeleteObject* ListBucket* ListMultipartUploadParts AbortMultipartUpload
s3express AWS::S3Express::Object CreateSession
s3tables AWS::S3Tables::Table,AWS::S3Tables::TableBucket *
s3vectors AWS::S3Vectors::VectorBucket,AWS::S3Vectors::Index *
lambda AWS::Lambda::Function InvokeFunction InvokeAsync InvokeFunctionUrl
dynamodb AWS::DynamoDB::Table BatchGetItem BatchWriteItem ConditionCheckItem DeleteItem GetItem PartiQL* PutItem Query Scan UpdateItem
dynamodb AWS::DynamoDB::Stream GetRecords GetShardIterator
sqs AWS::SQS::Queue SendMessage ReceiveMessage DeleteMessage ChangeMessageVisibility
sns AWS::SNS::Topic,AWS::SNS::PlatformEndpoint Publish
kinesis AWS::Kinesis::Stream,AWS::Kinesis::StreamConsumer PutRecord* GetRecords GetShardIterator SubscribeToShard ListShards
firehose AWS::KinesisFirehose::DeliveryStream PutRecord*
kinesisvideo AWS::KinesisVideo::Stream,AWS::KinesisVideo::SignalingChannel *
ebs AWS::EC2::Snapshot *
ec2-instance-connect AWS::EC2::InstanceConnectEndpoint OpenTunnel
ecs AWS::ECS::ContainerInstance Poll StartTelemetrySession PutSystemLogEvents DiscoverPollEndpoint Submit*
eks AWS::EKS::Dashboard ListDashboard*
sagemaker AWS::SageMaker::Endpoint InvokeEndpoint*
sagemaker AWS::SageMaker::FeatureGroup GetRecord PutRecord DeleteRecord BatchGetRecord BatchWriteRecord
sagemaker AWS::SageMaker::ExperimentTrialComponent BatchPutMetrics BatchGetMetrics
sagemaker AWS::SageMaker::MlflowTrackingServer CallMlflowAppApi
sagemaker-mlflow AWS::SageMaker::MlflowTrackingServer *
bedrock AWS::Bedrock::AgentAlias,AWS::Bedrock::FlowAlias,AWS::Bedrock::FlowExecution,AWS::Bedrock::InlineAgent,AWS::Bedrock::KnowledgeBase,AWS::Bedrock::Session InvokeAgent InvokeInlineAgent InvokeFlow *FlowExecution* Retrieve* *Session* *InvocationStep* Rerank GenerateQuery GetAgentMemory DeleteAgentMemory
bedrock AWS::Bedrock::Guardrail,AWS::Bedrock::PromptVersion ApplyGuardrail RenderPrompt OptimizePrompt
bedrock AWS::Bedrock::Model,AWS::Bedrock::AsyncInvoke GetAsyncInvoke ListAsyncInvokes CountTokens InvokeTool
bedrock AWS::Bedrock::DataAutomationProject,AWS::Bedrock::DataAutomationInvocation,AWS::Bedrock::DataAutomationProfile,AWS::Bedrock::Blueprint *DataAutomation* *Blueprint*
bedrock AWS::Bedrock::AutomatedReasoningPolicy,AWS::Bedrock::AutomatedReasoningPolicyVersion *AutomatedReasoning*
bedrock-agentcore AWS::BedrockAgentCore::* *
cloudfront-keyvaluestore AWS::CloudFront::KeyValueStore *
cloudtrail-data AWS::CloudTrail::Channel *
cloudwatch AWS::CloudWatch::Metric PutMetricData GetMetric* ListMetrics
networkflowmonitor AWS::NetworkFlowMonitor::Monitor,AWS::NetworkFlowMonitor::Scope *
rum AWS::RUM::AppMonitor PutRumEvents
codeguru-profiler AWS::CodeGuruProfiler::ProfilingGroup *
codewhisperer AWS::CodeWhisperer::* *
cognito-identity AWS::Cognito::IdentityPool GetCredentialsForIdentity GetId GetOpenIdToken* UnlinkIdentity
dataexchange AWS::DataExchange::Asset *
deadline AWS::Deadline::* *
sms-voice AWS::SMSVoice::* *
social-messaging AWS::SocialMessaging::* *
finspace AWS::FinSpace::Environment *
gameliftstreams AWS::GameLiftStreams::* *
glue AWS::Glue::Table *Table *Tables *Partition *Partitions
guardduty AWS::GuardDuty::Detector,AWS::GuardDuty::MalwareScan SendSecurityTelemetry SendObjectMalwareScan
medical-imaging AWS::MedicalImaging::* *
iot AWS::IoT::Thing,AWS::IoT::Certificate *ThingShadow ListNamedShadowsForThing *RetainedMessage* Publish Connect Subscribe Receive RetainPublish
iotjobsdata AWS::IoT::Thing *
greengrass AWS::GreengrassV2::ComponentVersion,AWS::GreengrassV2::Deployment GetComponentVersionArtifact ResolveComponentCandidates ListClientDevices*
iotsitewise AWS::IoTSiteWise::Asset,AWS::IoTSiteWise::TimeSeries BatchPut* BatchGet* Get*PropertyValue* GetAssetPropertyAggregates GetInterpolated* InvokeAssistant
iottwinmaker AWS::IoTTwinMaker::* *
kendra-ranking AWS::KendraRanking::ExecutionPlan *
cassandra AWS::Cassandra::Table,AWS::Cassandra::Stream Select* Modify* GetRecords GetShardIterator
geo-maps AWS::GeoMaps::Provider *
geo-places AWS::GeoPlaces::Provider *
geo-routes AWS::GeoRoutes::Provider *
geo AWS::GeoMaps::Provider *
machinelearning AWS::MachineLearning::MlModel Predict
managedblockchain AWS::ManagedBlockchain::* *
managedblockchain-query AWS::ManagedBlockchainQuery::QueryAPI *
airflow AWS::MWAA::Environment InvokeRestApi CreateCliToken CreateWebLoginToken PublishMetrics
neptune-graph AWS::NeptuneGraph::Graph *Query* *ViaQuery GetGraphSummary GetEngineStatus
one AWS::One::* *
payment-cryptography AWS::PaymentCryptography::* *
mobiletargeting AWS::Pinpoint::App SendMessages SendUsersMessages PutEvents SendOTPMessage VerifyOTPMessage *Endpoint*
pca-connector-ad AWS::PCAConnectorAD::Connector *
pca-connector-scep AWS::PCAConnectorSCEP::Connector *
qapps AWS::QApps::* *
qbusiness AWS::QBusiness::* *
q AWS::QDeveloper::Integration *
aiops AWS::AIOps::InvestigationGroup *
quicksight AWS::QuickSight::Flow,AWS::QuickSight::FlowSession,AWS::Quicksight::ActionConnector *Flow* *ActionConnector*
rds-data AWS::RDS::DBCluster *
dsql AWS::DSQL::Cluster DbConnect*
redshift AWS::Redshift::Cluster *
servicediscovery AWS::ServiceDiscovery::Namespace,AWS::ServiceDiscovery::Service DiscoverInstances* RegisterInstance DeregisterInstance GetInstance* *InstanceCustomHealthStatus
signer AWS::Signer::SigningJob,AWS::Signer::SigningProfile SignPayload GetRevocationStatus StartSigningJob
ses AWS::SES::ConfigurationSet,AWS::SES::EmailIdentity,AWS::SES::Template Send*
sdb AWS::SDB::Domain *
states AWS::StepFunctions::Activity,AWS::StepFunctions::StateMachine GetActivityTask SendTask* StartSyncExecution InvokeHTTPEndpoint
swf AWS::SWF::Domain *
ssmmessages AWS::SSMMessages::ControlChannel *
ssm AWS::SSM::ManagedNode,AWS::SSM::ExecutionPreview RequestManagedInstanceRoleToken *ExecutionPreview*
appconfig AWS::AppConfig::Configuration GetLatestConfiguration StartConfigurationSession GetConfiguration
appsync AWS::AppSync::GraphQLApi GraphQL Event*
b2bi AWS::B2BI::Transformer *TransformerJob
backup-search AWS::Backup::SearchJob *
fsx AWS::FSx::Volume *
scn AWS::SCN::Instance *
timestream AWS::Timestream::Database,AWS::Timestream::RegionalEndpoint,AWS::Timestream::Table Select* WriteRecords Unload CancelQuery DescribeEndpoints ListMeasures ListDatabases ListTables DescribeTable
verifiedpermissions AWS::VerifiedPermissions::PolicyStore IsAuthorized*
thinclient AWS::ThinClient::* *
xray AWS::XRay::Trace PutTraceSegments PutTelemetryRecords PutSpans* GetTrace* BatchGetTraces GetSampling* GetServiceGraph GetTimeSeriesServiceStatistics
transform AWS::Transform::AgentInstance *
transform-custom AWS::TransformCustom::* *
nova-act AWS::NovaAct::* *
`;

/**
 * Actions that leave no event that a page of AWS tells of, though operations have their names: they write or read what a
 * service holds, and neither the guides nor the list of types of data events name them. CloudTrail User Guide, "CloudTrail
 * unsupported services", for `pricing`.
 */
const UNRECORDED = `
pricing *
logs PutLogEvents GetLogEvents FilterLogEvents GetLogRecord GetLogGroupFields StartLiveTail PutBearerTokenAuthentication
events PutEvents PutPartnerEvents
personalize PutEvents PutUsers PutItems PutActions PutActionInteractions Get*Recommendations GetPersonalizedRanking
lex PostContent PostText PutSession GetSession DeleteSession Recognize* StartConversation
mediastore GetObject PutObject DeleteObject ListItems DescribeObject
cloudsearch document search suggest
qldb SendCommand PartiQL*
connect *Participant*
workmailmessageflow *
iotevents BatchPutMessage Batch*Detector* Batch*Alarm*
chime SendChannelMessage *Channel* *Meeting*
neptune-db *
dax *Item Query Scan
aws-marketplace MeterUsage BatchMeterUsage RegisterUsage ResolveCustomer GetEntitlements
forecast QueryForecast QueryWhatIfForecast
evidently EvaluateFeature BatchEvaluateFeature PutProjectEvents
wisdom *
execute-api *
es ESHttp* ESCrossCluster*
aoss APIAccessAll DashboardsAccessAll
mechanicalturk *
elasticfilesystem Client*
rds-db *
vpc-lattice-svcs *
appmesh StreamAggregatedResources
sts GetCallerIdentity GetSessionToken
`;

interface Patterns {
  readonly types: readonly string[];
  readonly matches: RegExp;
}

let data: ReadonlyMap<string, readonly Patterns[]> | undefined;
let unrecorded: ReadonlyMap<string, readonly Patterns[]> | undefined;

/**
 * The types of resources that a trail has to ask for so that it records every use of an action; none for what is recorded as a management
 * event. `AWS::QBusiness::*` stands for all types that begin so.
 */
export function dataEventTypesOf(service: string, action: string): readonly string[] {
  data ??= parse(TABLE, true);
  return (data.get(service) ?? []).flatMap(({ types, matches }) => (matches.test(action) ? types : []));
}

/** Whether no page tells that the action leaves an event, though an operation has its name. */
export function isUnrecorded(service: string, action: string): boolean {
  unrecorded ??= parse(UNRECORDED, false);
  return (unrecorded.get(service) ?? []).some(({ matches }) => matches.test(action));
}

/** The service and the patterns of each line, for what checks them. */
export function dataEventPatterns(): readonly { readonly service: string; readonly pattern: string }[] {
  const lines = [
    ...TABLE.trim()
      .split('\n')
      .map((line) => ({ line, skip: 2 })),
    ...UNRECORDED.trim()
      .split('\n')
      .map((line) => ({ line, skip: 1 })),
  ];
  return lines.flatMap(({ line, skip }) => {
    const words = line.trim().split(' ');
    return words.slice(skip).map((pattern) => ({ service: words[0] ?? '', pattern }));
  });
}

function parse(text: string, hasTypes: boolean): Map<string, readonly Patterns[]> {
  const rows = new Map<string, readonly Patterns[]>();
  for (const line of text.trim().split('\n')) {
    const [service = '', ...words] = line.trim().split(' ');
    const types = hasTypes ? (words.shift() ?? '').split(',') : [];
    const source = words.map((word) => word.replaceAll('*', '.*')).join('|');
    rows.set(service, [...(rows.get(service) ?? []), { types, matches: new RegExp(`^(?:${source})$`, 'i') }]);
  }
  return rows;
}
