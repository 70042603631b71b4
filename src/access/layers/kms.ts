import { type Answer, any, equals, open } from '../../iam/index.js';
import type { AccessRequest, KmsGrant } from '../request.js';

/**
 * Grants of a key, which allow their grantee operations without any policy. AWS KMS Developer Guide, "Grants in AWS KMS".
 * Whether a grantee in another account needs its own policy too the pages do not say.
 */
export function evaluateKmsGrants(asked: AccessRequest, isSameAccount: Answer): Answer {
  if (!asked.action.toLowerCase().startsWith('kms:')) return false;
  const granted = any(asked.policies.kmsGrants.map((grant) => isGranted(grant, asked)));
  if (granted === false || isSameAccount === true) return granted;
  return open({ kind: 'construct', name: 'kms-grant-cross-account' });
}

function isGranted(grant: KmsGrant, { caller, action, encryptionContext }: AccessRequest): Answer {
  const operation = action.slice('kms:'.length).toLowerCase();
  if (!grant.operations.some((name) => name.toLowerCase() === operation)) return false;
  const isGrantee = 'account' in caller && any(namesOf(caller).map((name) => equals(grant.grantee, name)));
  if (isGrantee !== false && grant.perhaps !== undefined) return open(grant.perhaps);
  if (isGrantee === false || (grant.equals === undefined && grant.subset === undefined)) return isGrantee;
  if (encryptionContext === undefined) return open({ kind: 'key', name: 'kms:encryptioncontext' });
  const isIn = (some: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>) =>
    Object.entries(some).every(([key, value]) => other[key] === value);
  const isMet =
    (grant.subset === undefined || isIn(grant.subset, encryptionContext)) &&
    (grant.equals === undefined || (isIn(grant.equals, encryptionContext) && isIn(encryptionContext, grant.equals)));
  return isMet && isGrantee;
}

function namesOf(caller: Extract<AccessRequest['caller'], { account: unknown }>) {
  if (caller.kind === 'role-session') return [caller.arn, caller.roleArn];
  return caller.kind === 'federated-user' ? [caller.arn, caller.userArn] : [caller.arn];
}
