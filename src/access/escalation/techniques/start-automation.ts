import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';

/** Run a runbook with the role. */
export const startAutomation: Technique = {
  id: 'P35',
  title: 'Run a runbook with the role',
  documentation: [
    'AWS Systems Manager API Reference, "StartAutomationExecution"',
    'AWS Systems Manager User Guide, "Setting up Automation"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'act-as',
  needs: [
    passRole('ssm.amazonaws.com'),
    needOn('automation-definition', 'ssm:StartAutomationExecution'),
    needOn('document', 'ssm:CreateDocument'),
  ],
  prerequisite: (terrain) => rolesTrusting(terrain, 'ssm.amazonaws.com'),
};
