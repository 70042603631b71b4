import type { AttachedComment } from '../model/raw-resource.js';
import type { Resource, ResourceGraph } from '../model/resource.js';
import type { SourceRange } from '../source/source-file.js';
import type { Baseline } from './baseline.js';
import type { Evaluation } from './evaluation.js';
import type { FindingInstance, FindingSuppression } from './finding.js';
import type { FindingPlaces } from './places.js';
import type { PolicyMetadata } from './policy-metadata.js';
import type { FindingRules } from './rules.js';
import type { Severity } from './severity.js';

/** A root that was evaluated. Instances in roots of kind `example` sort last. */
export interface FindingRoot {
  readonly root: string;
  readonly kind: 'deployment' | 'module' | 'example';
  readonly workspace?: string | undefined;
}

export type IncludedOutcome = 'pass' | 'unknown' | 'skip' | 'suppressed';

export interface BuildFindingsInput {
  readonly evaluations: readonly Evaluation[];
  readonly graph: ResourceGraph;
  /** The policies that ran, by id. */
  readonly policies: ReadonlyMap<string, PolicyMetadata>;
  /** Ids and aliases of every policy there is: a suppression of one that did not run is neither unknown nor unused. */
  readonly knownPolicies?: ReadonlySet<string> | undefined;
  readonly comments: readonly AttachedComment[];
  readonly rules: FindingRules;
  readonly baseline?: Baseline | undefined;
  /** What an earlier revision had: those findings are left out, neither listed nor counted. */
  readonly before?: Baseline | undefined;
  /** `YYYY-MM-DD`: suppressions expire by it. */
  readonly asOf: string;
  readonly include: ReadonlySet<IncludedOutcome>;
  /** The lowest severity that is listed and counted. */
  readonly minSeverity?: Severity | undefined;
  readonly roots: readonly FindingRoot[];
  /** Whether a place of a resource of a root is asked for; a finding is reported if one of its places is. Absent: everything. */
  readonly selection?: ((range: SourceRange | undefined, root: string) => boolean) | undefined;
  /** Root → `moved` blocks, old address → new address. */
  readonly moved?: ReadonlyMap<string, ReadonlyMap<string, string>> | undefined;
}

/** One outcome on its way to a finding. */
export interface Candidate {
  readonly evaluation: Evaluation;
  readonly policy: PolicyMetadata;
  readonly resource: Resource;
  readonly severity: Severity;
  readonly places: FindingPlaces;
  /** The judged resource's address, for a stand-in the companion's. */
  readonly address: string;
  readonly suppression: FindingSuppression | undefined;
  readonly expired: FindingSuppression | undefined;
}

/** Roots in the order in which their instances are listed: examples last. */
export function rootOrder(roots: readonly FindingRoot[]): (a: FindingInstance, b: FindingInstance) => number {
  const examples = new Set(roots.filter(({ kind }) => kind === 'example').map(({ root }) => root));
  return (a, b) => Number(examples.has(a.root)) - Number(examples.has(b.root));
}
