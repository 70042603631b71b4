import type { AccessAnswer, AccessStatement } from '../findings/access-answer.js';
import type { ReportInput } from '../findings/report-input.js';
import { toDisplayPath, toLineRange } from './display-path.js';
import { type Mask, toMask } from './mask.js';
import { clean, padTo, type Style, type TextOptions, toStyle, wrap } from './terminal-text.js';

/** What `trueline access can` shows. */
export interface AccessInput
  extends Pick<ReportInput, 'projectRoot' | 'workingDirectory' | 'repositoryRoot' | 'secrets'> {
  readonly answer: AccessAnswer;
}

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
  const answer = maskAnswer(input);
  const { outcome, principal, action, resource } = answer;
  const lines = [
    `${style.bold(OUTCOMES[outcome])}   ${clean(principal)} ${clean(action)} ${clean(resource)}`,
    ...wrap(reasonOf(answer), '  ', style.width),
    ...(answer.statements.length > 0
      ? ['', ...answer.statements.map((one) => renderStatement(one, input, style))]
      : []),
  ];
  const notes = [
    ...answer.assumed.flatMap((assumption) => wrap(clean(assumption), '  assumed   ', style.width)),
    ...(answer.notSeen.length > 0 ? wrap(answer.notSeen.join(', '), '  not seen  ', style.width) : []),
  ];
  return `${[...lines, ...(notes.length > 0 ? ['', ...notes] : [])].join('\n')}\n`;
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

const APPLIES: Readonly<Record<AccessStatement['applies'], string>> = {
  yes: '',
  perhaps: ', perhaps',
  condition: ', but for its condition',
};

function renderStatement(statement: AccessStatement, input: AccessInput, style: Style): string {
  const { kind, effect, applies, policy, sid, location } = statement;
  const place =
    location === null ? '' : clean(`${toDisplayPath(input, location.file.path)}:${toLineRange(location).startLine}`);
  const name = `${policy === null ? (KINDS[kind] ?? kind) : clean(policy)}${sid === null ? '' : ` (${clean(sid)})`}`;
  return `  ${padTo(effect ?? 'unknown', 7)}  ${name}${APPLIES[applies]}${place === '' ? '' : `   ${style.dim(place)}`}`;
}

/** The JSON form: the question, its outcome, and why. */
export function renderAccessJson(input: AccessInput): string {
  const answer = maskAnswer(input);
  const statements = answer.statements.map(({ location, ...statement }) => ({
    ...statement,
    location: location === null ? null : { file: toDisplayPath(input, location.file.path), ...toLineRange(location) },
  }));
  return `${JSON.stringify({ ...answer, statements }, null, 2)}\n`;
}

function maskAnswer({ answer, secrets }: AccessInput): AccessAnswer {
  const mask: Mask = toMask(secrets);
  return {
    ...answer,
    dependsOn: answer.dependsOn.map((text) => mask.text(text)),
    assumed: answer.assumed.map((text) => mask.text(text)),
    statements: answer.statements.map((statement) => ({
      ...statement,
      policy: statement.policy === null ? null : mask.name(statement.policy),
      sid: statement.sid === null ? null : mask.text(statement.sid),
    })),
  };
}
