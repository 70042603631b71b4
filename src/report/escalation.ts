import type {
  CarriedGrants,
  EscalationAction,
  EscalationChange,
  EscalationFact,
  EscalationGain,
  EscalationHop,
  EscalationPath,
  EscalationReport,
  EscalationStatement,
  OutsidePath,
} from '../findings/escalation.js';
import type { ReportInput } from '../findings/report-input.js';
import type { SourceRange } from '../source/source-file.js';
import { toJsonRange, toLinePlace } from './display-path.js';
import { type Mask, toMask } from './mask.js';
import { clean, type Style, wrap } from './terminal-text.js';

/** How texts are shown, and what a resource of a root is called. */
export interface NamingStyle extends Style {
  readonly named: (root: string, name: string) => string;
}

type Places = Pick<ReportInput, 'projectRoot' | 'workingDirectory' | 'repositoryRoot' | 'secrets'>;

/** Administrators, the paths to become one, and the change that breaks most of them, as blocks of lines. */
export function renderEscalation(written: EscalationReport, places: Places, style: NamingStyle): string[][] {
  const { admins, paths, outside, change, undecided, notKnown, assumed } = maskEscalation(written, places);
  const notes = [
    ...undecided.flatMap(({ technique, title, reason, principals }) =>
      wrap(
        clean(`${technique} ${title}: ${reason}; its actions have ${principals.join(', ')}`),
        '  not decided  ',
        style.width,
      ),
    ),
    ...notKnown.flatMap(({ root, principal, policies }) =>
      wrap(
        `${style.named(root, principal)} may have more: ${clean(policies.join(', '))}`,
        '  not known    ',
        style.width,
      ),
    ),
    ...assumed.flatMap((text) => wrap(clean(text), '  assumed      ', style.width)),
  ];
  return [
    ...(admins.length === 0
      ? []
      : [
          [
            style.bold('administrators'),
            ...admins.flatMap(({ root, principal, dependsOn, statements }) => [
              `  ${style.named(root, principal)}`,
              ...grantsOf(statements).flatMap((one) =>
                wrap(statementText(one, places, style), '    by      ', style.width),
              ),
              ...dependsText(dependsOn, '    on      ', style),
            ]),
          ],
        ]),
    ...outside.map((path) => renderOutside(path, places, style)),
    ...paths.map((path) => renderPath(path, places, style)),
    ...(change === null ? [] : [renderChange(change, places, style)]),
    ...(notes.length === 0 ? [] : [notes]),
  ];
}

function renderPath(
  { root, principal, state, dependsOn, hops, alternatives, hasMore }: EscalationPath,
  places: Places,
  style: NamingStyle,
): string[] {
  const verb = state === 'certain' ? 'can become administrator' : 'can perhaps become administrator';
  return [
    `${style.named(root, principal)} ${verb}`,
    ...dependsText(dependsOn, '  on        ', style),
    ...hops.flatMap((hop, index) => renderHop(hop, index + 1, places, style)),
    ...alternatives.flatMap((other) => {
      const texts = other.map(({ technique, title, to }) => `${technique} ${title}: ${to}`);
      return wrap(clean(texts.join(', then ')), '  or        ', style.width);
    }),
    ...(hasMore ? ['  or        perhaps otherwise: not all ways were tried'] : []),
  ];
}

function renderOutside({ who, state, dependsOn, hops }: OutsidePath, places: Places, style: Style): string[] {
  const verb =
    state === 'certain' ? 'can become administrator from outside' : 'can perhaps become administrator from outside';
  return [
    `${style.bold(clean(who))} ${verb}`,
    ...dependsText(dependsOn, '  on        ', style),
    ...hops.flatMap((hop, index) => renderHop(hop, index + 1, places, style)),
  ];
}

const GAINS: Readonly<Record<EscalationGain, string>> = {
  become: 'becomes',
  'act-as': 'acts as',
  'grant-any': 'gives any right to',
  unlimit: 'becomes',
};

function renderHop(
  { technique, title, from, to, gain, actions, prerequisites, chosen }: EscalationHop,
  step: number,
  places: Places,
  style: Style,
): string[] {
  return [
    ...wrap(clean(`${from} ${GAINS[gain]} ${to}: ${title} (${technique})`), `  ${step}. `, style.width),
    ...actionLines(actions, places, style),
    ...prerequisites.flatMap((fact) =>
      wrap(`${clean(fact.text)}${placeOf(fact.location, places, style)}`, '       as   ', style.width),
    ),
    ...(chosen.length === 0
      ? []
      : wrap(clean(`${chosen.join(', ')}, which the caller chooses`), '       with ', style.width)),
  ];
}

/** Resources of one action that the same statements grant are told together. */
function actionLines(actions: readonly EscalationAction[], places: Places, style: Style): string[] {
  const groups = new Map<string, { readonly action: string; readonly resources: string[]; readonly by: string[] }>();
  for (const { action, resource, statements } of actions) {
    const by = grantsOf(statements).flatMap((one) =>
      wrap(statementText(one, places, style), '       by   ', style.width),
    );
    const key = [action, ...by].join('\n');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { action, resources: [resource], by });
    else group.resources.push(resource);
  }
  return [...groups.values()].flatMap(({ action, resources, by }) => [
    ...wrap(clean(`${action} on ${resources.join(', ')}`), '     ', style.width, 9),
    ...by,
  ]);
}

/** Control policies only let through what others grant; the JSON form has them. */
function grantsOf(statements: readonly EscalationStatement[]): readonly EscalationStatement[] {
  return statements.filter(({ kind }) => kind !== 'scp');
}

function renderChange(change: EscalationChange, places: Places, style: Style): string[] {
  const { statement, principals, of, carries, patch, document } = change;
  const whose = principals.length === 0 ? 'nobody alone: there are other ways' : principals.join(', ');
  return [
    style.bold(`the one change closes the paths of ${principals.length} of ${of}`),
    ...wrap(statementText(statement, places, style), '  without   ', style.width),
    ...wrap(clean(whose), '  closes    ', style.width),
    ...(principals.length === 0 || carries === null ? [] : carriedLines(carries, style)),
    ...(principals.length === 0 ? [] : textOfChange(patch, document)),
  ];
}

/** So many uses are told in a text. */
const MOST_USES = 6;

function carriedLines({ principals, actions, resources, used }: CarriedGrants, style: Style): string[] {
  const uses = (used ?? []).map(
    ({ principal, action, last, isOnlyBy }) =>
      `${principal} ${action}, last ${last}${isOnlyBy ? '' : ', which another statement may allow too'}`,
  );
  return [
    ...wrap(clean(`${someOf(actions)} on ${someOf(resources)}`), '  takes     ', style.width),
    ...wrap(clean(principals.join(', ')), '  from      ', style.width),
    ...(used === null ? wrap('no logs were given: --logs tells what of it is used', '  used      ', style.width) : []),
    ...(used?.length === 0 ? ['  used      no event shows a use of it'] : []),
    ...uses.slice(0, MOST_USES).flatMap((text) => wrap(clean(text), '  used      ', style.width)),
    ...(uses.length > MOST_USES ? [`  used      and ${uses.length - MOST_USES} more`] : []),
  ];
}

/** More are told by their number: policies of AWS name hundreds. */
const maxListed = 12;

function someOf(texts: readonly string[]): string {
  const more = texts.length - maxListed;
  return more > 1 ? `${texts.slice(0, maxListed).join(', ')} and ${more} more` : texts.join(', ');
}

function textOfChange(patch: string | null, document: string | null): string[] {
  const text = patch ?? document;
  if (text === null) return [];
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => `    ${clean(line)}`);
  return [patch === null ? '  leaves' : '  patch', ...lines];
}

function dependsText(dependsOn: readonly string[], indent: string, style: Style): string[] {
  return dependsOn.length === 0 ? [] : wrap(clean(dependsOn.join(', ')), indent, style.width);
}

function statementText({ kind, policy, sid, location }: EscalationStatement, places: Places, style: Style): string {
  return `${clean(policy ?? kind)}${sid === null ? '' : ` (${clean(sid)})`}${placeOf(location, places, style)}`;
}

function placeOf(location: SourceRange | null, places: Places, style: Style): string {
  if (location === null) return '';
  return ` ${style.dim(clean(toLinePlace(places, location)))}`;
}

/** The JSON form, places as files and lines. */
export function escalationJson(written: EscalationReport, places: Places): object {
  const { admins, paths, outside, change, ...others } = maskEscalation(written, places);
  const place = (location: SourceRange | null) => (location === null ? null : toJsonRange(location, places));
  const statement = (one: EscalationStatement) => ({ ...one, location: place(one.location) });
  const fact = (one: EscalationFact) => ({ ...one, location: place(one.location) });
  const hop = (one: EscalationHop) => ({
    ...one,
    actions: one.actions.map((action) => ({ ...action, statements: action.statements.map(statement) })),
    prerequisites: one.prerequisites.map(fact),
  });
  return {
    admins: admins.map((one) => ({ ...one, statements: one.statements.map(statement) })),
    paths: paths.map((one) => ({
      ...one,
      hops: one.hops.map(hop),
      alternatives: one.alternatives.map((other) => other.map(hop)),
    })),
    outside: outside.map((one) => ({ ...one, hops: one.hops.map(hop) })),
    change: change === null ? null : { ...change, statement: statement(change.statement) },
    ...others,
  };
}

function maskChange(change: EscalationChange, mask: Mask): EscalationChange {
  const { statement, carries, document, patch } = change;
  const texts = (list: readonly string[]) => list.map((text) => mask.text(text));
  return {
    ...change,
    statement: { ...statement, sid: statement.sid === null ? null : mask.text(statement.sid) },
    carries:
      carries === null ? null : { ...carries, actions: texts(carries.actions), resources: texts(carries.resources) },
    document: document === null ? null : mask.text(document),
    patch: patch === null ? null : mask.text(patch),
  };
}

/** Texts of policies may quote values. */
function maskEscalation(report: EscalationReport, { secrets }: Places): EscalationReport {
  const mask: Mask = toMask(secrets);
  const texts = (list: readonly string[]) => list.map((text) => mask.text(text));
  const statement = (one: EscalationStatement) => ({ ...one, sid: one.sid === null ? null : mask.text(one.sid) });
  const hop = (one: EscalationHop): EscalationHop => ({
    ...one,
    dependsOn: texts(one.dependsOn),
    actions: one.actions.map((action) => ({
      ...action,
      resource: mask.text(action.resource),
      statements: action.statements.map(statement),
    })),
  });
  return {
    ...report,
    admins: report.admins.map((one) => ({
      ...one,
      dependsOn: texts(one.dependsOn),
      statements: one.statements.map(statement),
    })),
    paths: report.paths.map((one) => ({
      ...one,
      dependsOn: texts(one.dependsOn),
      hops: one.hops.map(hop),
      alternatives: one.alternatives.map((other) => other.map(hop)),
    })),
    outside: report.outside.map((one) => ({ ...one, dependsOn: texts(one.dependsOn), hops: one.hops.map(hop) })),
    change: report.change === null ? null : maskChange(report.change, mask),
  };
}
