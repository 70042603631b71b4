import type {
  Excess,
  ExcessGrant,
  ExcessWindow,
  LastUse,
  PrincipalExcess,
  ServiceExcess,
  SharedGrant,
  UnusedActions,
  UnusedIdentity,
  WideGrant,
} from '../findings/excess.js';
import type { ReportInput } from '../findings/report-input.js';
import type { SourceRange } from '../source/source-file.js';
import { toJsonRange, toLinePlace } from './display-path.js';
import type { Mask } from './mask.js';
import { clean, count, type Style, toCount, wrap } from './terminal-text.js';

type Folders = Pick<ReportInput, 'projectRoot' | 'workingDirectory' | 'repositoryRoot'>;

/** What of excess is shown as text, in blocks of lines: who does not use what, and with which evidence. */
export function renderExcess(excess: Excess, folders: Folders, style: Style): string[][] {
  const shared = excess.shared.flatMap((grant) => renderShared(grant, folders, style));
  const unused = excess.unused.map((one) => renderIdentity(one, folders, style));
  const unmapped = excess.unmapped.map(
    ({ eventSource, eventName, count: times }) =>
      `  ${clean(`${eventName} of ${eventSource}`)} (${count(times, 'event')})`,
  );
  const granted = excess.principals.filter((one) => one.granted > 0);
  const tooMuch = granted.filter((one) => one.unused + one.unknown + one.unknownPolicies.length + wideActions(one) > 0);
  const fitting = granted.length - tooMuch.length;
  return [
    ...tooMuch.map((one) => renderPrincipal(one, folders, style)),
    ...(fitting === 0 ? [] : [[`${count(fitting, 'user or role', 'users and roles')} with nothing that is not used`]]),
    ...(unused.length === 0 ? [] : [[style.bold('Not used at all'), ...unused.flat()]]),
    ...(shared.length === 0 ? [] : [[style.bold('Granted to everybody and to other accounts'), ...shared]]),
    ...(unmapped.length === 0 ? [] : [[style.bold('Events that stand for no action that is known'), ...unmapped]]),
    ...(excess.unnamed.length === 0
      ? []
      : [[style.bold('Without an ARN that is known'), ...wrap(clean(excess.unnamed.join(', ')), '  ', style.width)]]),
  ];
}

function renderPrincipal(one: PrincipalExcess, folders: Folders, style: Style): string[] {
  const { principal, granted, used, unused, unknown, lastUse, unknownPolicies } = one;
  const windows = new Set(one.services.flatMap((service) => service.unused.map(({ window }) => windowText(window))));
  const [window] = windows.size === 1 ? windows : [];
  const time = window === undefined ? '' : ` ${window}`;
  const wide = wideActions(one);
  const more = wide === 0 ? '' : `, ${toCount(wide)} used on less than is granted`;
  const sum = `uses ${used} of ${count(granted, 'action')}; ${toCount(unused)} not used${time}, ${toCount(unknown)} not known${more}`;
  const services = one.services.filter(
    (service) => service.unused.length + service.unknown.length + service.wide.length > 0,
  );
  const whole = services.filter((service) => service.used.length === 0);
  const isShort = whole.length <= MOST_WHOLE;
  const shown = isShort ? services : services.filter((service) => !whole.includes(service));
  return [
    ...wrap(clean(`${principal} ${sum}`), '', style.width, 2).map((line, index) =>
      index === 0 ? line.replace(clean(principal), style.bold(clean(principal))) : line,
    ),
    ...renderLastUse(lastUse, style),
    ...shown.flatMap((service) => renderService(service, window === undefined, folders, style)),
    ...(isShort ? [] : renderWhole(whole, folders, style)),
    ...(unknownPolicies.length === 0 ? [] : wrap(clean(unknownPolicies.join(', ')), '  not known  ', style.width)),
  ];
}

/** How many of the used actions are granted on more than they are used on. */
export function wideActions({ services }: PrincipalExcess): number {
  return services.reduce((sum, { wide }) => sum + new Set(wide.flatMap(({ actions }) => actions)).size, 0);
}

/** More services of which nothing is used are shown as one. */
const MOST_WHOLE = 6;

function renderWhole(services: readonly ServiceExcess[], folders: Folders, style: Style): string[] {
  const names = services.slice(0, MOST_LISTED).map(({ service }) => clean(service));
  const more = services.length - names.length;
  const risks = new Map<string, number>();
  const details = new Map<string, number>();
  for (const { unused, unknown } of services) {
    for (const { risk, actions } of unused) risks.set(risk, (risks.get(risk) ?? 0) + actions.length);
    for (const { detail, actions } of unknown) details.set(detail, (details.get(detail) ?? 0) + actions.length);
  }
  const unused = [...risks].map(([risk, sum]) => `${sum} ${risk}`).join(', ');
  const known = [...details].sort(([, some], [, other]) => other - some);
  const grants = new Set(services.flatMap((one) => one.grants.map((grant) => grantText(grant, folders, style))));
  return [
    `  ${services.length} services: none of their actions is known to be used`,
    ...wrap(`${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`, '    services     ', style.width),
    ...(unused === '' ? [] : wrap(unused, '    not used     ', style.width)),
    ...known
      .slice(0, MOST_REASONS)
      .flatMap(([detail, sum]) => wrap(clean(`${sum}: ${detail}`), '    not known    ', style.width)),
    ...(known.length > MOST_REASONS ? [`                 and ${known.length - MOST_REASONS} other reasons`] : []),
    ...[...grants].map((text) => `    by           ${text}`),
  ];
}

/** So many reasons are told in a text. */
const MOST_REASONS = 4;

function renderService(one: ServiceExcess, hasWindows: boolean, folders: Folders, style: Style): string[] {
  const { service, granted, used, unused, unknown, wide, openResources, grants } = one;
  return [
    `  ${clean(service)}: ${used.length} of ${count(granted, 'action')} used`,
    ...byRisk(unused).flatMap(({ risk, actions, denied, window, resources }) => [
      ...wrap(`${listed(actions)} (${count(actions.length, 'action')})`, `    ${risk.padEnd(12)} `, style.width),
      ...renderResources(resources, style),
      ...(hasWindows ? wrap(`not used ${windowText(window)}`, '                 ', style.width) : []),
      ...(denied.length === 0 ? [] : wrap(`tried and denied: ${listed(denied)}`, '                 ', style.width)),
    ]),
    ...unknown.flatMap(({ actions, detail, resources }) => [
      ...wrap(`${listed(actions)} (${count(actions.length, 'action')})`, '    not known    ', style.width),
      ...renderResources(resources, style),
      ...wrap(clean(detail), '                 ', style.width),
    ]),
    ...grants.map((grant) => `    by           ${grantText(grant, folders, style)}`),
    ...wide.flatMap((grant) => renderWide(grant, hasWindows, folders, style)),
    ...openResources.flatMap(({ actions, detail }) =>
      wrap(clean(`on what ${listed(actions)} was used: ${detail}`), '    not known    ', style.width),
    ),
  ];
}

function renderWide(wide: WideGrant, hasWindows: boolean, folders: Folders, style: Style): string[] {
  const { actions, resources, usedOn, window, isLimited, grant } = wide;
  const onWhat = usedOn.length === 0 ? 'used on other resources only' : `used on ${named(usedOn)}`;
  const limits = isLimited ? '; a Deny, a boundary or a control policy may leave less' : '';
  const time = hasWindows ? `, ${windowText(window)}` : '';
  return [
    ...wrap(`${listed(actions)} (${count(actions.length, 'action')})`, '    resources    ', style.width),
    ...wrap(`${onWhat}${time}, granted on ${named(resources)}${limits}`, '                 ', style.width),
    `      by         ${grantText(grant, folders, style)}`,
  ];
}

function renderResources(resources: readonly string[] | undefined, style: Style): string[] {
  if (resources === undefined) return [];
  return wrap(`on ${named(resources)}`, '                 ', style.width);
}

function named(resources: readonly string[]): string {
  const shown = resources.slice(0, MOST_RESOURCES).map(clean);
  const more = resources.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** So many resources are named in a text. */
const MOST_RESOURCES = 4;

/** Levels that are one risk, put together. */
function byRisk(rows: readonly UnusedActions[]): readonly UnusedActions[] {
  const joined = new Map<string, UnusedActions>();
  for (const row of rows) {
    const key = `${row.risk} ${windowText(row.window)} ${row.resources?.join(' ') ?? ''}`;
    const before = joined.get(key);
    const { actions = [], denied = [] } = before ?? {};
    joined.set(key, {
      ...row,
      actions: [...actions, ...row.actions].sort(),
      denied: [...denied, ...row.denied].sort(),
    });
  }
  return [...joined.values()];
}

/** So many actions are named in a text. */
const MOST_LISTED = 8;

function listed(actions: readonly string[]): string {
  const names = actions.slice(0, MOST_LISTED).map((action) => clean(action.slice(action.indexOf(':') + 1)));
  return actions.length > MOST_LISTED
    ? `${names.join(', ')} and ${actions.length - MOST_LISTED} more`
    : names.join(', ');
}

function windowText({ from, to, by }: ExcessWindow): string {
  const time = `from ${from.slice(0, 10)} to ${to.slice(0, 10)}`;
  return by === 'logs' ? time : `${time}: IAM tells of no attempt`;
}

function renderLastUse(use: LastUse | null, style: Style): string[] {
  if (use === null) return [];
  const [event] = use.eventIds;
  return wrap(
    clean(`${use.action} at ${use.at}${event === undefined ? '' : `, event ${event}`}`),
    '  last used    ',
    style.width,
  );
}

function grantText({ policy, sid, location }: ExcessGrant, folders: Folders, style: Style): string {
  return `${clean(policy)}${sid === null ? '' : ` (${clean(sid)})`}${placeText(location, folders, style)}`;
}

function placeText(location: SourceRange | null, folders: Folders, style: Style): string {
  if (location === null) return '';
  return `   ${style.dim(clean(toLinePlace(folders, location)))}`;
}

function renderIdentity(one: UnusedIdentity, folders: Folders, style: Style): string[] {
  const { kind, identity, state, lastUsed, detail, location, eventIds } = one;
  const time =
    lastUsed === null
      ? ''
      : ` It was used last at ${lastUsed}${eventIds[0] === undefined ? '' : `, event ${eventIds[0]}`}.`;
  return [
    `  ${state === 'unknown' ? 'perhaps ' : ''}${kind} ${clean(identity)}${placeText(location, folders, style)}`,
    ...wrap(clean(`${detail}${time}`), '    ', style.width),
  ];
}

function renderShared(one: SharedGrant, folders: Folders, style: Style): string[] {
  const { resource, to, principal, actions, conditions, lastUse, grant } = one;
  const who = to === 'everybody' ? 'everybody' : principal;
  return [
    ...wrap(clean(`${resource} lets ${who}: ${actions.join(', ')}`), '  ', style.width, 4),
    ...conditions.flatMap((condition) => wrap(clean(condition), '    if           ', style.width)),
    ...(lastUse === null
      ? ['    no event shows it used']
      : wrap(clean(`${lastUse.action} at ${lastUse.at}`), '    last used    ', style.width)),
    `    by           ${grantText(grant, folders, style)}`,
  ];
}

/** The same for programs, with places as lines and columns. */
export function excessJson(excess: Excess, folders: Folders): unknown {
  const place = (location: SourceRange | null) => (location === null ? null : toJsonRange(location, folders));
  const grantJson = (grant: ExcessGrant) => ({ ...grant, location: place(grant.location) });
  return {
    principals: excess.principals.map((one) => ({
      ...one,
      services: one.services.map((service) => ({
        ...service,
        grants: service.grants.map(grantJson),
        wide: service.wide.map((wide) => ({ ...wide, grant: grantJson(wide.grant) })),
      })),
    })),
    unused: excess.unused.map((one) => ({ ...one, location: place(one.location) })),
    shared: excess.shared.map((one) => ({ ...one, grant: grantJson(one.grant) })),
    unnamed: excess.unnamed,
    unmapped: excess.unmapped,
  };
}

/** Texts of policies may quote values. */
export function maskExcess(excess: Excess, mask: Mask): Excess {
  const texts = (list: readonly string[]) => list.map((text) => mask.text(text));
  const resourcesIn = <T extends { readonly resources?: readonly string[] | undefined }>(groups: readonly T[]): T[] =>
    groups.map((group) => (group.resources === undefined ? group : { ...group, resources: texts(group.resources) }));
  return {
    ...excess,
    principals: excess.principals.map((one) => ({
      ...one,
      services: one.services.map((service) => ({
        ...service,
        unused: resourcesIn(service.unused),
        unknown: resourcesIn(service.unknown),
        openResources: resourcesIn(service.openResources),
        wide: service.wide.map((wide) => ({
          ...wide,
          resources: texts(wide.resources),
          usedOn: texts(wide.usedOn),
        })),
      })),
    })),
    shared: excess.shared.map((one) => ({
      ...one,
      principal: mask.text(one.principal),
      actions: texts(one.actions),
      conditions: texts(one.conditions),
    })),
  };
}
