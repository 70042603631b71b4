/**
 * Which events CloudTrail records of actions, where it is not all of them as management events; as text.
 *
 * A line `= URL title` names the page that the lines below it follow (`= - …`: no page was found that settles them). Every other line
 * is a word, a service of IAM and patterns of its actions with `*`:
 *
 * - `data service types patterns`: data events, recorded only where a trail asks for all of those types of resources (divided by
 *   commas; `management` among them: some of its operations are management events). Where the page gives types and no operations, all
 *   actions of the service stand here, or all that may be about such a resource, and `management` is among the types: too much is
 *   unknown rather than something unseen unused.
 * - `only service patterns`: of what is no data event, only these are recorded, for the page lists what is.
 * - `none service patterns`: no event tells of them, or none that names who it was.
 */
export const dataEventRules = () => `
= https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html Amazon S3 CloudTrail events
data s3 AWS::S3::Object GetObject* PutObject PutObjectAcl PutObjectVersion* PutObjectTagging PutObjectRetention PutObjectLegalHold PutObjectAnnotation DeleteObject* AbortMultipartUpload ListBucket ListBucketVersions ListBucketMultipartUploads ListMultipartUploadParts ListObject* RestoreObject UpdateObjectEncryption BypassGovernanceRetention
data s3-object-lambda AWS::S3ObjectLambda::AccessPoint,management *
data s3-outposts AWS::S3Outposts::Object GetObject* PutObject* DeleteObject* ListBucket* ListMultipartUploadParts AbortMultipartUpload
data s3express AWS::S3Express::Object,AWS::S3Express::AccessPoint CreateSession
= https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html Logging AWS Lambda API calls using AWS CloudTrail
data lambda AWS::Lambda::Function InvokeFunction
only lambda AddLayerVersionPermission AddPermission CreateAlias CreateEventSourceMapping CreateFunction CreateFunctionUrlConfig DeleteAlias DeleteCodeSigningConfig DeleteEventSourceMapping DeleteFunction DeleteFunctionConcurrency DeleteFunctionUrlConfig DeleteProvisionedConcurrencyConfig GetAlias GetEventSourceMapping GetFunction GetFunctionUrlConfig GetFunctionConfiguration GetLayerVersionPolicy GetPolicy ListEventSourceMappings ListFunctions ListFunctionUrlConfigs PublishLayerVersion PublishVersion PutFunctionConcurrency PutFunctionCodeSigningConfig PutFunctionEventInvokeConfig PutProvisionedConcurrencyConfig PutRuntimeManagementConfig RemovePermission TagResource UntagResource UpdateAlias UpdateCodeSigningConfig UpdateEventSourceMapping UpdateFunctionCode UpdateFunctionConfiguration UpdateFunctionEventInvokeConfig UpdateFunctionUrlConfig
= https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/logging-using-cloudtrail.html Logging DynamoDB operations by using AWS CloudTrail
data dynamodb AWS::DynamoDB::Table BatchGetItem BatchWriteItem ConditionCheckItem DeleteItem GetItem PartiQL* PutItem Query Scan SearchVectors UpdateItem
data dynamodb AWS::DynamoDB::Stream GetRecords GetShardIterator
= https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/logging-using-cloudtrail.html Logging Amazon Simple Queue Service API calls using AWS CloudTrail
data sqs AWS::SQS::Queue SendMessage ReceiveMessage DeleteMessage ChangeMessageVisibility GetQueueAttributes GetQueueUrl ListDeadLetterSourceQueues ListQueues ListQueueTags
= https://docs.aws.amazon.com/sns/latest/dg/logging-using-cloudtrail.html Logging AWS SNS API calls using AWS CloudTrail
data sns AWS::SNS::Topic,AWS::SNS::PlatformEndpoint,AWS::SNS::PhoneNumber Publish
= https://docs.aws.amazon.com/eventbridge/latest/userguide/logging-using-cloudtrail.html Logging Amazon EventBridge API calls using AWS CloudTrail
data events AWS::Events::EventBus,AWS::Events::Endpoint PutEvents PutRawEvents
data events AWS::Events::EventSource PutPartnerEvents
= https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/logging_cw_api_calls.html Logging Amazon CloudWatch API and console operations with AWS CloudTrail
data cloudwatch AWS::CloudWatch::Metric PutMetricData GetMetricData GetMetricStatistics GetMetricWidgetImage ListMetrics
only cloudwatch DeleteAlarms DeleteAnomalyDetector DeleteDashboards DeleteInsightRules DeleteMetricStream DescribeAlarmHistory DescribeAlarms DescribeAlarmsForMetric DescribeAnomalyDetectors DescribeInsightRules DisableAlarmActions DisableInsightRules EnableAlarmActions EnableInsightRules GetDashboard GetInsightRuleReport GetMetricStream ListDashboards ListManagedInsightRules ListMetricStreams ListTagsForResource PutAnomalyDetector PutCompositeAlarm PutDashboard PutInsightRule PutManagedInsightRules PutLogAlarm PutMetricAlarm PutMetricStream SetAlarmState StartMetricStreams StopMetricStreams TagResource UntagResource
data rum AWS::RUM::AppMonitor PutRumEvents
data networkflowmonitor AWS::NetworkFlowMonitor::Monitor,AWS::NetworkFlowMonitor::Scope,management *
data aiops AWS::AIOps::InvestigationGroup,management *
= https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/logging_cw_api_calls_cwl.html Logging CloudWatch Logs API and console operations in AWS CloudTrail
data logs AWS::Logs::ScheduledQuery *ScheduledQuer*
only logs AssociateKmsKey CancelExportTask CreateDelivery CreateExportTask CreateLogAnomalyDetector CreateLogGroup CreateLogStream DeleteAccountPolicy DeleteDataProtectionPolicy DeleteDelivery DeleteDeliveryDestination DeleteDeliveryDestinationPolicy DeleteDeliverySource DeleteDestination DeleteIndexPolicy DeleteIntegration DeleteLogAnomalyDetector DeleteLogGroup DeleteLogStream DeleteMetricFilter DeleteQueryDefinition DeleteResourcePolicy DeleteRetentionPolicy DeleteSubscriptionFilter DeleteTransformer DescribeAccountPolicies DescribeConfigurationTemplates DescribeDeliveries DescribeDeliveryDestinations DescribeDeliverySources DescribeDestinations DescribeExportTasks DescribeFieldIndexes DescribeIndexPolicies DescribeLogGroups DescribeLogStreams DescribeMetricFilters DescribeQueries DescribeQueryDefinitions DescribeResourcePolicies DescribeSubscriptionFilters DisassociateKmsKey FilterLogEvents GetDataProtectionPolicy GetDelivery GetDeliveryDestination GetDeliveryDestinationPolicy GetDeliverySource GetIntegration GetLogAnomalyDetector GetLogEvents GetLogGroupFields GetLogRecord GetQueryResults GetTransformer ListAnomalies ListIntegrations ListLogAnomalyDetectors ListLogGroups ListLogGroupsForQuery ListTagsForResource ListTagsLogGroup PutAccountPolicy PutDataProtectionPolicy PutDeliveryDestination PutDeliveryDestinationPolicy PutDeliverySource PutDestination PutDestinationPolicy PutIndexPolicy PutIntegration PutMetricFilter PutQueryDefinition PutResourcePolicy PutRetentionPolicy PutSubscriptionFilter PutTransformer StartLiveTail StartQuery StopQuery TagResource TestMetricFilter TestTransformer UntagResource UpdateAnomaly UpdateDeliveryConfiguration UpdateLogAnomalyDetector
= https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html Monitor Amazon Bedrock API calls using CloudTrail
data bedrock AWS::Bedrock::Model,AWS::Bedrock::AsyncInvoke,management InvokeModel InvokeModelWithResponseStream CountTokens
data bedrock AWS::Bedrock::Model,AWS::Bedrock::AsyncInvoke GetAsyncInvoke
data bedrock AWS::Bedrock::Tool InvokeTool
data bedrock AWS::Bedrock::AgentAlias,AWS::Bedrock::FlowAlias,AWS::Bedrock::FlowExecution,AWS::Bedrock::InlineAgent,AWS::Bedrock::KnowledgeBase,AWS::Bedrock::Session InvokeAgent InvokeInlineAgent InvokeFlow *FlowExecution* *Retrieve* *Session* *InvocationStep* CreateInvocation ListInvocations Rerank GenerateQuery GetAgentMemory DeleteAgentMemory GetExecutionFlowSnapshot GetDocumentContent *IngestedDocumentAcl
data bedrock AWS::Bedrock::Guardrail ApplyGuardrail InvokeGuardrailChecks
data bedrock AWS::Bedrock::PromptVersion,AWS::Bedrock::Prompt RenderPrompt OptimizePrompt
data bedrock AWS::Bedrock::AdvancedOptimizePromptJob *AdvancedPromptOptimizationJob*
data bedrock AWS::Bedrock::DataAutomationProject,AWS::Bedrock::DataAutomationInvocation,AWS::Bedrock::DataAutomationProfile,AWS::Bedrock::Blueprint *DataAutomation* *Blueprint*
data bedrock AWS::Bedrock::AutomatedReasoningPolicy,AWS::Bedrock::AutomatedReasoningPolicyVersion *AutomatedReasoning*
= https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cloud-trail.html Logging AWS Step Functions using AWS CloudTrail
data states AWS::StepFunctions::StateMachine StartSyncExecution
data states AWS::StepFunctions::Activity GetActivityTask SendTask*
none states InvokeHTTPEndpoint
= https://docs.aws.amazon.com/xray/latest/devguide/xray-api-cloudtrail.html Logging X-Ray API calls with AWS CloudTrail
data xray AWS::XRay::Trace PutTraceSegments PutTelemetryRecords PutSpans* GetTrace* BatchGetTraces GetSamplingTargets GetSamplingRules GetServiceGraph GetTimeSeriesServiceStatistics
none xray PutSpans* StartTraceRetrieval ListRetrievedTraces GetRetrievedTracesGraph CancelTraceRetrieval GetSamplingRules
= https://docs.aws.amazon.com/ses/latest/dg/logging-using-cloudtrail.html Logging Amazon SES API calls with AWS CloudTrail
data ses AWS::SES::ConfigurationSet,AWS::SES::EmailIdentity,AWS::SES::Template Send*
none ses SendEmail SendRawEmail
= https://docs.aws.amazon.com/sagemaker/latest/dg/logging-using-cloudtrail.html Logging Amazon SageMaker AI API calls using AWS CloudTrail
data sagemaker AWS::SageMaker::Endpoint InvokeEndpoint*
data sagemaker AWS::SageMaker::Job CompleteRollout Sample SampleWithResponseStream
data sagemaker AWS::SageMaker::FeatureGroup GetRecord PutRecord DeleteRecord ListRecords BatchGetRecord BatchWriteRecord
data sagemaker AWS::SageMaker::ExperimentTrialComponent BatchPutMetrics BatchGetMetrics
data sagemaker AWS::SageMaker::MlflowTrackingServer,AWS::SageMaker::MlflowApp CallMlflowAppApi
data sagemaker AWS::SageMaker::Hub *Hub*
data sagemaker AWS::SageMaker::TrainingSession StartSession SendHeartbeat
data sagemaker-mlflow AWS::SageMaker::MlflowTrackingServer,AWS::SageMaker::MlflowApp,management *
= https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-cloudtrail-logs.html Logging AWS Systems Manager API calls with AWS CloudTrail
data ssmmessages AWS::SSMMessages::ControlChannel,management *
data ssm AWS::SSM::ManagedNode,AWS::SSM::ExecutionPreview RequestManagedInstanceRoleToken *ExecutionPreview*
= https://docs.aws.amazon.com/AmazonECS/latest/developerguide/logging-using-cloudtrail.html Log Amazon ECS API calls using AWS CloudTrail
data ecs AWS::ECS::ContainerInstance Poll StartTelemetrySession PutSystemLogEvents DiscoverPollEndpoint Submit*
= https://docs.aws.amazon.com/cognito/latest/developerguide/logging-using-cloudtrail.html Amazon Cognito logging in AWS CloudTrail
data cognito-identity AWS::Cognito::IdentityPool GetCredentialsForIdentity GetId GetOpenIdToken* UnlinkIdentity
= https://docs.aws.amazon.com/appconfig/latest/userguide/logging-using-cloudtrail.html Logging AWS AppConfig API calls using AWS CloudTrail
data appconfig AWS::AppConfig::Configuration GetLatestConfiguration StartConfigurationSession GetConfiguration
= https://docs.aws.amazon.com/keyspaces/latest/devguide/logging-using-cloudtrail.html Logging Amazon Keyspaces API calls with AWS CloudTrail
data cassandra AWS::Cassandra::Table,AWS::Cassandra::Stream Select* Modify* GetRecords GetShardIterator
= https://docs.aws.amazon.com/iot/latest/developerguide/iot-using-cloudtrail.html Logging AWS IoT API calls using AWS CloudTrail
data iot AWS::IoT::Thing,AWS::IoT::Certificate *ThingShadow ListNamedShadowsForThing *RetainedMessage* Publish Connect Subscribe Receive RetainPublish SendDirectMessage
none iot Get* List* Describe* Search* Test* Validate* *ThingShadow Publish Connect Subscribe Receive RetainPublish SendDirectMessage DeleteConnection
= https://docs.aws.amazon.com/lexv2/latest/dg/logging-using-cloudtrail.html Viewing events with AWS CloudTrail for Lex V2
data lex AWS::Lex::Bot,AWS::Lex::BotAlias PostContent PostText PutSession GetSession DeleteSession Recognize* StartConversation
none lex PostContent PostText PutSession GetSession DeleteSession Recognize* StartConversation
= https://docs.aws.amazon.com/comprehend/latest/dg/logging-using-cloudtrail.html Logging Amazon Comprehend API calls with AWS CloudTrail
only comprehend BatchDetectDominantLanguage BatchDetectEntities BatchDetectKeyPhrases BatchDetectSentiment BatchDetectSyntax ClassifyDocument Create* DeleteDocumentClassifier DeleteEndpoint DeleteEntityRecognizer Describe* DetectDominantLanguage DetectEntities DetectKeyPhrases DetectPiiEntities DetectSentiment DetectSyntax List* Start* Stop* TagResource UntagResource UpdateEndpoint
= https://docs.aws.amazon.com/polly/latest/dg/logging-using-cloudtrail.html Logging Amazon Polly API calls with AWS CloudTrail
only polly DeleteLexicon DescribeVoices GetLexicon GetSpeechSynthesisTask ListLexicons ListSpeechSynthesisTasks PutLexicon StartSpeechSynthesisTask SynthesizeSpeech
= https://docs.aws.amazon.com/iot-twinmaker/latest/guide/logging-using-cloudtrail.html Logging AWS IoT TwinMaker API calls using AWS CloudTrail
data iottwinmaker AWS::IoTTwinMaker::Entity,AWS::IoTTwinMaker::Workspace,management *
none iottwinmaker GetPropertyValue GetPropertyValueHistory BatchPutPropertyValues
= https://docs.aws.amazon.com/streams/latest/dev/logging-using-cloudtrail.html Logging Amazon Kinesis Data Streams API calls with AWS CloudTrail
data kinesis AWS::Kinesis::Stream,AWS::Kinesis::StreamConsumer PutRecord PutRecords GetRecords GetShardIterator SubscribeToShard
none kinesis ListShards
= https://docs.aws.amazon.com/firehose/latest/dev/monitoring-using-cloudtrail.html Log Amazon Data Firehose API calls with AWS CloudTrail
data firehose AWS::KinesisFirehose::DeliveryStream PutRecord PutRecordBatch
= https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-events.html Understanding CloudTrail events
data s3tables AWS::S3Tables::Table,AWS::S3Tables::TableBucket,management *
data s3vectors AWS::S3Vectors::VectorBucket,AWS::S3Vectors::Index,management *
data kinesisvideo AWS::KinesisVideo::Stream,AWS::KinesisVideo::SignalingChannel,management *
data ebs AWS::EC2::Snapshot,management *
data ec2-instance-connect AWS::EC2::InstanceConnectEndpoint,management OpenTunnel
data eks AWS::EKS::Dashboard,management ListDashboard*
data agentaccess-mcp AWS::AgentAccessMCP::Tools,management *
data agent-registry AWS::AgentRegistry::Registry,AWS::BedrockAgentCore::Registry,management *
data aidevops AWS::AIDevOps::AgentSpace,AWS::AIDevOps::Association,AWS::AIDevOps::OperatorAppTeam,AWS::AIDevOps::PipelineMetadata,AWS::AIDevOps::Service,management *
data application-signals AWS::ApplicationSignals::InstrumentationConfig,management *InstrumentationConfiguration*
data aws-external-anthropic AWS::AWSExternalAnthropic::Workspace,management *
data backup AWS::Backup::BackupAccessPoint,management *BackupAccessPoint*
data backup-search AWS::Backup::SearchJob,management *
data bedrock-agentcore AWS::BedrockAgentCore::ABTest,AWS::BedrockAgentCore::APIKeyCredentialProvider,AWS::BedrockAgentCore::BatchEvaluate,AWS::BedrockAgentCore::Browser,AWS::BedrockAgentCore::BrowserCustom,AWS::BedrockAgentCore::BrowserProfile,AWS::BedrockAgentCore::CapacityProvider,AWS::BedrockAgentCore::CodeInterpreter,AWS::BedrockAgentCore::CodeInterpreterCustom,AWS::BedrockAgentCore::Evaluator,AWS::BedrockAgentCore::Gateway,AWS::BedrockAgentCore::Memory,AWS::BedrockAgentCore::OAuth2CredentialProvider,AWS::BedrockAgentCore::Payments,AWS::BedrockAgentCore::Policy,AWS::BedrockAgentCore::PolicyEngine,AWS::BedrockAgentCore::Recommendation,AWS::BedrockAgentCore::Registry,AWS::BedrockAgentCore::Runtime,AWS::BedrockAgentCore::RuntimeEndpoint,AWS::BedrockAgentCore::TokenVault,AWS::BedrockAgentCore::WorkloadIdentity,AWS::BedrockAgentCore::WorkloadIdentityDirectory,management *
data bedrock-mantle AWS::BedrockMantle::Project,management *
data bedrock-websearch AWS::BedrockWebSearch::Tool,management *
data acm AWS::CertificateManager::AcmeEndpoint,management *Acme*
data cloudfront-keyvaluestore AWS::CloudFront::KeyValueStore,management *
data cost-optimization-hub AWS::CloudOptimization::Profile,AWS::CloudOptimization::Recommendation,management *
data cloudtrail-data AWS::CloudTrail::Channel,management *
data codeguru-profiler AWS::CodeGuruProfiler::ProfilingGroup,management *
data codewhisperer AWS::CodeWhisperer::Customization,AWS::CodeWhisperer::Profile,management *
data dataexchange AWS::DataExchange::Asset,management *
data deadline AWS::Deadline::Fleet,AWS::Deadline::Job,AWS::Deadline::Queue,AWS::Deadline::Worker,management *
data sms-voice AWS::SMSVoice::CarrierLookup,AWS::SMSVoice::ConfigurationSet,AWS::SMSVoice::Message,AWS::SMSVoice::NotifyConfiguration,AWS::SMSVoice::OriginationIdentity,management *
data social-messaging AWS::SocialMessaging::PhoneNumberId,AWS::SocialMessaging::WabaId,management *
data finspace AWS::FinSpace::Environment,management *
data gameliftstreams AWS::GameLiftStreams::Application,AWS::GameLiftStreams::StreamGroup,management *
data glue AWS::Glue::Table,management *Table *Tables *Partition *Partitions
data guardduty AWS::GuardDuty::Detector,AWS::GuardDuty::MalwareScan,management SendSecurityTelemetry SendObjectMalwareScan
data health-agent AWS::HealthAgent::Domain,AWS::HealthAgent::Integration,AWS::HealthAgent::PatientInsightsJob,AWS::HealthAgent::Session,AWS::HealthAgent::Subscription,management *
data healthlake AWS::HealthLake::DataTransformationProfile,management *DataTransformation*
data iot AWS::IoT::Tunnel,management *Tunnel*
data iotjobsdata AWS::IoT::Thing,management *
data greengrass AWS::GreengrassV2::ComponentVersion,AWS::GreengrassV2::Deployment,management GetComponentVersionArtifact ResolveComponentCandidates ListClientDevices*
data iotsitewise AWS::IoTSiteWise::Asset,AWS::IoTSiteWise::Dataset,AWS::IoTSiteWise::Pipeline,AWS::IoTSiteWise::TimeSeries,AWS::IoTSiteWise::Workspace,AWS::SitewiseAssistant::Conversation,management *
data kendra-ranking AWS::KendraRanking::ExecutionPlan,management *
data geo-maps AWS::GeoMaps::Provider,management *
data geo-places AWS::GeoPlaces::Provider,management *
data geo-routes AWS::GeoRoutes::Provider,management *
data geo AWS::GeoMaps::Provider,management *
data machinelearning AWS::MachineLearning::MlModel,management Predict
data managedblockchain AWS::ManagedBlockchain::Network,AWS::ManagedBlockchain::Node,management *
data managedblockchain-query AWS::ManagedBlockchainQuery::QueryAPI,management *
data medical-imaging AWS::MedicalImaging::Datastore,AWS::MedicalImaging::Imageset,management *
data airflow AWS::MWAA::Environment,management InvokeRestApi CreateCliToken CreateWebLoginToken PublishMetrics
data neptune-graph AWS::NeptuneGraph::Graph,management *Query* *ViaQuery GetGraphSummary GetEngineStatus
data nova-act AWS::NovaAct::WorkflowDefinition,AWS::NovaAct::WorkflowRun,management *
data one AWS::One::UKey,AWS::One::User,management *
data payment-cryptography AWS::PaymentCryptography::Alias,AWS::PaymentCryptography::Key,management *
data mobiletargeting AWS::Pinpoint::App,management SendMessages SendUsersMessages PutEvents SendOTPMessage VerifyOTPMessage *Endpoint*
data pca-connector-ad AWS::PCAConnectorAD::Connector,management *
data pca-connector-scep AWS::PCAConnectorSCEP::Connector,management *
data qapps AWS::QApps::QApp,AWS::QApps::QAppSession,management *
data qbusiness AWS::QBusiness::Application,AWS::QBusiness::DataSource,AWS::QBusiness::Index,AWS::QBusiness::Integration,AWS::QBusiness::WebExperience,management *
data q AWS::QDeveloper::Integration,management *
data quicksight AWS::QuickSight::Flow,AWS::QuickSight::FlowSession,AWS::Quicksight::ActionConnector,management *Flow* *ActionConnector*
data quicksight AWS::QuickSight::App,AWS::QuickSight::Automation,AWS::QuickSight::AutomationJob,AWS::QuickSight::Extension,AWS::QuickSight::ExtensionAccess,AWS::QuickSight::Page,AWS::QuickSight::Task,management *App *Apps *AppPermissions *Automation* *Extension*
data rds-data AWS::RDS::DBCluster,management *
data dsql AWS::DSQL::Cluster,management DbConnect*
data redshift AWS::Redshift::Cluster,management *
data resource-explorer-2 AWS::ResourceExplorer2::ManagedView,AWS::ResourceExplorer2::View,management Search *View *Views
data scn AWS::SCN::BusinessRule,AWS::SCN::DataLakeException,AWS::SCN::ExceptionInvestigation,AWS::SCN::ExceptionRule,AWS::SCN::Instance,AWS::SCN::Metric,AWS::SCN::MetricEvaluation,AWS::SCN::Outcome,AWS::SCN::OutcomeTemplate,management *
data servicediscovery AWS::ServiceDiscovery::Namespace,AWS::ServiceDiscovery::Service,management DiscoverInstances* RegisterInstance DeregisterInstance GetInstance* *InstanceCustomHealthStatus
data signer AWS::Signer::SigningJob,AWS::Signer::SigningProfile,management SignPayload GetRevocationStatus StartSigningJob
data sdb AWS::SDB::Domain,management *
data swf AWS::SWF::Domain,management *
data appsync AWS::AppSync::GraphQLApi,management GraphQL Event*
data b2bi AWS::B2BI::Transformer,management *TransformerJob
data fsx AWS::FSx::Volume,management *
data timestream AWS::Timestream::Database,AWS::Timestream::RegionalEndpoint,AWS::Timestream::Table,management Select* WriteRecords Unload CancelQuery DescribeEndpoints ListMeasures ListDatabases ListTables DescribeTable
data verifiedpermissions AWS::VerifiedPermissions::PolicyStore,management *IsAuthorized*
data thinclient AWS::ThinClient::Device,AWS::ThinClient::Environment,management *
data transform AWS::Transform::AgentInstance,AWS::Transform::Profile,management *
data transform-custom AWS::TransformCustom::Campaign,AWS::TransformCustom::Conversation,AWS::TransformCustom::KnowledgeItem,AWS::TransformCustom::Package,management *
data uxc AWS::UXC::AccountCustomization,management *
data wellarchitected AWS::WellArchitected::AgentRecommendation,management *Agent*
data aoss AWS::AOSS::Collection,management APIAccessAll DashboardsAccessAll
= https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-unsupported-aws-services.html CloudTrail unsupported services
none pricing *
= - No page was found that says whether these leave an event, or in which
none personalize PutEvents PutUsers PutItems PutActions PutActionInteractions Get*Recommendations GetPersonalizedRanking
none mediastore GetObject PutObject DeleteObject ListItems DescribeObject
none cloudsearch document search suggest
none qldb SendCommand PartiQL*
none connect *Participant*
none workmailmessageflow *
none iotevents BatchPutMessage Batch*Detector* Batch*Alarm*
none chime SendChannelMessage *Channel* *Meeting*
none neptune-db *
none dax *Item Query Scan
none aws-marketplace MeterUsage BatchMeterUsage RegisterUsage ResolveCustomer GetEntitlements
none forecast QueryForecast QueryWhatIfForecast
none evidently EvaluateFeature BatchEvaluateFeature PutProjectEvents
none wisdom *
none execute-api *
none es ESHttp* ESCrossCluster*
none aoss APIAccessAll DashboardsAccessAll
none mechanicalturk *
none elasticfilesystem Client*
none rds-db *
none vpc-lattice-svcs *
none appmesh StreamAggregatedResources
none sts GetCallerIdentity GetSessionToken
none frauddetector GetEvent GetEventPrediction* SendEvent
none ivs PutMetadata BatchStartViewerSessionRevocation StartViewerSessionRevocation
none ivschat SendEvent
none iotwireless SendData* StartMulticastGroupSession TestWirelessDevice
none iotmanagedintegrations Send*
none clouddirectory *
none glacier UploadArchive UploadMultipartPart GetJobOutput
none profile *
none cases *
none entityresolution GenerateMatchId BatchDeleteUniqueId
none comprehendmedical Detect* Infer*
none inspector-scan *
none inspector2 SendCis* StartCisSession
none lakeformation *WorkUnit* *TableObjects StartQueryPlanning GetQueryState GetQueryStatistics
none omics UploadReadSetPart GetReadSet GetReference
none datapipeline PollForTask ReportTask* EvaluateExpression QueryObjects SetTaskStatus
none codepipeline PollFor*
none sagemaker-geospatial GetTile SearchRasterDataCollection
none transcribe StartStreamTranscription* StartMedicalStreamTranscription* StartMedicalScribeStream
none license-manager CheckInLicense Checkout* ExtendLicenseConsumption
none databrew SendProjectSessionAction StartProjectSession
none emr-serverless AccessInteractiveEndpoints AccessLivyEndpoints StartSession
none elasticmapreduce StartSession
none workdocs *
none wickr *
none voiceid EvaluateSession
none osis Ingest
none aps RemoteWrite QueryMetrics GetLabels GetMetricMetadata GetSeries
`;
