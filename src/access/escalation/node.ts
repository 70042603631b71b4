import { type Cause, isHole, plainText, type Text, toDocument } from '../../iam/index.js';
import type { Resource } from '../../model/resource.js';
import type { Principal } from '../principals.js';
import type { PolicyInForce } from '../request.js';
import { type ActionSet, actionsLike, holdsAll, intersectionOf, listActions, unionOf } from '../rows/action-set.js';
import type { GrantRow } from '../rows/open-grants.js';

/** A principal as far as paths lead through it: as it is, or rid of something that limits it. */
export interface Node {
  readonly id: string;
  readonly name: string;
  readonly resource: Resource;
  readonly principal: Principal;
  readonly rows: readonly GrantRow[];
  /**
   * Those of the actions that techniques need, in lower case, that its rows may allow, with the known beginnings of what they
   * are about; undefined: of anything.
   */
  readonly actions: ReadonlyMap<string, readonly string[] | undefined>;
}

/** Makes nodes of principals with their rows; `needed` are the actions that techniques need. */
export function openNodes(needed: readonly string[]) {
  const wanted = unionOf(needed.map(actionsLike));
  const found = new WeakMap<ActionSet, readonly string[]>();
  const actionsIn = (set: ActionSet) => {
    let names = found.get(set);
    if (names === undefined) {
      names = listActions(intersectionOf(set, wanted)).map((name) => name.toLowerCase());
      found.set(set, names);
    }
    return names;
  };
  return (one: Omit<Node, 'actions'>): Node => {
    const rows = one.rows.filter(({ state }) => state !== 'closed');
    return { ...one, rows, actions: beginningsOf(rows, actionsIn) };
  };
}

function beginningsOf(
  rows: readonly GrantRow[],
  actionsIn: (set: ActionSet) => readonly string[],
): Map<string, readonly string[] | undefined> {
  const found = new Map<string, readonly string[] | undefined>();
  for (const { actions, compiled } of rows) {
    const { starts } = compiled;
    for (const action of actionsIn(actions)) {
      const known = found.get(action);
      if (known !== undefined) found.set(action, starts === undefined ? undefined : [...known, ...starts]);
      else if (!found.has(action)) found.set(action, starts);
    }
  }
  return found;
}

/** Whoever may do all of these on everything, gives itself what it lacks: an administrator. */
export const POWERS: ActionSet = unionOf(
  [
    'iam:AttachRolePolicy',
    'iam:AttachUserPolicy',
    'iam:CreateAccessKey',
    'iam:CreatePolicyVersion',
    'iam:CreateRole',
    'iam:CreateUser',
    'iam:PassRole',
    'iam:PutRolePolicy',
    'iam:PutUserPolicy',
    'iam:UpdateAssumeRolePolicy',
  ].map(actionsLike),
);

/** Whether a boundary lets an administrator through: true, false, or what it depends on. */
export function letsAdminThrough(boundary: PolicyInForce | undefined): boolean | Cause {
  if (boundary === undefined) return true;
  const { statements, isOpen } = toDocument(boundary.document);
  if (isOpen || boundary.perhaps !== undefined)
    return boundary.perhaps ?? { kind: 'construct', name: boundary.name ?? 'permissions boundary' };
  return isAdminDocument(boundary) && statements.every(({ isAllow }) => isAllow === true);
}

/** Whether a policy by itself makes an administrator of whoever has it. */
export function isAdminDocument({ document, perhaps }: Pick<PolicyInForce, 'document' | 'perhaps'>): boolean {
  if (perhaps !== undefined) return false;
  const whole = toDocument(document).statements.flatMap((statement) => {
    const { isAllow, conditions, areConditionsOpen, actions, resources } = statement;
    const isPlain = isAllow === true && !statement.perhaps && conditions.length === 0 && !areConditionsOpen;
    if (!isPlain || actions === undefined || !isStar(resources)) return [];
    return actions.elements.flatMap(({ options, perhaps: maybe }) => {
      const [only] = options;
      const plain = only === undefined || maybe !== undefined ? undefined : plainText(only.tokens as Text);
      return plain === undefined ? [] : [actionsLike(plain)];
    });
  });
  return holdsAll(unionOf(whole), POWERS);
}

function isStar(
  texts:
    | {
        readonly elements: readonly {
          readonly options: readonly ({ readonly tokens: readonly unknown[] } | undefined)[];
        }[];
      }
    | undefined,
): boolean {
  return (
    texts?.elements.some(({ options }) => options[0] !== undefined && plainText(options[0].tokens as Text) === '*') ===
    true
  );
}

/** Whether some row may allow the action on a thing, by the patterns that are known: what is not known may. */
export function mayMatch({ actions }: Node, action: string, text: Text): boolean {
  const name = action.toLowerCase();
  const starts = actions.get(name);
  if (starts === undefined) return actions.has(name);
  const plain = wholeText(text);
  return plain === undefined || starts.some((start) => plain.startsWith(start) || start.startsWith(plain));
}

const wholeTexts = new WeakMap<Text, { readonly plain: string | undefined }>();

/** A text that is wholly known; undefined for others. */
export function wholeText(text: Text): string | undefined {
  let known = wholeTexts.get(text);
  if (known === undefined) {
    known = { plain: text.some(isHole) ? undefined : plainText(text) };
    wholeTexts.set(text, known);
  }
  return known.plain;
}
