import type { Collector } from '../collector.js';
import { each, get, lift, where } from '../json.js';

/** Where whoever may runs code, with its role. Those that are the service's own have none, and are not listed. */
export const codeInterpreter: Collector = {
  type: 'AWS::BedrockAgentCore::CodeInterpreterCustom',
  service: 'bedrock-agentcore',
  version: 1,
  scope: 'region',
  list: {
    call: 'bedrockagentcore:ListCodeInterpreters',
    permission: 'bedrock-agentcore:ListCodeInterpreters',
    input: { type: 'CUSTOM' },
    pages: { input: 'nextToken', output: 'nextToken', limit: ['maxResults', 100] },
    items: 'codeInterpreterSummaries.*',
  },
  // One that was deleted is shown for a while.
  only: [{ path: 'status', differs: 'DELETED' }],
  each: {
    describe: {
      call: 'bedrockagentcore:GetCodeInterpreter',
      permission: 'bedrock-agentcore:GetCodeInterpreter',
      input: { codeInterpreterId: '{codeInterpreterId}' },
      proof: ['codeInterpreterArn'],
      gone: ['ResourceNotFoundException'],
      feeds: ['Certificates', 'ExecutionRoleArn', 'NetworkConfiguration'],
    },
    tags: {
      call: 'bedrockagentcore:ListTagsForResource',
      permission: 'bedrock-agentcore:ListTagsForResource',
      input: { resourceArn: '{codeInterpreterArn}' },
      answer: 'tags',
      emptyMeans: {},
      gone: ['ResourceNotFoundException'],
      feeds: ['Tags'],
    },
  },
  tells: ['Description', 'Name'],
  id: 'codeInterpreterId',
  arn: '{codeInterpreterArn}',
  project: (item, parts) => ({
    properties: {
      ...lift(item, { Description: 'description', Name: 'name' }),
      ExecutionRoleArn: get(parts['describe'], 'executionRoleArn'),
      Certificates: each(parts['describe'], 'certificates', (certificate) => ({
        CertificateLocation: { SecretArn: get(certificate, 'location.secretsManager.secretArn') },
      })),
      NetworkConfiguration: where(get(parts['describe'], 'networkConfiguration'), (network) => ({
        NetworkMode: get(network, 'networkMode'),
        VpcConfig: where(get(network, 'vpcConfig'), (vpc) =>
          lift(vpc, { SecurityGroups: 'securityGroups', Subnets: 'subnets' }),
        ),
      })),
      Tags: parts['tags'],
    },
    live: { ...lift(item, { created_at: 'createdAt', status: 'status' }), id: get(item, 'codeInterpreterId') },
  }),
};
