import { needOn, passRole, rolesTrusting } from '../prerequisites.js';
import type { Technique } from '../technique.js';
import { notSeen } from '../terrain.js';

/** Make a service whose instances have the role. */
export const createAppRunnerService: Technique = {
  id: 'P30',
  title: 'Make a service whose instances have the role',
  documentation: [
    'AWS App Runner API Reference, "CreateService"',
    'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
  ],
  gain: 'become',
  needs: [passRole('apprunner.amazonaws.com'), needOn('service', 'apprunner:CreateService')],
  prerequisite: (terrain) => {
    const { targets } = rolesTrusting(terrain, 'tasks.apprunner.amazonaws.com');
    // AWSAppRunnerFullAccess, a policy of AWS, has it passed to the service itself; the guide names the one that is trusted.
    const causes = [notSeen('to which service roles of App Runner are passed')];
    return {
      targets: targets.flatMap((target) => [
        target,
        { ...target, passedTo: 'tasks.apprunner.amazonaws.com', causes: [...target.causes, ...causes] },
      ]),
    };
  },
};
