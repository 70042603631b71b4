import { diagnose, generate } from './expansion.js';
import type { Expansion, FunctionTarget, SamEvent } from './model.js';
import type { Draft, DraftMapping } from './nodes.js';

/** Adds the permission by which a service may invoke the function. */
export function generatePermission(
  expansion: Expansion,
  event: SamEvent<FunctionTarget>,
  permission: { readonly id?: string; readonly principal: string; readonly source?: DraftMapping },
): string {
  const id = permission.id ?? `${event.id}Permission`;
  generate(expansion, event.owner, {
    id,
    type: 'AWS::Lambda::Permission',
    place: event.place,
    properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: event.target.name,
      Principal: permission.principal,
      ...permission.source,
    },
  });
  return id;
}

/** A property that the event cannot do without. */
export function required(expansion: Expansion, event: SamEvent, name: string): Draft | undefined {
  const entry = event.properties.entries.get(name);
  if (entry !== undefined && entry.value.kind !== 'null') return entry;
  const message = `The event "${event.name}" of "${event.owner.id}" needs "${name}".`;
  diagnose(expansion, 'sam-invalid', event.place, message);
  return undefined;
}
