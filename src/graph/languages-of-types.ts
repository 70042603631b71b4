import type { Language } from '../model/raw-resource.js';
import { sidesOfType } from './cloudformation-sides.js';
import { tableOf } from './type-model.js';

const TERRAFORM: readonly Language[] = ['terraform', 'terraform-plan', 'terraform-state'];

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

/** The names in normal form of what a snapshot holds as a native type. */
export function normalTypesOf(nativeType: string): readonly string[] {
  return nativeType.includes('::') ? sidesOfType(nativeType).map(({ table }) => table.type) : [nativeType];
}
