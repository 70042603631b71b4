import { suggest } from '../../../source/suggest.js';
import { diagnose } from './expansion.js';
import { PROPERTIES } from './generated/property-names.js';
import type { Expansion, SamResource } from './model.js';
import { placeOf } from './nodes.js';

/** Reports properties that a type does not have: the service refuses the template for them. */
export function checkProperties(expansion: Expansion, resource: SamResource): void {
  const names = PROPERTIES[resource.type] ?? [];
  for (const [name, entry] of resource.properties.entries) {
    if (names.includes(name) || name.startsWith('Fn::')) continue;
    const message = `"${resource.id}" has no property "${name}".${suggest(name, names)}`;
    diagnose(expansion, 'sam-invalid', placeOf(entry), message);
  }
}
