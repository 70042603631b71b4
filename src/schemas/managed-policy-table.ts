import { invariant } from '../source/invariant.js';

/** A policy of AWS, as it was on a day. */
export interface ManagedPolicy {
  /** Its ARN in the partition `aws`. */
  readonly arn: string;
  /** `v3`: its default version. */
  readonly version: string;
  /** The day on which that version was made: `2024-07-31`. */
  readonly date: string;
  /** The policy document, as JSON. */
  readonly document: string;
}

/** The policies that AWS manages, in the partition `aws`. */
export interface ManagedPolicies {
  /** The day of the newest version that is in the data: later ones are not known. */
  readonly asOf: string;
  /** The policy of an ARN; undefined where the data has none. */
  readonly byArn: (arn: string) => ManagedPolicy | undefined;
  /** The policy of a name: no two have the same one. */
  readonly byName: (name: string) => ManagedPolicy | undefined;
}

/** What the ARNs of all of them begin with. */
export const MANAGED_POLICY_ARN = 'arn:aws:iam::aws:policy/';

/**
 * A table of policies as text: the day of the newest version, then a line a policy, sorted, its parts divided by blanks: what
 * its ARN has after `policy/`, version, day of that version, document as JSON.
 *
 * `scripts/generate-managed-policies.ts` writes it.
 */
export function parseManagedPolicies(text: string): ManagedPolicies {
  const [asOf = '', ...lines] = text.split('\n');
  const byPath = new Map(lines.map((line) => [line.slice(0, line.indexOf(' ')), line]));
  const paths = new Map([...byPath.keys()].map((path) => [path.slice(path.lastIndexOf('/') + 1), path]));
  const byArn = (arn: string) => {
    const line = arn.startsWith(MANAGED_POLICY_ARN) ? byPath.get(arn.slice(MANAGED_POLICY_ARN.length)) : undefined;
    return line === undefined ? undefined : parseLine(line);
  };
  return {
    asOf,
    byArn,
    byName: (name) => {
      const path = paths.get(name);
      return path === undefined ? undefined : byArn(`${MANAGED_POLICY_ARN}${path}`);
    },
  };
}

function parseLine(line: string): ManagedPolicy {
  const [, path, version, date, document] = /^(\S+) (\S+) (\S+) (.*)$/.exec(line) ?? [];
  invariant(path !== undefined && version !== undefined, 'a line of the table is not whole');
  return { arn: `${MANAGED_POLICY_ARN}${path}`, version, date: date ?? '', document: document ?? '' };
}
