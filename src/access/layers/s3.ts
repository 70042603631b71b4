import { type Answer, all, any, type Naming, NOBODY, open } from '../../iam/index.js';
import type { AccessRequest, S3Settings } from '../request.js';

const POLICY_ACTIONS: ReadonlySet<string> = new Set([
  's3:getbucketpolicy',
  's3:putbucketpolicy',
  's3:deletebucketpolicy',
]);

/**
 * Whether the bucket's policy cannot deny: the root of its owner may always read, replace and delete it. Amazon S3 User
 * Guide, "Bucket policies" and API Reference, "PutBucketPolicy".
 */
export function isOwnersRightToPolicy({ caller, action }: AccessRequest, isSameAccount: Answer): Answer {
  return caller.kind === 'root' && POLICY_ACTIONS.has(action.toLowerCase()) ? isSameAccount : false;
}

/**
 * What a bucket's policy grants where `RestrictPublicBuckets` is on and the policy is public: only AWS services, and the
 * owner's own account. Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage".
 */
export function restrictPublic(naming: Naming, { caller, policies }: AccessRequest, isSameAccount: Answer): Naming {
  const { s3 } = policies;
  if (s3 === undefined || s3.restrictPublicBuckets === false || s3.policyIsPublic === false) return naming;
  if (caller.kind === 'service') return naming;
  const isRestricted =
    s3.restrictPublicBuckets === true && s3.policyIsPublic === true
      ? true
      : open({ kind: 'construct', name: 'restrict-public-buckets' });
  const isLet = 'account' in caller ? isSameAccount : false;
  const allowed = any([isLet, isRestricted === true ? false : isRestricted]);
  return {
    direct: all([naming.direct, allowed]),
    role: all([naming.role, allowed]),
    account: all([naming.account, allowed]),
  };
}

/** Permission of a bucket's list → the actions on the bucket that it gives. Amazon S3 User Guide, "ACL overview". */
const BUCKET_PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  READ: ['s3:listbucket', 's3:listbucketversions', 's3:listbucketmultipartuploads'],
  WRITE: ['s3:putobject'],
  READ_ACP: ['s3:getbucketacl'],
  WRITE_ACP: ['s3:putbucketacl'],
};

/** Actions that the list of an object gives. */
const OBJECT_ACTIONS: ReadonlySet<string> = new Set([
  's3:getobject',
  's3:getobjectversion',
  's3:getobjectacl',
  's3:getobjectversionacl',
  's3:putobjectacl',
  's3:putobjectversionacl',
]);

/**
 * What the bucket's access control list grants: never a Deny. Amazon S3 User Guide, "ACL overview", "Controlling ownership
 * of objects and disabling ACLs" and "Blocking public access": with `BucketOwnerEnforced` lists count for nothing, with
 * `IgnorePublicAcls` those for groups of everyone.
 */
export function evaluateAcl({ caller, action, policies }: AccessRequest): Naming {
  const { s3 } = policies;
  const lower = action.toLowerCase();
  if (s3 === undefined || s3.ownership === 'BucketOwnerEnforced') return NOBODY;
  if (OBJECT_ACTIONS.has(lower) && s3.mayHaveObjectAcls) {
    return { ...NOBODY, direct: open({ kind: 'construct', name: 'object-acl' }) };
  }
  const permissions = Object.entries(BUCKET_PERMISSIONS).filter(([, actions]) => actions.includes(lower));
  if (permissions.length === 0) return NOBODY;
  if (s3.acl === undefined) return { ...NOBODY, direct: open({ kind: 'construct', name: 'bucket-acl' }) };
  const names = new Set(['FULL_CONTROL', ...permissions.map(([name]) => name)]);
  const grantees = s3.acl.filter(({ permission }) => names.has(permission)).map(({ grantee }) => grantee);
  const isForAll = grantees.includes('AllUsers') || ('account' in caller && grantees.includes('AuthenticatedUsers'));
  const canonicalId = 'account' in caller ? caller.canonicalId : undefined;
  return {
    direct: isForAll && publicAnswer(s3),
    role: false,
    account: canonicalId === undefined ? canonicalUnknown(caller, grantees) : grantees.includes(canonicalId),
  };
}

function publicAnswer({ ignorePublicAcls }: S3Settings): Answer {
  if (ignorePublicAcls !== undefined) return !ignorePublicAcls;
  return open({ kind: 'construct', name: 'ignore-public-acls' });
}

const GROUPS: ReadonlySet<string> = new Set(['AllUsers', 'AuthenticatedUsers', 'LogDelivery']);

function canonicalUnknown(caller: AccessRequest['caller'], grantees: readonly string[]): Answer {
  const hasIds = grantees.some((grantee) => !GROUPS.has(grantee));
  return 'account' in caller && hasIds ? open({ kind: 'construct', name: 'canonical-user' }) : false;
}
