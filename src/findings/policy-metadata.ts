import type { Severity } from './severity.js';

/** What reports and commands say of a policy; nothing in it depends on a resource. */
export interface PolicyMetadata {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly since: string;
  readonly description: string;
  readonly remediation: string;
  readonly references: readonly string[];
  readonly controls: ReadonlyMap<string, readonly string[]>;
  readonly aliases: readonly string[];
  /** Resource types, or the name of a view. */
  readonly resource: { readonly types: readonly string[] } | { readonly view: string };
  readonly assert: string;
  readonly when?: string | undefined;
  readonly isFixable: boolean;
  /** In the set `default`: what it finds is worth mending almost everywhere. */
  readonly isByDefault: boolean;
  /** It judges what is live alone: code cannot say what it asks for. */
  readonly isOnlyLive: boolean;
  readonly fixNote?: string | undefined;
  readonly notes?: string | undefined;
  readonly deprecated?: string | undefined;
  readonly renamedFrom: readonly string[];
  /** `aws`. */
  readonly provider: string;
  /** `s3`. */
  readonly service: string;
  /** Example files, shortened to one failing and one passing block, for help texts. */
  readonly examples?: { readonly failing?: string | undefined; readonly passing?: string | undefined } | undefined;
  /** The file from which it was loaded, for a policy of the user's; null for a shipped one. */
  readonly file?: string | null | undefined;
}
