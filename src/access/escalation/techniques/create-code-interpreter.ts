import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Make a code interpreter with the role, and run code. */
export const createCodeInterpreter: Technique = {
  id: 'P39',
  title: 'Make a code interpreter with the role, and run code',
  documentation: [
    'Amazon Bedrock AgentCore API Reference, "CreateCodeInterpreter"',
    'Amazon Bedrock AgentCore API Reference, "InvokeCodeInterpreter"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [
    passRole('bedrock-agentcore.amazonaws.com'),
    { action: 'bedrock-agentcore:CreateCodeInterpreter', on: '*' },
    needOn('code-interpreter-custom', 'bedrock-agentcore:StartCodeInterpreterSession'),
    needOn('code-interpreter-custom', 'bedrock-agentcore:InvokeCodeInterpreter'),
  ],
  prerequisite: (terrain) => rolesTrusting(terrain, 'bedrock-agentcore.amazonaws.com'),
};
