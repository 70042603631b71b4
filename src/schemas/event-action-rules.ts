/**
 * Events of CloudTrail whose actions are not those of the same name in their own service, as text.
 *
 * A line `= URL title` names the page that the lines below it follow (`{event}` in it stands for the event); `@ prefix` the
 * service of the sources of its events, as `eventSources` gives it. Every other line is an event and what it stands for:
 *
 * - `s3:ListBucket`: the action; of several all were needed; `a|b`: one of them;
 * - `versionId=s3:GetObjectVersion`: in the place of those, where the request has that parameter;
 * - `tags+sts:TagSession`: in addition, where the request has that parameter;
 * - `?s3:PutObjectAcl`: perhaps in addition: the event does not show it;
 * - `-sign-in`, `-service-event`, `-no-permission`: no action of anybody.
 */
export const eventActionRules = () => `
= https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html Required permissions for Amazon S3 API operations
@ s3
ListBuckets s3:ListAllMyBuckets
HeadBucket s3:ListBucket
ListObjects s3:ListBucket ?s3:GetObjectAcl
ListObjectsV2 s3:ListBucket ?s3:GetObjectAcl
ListObjectVersions s3:ListBucketVersions
ListMultipartUploads s3:ListBucketMultipartUploads
ListParts s3:ListMultipartUploadParts
HeadObject s3:GetObject versionId=s3:GetObjectVersion ?s3:GetObjectLegalHold ?s3:GetObjectRetention
GetObject s3:GetObject versionId=s3:GetObjectVersion ?s3:GetObjectTagging ?s3:GetObjectLegalHold ?s3:GetObjectRetention
GetObjectAttributes s3:GetObject versionId=s3:GetObjectVersion ?s3:GetObjectAttributes ?s3:GetObjectVersionAttributes
GetObjectAcl s3:GetObjectAcl versionId=s3:GetObjectVersionAcl
GetObjectTagging s3:GetObjectTagging versionId=s3:GetObjectVersionTagging
GetObjectTorrent s3:GetObject ?s3:GetObjectTorrent ?s3:GetObjectVersionTorrent
PutObjectAcl s3:PutObjectAcl versionId=s3:PutObjectVersionAcl
PutObjectTagging s3:PutObjectTagging versionId=s3:PutObjectVersionTagging
PutObjectRetention s3:PutObjectRetention ?s3:BypassGovernanceRetention
DeleteObjectTagging s3:DeleteObjectTagging versionId=s3:DeleteObjectVersionTagging
DeleteObject s3:DeleteObject versionId=s3:DeleteObjectVersion ?s3:BypassGovernanceRetention
DeleteObjects s3:DeleteObject|s3:DeleteObjectVersion ?s3:BypassGovernanceRetention
PutObject s3:PutObject ?s3:PutObjectAcl ?s3:PutObjectTagging ?s3:PutObjectRetention ?s3:PutObjectLegalHold
CopyObject s3:PutObject s3:GetObject|s3:GetObjectVersion ?s3:GetObjectTagging ?s3:GetObjectVersionTagging ?s3:PutObjectAcl ?s3:PutObjectTagging ?s3:PutObjectRetention ?s3:PutObjectLegalHold
CreateMultipartUpload s3:PutObject ?s3:PutObjectAcl ?s3:PutObjectTagging ?s3:PutObjectRetention ?s3:PutObjectLegalHold
UploadPart s3:PutObject
CompleteMultipartUpload s3:PutObject
UploadPartCopy s3:PutObject s3:GetObject|s3:GetObjectVersion
SelectObjectContent s3:GetObject
UpdateObjectEncryption s3:UpdateObjectEncryption s3:PutObject
CreateBucket s3:CreateBucket ?s3:PutBucketAcl ?s3:PutBucketObjectLockConfiguration ?s3:PutBucketVersioning ?s3:PutBucketOwnershipControls
CreateBucketMetadataConfiguration s3:CreateBucketMetadataTableConfiguration
GetBucketMetadataConfiguration s3:GetBucketMetadataTableConfiguration
DeleteBucketMetadataConfiguration s3:DeleteBucketMetadataTableConfiguration
GetPublicAccessBlock s3:GetBucketPublicAccessBlock
PutPublicAccessBlock s3:PutBucketPublicAccessBlock
DeletePublicAccessBlock s3:PutBucketPublicAccessBlock
DeleteBucketPublicAccessBlock s3:PutBucketPublicAccessBlock
GetBucketEncryption s3:GetEncryptionConfiguration
PutBucketEncryption s3:PutEncryptionConfiguration
DeleteBucketEncryption s3:PutEncryptionConfiguration
GetBucketLifecycle s3:GetLifecycleConfiguration
GetBucketLifecycleConfiguration s3:GetLifecycleConfiguration
PutBucketLifecycle s3:PutLifecycleConfiguration
PutBucketLifecycleConfiguration s3:PutLifecycleConfiguration
DeleteBucketLifecycle s3:PutLifecycleConfiguration
GetBucketReplication s3:GetReplicationConfiguration
PutBucketReplication s3:PutReplicationConfiguration
DeleteBucketReplication s3:PutReplicationConfiguration
GetBucketNotificationConfiguration s3:GetBucketNotification
PutBucketNotificationConfiguration s3:PutBucketNotification
GetObjectLockConfiguration s3:GetBucketObjectLockConfiguration
PutObjectLockConfiguration s3:PutBucketObjectLockConfiguration
DeleteBucketCors s3:PutBucketCORS
DeleteBucketTagging s3:PutBucketTagging
DeleteBucketOwnershipControls s3:PutBucketOwnershipControls
GetBucketAccelerateConfiguration s3:GetAccelerateConfiguration
PutBucketAccelerateConfiguration s3:PutAccelerateConfiguration
GetBucketAnalyticsConfiguration s3:GetAnalyticsConfiguration
PutBucketAnalyticsConfiguration s3:PutAnalyticsConfiguration
DeleteBucketAnalyticsConfiguration s3:PutAnalyticsConfiguration
ListBucketAnalyticsConfigurations s3:GetAnalyticsConfiguration
GetBucketIntelligentTieringConfiguration s3:GetIntelligentTieringConfiguration
PutBucketIntelligentTieringConfiguration s3:PutIntelligentTieringConfiguration
DeleteBucketIntelligentTieringConfiguration s3:PutIntelligentTieringConfiguration
ListBucketIntelligentTieringConfigurations s3:GetIntelligentTieringConfiguration
GetBucketInventoryConfiguration s3:GetInventoryConfiguration
PutBucketInventoryConfiguration s3:PutInventoryConfiguration
DeleteBucketInventoryConfiguration s3:PutInventoryConfiguration
ListBucketInventoryConfigurations s3:GetInventoryConfiguration
GetBucketMetricsConfiguration s3:GetMetricsConfiguration
PutBucketMetricsConfiguration s3:PutMetricsConfiguration
DeleteBucketMetricsConfiguration s3:PutMetricsConfiguration
ListBucketMetricsConfigurations s3:GetMetricsConfiguration
= https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html Amazon S3 CloudTrail events
PostObject s3:PutObject ?s3:PutObjectAcl ?s3:PutObjectTagging
PreflightRequest -no-permission
OptionsObject -no-permission
GetAccountPublicAccessBlock s3:GetAccountPublicAccessBlock
PutAccountPublicAccessBlock s3:PutAccountPublicAccessBlock
DeleteAccountPublicAccessBlock s3:PutAccountPublicAccessBlock
= https://docs.aws.amazon.com/AmazonS3/latest/API/API_{event}.html Amazon Simple Storage Service API Reference
ListDirectoryBuckets s3express:ListAllMyDirectoryBuckets
@ s3express
ListDirectoryBuckets s3express:ListAllMyDirectoryBuckets
CreateSession s3express:CreateSession
AbortMultipartUpload s3express:CreateSession
CompleteMultipartUpload s3express:CreateSession
CopyObject s3express:CreateSession
CreateMultipartUpload s3express:CreateSession
DeleteObject s3express:CreateSession
DeleteObjects s3express:CreateSession
GetObject s3express:CreateSession
GetObjectAttributes s3express:CreateSession
HeadBucket s3express:CreateSession
HeadObject s3express:CreateSession
ListMultipartUploads s3express:CreateSession
ListObjectsV2 s3express:CreateSession
ListParts s3express:CreateSession
PutObject s3express:CreateSession
RenameObject s3express:CreateSession
UploadPart s3express:CreateSession
UploadPartCopy s3express:CreateSession
GetBucketEncryption s3express:GetEncryptionConfiguration
PutBucketEncryption s3express:PutEncryptionConfiguration
DeleteBucketEncryption s3express:PutEncryptionConfiguration
GetBucketLifecycleConfiguration s3express:GetLifecycleConfiguration
PutBucketLifecycleConfiguration s3express:PutLifecycleConfiguration
DeleteBucketLifecycle s3express:PutLifecycleConfiguration
= https://docs.aws.amazon.com/lambda/latest/api/API_{event}.html AWS Lambda API Reference
@ lambda
Invoke lambda:InvokeFunction
InvokeWithResponseStream lambda:InvokeFunction
= https://docs.aws.amazon.com/kms/latest/APIReference/API_{event}.html AWS KMS API Reference
@ kms
ReEncrypt kms:ReEncryptFrom kms:ReEncryptTo
= https://docs.aws.amazon.com/kms/latest/developerguide/understanding-kms-entries.html Examples of AWS KMS log entries
DeleteKey -service-event
RotateKey -service-event
DeleteExpiredKeyMaterial -service-event
SynchronizeMultiRegionKey -service-event
= https://docs.aws.amazon.com/service-authorization/latest/reference/list_dynamodb.html Service Authorization Reference, Amazon DynamoDB
@ dynamodb
ExecuteStatement dynamodb:PartiQLSelect|dynamodb:PartiQLInsert|dynamodb:PartiQLUpdate|dynamodb:PartiQLDelete
BatchExecuteStatement dynamodb:PartiQLSelect|dynamodb:PartiQLInsert|dynamodb:PartiQLUpdate|dynamodb:PartiQLDelete
ExecuteTransaction dynamodb:PartiQLSelect|dynamodb:PartiQLInsert|dynamodb:PartiQLUpdate|dynamodb:PartiQLDelete
CreateTable dynamodb:CreateTable ?dynamodb:CreateTableReplica ?dynamodb:AssociateTableReplica ?dynamodb:PutResourcePolicy ?dynamodb:TagResource ?dynamodb:GetItem ?dynamodb:PutItem ?dynamodb:UpdateItem ?dynamodb:DeleteItem ?dynamodb:BatchWriteItem ?dynamodb:Query ?dynamodb:Scan
RestoreTableFromBackup dynamodb:RestoreTableFromBackup ?dynamodb:GetItem ?dynamodb:PutItem ?dynamodb:UpdateItem ?dynamodb:DeleteItem ?dynamodb:BatchWriteItem ?dynamodb:Query ?dynamodb:Scan
RestoreTableToPointInTime dynamodb:RestoreTableToPointInTime ?dynamodb:CreateTableReplica ?dynamodb:AssociateTableReplica ?dynamodb:GetItem ?dynamodb:PutItem ?dynamodb:UpdateItem ?dynamodb:DeleteItem ?dynamodb:BatchWriteItem ?dynamodb:Query ?dynamodb:Scan
UpdateTable dynamodb:UpdateTable ?dynamodb:CreateTableReplica ?dynamodb:AssociateTableReplica ?dynamodb:DeleteTableReplica ?dynamodb:GetItem ?dynamodb:PutItem ?dynamodb:UpdateItem ?dynamodb:DeleteItem ?dynamodb:BatchWriteItem ?dynamodb:Query ?dynamodb:Scan
= https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html Using IAM with DynamoDB transactions
TransactGetItems dynamodb:GetItem
TransactWriteItems dynamodb:PutItem|dynamodb:UpdateItem|dynamodb:DeleteItem|dynamodb:ConditionCheckItem
= https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-batch-api-actions.html Amazon SQS batch actions
@ sqs
SendMessageBatch sqs:SendMessage
DeleteMessageBatch sqs:DeleteMessage
ChangeMessageVisibilityBatch sqs:ChangeMessageVisibility
= https://docs.aws.amazon.com/sns/latest/api/API_{event}.html Amazon SNS API Reference
@ sns
PublishBatch sns:Publish
= https://docs.aws.amazon.com/service-authorization/latest/reference/list_sts.html Service Authorization Reference, AWS Security Token Service
@ sts
AssumeRole sts:AssumeRole tags+sts:TagSession sourceIdentity+sts:SetSourceIdentity providedContexts+sts:SetContext
GetFederationToken sts:GetFederationToken tags+sts:TagSession
GetWebIdentityToken sts:GetWebIdentityToken tags+sts:TagGetWebIdentityToken
= https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html Pass session tags in AWS STS
AssumeRoleWithSAML sts:AssumeRoleWithSAML ?sts:TagSession ?sts:SetSourceIdentity
AssumeRoleWithWebIdentity sts:AssumeRoleWithWebIdentity ?sts:TagSession ?sts:SetSourceIdentity
= https://docs.aws.amazon.com/STS/latest/APIReference/API_{event}.html AWS STS API Reference
GetCallerIdentity -no-permission
GetSessionToken -no-permission
= https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_{event}.html Amazon Bedrock API Reference
@ bedrock
Converse bedrock:InvokeModel
ConverseStream bedrock:InvokeModelWithResponseStream
StartAsyncInvoke bedrock:InvokeModel
RetrieveAndGenerateStream bedrock:RetrieveAndGenerate
= https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_{event}.html Amazon CloudFront API Reference
@ cloudfront
CreateDistributionWithTags cloudfront:CreateDistribution cloudfront:TagResource
= https://docs.aws.amazon.com/service-authorization/latest/reference/list_keyspaces.html Service Authorization Reference, Amazon Keyspaces
@ cassandra
CreateKeyspace cassandra:Create ?cassandra:CreateMultiRegionResource ?cassandra:TagResource
CreateTable cassandra:Create ?cassandra:CreateMultiRegionResource ?cassandra:TagResource
CreateType cassandra:Create ?cassandra:CreateMultiRegionResource
DeleteKeyspace cassandra:Drop ?cassandra:DropMultiRegionResource
DeleteTable cassandra:Drop ?cassandra:DropMultiRegionResource
DeleteType cassandra:Drop ?cassandra:DropMultiRegionResource
GetKeyspace cassandra:Select
GetTable cassandra:Select
GetTableAutoScalingSettings cassandra:Select ?cassandra:SelectMultiRegionResource
GetType cassandra:Select
ListKeyspaces cassandra:Select
ListTables cassandra:Select
ListTypes cassandra:Select
RestoreTable cassandra:Restore cassandra:Select ?cassandra:RestoreMultiRegionTable
UpdateKeyspace cassandra:Alter ?cassandra:AlterMultiRegionResource ?cassandra:Create ?cassandra:CreateMultiRegionResource ?cassandra:Modify ?cassandra:ModifyMultiRegionResource ?cassandra:Select ?cassandra:SelectMultiRegionResource ?cassandra:TagResource
UpdateTable cassandra:Alter ?cassandra:AlterMultiRegionResource
= https://docs.aws.amazon.com/service-authorization/latest/reference/list_timestream.html Service Authorization Reference, Amazon Timestream
@ timestream
PrepareQuery timestream:Select
Query timestream:Select|timestream:SelectValues|timestream:Unload|timestream:DescribeTable|timestream:ListMeasures|timestream:ListDatabases|timestream:ListTables
CreateBatchLoadTask timestream:CreateBatchLoadTask timestream:WriteRecords
= https://docs.aws.amazon.com/service-authorization/latest/reference/list_budgets.html Service Authorization Reference, AWS Budget Service
@ budgets
CreateBudget budgets:ModifyBudget ?budgets:TagResource
CreateNotification budgets:ModifyBudget
CreateSubscriber budgets:ModifyBudget
DeleteBudget budgets:ModifyBudget
DeleteNotification budgets:ModifyBudget
DeleteSubscriber budgets:ModifyBudget
UpdateBudget budgets:ModifyBudget
UpdateNotification budgets:ModifyBudget
UpdateSubscriber budgets:ModifyBudget
DescribeBudget budgets:ViewBudget
DescribeBudgets budgets:ViewBudget
DescribeBudgetNotificationsForAccount budgets:ViewBudget
DescribeBudgetPerformanceHistory budgets:ViewBudget
DescribeNotificationsForBudget budgets:ViewBudget
DescribeSubscribersForNotification budgets:ViewBudget
= https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_{event}.html AWS Security Hub API Reference
@ securityhub
GetFindingsV2 securityhub:GetFindings
BatchUpdateFindingsV2 securityhub:BatchUpdateFindings
= https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_{event}.html IAM Access Analyzer API Reference
@ access-analyzer
GetFindingV2 access-analyzer:GetFinding
ListFindingsV2 access-analyzer:ListFindings
= https://docs.aws.amazon.com/glue/latest/webapi/API_{event}.html AWS Glue Web API Reference
@ glue
GetUnfilteredTableMetadata glue:GetTable
= https://docs.aws.amazon.com/neptune/latest/apiref/API_{event}.html Amazon Neptune API Reference
@ neptune-db
ExecuteGremlinQuery neptune-db:ReadDataViaQuery|neptune-db:WriteDataViaQuery|neptune-db:DeleteDataViaQuery
ExecuteOpenCypherQuery neptune-db:ReadDataViaQuery|neptune-db:WriteDataViaQuery|neptune-db:DeleteDataViaQuery
@ neptune-graph
ExecuteQuery neptune-graph:ReadDataViaQuery|neptune-graph:WriteDataViaQuery|neptune-graph:DeleteDataViaQuery
= https://docs.aws.amazon.com/verifiedpermissions/latest/apireference/API_{event}.html Amazon Verified Permissions API Reference
@ verifiedpermissions
BatchIsAuthorized verifiedpermissions:IsAuthorized
BatchIsAuthorizedWithToken verifiedpermissions:IsAuthorizedWithToken
BatchGetPolicy verifiedpermissions:GetPolicy
= https://docs.aws.amazon.com/redshift/latest/APIReference/API_{event}.html Amazon Redshift API Reference
@ redshift
GetClusterCredentials redshift:GetClusterCredentials ?redshift:CreateClusterUser ?redshift:JoinGroup
= https://docs.aws.amazon.com/cloudsearch/latest/developerguide/API_{event}.html Amazon CloudSearch Developer Guide
@ cloudsearch
UploadDocuments cloudsearch:document
= https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html AWS Management Console sign-in events
@ signin
ConsoleLogin -sign-in
CheckMfa -sign-in
PasswordUpdated -sign-in
= https://docs.aws.amazon.com/secretsmanager/latest/userguide/cloudtrail_log_entries.html AWS CloudTrail entries for Secrets Manager
@ secretsmanager
RotationStarted -service-event
RotationSucceeded -service-event
RotationFailed -service-event
RotationAbandoned -service-event
TestRotationStarted -service-event
TestRotationSucceeded -service-event
TestRotationFailed -service-event
StartSecretVersionDelete -service-event
CancelSecretVersionDelete -service-event
EndSecretVersionDelete -service-event
= https://docs.aws.amazon.com/organizations/latest/userguide/orgs_cloudtrail-integration.html Logging and monitoring in AWS Organizations
@ organizations
CreateAccountResult -service-event
CloseAccountResult -service-event
`;
