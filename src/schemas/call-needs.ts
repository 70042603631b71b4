/** A permission that a call needs beside the one that has its name. */
export interface CallNeed {
  /** `ec2:RunInstances` on another resource, or `iam:PassRole`. */
  readonly action: string;
  /** The type of the resource, as the catalogue calls it: `subnet`. */
  readonly type: string;
  /** When it is needed, in words; undefined: always. */
  readonly when?: string | undefined;
  /** To which service a role is handed. */
  readonly service?: string | undefined;
}

/**
 * What a call needs, by its action in lower case; undefined where it needs its own permission only, or where nothing is known
 * of it. The first type of a call's own action is what it is mostly asked about.
 */
export function needsOfCall(action: string): readonly CallNeed[] | undefined {
  return NEEDS.get(action.toLowerCase());
}

/**
 * The types of resources of one action that a call asks about all at once. Amazon EC2 User Guide, "Example policies to control
 * access to the Amazon EC2 API" (launching instances, volumes, snapshots, network interfaces); Service Authorization Reference,
 * "Actions, resources, and condition keys for Amazon EC2" (types marked as required).
 */
const TYPES: Readonly<Record<string, string>> = {
  'ec2:AttachInternetGateway': 'internet-gateway vpc',
  'ec2:AttachNetworkInterface': 'instance network-interface',
  'ec2:AttachVolume': 'instance volume',
  'ec2:CreateImage': 'image instance snapshot',
  'ec2:CreateNetworkInterface': 'network-interface subnet',
  'ec2:CreateRouteTable': 'route-table vpc',
  'ec2:CreateSnapshot': 'snapshot volume',
  'ec2:CreateSnapshots': 'instance snapshot volume',
  'ec2:CreateSubnet': 'subnet vpc',
  'ec2:CreateVpcEndpoint': 'vpc-endpoint vpc',
  'ec2:CreateVpcPeeringConnection': 'vpc-peering-connection vpc',
  'ec2:DetachNetworkInterface': 'instance network-interface',
  'ec2:RunInstances': 'instance image network-interface security-group subnet',
};

/** Calls that hand a role to a service, and when. IAM User Guide, "Grant a user permissions to pass a role to an AWS service". */
const ROLES: Readonly<Record<string, { readonly service: string; readonly when?: string }>> = {
  'apprunner:CreateService': { service: 'tasks.apprunner.amazonaws.com', when: 'the service has an instance role' },
  'cloudformation:CreateStack': { service: 'cloudformation.amazonaws.com', when: 'the stack has a role of its own' },
  'cloudformation:UpdateStack': { service: 'cloudformation.amazonaws.com', when: 'the stack is given a role' },
  'codebuild:CreateProject': { service: 'codebuild.amazonaws.com' },
  'ec2:AssociateIamInstanceProfile': { service: 'ec2.amazonaws.com' },
  'ec2:ReplaceIamInstanceProfileAssociation': { service: 'ec2.amazonaws.com' },
  'ec2:RunInstances': { service: 'ec2.amazonaws.com', when: 'the instance has an instance profile' },
  'ecs:RegisterTaskDefinition': { service: 'ecs-tasks.amazonaws.com', when: 'the tasks have a role' },
  'ecs:RunTask': { service: 'ecs-tasks.amazonaws.com', when: 'the tasks have a role' },
  'ecs:StartTask': { service: 'ecs-tasks.amazonaws.com', when: 'the tasks have a role' },
  'ecs:CreateService': { service: 'ecs-tasks.amazonaws.com', when: 'the tasks have a role' },
  'eks:CreateCluster': { service: 'eks.amazonaws.com' },
  'glue:CreateJob': { service: 'glue.amazonaws.com' },
  'iam:AddRoleToInstanceProfile': { service: 'ec2.amazonaws.com' },
  'lambda:CreateFunction': { service: 'lambda.amazonaws.com' },
  'lambda:UpdateFunctionConfiguration': { service: 'lambda.amazonaws.com', when: 'the function is given another role' },
  'sagemaker:CreateNotebookInstance': { service: 'sagemaker.amazonaws.com' },
  'sagemaker:CreateTrainingJob': { service: 'sagemaker.amazonaws.com' },
  'states:CreateStateMachine': { service: 'states.amazonaws.com' },
};

/** Volumes are made for images that begin on one; those of instance stores have none. */
const VOLUME: CallNeed = { action: 'ec2:RunInstances', type: 'volume', when: 'the image begins on a volume of EBS' };

const NEEDS: ReadonlyMap<string, readonly CallNeed[]> = new Map(
  [...new Set([...Object.keys(TYPES), ...Object.keys(ROLES)])].map((action): [string, readonly CallNeed[]] => {
    const types = (TYPES[action] ?? '').split(' ').filter((type) => type !== '');
    const role = ROLES[action];
    return [
      action.toLowerCase(),
      [
        ...types.map((type): CallNeed => ({ action, type })),
        ...(action === 'ec2:RunInstances' ? [VOLUME] : []),
        ...(role === undefined ? [] : [{ action: 'iam:PassRole', type: 'role', ...role }]),
      ],
    ];
  }),
);
