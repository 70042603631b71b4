/**
 * JSON as it stands in a snapshot. Two objects are values of their own: `{ "$none": true }` is "there is no such
 * configuration", which is known, and `{ "$secret": { "length", "hash" } }` is a text that was kept back.
 */
export type SnapshotJson =
  | null
  | boolean
  | number
  | string
  | readonly SnapshotJson[]
  | { readonly [key: string]: SnapshotJson };

/** How one operation ended in one account and region. */
export const COVERAGE_STATES = [
  'collected',
  /** The permission is missing. */
  'denied',
  /** Every attempt was answered by "too many requests". */
  'throttled',
  /** Some pages came, then it failed. */
  'truncated',
  /** A server error, a connection that was reset, no answer in time, an answer that cannot be read. */
  'failed',
  /** The service is switched off here: known to be empty. */
  'not-enabled',
  /** The account does not use the region: known to be empty. */
  'not-opted-in',
  /** Left out by `--only` or `--skip`. */
  'not-selected',
  /** The service has no endpoint in the region: known to be empty. */
  'unsupported-here',
  /** The account's role could not be assumed. */
  'unreachable',
] as const;

export type CoverageState = (typeof COVERAGE_STATES)[number];

/** A line of `ledger.ndjson`: one operation in one account and region, of one parent where it is asked for each. */
export interface LedgerLine {
  readonly account: string;
  /** `global` for services that have no regions. */
  readonly region: string;
  /** `s3:GetBucketPolicy`: the client and the operation, as the collector names it. */
  readonly operation: string;
  readonly state: CoverageState;
  readonly pages: number;
  readonly items: number;
  /** The IAM action that is missing. */
  readonly permission: string | null;
  readonly code: string | null;
  readonly message: string | null;
  /** The id of the item that it was asked for; null for the operation as a whole. */
  readonly parent: string | null;
  readonly attempts: number;
  /** UTC, to the second. */
  readonly at: string;
}

/** What is missing of one resource. */
export interface SnapshotGap {
  /**
   * Property of the resource (`PublicAccessBlockConfiguration`); with `@` a companion that is a resource of its own, with `$`
   * a fact beside the properties.
   */
  readonly path: string;
  readonly operation: string;
  readonly state: CoverageState;
  readonly permission: string | null;
  readonly code: string | null;
}

/** A line of `resources/<account>/<region>.ndjson`. */
export interface SnapshotRecord {
  /** A type of CloudFormation; where it has none, a type of Terraform's or a scope (`aws_region`). */
  readonly type: string;
  /** What the service calls it: unique for the type in its account and region. */
  readonly id: string;
  readonly arn: string | null;
  readonly account: string;
  readonly region: string;
  /** In the shape of the type's properties. Live there are no defaults: what is absent does not apply. */
  readonly properties: { readonly [name: string]: SnapshotJson };
  /** Facts for which the type has no property (`RootDeviceName`), under names of the normal form. */
  readonly live?: { readonly [name: string]: SnapshotJson } | undefined;
  readonly gaps: readonly SnapshotGap[];
}

/**
 * A line of `usage/<account>/<region>.ndjson`: facts of a record that change from day to day, like when it was last used. They
 * are not in `resources/`, where every difference is one of the configuration.
 */
export type SnapshotUsage = Pick<SnapshotRecord, 'type' | 'id' | 'account' | 'region' | 'gaps'> & {
  readonly live: SnapshotRecord['properties'];
};

export interface SnapshotAccount {
  readonly id: string;
  readonly name: string | null;
  readonly status: 'complete' | 'gaps' | 'failed' | 'unreachable';
  readonly resources: number;
  /** Where they are not those of the header; none of an account that was not reached. */
  readonly regions?: readonly SnapshotRegion[] | undefined;
}

export interface SnapshotRegion {
  readonly name: string;
  readonly optIn: 'opt-in-not-required' | 'opted-in' | 'not-opted-in' | 'unknown';
}

/** `snapshot.json`, which is written last: without it a snapshot is unfinished. */
export interface SnapshotHeader {
  readonly kind: 'trueline-snapshot';
  readonly schema: number;
  /** The lowest schema that a reader must know. */
  readonly minReader: number;
  readonly tool: string;
  readonly provider: 'aws';
  readonly partition: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly caller: { readonly arn: string; readonly account: string };
  readonly accounts: readonly SnapshotAccount[];
  readonly regions: readonly SnapshotRegion[];
  readonly selection: {
    readonly only: readonly string[];
    readonly skip: readonly string[];
    readonly regions: readonly string[] | 'all-enabled';
    /** With what takes a call or more for each resource. */
    readonly deep?: boolean;
    /** Absent: that of the caller. */
    readonly accounts?: 'organization' | 'listed' | undefined;
  };
  /** Type → version of its projection. */
  readonly collectors: { readonly [type: string]: number };
  readonly secretKey: { readonly id: string; readonly algorithm: 'hmac-sha256-80' };
  /** Path in the folder → what is in it: a file that differs was changed by hand. */
  readonly files: { readonly [path: string]: { readonly lines: number; readonly sha256: string } };
  /** Of a snapshot that was put together of others: each of them. */
  readonly sources?: readonly SnapshotSource[] | undefined;
}

export interface SnapshotSource {
  readonly tool: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly caller: SnapshotHeader['caller'];
}

/** One thing that an operation tells. */
export interface SnapshotFeed {
  /** Of CloudFormation; where it has none, of Terraform, or a scope. */
  readonly type: string;
  /**
   * What of a resource: a property, `*` for every property that no other operation tells, with `@` a path in normal form
   * at which companions stand. Null: which resources of the type there are.
   */
  readonly path: string | null;
}

/** Operation, as the ledger names it → what it tells. What no operation tells was not collected. */
export type SnapshotFeeds = ReadonlyMap<string, readonly SnapshotFeed[]>;

/** Type → version of its projection, and the types that it writes beside it. */
export type SnapshotVersions = ReadonlyMap<string, { readonly version: number; readonly beside: readonly string[] }>;

/** The schema that this release writes, and the newest that it reads. */
export const SNAPSHOT_SCHEMA = 1;
