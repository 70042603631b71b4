/** What an object of a kind may have: where the text of a field goes, and what is inside of it. */
export interface Shape {
  /** Names in ASCII. */
  readonly names: readonly Uint8Array[];
  /** For each name the slot of its value; -1: none. */
  readonly slots: Int16Array;
  /** For each name the shape of the object, or of the objects of the list, that is its value. */
  readonly inside: readonly (Shape | undefined)[];
  /** An element of this is to be noted as a whole: one of the resources. */
  readonly isElement: boolean;
  /** Positions of names by `hash & (size - 1)`, open addressing; -1: free. */
  readonly table: Int16Array;
}

/** Fields of an event whose place in the bytes is kept. */
const SLOT_NAMES = [
  'eventVersion',
  'eventTime',
  'eventSource',
  'eventName',
  'eventType',
  'eventCategory',
  'managementEvent',
  'awsRegion',
  'errorCode',
  'errorMessage',
  'eventID',
  'sharedEventID',
  'recipientAccountId',
  'lookupEvent',
  'identityType',
  'principalId',
  'arn',
  'accountId',
  'accessKeyId',
  'userName',
  'invokedBy',
  'sourceIdentity',
  'issuerType',
  'issuerId',
  'issuerArn',
  'onBehalfOf',
  'consoleLogin',
  'issuedKeyId',
  'resourceArn',
  'resourceType',
  'policyArns',
  'providedContexts',
  'requestSourceIdentity',
  'tags',
  'versionId',
  'bucketName',
  'key',
  'functionName',
  'qualifier',
  'tableName',
  'indexName',
  'roleArn',
  'roleARN',
  'role',
  'taskRoleArn',
  'executionRoleArn',
  'serviceRoleArn',
  'serviceRole',
  'instanceProfileArn',
  'queueUrl',
  'topicArn',
  'streamName',
  'keyId',
  'policyArn',
  'requestUserName',
  'roleName',
  'groupName',
  'repositoryName',
  'registryId',
  'stateMachineArn',
] as const;

type SlotName = (typeof SLOT_NAMES)[number];

/** The number of each slot: the text of slot `n` is from `slots[2 * n]` until before `slots[2 * n + 1]`, or -1. */
export const SLOT = Object.fromEntries(SLOT_NAMES.map((name, index) => [name, index])) as Readonly<
  Record<SlotName, number>
>;

export const SLOT_COUNT = SLOT_NAMES.length;

interface Field {
  readonly slot?: SlotName;
  readonly inside?: Shape;
}

const text = (slot: SlotName): Field => ({ slot });

function shapeOf(fields: Readonly<Record<string, Field>>, isElement = false): Shape {
  const names = Object.keys(fields);
  const size = 2 ** Math.ceil(Math.log2(names.length * 4 + 4));
  const table = new Int16Array(size).fill(-1);
  const encoded = names.map((name) => Buffer.from(name, 'latin1'));
  encoded.forEach((name, index) => {
    let at = hashOf(name) & (size - 1);
    while (table[at] !== -1) at = (at + 1) & (size - 1);
    table[at] = index;
  });
  return {
    names: encoded,
    slots: Int16Array.from(names, (name) => slotOf(fields[name])),
    inside: names.map((name) => fields[name]?.inside),
    isElement,
    table,
  };
}

function slotOf(field: Field | undefined): number {
  return field?.slot === undefined ? -1 : SLOT[field.slot];
}

/** As the scanner computes it while it looks for the end of a name. */
function hashOf(name: Uint8Array): number {
  let hash = 0;
  for (const byte of name) hash = (hash * 31 + byte) | 0;
  return hash;
}

const SESSION_ISSUER = shapeOf({ type: text('issuerType'), principalId: text('issuerId'), arn: text('issuerArn') });

const SESSION_CONTEXT = shapeOf({ sourceIdentity: text('sourceIdentity'), sessionIssuer: { inside: SESSION_ISSUER } });

const USER_IDENTITY = shapeOf({
  type: text('identityType'),
  principalId: text('principalId'),
  arn: text('arn'),
  accountId: text('accountId'),
  accessKeyId: text('accessKeyId'),
  userName: text('userName'),
  invokedBy: text('invokedBy'),
  sessionContext: { inside: SESSION_CONTEXT },
  onBehalfOf: { inside: shapeOf({ userId: text('onBehalfOf') }) },
});

/** Names as events have them; of those with several spellings each that services use. */
const REQUEST_PARAMETERS = shapeOf({
  policyArns: text('policyArns'),
  providedContexts: text('providedContexts'),
  sourceIdentity: text('requestSourceIdentity'),
  tags: text('tags'),
  versionId: text('versionId'),
  bucketName: text('bucketName'),
  key: text('key'),
  functionName: text('functionName'),
  qualifier: text('qualifier'),
  tableName: text('tableName'),
  indexName: text('indexName'),
  roleArn: text('roleArn'),
  roleARN: text('roleARN'),
  role: text('role'),
  taskRoleArn: text('taskRoleArn'),
  executionRoleArn: text('executionRoleArn'),
  serviceRoleArn: text('serviceRoleArn'),
  serviceRole: text('serviceRole'),
  iamInstanceProfile: { inside: shapeOf({ arn: text('instanceProfileArn') }) },
  queueUrl: text('queueUrl'),
  topicArn: text('topicArn'),
  streamName: text('streamName'),
  keyId: text('keyId'),
  policyArn: text('policyArn'),
  userName: text('requestUserName'),
  roleName: text('roleName'),
  groupName: text('groupName'),
  repositoryName: text('repositoryName'),
  registryId: text('registryId'),
  stateMachineArn: text('stateMachineArn'),
});

const RESPONSE_ELEMENTS = shapeOf({
  ConsoleLogin: text('consoleLogin'),
  credentials: { inside: shapeOf({ accessKeyId: text('issuedKeyId') }) },
});

/**
 * An event as CloudTrail records it, and what `LookupEvents` puts around one.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export const RECORD = shapeOf({
  eventVersion: text('eventVersion'),
  eventTime: text('eventTime'),
  eventSource: text('eventSource'),
  eventName: text('eventName'),
  eventType: text('eventType'),
  eventCategory: text('eventCategory'),
  managementEvent: text('managementEvent'),
  awsRegion: text('awsRegion'),
  errorCode: text('errorCode'),
  errorMessage: text('errorMessage'),
  eventID: text('eventID'),
  sharedEventID: text('sharedEventID'),
  recipientAccountId: text('recipientAccountId'),
  userIdentity: { inside: USER_IDENTITY },
  requestParameters: { inside: REQUEST_PARAMETERS },
  responseElements: { inside: RESPONSE_ELEMENTS },
  resources: { inside: shapeOf({ ARN: text('resourceArn'), type: text('resourceType') }, true) },
  CloudTrailEvent: text('lookupEvent'),
});
