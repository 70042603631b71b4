import { isHole, plainText, type Text } from '../iam/index.js';
import { splitText } from './stated-world.js';

/**
 * Service of an ARN → the kinds of its resources that may have policies, where not all may. After the actions that write such
 * policies, in the Service Authorization Reference, "Actions, resources, and condition keys for …"; of AWS Glue after the Glue
 * Developer Guide, "Resource-based policy examples for AWS Glue"; of SageMaker AI after the AWS RAM User Guide, "Shareable AWS
 * resources".
 */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  'bedrock-agentcore': ['gateway', 'runtime'],
  cloudtrail: ['channel', 'dashboard', 'eventdatastore'],
  codebuild: ['project', 'report-group'],
  glue: ['catalog', 'connection', 'database', 'table', 'tableVersion', 'userDefinedFunction'],
  lambda: ['function', 'layer'],
  sagemaker: [
    'experiment-trial',
    'feature-group',
    'hub',
    'lineage-group',
    'mlflow-app',
    'mlflow-tracking-server',
    'model-card',
    'model-package',
    'model-package-group',
    'partner-app',
    'pipeline',
    'sagemaker-catalog',
  ],
  ssm: ['document', 'opsitemgroup', 'parameter'],
};

/** Services of ARNs whose resources are asked about by actions of others, and have no policies of their own. */
const WITHOUT: ReadonlySet<string> = new Set(['ec2', 'ecs', 'resource-groups']);

/** Whether what an ARN names certainly has no policy of its own, whatever the action: EC2 instances, jobs of Glue. */
export function hasNoPolicy(arn: Text): boolean {
  const parts = splitText(arn);
  const service = plainText(parts[2] ?? []);
  if (parts.length < 6 || service === undefined) return false;
  if (WITHOUT.has(service)) return true;
  const kinds = KINDS[service];
  const kind = kindIn(parts[5] ?? []);
  return kinds !== undefined && kind !== undefined && !kinds.includes(kind);
}

/** The kind that the last part of an ARN begins with: `instance` of `instance/i-1`; undefined where it is not known. */
function kindIn(last: Text): string | undefined {
  const end = last.indexOf(SLASH);
  const first = end === -1 ? last : last.slice(0, end);
  return first.some(isHole) ? undefined : plainText(first);
}

const SLASH = 47;
