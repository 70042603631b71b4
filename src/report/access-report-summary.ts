import type { AccessGrants } from '../findings/access-grants.js';
import type { EscalationReport } from '../findings/escalation.js';
import type { Excess } from '../findings/excess.js';
import { wideActions } from './access-excess.js';
import { count } from './terminal-text.js';

interface AccessFound {
  readonly grants: AccessGrants;
  readonly excess?: Excess | undefined;
  readonly escalation: EscalationReport;
}

/** The last lines of a report: how many of what was found. */
export function summarizeAccess({ grants, excess, escalation }: AccessFound): readonly string[] {
  const { admins, paths, outside, undecided, notKnown } = escalation;
  const certain = paths.filter(({ state }) => state === 'certain').length;
  const open = new Set([
    ...undecided.flatMap(({ principals }) => principals),
    ...notKnown.map(({ principal }) => principal),
  ]);
  const sets = grants.principals.filter(({ kind }) => kind === 'permission-set').length;
  const unused = (excess?.unused ?? []).filter(({ state }) => state === 'unused').length;
  const idle = (excess?.principals ?? []).filter((one) => one.unused > 0).length;
  const wide = (excess?.principals ?? []).filter((one) => wideActions(one) > 0).length;
  return [
    [
      count(grants.principals.length - sets, 'user or role', 'users and roles'),
      ...(sets > 0 ? [count(sets, 'permission set')] : []),
      `${count(grants.resources.length, 'resource')} with a policy`,
    ].join(', '),
    [
      count(admins.length, 'administrator'),
      `${certain} can become administrator`,
      ...(paths.length > certain ? [`${paths.length - certain} perhaps`] : []),
      ...(outside.length > 0 ? [count(outside.length, 'way in from outside', 'ways in from outside')] : []),
      ...(open.size > 0 ? [`of ${open.size} not all is known`] : []),
    ].join(', '),
    ...(sets > 0 ? ['whoever is assigned a permission set is not asked, and may be administrator by it'] : []),
    ...(excess === undefined
      ? []
      : [
          [
            `${count(idle, 'user or role', 'users and roles')} with something that is not used`,
            ...(wide > 0 ? [`${wide} with rights to more resources than they use`] : []),
            `${unused} not used at all`,
            count(
              excess.shared.length,
              'grant to everybody or other accounts',
              'grants to everybody or other accounts',
            ),
          ].join(', '),
          ...notKnownLine(excess),
        ]),
  ];
}

/** Of whom it is not known what they use: nothing at all, or not all. */
function notKnownLine({ principals, unnamed }: Excess): string[] {
  const none = principals.filter(
    ({ granted, used, unused, unknown }) => granted > 0 && used + unused === 0 && unknown > 0,
  );
  const some = principals.filter((one) => one.unknown + one.unknownPolicies.length > 0 && !none.includes(one));
  const whole = none.length + unnamed.length;
  if (whole + some.length === 0) return [];
  const sum = principals.reduce((all, { unknown }) => all + unknown, 0);
  const whose = [
    ...(whole > 0 ? [`all of ${count(whole, 'user or role', 'users and roles')}`] : []),
    ...(some.length > 0 ? [`some of ${count(some.length, 'user or role', 'users and roles')}`] : []),
  ].join(', ');
  return [`whether ${count(sum, 'granted action')} ${sum === 1 ? 'is' : 'are'} used is not known: ${whose}`];
}
