import type { Collector } from '../collector.js';
import { asTheyAre, get, inCapitals, lift, where } from '../json.js';

/** A state machine with its role. What it does is not read: it is long, may be encrypted, and holds what it is given. */
export const stateMachine: Collector = {
  type: 'AWS::StepFunctions::StateMachine',
  service: 'states',
  version: 1,
  scope: 'region',
  list: {
    call: 'sfn:ListStateMachines',
    permission: 'states:ListStateMachines',
    pages: { input: 'nextToken', output: 'nextToken', limit: ['maxResults', 1000] },
    items: 'stateMachines.*',
  },
  each: {
    describe: {
      call: 'sfn:DescribeStateMachine',
      permission: 'states:DescribeStateMachine',
      input: { stateMachineArn: '{stateMachineArn}', includedData: 'METADATA_ONLY' },
      proof: ['roleArn'],
      gone: ['StateMachineDoesNotExist'],
      feeds: ['EncryptionConfiguration', 'LoggingConfiguration', 'RoleArn', 'TracingConfiguration', '$status'],
    },
    tags: {
      call: 'sfn:ListTagsForResource',
      permission: 'states:ListTagsForResource',
      input: { resourceArn: '{stateMachineArn}' },
      answer: 'tags',
      gone: ['ResourceNotFound'],
      feeds: ['Tags'],
    },
  },
  tells: ['StateMachineName', 'StateMachineType'],
  id: 'stateMachineArn',
  arn: '{stateMachineArn}',
  unread: ['Definition', 'DefinitionS3Location', 'DefinitionString', 'DefinitionSubstitutions'],
  sets: ['Tags'],
  project: (item, parts) => ({
    properties: {
      ...lift(item, { StateMachineName: 'name', StateMachineType: 'type' }),
      RoleArn: get(parts['describe'], 'roleArn'),
      EncryptionConfiguration: inCapitals(
        get(parts['describe'], 'encryptionConfiguration'),
        asTheyAre('kmsDataKeyReusePeriodSeconds', 'kmsKeyId', 'type'),
      ),
      LoggingConfiguration: inCapitals(get(parts['describe'], 'loggingConfiguration'), {
        ...asTheyAre('includeExecutionData', 'level'),
        destinations: { cloudWatchLogsLogGroup: asTheyAre('logGroupArn') },
      }),
      TracingConfiguration: inCapitals(get(parts['describe'], 'tracingConfiguration'), asTheyAre('enabled')),
      Tags: where(parts['tags'], (tags) => inCapitals(tags, asTheyAre('key', 'value'))),
    },
    live: { ...lift(item, { creation_date: 'creationDate' }), ...lift(parts['describe'], { status: 'status' }) },
  }),
};
