import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';
import { notSeen } from '../terrain.js';

const starting = (type: string) => needOn(type, 'ssm:StartAutomationExecution');

/**
 * Run a runbook with the role. To start it is asked for the document and the execution. Policies of older days name the
 * `automation-definition`, and examples of the User Guide the document: with one of those alone it is not known.
 */
export const startAutomation: Technique = {
  id: 'P35',
  title: 'Run a runbook with the role',
  documentation: [
    'AWS Systems Manager API Reference, "StartAutomationExecution"',
    'AWS Systems Manager User Guide, "Setting up identity based policies examples"',
    'Service Authorization Reference, "Actions, resources, and condition keys for AWS Systems Manager"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'act-as',
  needs: [passRole('ssm.amazonaws.com'), needOn('document', 'ssm:CreateDocument')],
  prerequisite: (terrain) => {
    const { targets } = rolesTrusting(terrain, 'ssm.amazonaws.com');
    const causes = [notSeen('which resources ssm:StartAutomationExecution asks for')];
    return {
      targets: targets.flatMap((target) => [
        { ...target, also: [starting('document'), starting('automation-execution')] },
        ...['document', 'automation-definition'].map((type) => ({
          ...target,
          also: [starting(type)],
          causes: [...target.causes, ...causes],
        })),
      ]),
    };
  },
};
