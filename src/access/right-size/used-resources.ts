import type { IamAction } from '../../schemas/iam-action-table.js';
import type { Visibility } from '../usage/usage.js';
import type { Call } from './calls.js';
import { mayBeOn, type NarrowedResources, narrowResources, type StatedResources } from './narrow-resources.js';
import { ownPattern } from './source-statement.js';

/** On which of a statement's resources an action was used, as far as logs show it. */
export interface UsedResources {
  /** Those of the statement on which uses would not be seen; undefined: none. */
  readonly open: UnseenAction | undefined;
  /** Patterns for those on which it was used, of the others; undefined: on none. */
  readonly used: NarrowedResources | undefined;
}

export interface UnseenAction {
  readonly visibility: Unseen;
  /** Those of the statement's resources on which uses would not be seen: see `ownPattern`. */
  readonly resources: readonly string[];
}

type Unseen = Extract<Visibility, { readonly kind: 'unseen' }>;

interface UseEvidence {
  /** Whether uses of an action would have been seen, on a resource as a policy writes it; without one: on any. */
  readonly visibilityOf: (action: string, resource?: string) => Visibility;
  /** Of everything that is within something all of it. */
  readonly isWide: boolean;
}

/** The resources of a statement on which an action was used, by its calls, apart from those on which that would not be seen. */
export function usedResources(
  source: StatedResources,
  action: IamAction | undefined,
  calls: readonly Call[],
  evidence: UseEvidence,
): UsedResources {
  const { open, seen } = splitResources(source, action, calls, evidence);
  if (seen === undefined) return { open, used: undefined };
  const onSeen = open === undefined ? calls : calls.filter((call) => mayBeOn(call, seen));
  const used = onSeen.length === 0 ? undefined : narrowResources(action, onSeen, seen, evidence.isWide);
  return { open, used };
}

/** The resources of a statement on which uses of an action would not be seen, and the statement with the others. */
function splitResources(
  source: StatedResources,
  known: IamAction | undefined,
  calls: readonly Call[],
  { visibilityOf }: UseEvidence,
): { readonly open: UnseenAction | undefined; readonly seen: StatedResources | undefined } {
  const own = source.resources.map(ownPattern);
  const whole = known === undefined ? UNKNOWN_ACTION : doubtful(visibilityOf(known.name), calls);
  if (whole.kind === 'seen') return { open: undefined, seen: source };
  const each = source.resources.map(({ text }) =>
    known === undefined || text === undefined || text === '*' ? whole : doubtful(visibilityOf(known.name, text), calls),
  );
  const first = each.find((one) => one.kind === 'unseen');
  const seen = source.resources.filter((_, index) => each[index]?.kind === 'seen');
  const resources = own.filter((_, index) => each[index]?.kind === 'unseen');
  return {
    open: first === undefined ? undefined : { visibility: first, resources },
    seen: seen.length === 0 ? undefined : { resources: seen },
  };
}

const UNKNOWN_ACTION: Unseen = {
  kind: 'unseen',
  reason: 'unmapped-events',
  detail: 'The catalogue does not know it: of no event it can be told that it is its use.',
};

/** That a service was never tried is contradicted by a call: then nothing is sure. */
function doubtful(visibility: Visibility, calls: readonly Call[]): Visibility {
  if (visibility.kind === 'unseen' || visibility.by === undefined || calls.length === 0) return visibility;
  return { kind: 'unseen', reason: 'not-collected', detail: 'IAM has not recorded the service as tried, and it was.' };
}
