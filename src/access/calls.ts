import type { AccessAnswer, NeededPermission } from '../findings/access-answer.js';
import { holeOf, isHole, plainText, type Text, type Token, textOf } from '../iam/index.js';
import { unknownValue } from '../model/values.js';
import { type CallNeed, needsOfCall } from '../schemas/call-needs.js';
import { iamActions } from '../schemas/iam-actions.js';
import { uniqueProblems } from './document-problems.js';
import type { QuestionProblem, Target } from './names.js';
import { splitText } from './stated-world.js';

/** A permission that a call needs beside the one that is asked about. */
export interface Pair {
  readonly action: string;
  readonly target: Target;
  /** As it is shown: an ARN, in which a name that is not given stands as `${subnet}`. */
  readonly named: string;
  readonly when: string | undefined;
  /** Keys of its request, in lower case. */
  readonly context: ReadonlyMap<string, readonly string[]>;
}

/** What is given of a call. */
export interface GivenCall {
  readonly action: string;
  readonly target: Target;
  /** The caller's account, where it has one. */
  readonly account: Text | undefined;
  /** Other resources of the call, by their names. */
  readonly others: ReadonlyMap<string, Target>;
}

/** What else a call needs; of a resource that is not given it is any one. */
export function otherPairs({ action, target, account, others }: GivenCall): readonly Pair[] | QuestionProblem {
  const needs = needsOfCall(action) ?? [];
  const open = needs.filter((need) => !isSameAction(need, action) || !isOfType(target.text, need));
  const left = new Map(others);
  const pairs = open.map((need): Pair => {
    const [given] = [...left].filter(([, { text }]) => isOfType(text, need));
    if (given !== undefined) left.delete(given[0]);
    const text = given?.[1].text ?? anyOf(need, target.text, account);
    return {
      action: need.action,
      target: given?.[1] ?? { text, resource: undefined },
      named: given?.[0] ?? shown(text, need.type),
      // What is given is needed.
      when: given === undefined ? need.when : undefined,
      context: new Map(need.service === undefined ? [] : [['iam:passedtoservice', [need.service]]]),
    };
  });
  const [unfit] = left.keys();
  return unfit === undefined ? pairs : { problem: `"${unfit}" is nothing else that ${action} is known to need.` };
}

function isSameAction(need: CallNeed, action: string): boolean {
  return need.action.toLowerCase() === action.toLowerCase();
}

/** The form of the ARNs of what is needed, as the catalogue has it. */
function formOf({ action, type }: CallNeed): string {
  return (
    iamActions()
      .actionNamed(action)
      ?.resourceTypes.find((one) => one.name === type)?.arns[0] ?? ''
  );
}

function isOfType(text: Text, need: CallNeed): boolean {
  const form = formOf(need).split(':');
  const written = text.map((token) => (typeof token === 'number' ? String.fromCharCode(token) : '-')).join('');
  const own = written.split(':');
  const start = form
    .slice(5)
    .join(':')
    .replace(/\$\{.*$/, '');
  return own[2] === form[2] && own.slice(5).join(':').startsWith(start);
}

/** One that is not named, where the rest of the call is. */
function anyOf(need: CallNeed, beside: Text, account: Text | undefined): Text {
  const [, partition = textOf('aws'), , region = [], owner = []] = splitText(beside);
  const places: Readonly<Record<string, Text>> = {
    Partition: partition,
    Region: region,
    Account: owner.length > 0 ? owner : (account ?? []),
  };
  return formOf(need)
    .split(/(\$\{[^}]+\})/)
    .flatMap((part): readonly Token[] => {
      if (!part.startsWith('${')) return textOf(part);
      return places[part.slice(2, -1)] ?? [holeFor(need)];
    });
}

/** Ids of EC2 are names; roles may have a path. */
function holeFor({ type, action }: CallNeed): Token {
  const isRole = action === 'iam:PassRole';
  const subject = isRole ? 'the role that is handed over' : `the ${type} of the call`;
  const details = { type: { kind: 'string' }, subject, identity: subject, notNull: true } as const;
  return { ...holeOf(unknownValue('outside-input', details)), isName: !isRole };
}

function shown(text: Text, type: string): string {
  return text.map((token) => (isHole(token) ? `\${${type}}` : (plainText([token]) ?? ''))).join('');
}

/** A permission that was decided, with when it is needed. */
export interface DecidedPair {
  readonly answer: AccessAnswer;
  readonly when: string | undefined;
}

/** The answer for a call: allowed if all is that it always needs, denied if something of it is denied. */
export function joinPairs(own: AccessAnswer, others: readonly DecidedPair[]): AccessAnswer {
  if (others.length === 0) return own;
  const pairs: DecidedPair[] = [{ answer: own, when: undefined }, ...others];
  const always = pairs.flatMap(({ answer, when }) => (when === undefined ? [answer] : []));
  const outcome = OUTCOMES.find((one) => always.some((answer) => answer.outcome === one)) ?? own.outcome;
  const deciding = outcome === 'allowed' ? always : always.filter((answer) => answer.outcome === outcome);
  const union = (of: (answer: AccessAnswer) => readonly string[], answers: readonly AccessAnswer[]) =>
    [...new Set(answers.flatMap(of))].sort();
  const statements = new Map(
    deciding.flatMap((answer) => answer.statements.map((one) => [JSON.stringify(keyOf(one)), one] as const)),
  );
  return {
    ...own,
    outcome,
    by: union(({ by }) => by, deciding),
    dependsOn: union(({ dependsOn }) => dependsOn, deciding),
    statements: [...statements.values()],
    assumed: union(
      ({ assumed }) => assumed,
      pairs.map(({ answer }) => answer),
    ),
    notSeen: [...new Set(pairs.flatMap(({ answer }) => answer.notSeen))],
    problems: uniqueProblems(pairs.flatMap(({ answer }) => answer.problems)),
    needs: pairs.map(({ answer, when }): NeededPermission => {
      const { action, resource, outcome: decided, by, dependsOn } = answer;
      return { action, resource, when: when ?? null, outcome: decided, by, dependsOn };
    }),
  };
}

/** What denies comes first. */
const OUTCOMES = ['explicit-deny', 'implicit-deny', 'depends', 'allowed'] as const;

/** Equal for statements that are shown alike. */
export function keyOf({ kind, policy, sid, location, effect, applies }: AccessAnswer['statements'][number]): unknown[] {
  return [kind, policy, sid, effect, applies, location?.file.path, location?.start, location?.end];
}
