import { type Cause, nameOf } from '../iam/index.js';
import { iamActions } from '../schemas/iam-actions.js';

/** Global keys of several values: IAM User Guide, "AWS global condition context keys". */
export const MULTIVALUED: ReadonlySet<string> = new Set([
  'aws:calledvia',
  'aws:principalorgpaths',
  'aws:principalservicenameslist',
  'aws:resourceorgpaths',
  'aws:sourceorgpaths',
  'aws:tagkeys',
]);

/** `s3:ExistingObjectTag/<key>` and `${TagKey}` stand for any name. */
export function isKey(written: string, key: string): boolean {
  const lower = written.toLowerCase();
  const at = lower.search(/\$\{|</);
  return at === -1 ? lower === key : key.startsWith(lower.slice(0, at)) && key.length > at;
}

/** A condition key as documentation writes it; it is read in lower case. */
export function keyName(key: string): string {
  const colon = key.indexOf(':');
  const known = key.startsWith('aws:')
    ? GLOBAL_KEYS
    : iamActions()
        .keysOf(key.slice(0, colon))
        .map(({ name }) => name);
  for (const name of known) {
    const start = name.search(/\$\{|</);
    if (start === -1 ? name.toLowerCase() === key : key.startsWith(name.slice(0, start).toLowerCase()))
      return start === -1 ? name : name.slice(0, start) + key.slice(start);
  }
  return key;
}

/** What an answer depends on, for people: keys as documentation writes them. */
export function causeName(cause: Cause): string {
  return cause.kind === 'key' ? keyName(cause.name) : nameOf(cause);
}

/** IAM User Guide, "AWS global condition context keys". */
const GLOBAL_KEYS = `aws:AssumedRoot aws:CalledVia aws:CalledViaFirst aws:CalledViaLast aws:CurrentTime
aws:Ec2InstanceSourcePrivateIPv4 aws:Ec2InstanceSourceVpc aws:EpochTime aws:FederatedProvider aws:MultiFactorAuthAge
aws:MultiFactorAuthPresent aws:PrincipalAccount aws:PrincipalArn aws:PrincipalIsAWSService aws:PrincipalOrgID
aws:PrincipalOrgPaths aws:PrincipalServiceName aws:PrincipalServiceNamesList aws:PrincipalTag/\${TagKey}
aws:PrincipalType aws:Referer aws:RequestTag/\${TagKey} aws:RequestedRegion aws:ResourceAccount aws:ResourceOrgID
aws:ResourceOrgPaths aws:ResourceTag/\${TagKey} aws:SecureTransport aws:SourceAccount aws:SourceArn aws:SourceIdentity
aws:SourceIp aws:SourceOrgID aws:SourceOrgPaths aws:SourceVpc aws:SourceVpcArn aws:SourceVpce aws:TagKeys
aws:TokenIssueTime aws:userid aws:UserAgent aws:username aws:ViaAWSService aws:VpceAccount aws:VpceOrgID
aws:VpceOrgPaths aws:VpcSourceIp`.split(/\s+/);
