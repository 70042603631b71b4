import { expandActions, hasEffect, type Statement, type Text, toDocument, toTemplate } from '../../iam/index.js';
import type { Value } from '../../model/value.js';
import { stringValue } from '../../model/values.js';
import { iamActions } from '../../schemas/iam-actions.js';
import { sidOf } from '../places.js';
import type { PolicyInForce } from '../request.js';

/** A statement of a policy as it is written, taken apart as far as it may be narrowed. */
export interface SourceStatement {
  readonly value: Value;
  readonly statement: Statement;
  readonly sid: string | null;
  /** Why it stays as it is, in one sentence; undefined for an Allow that may be narrowed. */
  readonly keptFor: string | undefined;
  readonly actions: readonly ActionPattern[];
  readonly resources: readonly ResourcePattern[];
}

/** An action as it is written, with those of the catalogue that it stands for. */
export interface ActionPattern {
  readonly text: string;
  readonly hasWildcard: boolean;
  /** All but what a NotAction names: of it no wildcard is written. */
  readonly isComplement?: true;
  /** In lower case. One that is spelled out stands for itself, also where the catalogue does not know it. */
  readonly actions: ReadonlySet<string>;
}

export interface ResourcePattern {
  /** Undefined where a part is not known, or is a variable: it is replaced by nothing else. */
  readonly text: string | undefined;
  readonly value: Value;
  /** All but these: the list of a NotResource. */
  readonly allBut?: readonly string[];
}

/** The statements of a policy, in their order; undefined where they are not all known. */
export function toSourceStatements(
  { document, perhaps }: PolicyInForce,
  narrowsNot = false,
): SourceStatement[] | undefined {
  const { statements, isOpen } = toDocument(document);
  return isOpen || perhaps !== undefined
    ? undefined
    : statements.map((statement) => toSourceStatement(statement, narrowsNot));
}

function toSourceStatement(statement: Statement, narrowsNot: boolean): SourceStatement {
  const { source } = statement;
  const written = reasonToKeep(statement, narrowsNot);
  const actions = written === undefined ? actionPatterns(statement) : [];
  const empty = actions.find((pattern) => pattern.actions.size === 0);
  return {
    value: source,
    statement,
    sid: sidOf(source),
    keptFor: empty === undefined ? written : `the catalogue knows no action that "${empty.text}" stands for`,
    actions,
    resources: written === undefined ? ownResources(statement) : [],
  };
}

function reasonToKeep(statement: Statement, narrowsNot: boolean): string | undefined {
  const { source, actions, notActions, resources, notResources, perhaps, isAllow } = statement;
  if (isAllow === false)
    return hasEffect(source, 'Deny') === true ? 'a Deny stays' : 'its effect is neither Allow nor Deny';
  if (isAllow === undefined) return 'whether it allows is not known';
  if (perhaps) return 'whether it is there is not known';
  if (notActions !== undefined && !narrowsNot)
    return 'NotAction allows all but what it names: with --narrow-not what was used takes its place';
  if (notResources !== undefined && !narrowsNot)
    return 'NotResource allows all but what it names: with --narrow-not what was used takes its place';
  if (resources === undefined && notResources === undefined) return 'it names no resources';
  if (!isListed(actions ?? notActions)) return 'its actions are not all known';
  if (notResources !== undefined && !isListed(notResources)) return 'its resources are not all known';
  return resources?.rest === undefined ? undefined : 'its resources are not all known';
}

/** Whether all of a list are known texts. */
function isListed(list: Statement['actions']): boolean {
  if (list === undefined || list.rest !== undefined) return false;
  return list.elements.every(({ value, perhaps }) => perhaps === undefined && plainTextOf(value) !== undefined);
}

/** The text of a value that is one known text without variables. */
function plainTextOf(value: Value): string | undefined {
  return value.kind === 'string' && !value.value.includes('\u0024{') ? value.value : undefined;
}

function actionPatterns({ actions, notActions }: Statement): ActionPattern[] {
  if (notActions !== undefined) return [allActionsBut(textsIn(notActions))];
  return (actions?.elements ?? []).map(({ value }): ActionPattern => {
    const text = plainTextOf(value) ?? '';
    const hasWildcard = /[*?]/.test(text);
    return { text, hasWildcard, actions: hasWildcard ? expand(text) : new Set([text.toLowerCase()]) };
  });
}

function textsIn(list: Statement['actions']): string[] {
  return (list?.elements ?? []).map(({ value }) => plainTextOf(value) ?? '');
}

function allActionsBut(texts: readonly string[]): ActionPattern {
  const but = new Set(texts.flatMap((text) => [...expand(text)]));
  const actions = new Set([...expand('*')].filter((action) => !but.has(action)));
  return { text: '', hasWildcard: true, isComplement: true, actions };
}

function ownResources(statement: Statement): ResourcePattern[] {
  const { notResources, source } = statement;
  if (notResources === undefined) return resourcePatterns(statement);
  return [{ text: undefined, value: source, allBut: textsIn(notResources) }];
}

const expanded = new Map<string, ReadonlySet<string>>();

function expand(text: string): ReadonlySet<string> {
  const lower = text.toLowerCase();
  let known = expanded.get(lower);
  if (known === undefined) {
    known = expandActions([toPatternText(lower === '*:*' ? '*' : lower)], iamActions());
    expanded.set(lower, known);
  }
  return known;
}

function toPatternText(text: string): Text {
  return (toTemplate(stringValue(text), false)?.tokens ?? []) as Text;
}

/** The resources of a statement, as far as they are listed. */
export function resourcePatterns({ resources }: Statement): ResourcePattern[] {
  return (resources?.elements ?? []).map(({ perhaps, value }) => ({
    text: perhaps === undefined ? plainTextOf(value) : undefined,
    value,
  }));
}

/** A resource as it is written; what is no plain text is named by its place: `#2`. */
export function ownPattern({ text }: ResourcePattern, index: number): string {
  return text ?? `#${index}`;
}

/** An action as the catalogue writes it, or as it is written. */
export function catalogueName(action: string): string {
  return iamActions().actionNamed(action)?.name ?? action;
}
