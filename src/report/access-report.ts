import type { AccessGrant, AccessGrants, AccessLimit } from '../findings/access-grants.js';
import type { EscalationReport } from '../findings/escalation.js';
import type { Excess } from '../findings/excess.js';
import type { ReportInput } from '../findings/report-input.js';
import type { SourceRange } from '../source/source-file.js';
import { excessJson, maskExcess, renderExcess } from './access-excess.js';
import { maskProblems, problemsJson, renderProblems } from './access-problems.js';
import { summarizeAccess } from './access-report-summary.js';
import { toJsonRange, toLinePlace } from './display-path.js';
import { escalationJson, type NamingStyle, renderEscalation } from './escalation.js';
import { type Mask, toMask } from './mask.js';
import { clean, count, type Style, type TextOptions, toStyle, wrap } from './terminal-text.js';

/** What `trueline access report` shows. */
export interface AccessReportInput
  extends Pick<ReportInput, 'projectRoot' | 'workingDirectory' | 'repositoryRoot' | 'secrets'> {
  readonly grants: AccessGrants;
  /** What is granted and not used; undefined: nothing tells what is used. */
  readonly excess?: Excess | undefined;
  readonly escalation: EscalationReport;
}

const STATES: Readonly<Record<AccessGrant['state'], string>> = {
  certain: '',
  conditional: '',
  unknown: 'perhaps ',
  closed: 'not within the boundary: ',
};

/** The grants of each principal, and what resources let in, a statement a row, with what may cut it; administrators, and who could be one; at last how many. */
export function renderAccessReport(input: AccessReportInput, options: TextOptions): string {
  const style = toStyle(options);
  const { principals, resources, assumed, problems } = maskGrants(input);
  // What the paths assume of policies is said with them all.
  const escalation = {
    ...input.escalation,
    assumed: input.escalation.assumed.filter((text) => !input.grants.assumed.includes(text)),
  };
  const named = namedInRoots(input.grants, style);
  const blocks = [
    ...principals.map(({ root, principal, grants, unknown }) => [
      named(root, principal),
      ...(grants.length === 0 ? ['  nothing that the input shows'] : []),
      ...grants.flatMap((grant) => renderGrant(grant, [], input, style)),
      ...renderUnknown(unknown, style),
    ]),
    ...resources.map(({ root, resource, grants, unknown }) => [
      `${named(root, resource)} lets in`,
      ...grants.flatMap((grant) => renderGrant(grant, grant.principals, input, style)),
      ...renderUnknown(unknown, style),
    ]),
    ...(input.excess === undefined ? [] : renderExcess(maskExcess(input.excess, toMask(input.secrets)), input, style)),
    ...renderEscalation(escalation, input, { ...style, named }),
    ...(problems.length === 0 ? [] : [renderProblems(problems, input, style)]),
    ...(assumed.length === 0 ? [] : [assumed.flatMap((text) => wrap(clean(text), '  assumed   ', style.width))]),
  ];
  if (blocks.length === 0) return 'No users, roles, or resources with a policy.\n';
  const summary = summarizeAccess(input).flatMap((line) => wrap(line, '', style.width, 2));
  return [...blocks, summary].map((lines) => `${lines.join('\n')}\n`).join('\n');
}

/** Addresses of several roots may be equal, ARNs are not. */
function namedInRoots({ principals, resources }: AccessGrants, style: Style): NamingStyle['named'] {
  const hasSeveral = new Set([...principals, ...resources].map(({ root }) => root)).size > 1;
  return (root, name) => {
    const place = hasSeveral && !name.startsWith('arn:') ? ` ${style.dim(`in ${clean(root)}`)}` : '';
    return `${style.bold(clean(name))}${place}`;
  };
}

function renderGrant(
  grant: AccessGrant,
  principals: readonly string[],
  input: AccessReportInput,
  style: Style,
): string[] {
  const { state, actions, notActions, actionCount, resources, notResources, conditions, limits, location } = grant;
  const what = [
    ...(actions.length > 0 ? [shownActions(actions)] : []),
    ...(notActions.length > 0 ? [`all but ${shownActions(notActions)}`] : []),
  ].join(', ');
  const where = [...resources, ...(notResources.length > 0 ? [`all but ${notResources.join(', ')}`] : [])].join(', ');
  const place = location === null ? '' : `   ${style.dim(placeOf(location, input))}`;
  return [
    ...wrap(clean(`${STATES[state]}${what} (${count(actionCount, 'action')})`), '  ', style.width, 4),
    ...(principals.length > 0 ? wrap(clean(principals.join(', ')), '    to      ', style.width) : []),
    ...(where === '' ? [] : wrap(clean(where), '    on      ', style.width)),
    ...conditions.flatMap((condition) => wrap(clean(condition), '    if      ', style.width)),
    ...limits.flatMap((limit) => wrap(limitOf(limit, input), '    except  ', style.width)),
    `    by      ${clean(grant.policy)}${grant.sid === null ? '' : ` (${clean(grant.sid)})`}${place}`,
  ];
}

/** More are told by their number: policies of AWS name hundreds. */
const maxActions = 12;

function shownActions(actions: readonly string[]): string {
  const more = actions.length - maxActions;
  return more > 1 ? `${actions.slice(0, maxActions).join(', ')} and ${more} more` : actions.join(', ');
}

function limitOf({ kind, policy, sid, location }: AccessLimit, input: AccessReportInput): string {
  const place = location === null ? '' : ` ${placeOf(location, input)}`;
  const name = `${clean(policy)}${sid === null ? '' : ` (${clean(sid)})`}`;
  if (kind === 'control') return `what ${name} leaves out, if nothing beside it allows that${place}`;
  return kind === 'boundary' ? `what the boundary ${name} leaves out${place}` : `what ${name} denies${place}`;
}

function renderUnknown(unknown: readonly string[], style: Style): string[] {
  return unknown.length === 0 ? [] : wrap(clean(unknown.join(', ')), '  not known  ', style.width);
}

function placeOf(location: SourceRange, input: AccessReportInput): string {
  return clean(toLinePlace(input, location));
}

/** The JSON form: `{ "principals": […], "resources": […], "assumed": […], "problems": […], "escalation": { … }, "excess": { … } }`, the last where usage was given. */
export function renderAccessReportJson(input: AccessReportInput): string {
  const { principals, resources, assumed, problems } = maskGrants(input);
  const place = (location: SourceRange | null) => (location === null ? null : toJsonRange(location, input));
  const withPlaces = <T extends AccessGrant>(grants: readonly T[]) =>
    grants.map((grant) => ({
      ...grant,
      limits: grant.limits.map((limit) => ({ ...limit, location: place(limit.location) })),
      location: place(grant.location),
    }));
  const written = {
    principals: principals.map((one) => ({ ...one, grants: withPlaces(one.grants) })),
    resources: resources.map((one) => ({ ...one, grants: withPlaces(one.grants) })),
    assumed,
    problems: problemsJson(problems, input),
    ...(input.excess === undefined
      ? {}
      : { excess: excessJson(maskExcess(input.excess, toMask(input.secrets)), input) }),
    escalation: escalationJson(input.escalation, input),
  };
  return `${JSON.stringify(written, null, 2)}\n`;
}

/** Texts of policies may quote values. */
function maskGrants({ grants, secrets }: AccessReportInput): AccessGrants {
  const mask: Mask = toMask(secrets);
  const texts = (list: readonly string[]) => list.map((text) => mask.text(text));
  const masked = <T extends AccessGrant>(grant: T): T => ({
    ...grant,
    actions: texts(grant.actions),
    notActions: texts(grant.notActions),
    resources: texts(grant.resources),
    notResources: texts(grant.notResources),
    conditions: texts(grant.conditions),
  });
  return {
    assumed: texts(grants.assumed),
    problems: maskProblems(grants.problems, mask),
    principals: grants.principals.map((one) => ({ ...one, grants: one.grants.map(masked) })),
    resources: grants.resources.map((one) => ({
      ...one,
      grants: one.grants.map((grant) => ({ ...masked(grant), principals: texts(grant.principals) })),
    })),
  };
}
