import { kubernetesRoles } from './generated/kubernetes-roles.js';
import { parseRoles, type RoleRule } from './kubernetes-role-table.js';

export type { RoleRule };

let roles: ReadonlyMap<string, readonly RoleRule[]> | undefined;

/** The rules of a role that every cluster has (`cluster-admin`, `view`, `system:node`), those put into it included. */
export function builtInRole(name: string): readonly RoleRule[] | undefined {
  roles ??= parseRoles(kubernetesRoles());
  return roles.get(name);
}
