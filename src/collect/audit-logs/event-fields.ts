import { REQUEST_TRAITS } from '../../model/usage.js';
import * as SLOTS from './layout.js';

/** What an object of a kind may have. */
export interface Shape {
  readonly fields: readonly Field[];
  /** The same is read of each object of a list: one of the resources. */
  readonly areElements: boolean;
}

export interface Field {
  /** In ASCII. */
  readonly name: string;
  /** The slot of its text; -1: none. */
  readonly slot: number;
  /** The shape of the object that is its value. */
  readonly inside: Shape | undefined;
}

function shapeOf(fields: Readonly<Record<string, number | Shape>>, areElements = false): Shape {
  return {
    fields: Object.entries(fields).map(([name, value]) =>
      typeof value === 'number' ? { name, slot: value, inside: undefined } : { name, slot: -1, inside: value },
    ),
    areElements,
  };
}

/** Each with its slot, from one on. */
function slotsFrom(first: number, names: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(names.map((name, index) => [name, first + index]));
}

/** Names as events have them; of those with several spellings each that services use. */
const ROLE_NAMES = ['taskRoleArn', 'role', 'roleArn', 'roleARN', 'serviceRoleArn', 'serviceRole', 'executionRoleArn'];

const OTHER_NAMES = [
  'bucketName',
  'key',
  'functionName',
  'qualifier',
  'tableName',
  'indexName',
  'queueUrl',
  'topicArn',
  'streamName',
  'keyId',
  'policyArn',
  'userName',
  'roleName',
  'groupName',
  'repositoryName',
  'registryId',
  'stateMachineArn',
];

const PARAMETERS = {
  ...slotsFrom(SLOTS.FIRST_TRAIT, REQUEST_TRAITS),
  ...slotsFrom(SLOTS.FIRST_ROLE, ROLE_NAMES),
  ...slotsFrom(SLOTS.FIRST_PARAMETER, OTHER_NAMES),
};

/** The slot of a parameter of a request. */
export function slotOfParameter(name: string): number {
  return PARAMETERS[name] ?? -1;
}

const USER_IDENTITY = shapeOf({
  type: SLOTS.IDENTITY_TYPE,
  principalId: SLOTS.PRINCIPAL_ID,
  arn: SLOTS.PRINCIPAL_ARN,
  accountId: SLOTS.ACCOUNT_ID,
  accessKeyId: SLOTS.ACCESS_KEY_ID,
  userName: SLOTS.USER_NAME,
  invokedBy: SLOTS.INVOKED_BY,
  sessionContext: shapeOf({
    sourceIdentity: SLOTS.SOURCE_IDENTITY,
    sessionIssuer: shapeOf({ principalId: SLOTS.ISSUER_ID, arn: SLOTS.ISSUER_ARN }),
  }),
  onBehalfOf: shapeOf({ userId: SLOTS.ON_BEHALF_OF }),
});

/**
 * An event as CloudTrail records it, and what `LookupEvents` puts around one.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export const RECORD = shapeOf({
  eventVersion: SLOTS.EVENT_VERSION,
  eventTime: SLOTS.EVENT_TIME,
  eventSource: SLOTS.EVENT_SOURCE,
  eventName: SLOTS.EVENT_NAME,
  eventType: SLOTS.EVENT_TYPE,
  eventCategory: SLOTS.EVENT_CATEGORY,
  managementEvent: SLOTS.MANAGEMENT_EVENT,
  awsRegion: SLOTS.AWS_REGION,
  errorCode: SLOTS.ERROR_CODE,
  errorMessage: SLOTS.ERROR_MESSAGE,
  eventID: SLOTS.EVENT_ID,
  sharedEventID: SLOTS.SHARED_EVENT_ID,
  recipientAccountId: SLOTS.RECIPIENT_ACCOUNT_ID,
  userIdentity: USER_IDENTITY,
  requestParameters: shapeOf({
    ...PARAMETERS,
    iamInstanceProfile: shapeOf({ arn: SLOTS.FIRST_ROLE + ROLE_NAMES.length }),
  }),
  responseElements: shapeOf({
    ConsoleLogin: SLOTS.CONSOLE_LOGIN,
    credentials: shapeOf({ accessKeyId: SLOTS.ISSUED_KEY_ID }),
  }),
  resources: shapeOf({ ARN: SLOTS.RESOURCE_ARN, type: SLOTS.RESOURCE_TYPE }, true),
  CloudTrailEvent: SLOTS.LOOKUP_EVENT,
});
