import { readFileSync } from 'node:fs';
import { decide } from '../../src/access/decide.js';
import { deriveContext } from '../../src/access/derive-context.js';
import type { AccessRequest, KmsGrant, PolicyInForce, S3Settings } from '../../src/access/request.js';
import { toPolicyDocument } from '../../src/graph/policy-document.js';
import { ABSENT, type Caller, nameOf, textOf, unknownKey } from '../../src/iam/index.js';
import { invariant } from '../../src/source/invariant.js';
import { toValue } from './to-value.js';

interface WrittenPrincipal {
  readonly type: Caller['kind'];
  readonly account?: string;
  readonly arn?: string;
  readonly roleArn?: string;
  readonly userArn?: string;
  readonly service?: string;
  readonly provider?: string;
  readonly canonicalId?: string;
  readonly uniqueId?: string;
  readonly serviceLinked?: boolean;
  readonly managementAccount?: boolean;
  readonly orgId?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** A request and policies in AWS's JSON, with what is to be decided. */
export interface AccessCase {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly documentation: string;
  readonly request: {
    readonly principal: WrittenPrincipal;
    readonly action: string;
    readonly resource: string;
    readonly resourceAccount?: string;
    readonly context?: Readonly<Record<string, string | readonly string[] | Readonly<Record<string, string>>>>;
    readonly unknown?: readonly string[];
    readonly resourceInManagementAccount?: boolean;
    readonly rcpSupported?: boolean;
  };
  readonly policies: {
    readonly identity?: readonly unknown[];
    readonly boundary?: unknown;
    readonly session?: readonly unknown[];
    readonly resource?: unknown;
    readonly scp?: readonly (readonly unknown[])[];
    readonly rcp?: readonly (readonly unknown[])[];
    readonly endpoint?: unknown;
    readonly kmsGrants?: readonly (Omit<KmsGrant, 'grantee'> & { readonly grantee: string })[];
    readonly s3?: Partial<S3Settings>;
  };
  readonly expected: { readonly decision: string; readonly by?: readonly string[]; readonly keys?: readonly string[] };
}

export function readCases(path: string): readonly AccessCase[] {
  return (JSON.parse(readFileSync(path, 'utf8')) as { vectors: AccessCase[] }).vectors;
}

/** What is decided of a case, in the words of its expectation. */
export function decideCase(written: AccessCase): AccessCase['expected'] {
  return decideRequest(toAccessRequest(written));
}

export function decideRequest(request: AccessRequest): AccessCase['expected'] {
  const { outcome, by, causes } = decide(request);
  return outcome === 'depends' ? { decision: outcome, keys: causes.map(nameOf) } : { decision: outcome, by };
}

/** The request of a case, with its policies. */
export function toAccessRequest({ request, policies }: AccessCase): AccessRequest {
  const { principal, context = {}, unknown = [] } = request;
  const caller = toCaller(principal);
  const unknownKeys = new Set(unknown.map((key) => key.toLowerCase()));
  const { 'kms:EncryptionContext': encryptionContext = {}, ...keys } = context;
  const stated = new Map<string, readonly string[]>();
  for (const [key, value] of Object.entries(keys)) {
    stated.set(key.toLowerCase(), typeof value === 'string' ? [value] : (value as readonly string[]));
  }
  const derived = deriveContext(caller, {
    stated,
    principalTags: new Map(
      Object.entries(principal.tags ?? {}).map(([key, value]) => [key.toLowerCase(), textOf(value)]),
    ),
    hasAllTags: true,
    resourceTags: new Map(),
    organization: principal.orgId ?? 'none',
    resourceAccount: request.resourceAccount === undefined ? undefined : textOf(request.resourceAccount),
    region: undefined,
    hasKey: () => undefined,
    fallback: () => ABSENT,
  });
  return {
    caller,
    action: request.action,
    resource: request.resource === '*' ? textOf('*') : textOf(request.resource),
    resourceAccount: request.resourceAccount === undefined ? undefined : textOf(request.resourceAccount),
    context: (key) => (unknownKeys.has(key) ? unknownKey(key) : derived(key)),
    encryptionContext: encryptionContext as Readonly<Record<string, string>>,
    kindOf: (key) =>
      key === 'aws:multifactorauthpresent'
        ? 'bool'
        : key === 's3:max-keys'
          ? 'number'
          : key === 'aws:tagkeys'
            ? undefined
            : 'text',
    isCallerInManagementAccount: principal.managementAccount === true,
    isResourceInManagementAccount: request.resourceInManagementAccount === true,
    isBoundByRcps: request.rcpSupported !== false,
    policies: {
      identity: (policies.identity ?? []).map(inForce),
      boundary: policies.boundary === undefined ? undefined : inForce(policies.boundary),
      session: policies.session?.map(inForce),
      resource: policies.resource === undefined ? [] : [inForce(policies.resource)],
      scp: (policies.scp ?? []).map((level) => level.map(inForce)),
      rcp: (policies.rcp ?? []).map((level) => level.map(inForce)),
      endpoint: policies.endpoint === undefined ? undefined : inForce(policies.endpoint),
      kmsGrants: (policies.kmsGrants ?? []).map((grant) => ({ ...grant, grantee: textOf(grant.grantee) })),
      s3: policies.s3 === undefined ? undefined : toS3(policies.s3),
    },
  };
}

function toS3(written: Partial<S3Settings>): S3Settings {
  return {
    restrictPublicBuckets: false,
    ignorePublicAcls: false,
    ownership: 'ObjectWriter',
    policyIsPublic: false,
    mayHaveObjectAcls: false,
    acl: [],
    ...written,
  };
}

function inForce(json: unknown): PolicyInForce {
  const document = toPolicyDocument(toValue(json));
  invariant(document !== undefined, 'not a policy document');
  return { document };
}

function toCaller(written: WrittenPrincipal): Caller {
  const text = (name: 'account' | 'arn' | 'roleArn' | 'userArn' | 'service' | 'provider') =>
    textOf(written[name] ?? '');
  const { uniqueId, canonicalId } = written;
  const ids = { account: text('account'), arn: text('arn'), uniqueId, canonicalId };
  switch (written.type) {
    case 'user':
    case 'root':
      return { kind: written.type, ...ids };
    case 'role-session':
      return { kind: written.type, ...ids, roleArn: text('roleArn'), isServiceLinked: written.serviceLinked === true };
    case 'federated-user':
      return { kind: written.type, ...ids, userArn: text('userArn') };
    case 'service':
      return { kind: written.type, service: text('service') };
    case 'web-identity':
    case 'saml':
      return { kind: written.type, provider: text('provider') };
    case 'anonymous':
      return { kind: written.type };
  }
}
