import type { IamAction } from '../../schemas/iam-action-table.js';

/**
 * What else an event may have been about that names a resource, as a pattern that ends in `*`; undefined: nothing else. Among its
 * resources is the table of DynamoDB alone, whichever of its indexes was read, and the function of Lambda, whichever of its versions
 * or aliases was called; who reads an index, or calls an alias, needs nothing on the table or function.
 */
export function perhapsAlsoAbout(action: IamAction, resource: string): string | undefined {
  const [, , service] = resource.split(':');
  if (service === 'dynamodb' && /^arn:[a-z-]+:dynamodb:[^/]*:table\/[^/]+$/.test(resource))
    return action.resourceTypes.some(({ name }) => name === 'index') ? `${resource}/index/*` : undefined;
  if (service === 'lambda' && /^arn:[a-z-]+:lambda:[^:]*:[^:]*:function:[^:]+$/.test(resource))
    return action.resourceTypes.some(({ name }) => name.startsWith('function')) ? `${resource}:*` : undefined;
  return undefined;
}
