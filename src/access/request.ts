import type { Caller, Cause, Context, Text } from '../iam/index.js';
import type { Value } from '../model/value.js';
import type { KeyKind } from '../schemas/iam-action-table.js';

/** A policy that is in force. */
export interface PolicyInForce {
  /** In Terraform's words, as the graph decodes documents. */
  readonly document: Value;
  /** `inline policy "bake"`, `aws_iam_policy.bake`: how it is named in an answer. */
  readonly name?: string | undefined;
  /** Why it is perhaps not attached. */
  readonly perhaps?: Cause | undefined;
  /** The value that names it, where its content is no part of the input: statements of it have that place. */
  readonly attachedBy?: Value | undefined;
  /** What is taken for granted of its content, in sentences. */
  readonly assumed?: readonly string[] | undefined;
}

/** The kinds of what decides; `root` is the account's own right. */
export type PolicyKind =
  | 'identity'
  | 'resource'
  | 'boundary'
  | 'session'
  | 'scp'
  | 'rcp'
  | 'endpoint'
  | 'acl'
  | 'kms-grant'
  | 'root';

/** A grant of a KMS key. */
export interface KmsGrant {
  readonly grantee: Text;
  readonly operations: readonly string[];
  /** Why it is perhaps not there, or not as it says. */
  readonly perhaps?: Cause | undefined;
  /** The encryption context that the call must have, whole or in part. */
  readonly equals?: Readonly<Record<string, string>> | undefined;
  readonly subset?: Readonly<Record<string, string>> | undefined;
}

/** What S3 decides by beside policies. Undefined: not known. */
export interface S3Settings {
  readonly restrictPublicBuckets: boolean | undefined;
  readonly ignorePublicAcls: boolean | undefined;
  readonly ownership: 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter' | undefined;
  readonly policyIsPublic: boolean | undefined;
  /** Whether objects may have lists of their own, which are not known. */
  readonly mayHaveObjectAcls: boolean;
  /** Of the bucket, by canonical ids and groups (`AllUsers`); undefined where it is not known. */
  readonly acl: readonly { readonly grantee: string; readonly permission: string }[] | undefined;
}

/** What is attached in code to one target that is above an account, or perhaps is. */
export interface WrittenGate {
  /** With why they perhaps do not bind. */
  readonly policies: readonly PolicyInForce[];
  /** What may allow instead of them; undefined where they only deny. */
  readonly others: Cause | undefined;
}

/** All policies that are in force for a request. What is empty is not there; what is not known is an unknown document. */
export interface PoliciesInForce {
  readonly identity: readonly PolicyInForce[];
  readonly boundary?: PolicyInForce | undefined;
  /** Undefined: none were given to the session. */
  readonly session?: readonly PolicyInForce[] | undefined;
  readonly resource: readonly PolicyInForce[];
  /** By level: the root of the organisation, its units, the account. */
  readonly scp: readonly (readonly PolicyInForce[])[];
  readonly rcp: readonly (readonly PolicyInForce[])[];
  /** Of code, where not all is known that stands beside them: by what they are attached to. */
  readonly writtenScps?: readonly WrittenGate[] | undefined;
  readonly writtenRcps?: readonly WrittenGate[] | undefined;
  readonly endpoint?: PolicyInForce | undefined;
  readonly kmsGrants: readonly KmsGrant[];
  readonly s3?: S3Settings | undefined;
}

/** A request to be decided. */
export interface AccessRequest {
  readonly caller: Caller;
  readonly action: string;
  /** `*` for an action without resources. */
  readonly resource: Text;
  /** Whose the resource is; undefined where it is not known. */
  readonly resourceAccount: Text | undefined;
  readonly context: Context;
  /** What the values of a key are; undefined where that is not known, or it may have several: it is not refined then. */
  readonly kindOf: (key: string) => KeyKind | undefined;
  /** The encryption context of a call of KMS; undefined where it is not known. */
  readonly encryptionContext?: Readonly<Record<string, string>> | undefined;
  /** The caller's account is the organisation's management account. */
  readonly isCallerInManagementAccount: boolean;
  readonly isResourceInManagementAccount: boolean;
  /** What of the control policies was not seen; undefined: they are all there. What was not seen denies nothing. */
  readonly unseenScps?: string | undefined;
  readonly unseenRcps?: string | undefined;
  /** Resource control policies bind the action's service. */
  readonly isBoundByRcps: boolean;
  readonly policies: PoliciesInForce;
}
