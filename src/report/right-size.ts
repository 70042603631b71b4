import type { ReportInput } from '../findings/report-input.js';
import type {
  RightSizedCall,
  RightSizedPolicy,
  RightSizedStatement,
  RightSizing,
  StatementText,
} from '../findings/right-sizing.js';
import type { SourceRange } from '../source/source-file.js';
import { toJsonRange, toLinePlace } from './display-path.js';
import { toMask } from './mask.js';
import { clean, count, padTo, type Style, type TextOptions, toStyle, widthOf, wrap } from './terminal-text.js';

/** What `trueline access right-size` shows. */
export interface RightSizeInput
  extends Pick<ReportInput, 'projectRoot' | 'workingDirectory' | 'repositoryRoot' | 'secrets'> {
  readonly sizing: RightSizing;
  /** The edits of the code as a patch; null where nothing of it is edited. */
  readonly patch: string | null;
  /** Why policies of code are not edited where they are written, a sentence each. */
  readonly notEdited: readonly string[];
}

const KINDS: Readonly<Record<RightSizedPolicy['kind'], string>> = {
  inline: '',
  managed: '',
  'aws-managed': 'a policy of AWS: to be replaced by one of the account',
  group: 'an inline policy of a group',
};

/** Each policy before and after, with what is kept and why, and what was proven. */
export function renderRightSize(input: RightSizeInput, options: TextOptions): string {
  const style = toStyle(options);
  const { principal, arn, elsewhere, window, calls, policies, refusal } = input.sizing;
  const seen = window === null ? '' : `, seen from ${dayOf(window.from)} to ${dayOf(window.to)}`;
  const head = [
    style.bold(clean(principal === arn ? principal : `${principal} (${arn})`)),
    `  ${count(calls, 'different call')}${seen}`,
    ...(elsewhere.length === 0
      ? []
      : wrap(clean(`not counted: what ${namesOf(elsewhere)} did, which may be of the same code`), '  ', style.width)),
    ...(refusal === null ? [] : wrap(clean(`nothing is offered: ${refusal}`), '  ', style.width)),
  ];
  const blocks = policies.map((policy) => renderPolicy(policy, input, style));
  return `${mask([head, ...blocks, renderEnd(input, style)].map((lines) => lines.join('\n')).join('\n\n'), input)}\n`;
}

function mask(text: string, { secrets }: RightSizeInput): string {
  return toMask(secrets).text(text);
}

function dayOf(time: string): string {
  return time.slice(0, 10);
}

function renderPolicy(policy: RightSizedPolicy, input: RightSizeInput, style: Style): string[] {
  const { name, kind, outcome, reason, sharedWith, statements, size } = policy;
  const change =
    outcome === 'unchanged'
      ? 'stays as it is'
      : outcome === 'removed'
        ? 'is not needed'
        : `${size.before} → ${size.after.join(' + ')} characters of ${size.limit}`;
  const place = policy.location === null ? '' : `   ${style.dim(placeOf(policy.location, input))}`;
  const column =
    Math.max(
      0,
      ...statements.flatMap(({ before, after }) => [before, ...after].map(({ sid }) => widthOf(sid ?? '-'))),
    ) + 2;
  return [
    `${style.bold(clean(name))}: ${change}${place}`,
    ...(KINDS[kind] === '' ? [] : [`  ${KINDS[kind]}`]),
    ...(reason === null ? [] : wrap(clean(reason), '  ', style.width)),
    ...(sharedWith.length === 0
      ? []
      : wrap(clean(`had by ${namesOf(sharedWith)} too, whose calls count`), '  ', style.width)),
    ...statements.flatMap((statement) => renderStatement(statement, column, style)),
  ];
}

/** So many names are told in a text. */
const mostNames = 4;

function namesOf(names: readonly string[]): string {
  const more = names.length - mostNames;
  return more > 1 ? `${names.slice(0, mostNames).join(', ')} and ${more} others` : names.join(', ');
}

const MARKS = { narrowed: '+', removed: '-', unchanged: '=' } as const;

function renderStatement(statement: RightSizedStatement, column: number, style: Style): string[] {
  const { outcome, before, after, removedActions, reason } = statement;
  const lines = after.flatMap((one) => renderText(MARKS[outcome], one, column, style));
  if (outcome === 'unchanged')
    return [...lines, ...(reason === null || before.effect === 'Deny' ? [] : note(reason, column, style))];
  const less =
    outcome === 'removed' ? `${count(removedActions, 'action')}, none used` : `${count(removedActions, 'action')} less`;
  return [
    ...renderText(MARKS.removed, before, column, style),
    ...(removedActions > 0 ? note(less, column, style) : []),
    ...lines,
  ];
}

function renderText(mark: string, text: StatementText, column: number, style: Style): string[] {
  const { sid, effect, actions, notActions, resources, notResources, conditions, notes } = text;
  const what = [...actions, ...(notActions.length > 0 ? [`all but ${notActions.join(', ')}`] : [])].join(', ');
  const where = [...resources, ...(notResources.length > 0 ? [`all but ${notResources.join(', ')}`] : [])].join(', ');
  const indent = ' '.repeat(column + 4);
  return [
    ...wrap(
      clean(`${effect === 'Allow' ? '' : `${effect} `}${what}`),
      `  ${mark} ${padTo(clean(sid ?? '-'), column)}`,
      style.width,
    ),
    ...wrap(clean(where), `${indent}on `, style.width),
    ...conditions.flatMap((condition) => wrap(clean(condition), `${indent}if `, style.width)),
    ...notes.flatMap((one) => note(one, column, style)),
  ];
}

function note(text: string, column: number, style: Style): string[] {
  return wrap(clean(text), `${' '.repeat(column + 4)}# `, style.width).map((line) => style.dim(line));
}

function renderEnd({ sizing, notEdited }: RightSizeInput, style: Style): string[] {
  const { proof, denied, deniedToday, unseen } = sizing;
  return [
    ...(proof === null
      ? []
      : [
          ...wrap(
            `replayed  ${count(proof.allowed + proof.depending, 'call')}: 0 denied; ${proof.granted} granted by identity policies${proof.depending > 0 ? `, ${proof.depending} depend on policies that are not in the input, as before` : ''}`,
            '  ',
            style.width,
            12,
          ),
          ...wrap(`compared  no new access${assumedText(proof.assumes)}`, '  ', style.width, 12),
        ]),
    ...(unseen.length === 0 ? [] : wrap(unseenText(unseen), '  not known ', style.width, 12)),
    ...deniedToday.flatMap((call) =>
      wrap(`not allowed today, though it was called: ${callText(call)}`, '  ', style.width, 4),
    ),
    ...denied.flatMap((call) => wrap(`denied, and so no use: ${callText(call)}`, '  ', style.width, 4)),
    ...notEdited.flatMap((reason) => wrap(clean(reason), '  not edited  ', style.width)),
  ];
}

/** How many actions stay for no event would show their use, by the reason. */
function unseenText(unseen: RightSizing['unseen']): string {
  const byReason = new Map<string, number>();
  for (const { reason, actions } of unseen) byReason.set(reason, (byReason.get(reason) ?? 0) + actions.length);
  const sum = unseen.reduce((all, { actions }) => all + actions.length, 0);
  const reasons = [...byReason].map(([reason, times]) => `${times} ${reason}`).join(', ');
  return clean(
    `whether ${count(sum, 'action')} that stay${sum === 1 ? 's' : ''} ${sum === 1 ? 'is' : 'are'} used: ${reasons}`,
  );
}

function callText({ action, resource, count: times, last }: RightSizedCall): string {
  return clean(`${action} ${resource ?? '(resource not seen)'}, ${times} times, last on ${dayOf(last)}`);
}

function placeOf(location: SourceRange, input: RightSizeInput): string {
  return clean(toLinePlace(input, location));
}

/** The JSON form: policies before and after, as documents too, and what was proven. */
export function renderRightSizeJson(input: RightSizeInput): string {
  const { policies, ...rest } = input.sizing;
  const shown = {
    ...rest,
    policies: policies.map(({ location, documents, terraform: _terraform, statements, ...policy }) => ({
      ...policy,
      statements: statements.map((one) => ({ ...one, location: jsonPlace(one.location, input) })),
      documents: documents.map((text) => JSON.parse(text)),
      location: jsonPlace(location, input),
    })),
    patch: input.patch,
    notEdited: input.notEdited,
  };
  return mask(`${JSON.stringify(shown, null, 2)}\n`, input);
}

function jsonPlace(location: SourceRange | null, input: RightSizeInput): object | null {
  return location === null ? null : toJsonRange(location, input);
}

/** The new policies alone, as JSON documents: one as it is, several in an object by their names. */
export function renderRightSizePolicies(input: RightSizeInput): string {
  const documents = input.sizing.policies.flatMap(({ name, documents: texts }) =>
    texts.map((text, index): [string, string] => [index === 0 ? name : `${name} (${index + 1})`, text]),
  );
  const [only, ...others] = documents;
  if (only === undefined) return '';
  if (others.length === 0) return mask(only[1], input);
  const all = Object.fromEntries(documents.map(([name, text]) => [name, JSON.parse(text)]));
  return mask(`${JSON.stringify(all, null, 2)}\n`, input);
}

/** Terraform's text: a patch of the code that was read, or new policies. */
export function renderRightSizeTerraform(input: RightSizeInput): string {
  const texts = input.sizing.policies.flatMap(({ terraform }) => terraform);
  return mask(input.patch ?? texts.join('\n'), input);
}

/** The patch of the code alone; nothing where none of it is edited. */
export function renderRightSizePatch(input: RightSizeInput): string {
  return mask(input.patch ?? '', input);
}

/** Nothing is taken for granted where nothing changed. */
function assumedText(assumes: readonly string[]): string {
  return assumes.length === 0 ? '' : `, for ${assumes.map(clean).join(', ')}`;
}
