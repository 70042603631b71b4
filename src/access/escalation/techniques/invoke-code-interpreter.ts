import { carriersIn } from '../references.js';
import type { Technique } from '../technique.js';

/** Run code in an interpreter. */
export const invokeCodeInterpreter: Technique = {
  id: 'X28',
  title: 'Run code in an interpreter',
  documentation: ['Amazon Bedrock AgentCore API Reference, "InvokeCodeInterpreter"'],
  gain: 'become',
  needs: [
    { action: 'bedrock-agentcore:StartCodeInterpreterSession', on: 'carrier' },
    { action: 'bedrock-agentcore:InvokeCodeInterpreter', on: 'carrier' },
  ],
  prerequisite: (terrain) =>
    carriersIn(terrain, [
      {
        type: 'aws_bedrockagentcore_code_interpreter',
        role: 'execution_role_arn',
        arn: 'arn:{partition}:bedrock-agentcore:{region}:{account}:code-interpreter-custom/{code_interpreter_id}',
      },
      {
        type: 'AWS::BedrockAgentCore::CodeInterpreterCustom',
        role: 'ExecutionRoleArn',
        arn: 'arn:{partition}:bedrock-agentcore:{region}:{account}:code-interpreter-custom/{CodeInterpreterId}',
      },
    ]),
};
