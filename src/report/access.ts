import type { AccessAnswer, AccessListing, AccessStatement, NeededPermission } from '../findings/access-answer.js';
import type { ReportInput } from '../findings/report-input.js';
import { maskProblems, problemsJson, renderProblems } from './access-problems.js';
import { toJsonRange, toLinePlace } from './display-path.js';
import { type Mask, toMask } from './mask.js';
import { clean, count, padTo, type Style, type TextOptions, toStyle, widthOf, wrap } from './terminal-text.js';

/** What `trueline access can` shows. */
export interface AccessInput extends Places {
  readonly answer: AccessAnswer;
}

/** What `trueline access who-can` shows. */
export interface AccessListingInput extends Places {
  readonly listing: AccessListing;
}

type Places = Pick<ReportInput, 'projectRoot' | 'workingDirectory' | 'repositoryRoot' | 'secrets'>;

const OUTCOMES: Readonly<Record<AccessAnswer['outcome'], string>> = {
  allowed: 'allowed',
  'explicit-deny': 'denied',
  'implicit-deny': 'denied',
  depends: 'depends',
};

/** How the kinds of policy are called in texts. */
const KINDS: Readonly<Record<string, string>> = {
  identity: 'identity policy',
  resource: 'resource policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  scp: 'service control policy',
  rcp: 'resource control policy',
  endpoint: 'policy of the VPC endpoint',
  acl: 'access control list',
  'kms-grant': 'grant of the key',
  root: 'root of the account',
};

/** The answer, why, the statements that mattered with their places, and what it takes for granted. */
export function renderAccess(input: AccessInput, options: TextOptions): string {
  const style = toStyle(options);
  const answer = maskAnswer(input.answer, input);
  const { outcome, principal, action, resource } = answer;
  const lines = [
    `${style.bold(OUTCOMES[outcome])}   ${clean(principal)} ${clean(action)} ${clean(resource)}`,
    ...wrap(reasonOf(answer), '  ', style.width),
    ...hintsOf(answer).map((hint) => `  ${style.dim(hint)}`),
    ...(answer.statements.length > 0
      ? ['', ...answer.statements.map((one) => renderStatement(one, input, style))]
      : []),
  ];
  const needs = answer.needs.flatMap((need) => renderNeed(need, style));
  if (needs.length > 0) lines.push('', '  the call needs', ...needs);
  const notes = [
    ...renderProblems(answer.problems, input, style),
    ...answer.assumed.flatMap((assumption) => wrap(clean(assumption), '  assumed   ', style.width)),
    ...(answer.notSeen.length > 0 ? wrap(answer.notSeen.join(', '), '  not seen  ', style.width) : []),
  ];
  return `${[...lines, ...(notes.length > 0 ? ['', ...notes] : [])].join('\n')}\n`;
}

function renderNeed({ action, resource, when, outcome, by, dependsOn }: NeededPermission, style: Style): string[] {
  const kinds = by.map((kind) => KINDS[kind] ?? kind).join(', ');
  const reason = outcome === 'depends' ? dependsOn.map(clean).join(', ') : kinds;
  return [
    ...wrap(clean(`${action} ${resource}`), `  ${padTo(OUTCOMES[outcome], 7)}  `, style.width),
    ...wrap(reason, `           ${outcome === 'depends' ? 'on' : 'by'}  `, style.width),
    ...(when === null ? [] : wrap(clean(`where ${when}`), '           ', style.width)),
  ];
}

function reasonOf({ outcome, by, dependsOn }: AccessAnswer): string {
  const kinds = by.map((kind) => KINDS[kind] ?? kind).join(', ');
  switch (outcome) {
    case 'allowed':
      return `granted by: ${kinds}`;
    case 'explicit-deny':
      return `denied by a Deny: ${kinds}`;
    case 'implicit-deny':
      return `nothing allows it: ${kinds}`;
    case 'depends':
      return `on: ${dependsOn.map(clean).join(', ')}`;
  }
}

/** What would settle it, where an option does. */
function hintsOf({ dependsOn }: AccessAnswer): string[] {
  const hints: string[] = [];
  if (dependsOn.some((name) => /^(aws|[a-z0-9-]+):[^ ]+$/.test(name) && !CONSTRUCT.test(name)))
    hints.push('--context KEY=VALUE states a key, --absent KEY that it is not there');
  if (dependsOn.some((name) => /account(_?id)? \(provider-configuration\)$/i.test(name)))
    hints.push('--account ID states the account');
  return hints;
}

/** What is no key of a request. */
const CONSTRUCT = /^(multivalued|operator|principal|value|variable):/;

const APPLIES: Readonly<Record<AccessStatement['applies'], string>> = {
  yes: '',
  perhaps: ', perhaps',
  condition: ', but for its condition',
};

function renderStatement(statement: AccessStatement, input: AccessInput, style: Style): string {
  const { kind, effect, applies, policy, sid, location } = statement;
  const place = location === null ? '' : placeOf(location, input);
  const name = `${policy === null ? (KINDS[kind] ?? kind) : clean(policy)}${sid === null ? '' : ` (${clean(sid)})`}`;
  return `  ${padTo(effect ?? 'unknown', 7)}  ${name}${APPLIES[applies]}${place === '' ? '' : `   ${style.dim(place)}`}`;
}

/** The JSON form: the question, its outcome, and why. */
export function renderAccessJson(input: AccessInput): string {
  return `${JSON.stringify(toJson(input.answer, input), null, 2)}\n`;
}

function toJson(answer: AccessAnswer, places: Places): object {
  const masked = maskAnswer(answer, places);
  const statements = masked.statements.map(({ location, ...statement }) => ({
    ...statement,
    location: location === null ? null : toJsonRange(location, places),
  }));
  return { ...masked, statements, problems: problemsJson(masked.problems, places) };
}

/** Who may, and who perhaps may, each with the statement that decides. */
export function renderWhoCan(input: AccessListingInput, options: TextOptions): string {
  const style = toStyle(options);
  const { action, resource, answers, denied, notSeen, problems } = input.listing;
  const masked = answers.map((answer) => maskAnswer(answer, input));
  const column = Math.max(0, ...masked.map(({ principal }) => widthOf(clean(principal)))) + 3;
  const groups = (['allowed', 'depends'] as const).flatMap((outcome) => {
    const some = masked.filter((answer) => answer.outcome === outcome);
    const rows = some.flatMap((answer) => renderRow(answer, column, input, style));
    return some.length === 0 ? [] : ['', style.bold(OUTCOMES[outcome]), ...rows];
  });
  const notes = new Set(masked.flatMap(({ assumed }) => assumed));
  const lines = [
    `${clean(action)} ${clean(resource)}`,
    ...groups,
    '',
    `${count(denied, 'principal')} of the input, or named by the resource, may not`,
    ...renderProblems(maskProblems(problems, toMask(input.secrets)), input, style),
    ...[...notes].flatMap((assumption) => wrap(clean(assumption), '  assumed   ', style.width)),
    ...(notSeen.length > 0 ? wrap(notSeen.join(', '), '  not seen  ', style.width) : []),
  ];
  return `${lines.join('\n')}\n`;
}

function renderRow(answer: AccessAnswer, column: number, places: Places, style: Style): string[] {
  const { principal, outcome, by, dependsOn, statements } = answer;
  const kinds = by.map((kind) => KINDS[kind] ?? kind).join(', ');
  const reason = outcome === 'depends' ? `on ${dependsOn.map(clean).join(', ')}` : kinds;
  const first = statements.find(({ effect, applies }) => effect === 'Allow' && applies !== 'condition');
  const location = first?.location ?? null;
  const place = location === null ? [] : [`${' '.repeat(column + 2)}${style.dim(placeOf(location, places))}`];
  return [...wrap(reason, `  ${padTo(clean(principal), column)}`, style.width), ...place];
}

function placeOf(location: NonNullable<AccessStatement['location']>, places: Places): string {
  return clean(toLinePlace(places, location));
}

/** The JSON form: those who may or perhaps may, each as `access can` gives it. */
export function renderWhoCanJson(input: AccessListingInput): string {
  const { action, resource, answers, denied, notSeen, problems } = input.listing;
  const principals = answers.map((answer) => toJson(answer, input));
  const shown = problemsJson(maskProblems(problems, toMask(input.secrets)), input);
  return `${JSON.stringify({ action, resource, principals, denied, notSeen, problems: shown }, null, 2)}\n`;
}

function maskAnswer(answer: AccessAnswer, { secrets }: Places): AccessAnswer {
  const mask: Mask = toMask(secrets);
  return {
    ...answer,
    dependsOn: answer.dependsOn.map((text) => mask.text(text)),
    assumed: answer.assumed.map((text) => mask.text(text)),
    problems: maskProblems(answer.problems, mask),
    needs: answer.needs.map((need) => ({
      ...need,
      resource: mask.text(need.resource),
      dependsOn: need.dependsOn.map((text) => mask.text(text)),
    })),
    statements: answer.statements.map((statement) => ({
      ...statement,
      policy: statement.policy === null ? null : mask.name(statement.policy),
      sid: statement.sid === null ? null : mask.text(statement.sid),
    })),
  };
}
