import type { AccessComparison, ComparedAccess } from '../findings/access-comparison.js';
import type { ReportInput } from '../findings/report-input.js';
import { toJsonRange, toLinePlace } from './display-path.js';
import { toMask } from './mask.js';
import { clean, count, type Style, type TextOptions, toStyle, wrap } from './terminal-text.js';

/** What `trueline access compare` shows. */
export interface AccessComparisonInput
  extends Pick<ReportInput, 'projectRoot' | 'workingDirectory' | 'repositoryRoot' | 'secrets'> {
  readonly comparison: AccessComparison;
}

/** What is new, each with a request and the statements that allow it; then what is not known. */
export function renderAccessComparison(input: AccessComparisonInput, options: TextOptions): string {
  const style = toStyle(options);
  const { answers, notes } = masked(input);
  const some = (outcome: ComparedAccess['outcome']) => answers.filter((answer) => answer.outcome === outcome);
  const none = some('no');
  const assumed = new Set(none.flatMap((answer) => answer.assumed));
  const lines = [
    ...some('yes').flatMap((answer) => [...renderNew(answer, input, style), '']),
    ...some('unknown').flatMap((answer) => [
      `${style.bold('not known')}   ${clean(answer.subject)}`,
      ...wrap(`on: ${answer.dependsOn.map(clean).join(', ')}`, '  ', style.width),
      '',
    ]),
    ...renderOthers(none, answers, style),
    ...[...assumed].flatMap((text) => wrap(clean(text), '  assumed   ', style.width)),
    ...notes.flatMap((note) => wrap(clean(note), '  note      ', style.width)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function renderOthers(none: readonly ComparedAccess[], answers: readonly ComparedAccess[], style: Style): string[] {
  if (answers.length === 0) return ['no policies to compare'];
  if (none.length === 0) return [];
  if (none.length < answers.length) return [`${count(none.length, 'other')} without new access`];
  const [only, ...more] = none;
  const shown =
    more.length === 0
      ? clean(only?.subject ?? '')
      : count(none.length, 'principal or resource', 'principals and resources');
  return [`${style.bold('no new access')}   ${shown}`];
}

function renderNew(
  { kind, subject, witness, statements, assumed }: ComparedAccess,
  input: AccessComparisonInput,
  style: Style,
): string[] {
  if (witness === null) return [];
  const by = statements.flatMap(({ policy, sid, location }) => {
    const name = clean([policy ?? 'policy', ...(sid === null ? [] : [`(${sid})`])].join(' '));
    const place = location === null ? '' : style.dim(placeOf(location, input));
    if (kind !== 'control') return [`  by        ${name}${place === '' ? '' : `   ${place}`}`];
    return [
      ...wrap(`no longer denied by ${name}`, '  by        ', style.width),
      ...(place === '' ? [] : [`            ${place}`]),
    ];
  });
  const keys = Object.entries(witness.context).map(
    ([key, values]) => `  with      ${clean(key)} = ${values.map(clean).join(', ')}`,
  );
  return [
    `${style.bold('new access')}   ${clean(subject)}`,
    ...(witness.principal === null ? [] : [`  who       ${clean(witness.principal)}`]),
    `  may       ${clean(witness.action)} ${clean(witness.resource)}`,
    ...keys,
    ...by,
    ...assumed.flatMap((text) => wrap(clean(text), '  assumed   ', style.width)),
  ];
}

function placeOf(
  location: NonNullable<ComparedAccess['statements'][number]['location']>,
  input: AccessComparisonInput,
): string {
  return clean(toLinePlace(input, location));
}

/** The JSON form: each principal and resource with its answer. */
export function renderAccessComparisonJson(input: AccessComparisonInput): string {
  const { answers, notes } = masked(input);
  const shown = answers.map(({ statements, ...answer }) => ({
    ...answer,
    statements: statements.map(({ location, ...statement }) => ({
      ...statement,
      location: location === null ? null : toJsonRange(location, input),
    })),
  }));
  return `${JSON.stringify({ answers: shown, notes }, null, 2)}\n`;
}

function masked({ comparison, secrets }: AccessComparisonInput): AccessComparison {
  const mask = toMask(secrets);
  return {
    notes: comparison.notes.map((note) => mask.text(note)),
    answers: comparison.answers.map((answer) => ({
      ...answer,
      dependsOn: answer.dependsOn.map((text) => mask.text(text)),
      witness:
        answer.witness === null
          ? null
          : {
              ...answer.witness,
              resource: mask.text(answer.witness.resource),
              context: Object.fromEntries(
                Object.entries(answer.witness.context).map(([key, values]) => [
                  key,
                  values.map((value) => mask.text(value)),
                ]),
              ),
            },
      statements: answer.statements.map((statement) => ({
        ...statement,
        policy: statement.policy === null ? null : mask.name(statement.policy),
        sid: statement.sid === null ? null : mask.text(statement.sid),
      })),
    })),
  };
}
