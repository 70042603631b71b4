import type {
  RightSizedOutcome,
  RightSizedPolicy,
  RightSizedStatement,
  StatementText,
  UnseenKept,
} from '../../findings/right-sizing.js';
import { elementsOf, fieldOf } from '../../iam/index.js';
import type { Value } from '../../model/value.js';
import { keyName } from '../global-keys.js';
import { locationOf, sidOf } from '../places.js';
import { shown, shownList } from '../shown-text.js';
import type { NewStatement } from './build-document.js';
import { asWritten, isChanged, type PolicyDraft, type SizablePolicy } from './draft-policy.js';
import type { NarrowedStatement, UnseenActions } from './narrow-statement.js';
import { notesOf, unseenNote } from './notes.js';
import { toTerraform } from './terraform-text.js';

/** What is to be said of a policy beside what it became. */
export interface PolicyFacts {
  readonly kind: RightSizedPolicy['kind'];
  readonly sharedWith: readonly string[];
  readonly limit: number;
  /** What its Terraform text is called. */
  readonly label: string;
}

/** A policy and what it becomes, for reports. */
export function describePolicy(sizable: SizablePolicy, draft: PolicyDraft, facts: PolicyFacts): RightSizedPolicy {
  const { policy } = sizable;
  const isNarrowed = isChanged(draft);
  const documents = isNarrowed ? draft.documents : [];
  const outcome: RightSizedOutcome = !isNarrowed ? 'unchanged' : documents.length === 0 ? 'removed' : 'narrowed';
  const all = draft.documents.flatMap(({ statements }) => statements);
  return {
    name: policy.name ?? 'policy',
    kind: facts.kind,
    outcome,
    reason: null,
    sharedWith: facts.sharedWith,
    statements: draft.narrowed.map((one) => describeStatement(one, all)),
    documents: documents.map(({ json }) => `${JSON.stringify(json.json, null, 2)}\n`),
    terraform: documents.map(({ statements }, index) =>
      toTerraform(statements, index === 0 ? facts.label : `${facts.label}_${index + 1}`),
    ),
    hasUnknown: documents.some(({ json }) => json.hasUnknown),
    size: {
      before: asWritten(sizable, '').documents.reduce((sum, { size }) => sum + size, 0),
      after: draft.documents.map(({ size }) => size),
      limit: facts.limit,
    },
    location: locationOf(policy.document),
  };
}

/** What stays of policies for logs do not show it, each action once, by the reason: the most first. */
export function unseenIn(drafts: readonly PolicyDraft[]): UnseenKept[] {
  const groups = new Map<string, { readonly first: UnseenActions; readonly actions: Set<string> }>();
  const counted = new Set<string>();
  const kept = drafts.flatMap(({ narrowed }) => narrowed.flatMap(unseenOf));
  for (const first of kept) {
    const key = `${first.reason} ${first.detail}`;
    const group = groups.get(key) ?? { first, actions: new Set<string>() };
    groups.set(key, group);
    for (const action of first.actions) {
      if (!counted.has(action)) group.actions.add(action);
      counted.add(action);
    }
  }
  return [...groups.values()]
    .filter(({ actions }) => actions.size > 0)
    .map(({ first, actions }) => ({ reason: first.reason, detail: first.detail, actions: [...actions].sort() }))
    .sort((one, other) => other.actions.length - one.actions.length || (one.detail < other.detail ? -1 : 1));
}

function unseenOf(narrowed: NarrowedStatement): readonly UnseenActions[] {
  if (narrowed.kind === 'kept') return narrowed.unseen;
  return narrowed.kind === 'narrowed' ? narrowed.parts.flatMap(({ unseen }) => unseen) : [];
}

function describeStatement(narrowed: NarrowedStatement, all: readonly NewStatement[]): RightSizedStatement {
  const { source, kind } = narrowed;
  const before = toStatementText(source.value, { notes: [], isUnseen: false });
  const location = locationOf(source.value);
  if (kind === 'removed')
    return { outcome: 'removed', before, after: [], removedActions: narrowed.actionCount, reason: null, location };
  if (kind === 'kept') {
    const notes = narrowed.unseen.map(unseenNote);
    const kept = { ...before, notes, isUnseen: narrowed.unseen.length > 0 };
    return {
      outcome: 'unchanged',
      before,
      after: [kept],
      removedActions: 0,
      reason: narrowed.reason ?? null,
      location,
    };
  }
  const after = all
    .filter((one) => one.source === source)
    .map(({ value, part }) =>
      toStatementText(value, { notes: notesOf(part), isUnseen: (part?.unseen.length ?? 0) > 0 }),
    );
  return { outcome: 'narrowed', before, after, removedActions: narrowed.removed.length, reason: null, location };
}

function toStatementText(statement: Value, shownAs: Pick<StatementText, 'notes' | 'isUnseen'>): StatementText {
  const effect = fieldOf(statement, 'effect');
  return {
    sid: sidOf(statement),
    effect: effect === undefined ? 'Allow' : shown(effect),
    actions: shownList(fieldOf(statement, 'actions')),
    notActions: shownList(fieldOf(statement, 'not_actions')),
    resources: shownList(fieldOf(statement, 'resources')),
    notResources: shownList(fieldOf(statement, 'not_resources')),
    conditions: elementsOf(fieldOf(statement, 'condition')).elements.map(({ value }) => conditionText(value)),
    ...shownAs,
  };
}

function conditionText(condition: Value): string {
  const [test, variable] = (['test', 'variable'] as const).map((name) => {
    const field = fieldOf(condition, name);
    return field === undefined ? '' : shown(field);
  });
  return `${test} ${keyName(variable ?? '')} ${shownList(fieldOf(condition, 'values')).join(', ')}`;
}
