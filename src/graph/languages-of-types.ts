import type { Language } from '../model/raw-resource.js';
import { tableOf } from './type-model.js';

const TERRAFORM: readonly Language[] = ['terraform', 'terraform-plan', 'terraform-state'];

/** The native types that are resources of a type: in a snapshot it stands as one of them. */
export function nativeTypesOf(type: string): readonly string[] {
  const table = tableOf(type);
  const sides = [table?.cloudformation ?? []].flat();
  const mounted = table?.scope === undefined ? [] : (table.companions ?? []).map((mount) => mount.type);
  return [type, ...sides.flatMap((side) => side.type), ...mounted];
}

/** The languages in which resources of a type can be written, as its table says; of a scope, what is mounted on it. */
export function languagesOfType(type: string): readonly Language[] {
  // Any object can be written as a `kubernetes_manifest`.
  if (type.startsWith('kubernetes/')) return [...TERRAFORM, 'kubernetes'];
  if (type.includes('::')) return ['cloudformation'];
  const table = tableOf(type);
  if (table?.scope !== undefined)
    return [...new Set((table.companions ?? []).flatMap((mount) => languagesOfType(mount.type)))];
  return table?.cloudformation === undefined ? TERRAFORM : [...TERRAFORM, 'cloudformation'];
}
