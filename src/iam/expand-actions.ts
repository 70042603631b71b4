import { matches } from './pattern.js';
import { ANY, COLON, type Text, textOf, toLowerCase } from './text.js';

/** The actions of a service, by prefix, in lower case and without it. */
interface Actions {
  readonly services: readonly string[];
  readonly actionsOf: (service: string) => ReadonlyMap<string, unknown> | undefined;
}

/** The actions of a catalogue that some pattern certainly matches, in lower case. */
export function expandActions(patterns: readonly Text[], actions: Actions): Set<string> {
  const found = new Set<string>();
  for (const written of patterns) {
    const pattern = toLowerCase(written);
    const isAll = pattern.length === 1 && pattern[0] === ANY;
    for (const service of actions.services) {
      if (!isAll && !isOfService(pattern, service)) continue;
      for (const name of actions.actionsOf(service)?.keys() ?? []) {
        const action = `${service}:${name}`;
        if (isAll || matches(pattern, textOf(action)) === true) found.add(action);
      }
    }
  }
  return found;
}

/** Whether a pattern's prefix may be a service's. */
function isOfService(pattern: Text, service: string): boolean {
  const colon = pattern.indexOf(COLON);
  return colon === -1 || matches(pattern.slice(0, colon), textOf(service)) !== false;
}
