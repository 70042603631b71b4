import type { Language } from '../model/raw-resource.js';
import type { ListValue, Value } from '../model/value.js';
import { isSameValue } from './value-paths.js';

/**
 * Whether what stands inline was never written there: a provider shows in a resource what its companions have made. A state
 * does not tell what is written; nobody writes both, since each apply would undo the other.
 */
export function isReflection(inline: Value | undefined, language: Language): boolean {
  if (inline === undefined) return false;
  return (
    language === 'live' ||
    language === 'terraform-state' ||
    (language === 'terraform-plan' && inline.origin?.step === 'default-of-type')
  );
}

/** The inline elements that no companion has made. */
export function withoutReflected(inline: ListValue, made: readonly Value[]): ListValue {
  const elements = inline.elements.filter((element) => !made.some((other) => shows(element, other)));
  return elements.length === inline.elements.length ? inline : { ...inline, elements };
}

/** Whether all that is said inline is said by the companion; a description is lost on the way. */
function shows(inline: Value, made: Value): boolean {
  if (inline.kind !== 'object' || made.kind !== 'object') return false;
  for (const [name, value] of inline.entries) {
    const other = made.entries.get(name);
    if (name === 'description' || value.kind === 'null') continue;
    if (other === undefined || !isSameValue(value, other)) return false;
  }
  return true;
}
