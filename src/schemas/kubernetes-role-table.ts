/** One rule of a role, its empty lists left out. */
export interface RoleRule {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[] | undefined;
  readonly resources?: readonly string[] | undefined;
  readonly resourceNames?: readonly string[] | undefined;
  readonly nonResourceURLs?: readonly string[] | undefined;
}

/** The fields of a rule in the order in which the table has them. */
export const RULE_FIELDS = ['verbs', 'apiGroups', 'resources', 'resourceNames', 'nonResourceURLs'] as const;

/**
 * Reads the table of roles: a line a role, its name and its rules divided by blanks; a rule is its lists divided by `;`
 * in the order of `RULE_FIELDS`, the last empty ones left out; the entries of a list are divided by commas, `-` stands
 * for an empty text. `scripts/generate-kubernetes-roles.ts` writes it.
 */
export function parseRoles(text: string): Map<string, readonly RoleRule[]> {
  const roles = new Map<string, readonly RoleRule[]>();
  for (const line of text.split('\n')) {
    const [name = '', ...rules] = line.split(' ');
    if (name !== '') roles.set(name, rules.map(parseRule));
  }
  return roles;
}

function parseRule(text: string): RoleRule {
  const lists = text.split(';');
  const entries = RULE_FIELDS.flatMap((field, index): [string, string[]][] => {
    const list = lists[index] ?? '';
    return list === '' ? [] : [[field, list.split(',').map((entry) => (entry === '-' ? '' : entry))]];
  });
  return { verbs: [], ...Object.fromEntries(entries) };
}
