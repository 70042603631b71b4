import { suggest } from '../../../source/suggest.js';
import { resolveAlias, scalarText } from '../expression/nodes.js';
import { expandApiEvent, expandHttpApiEvent } from './api-events.js';
import { diagnose } from './expansion.js';
import type {
  EventExpander,
  EventTarget,
  Expansion,
  FunctionTarget,
  SamEvent,
  SamResource,
  StateMachineTarget,
} from './model.js';
import { intrinsicOf, mappingOf, nodeAt, placeOf } from './nodes.js';
import { PULL_EVENTS } from './pull-events.js';
import { PUSH_EVENTS } from './push-events.js';
import { expandRuleEvent, expandScheduleEvent, expandSchedulerEvent } from './schedule-events.js';

const FUNCTION_EVENTS: Readonly<Record<string, EventExpander<FunctionTarget>>> = {
  ...PULL_EVENTS,
  ...PUSH_EVENTS,
  Api: expandApiEvent,
  HttpApi: expandHttpApiEvent,
  CloudWatchEvent: expandRuleEvent,
  EventBridgeRule: expandRuleEvent,
  Schedule: expandScheduleEvent,
  ScheduleV2: expandSchedulerEvent,
};

const STATE_MACHINE_EVENTS: Readonly<Record<string, EventExpander<StateMachineTarget>>> = {
  Api: expandApiEvent,
  CloudWatchEvent: expandRuleEvent,
  EventBridgeRule: expandRuleEvent,
  Schedule: expandScheduleEvent,
  ScheduleV2: expandSchedulerEvent,
};

/** Expands every event of a function. */
export function expandEvents(expansion: Expansion, owner: SamResource, target: FunctionTarget): void {
  for (const event of readEvents(expansion, owner, target)) apply(expansion, event, FUNCTION_EVENTS);
}

/** Expands every event of a state machine. */
export function expandStateMachineEvents(expansion: Expansion, owner: SamResource, target: StateMachineTarget): void {
  for (const event of readEvents(expansion, owner, target)) apply(expansion, event, STATE_MACHINE_EVENTS);
}

function apply<Target extends EventTarget>(
  expansion: Expansion,
  event: SamEvent<Target>,
  expanders: Readonly<Record<string, EventExpander<Target>>>,
): void {
  const expander = Object.hasOwn(expanders, event.type) ? expanders[event.type] : undefined;
  if (expander !== undefined) {
    expander(expansion, event);
    return;
  }
  const hint = suggest(event.type, Object.keys(expanders));
  const message = `"${event.type}" is no type of event that "${event.owner.id}" can have.${hint}`;
  diagnose(expansion, 'sam-invalid', event.place, message);
}

function readEvents<Target extends EventTarget>(
  expansion: Expansion,
  owner: SamResource,
  target: Target,
): SamEvent<Target>[] {
  const written = owner.properties.entries.get('Events');
  if (written === undefined || resolveAlias(written.value).kind === 'null') return [];
  const events = mappingOf(written.value);
  if (events === undefined || intrinsicOf(written.value) !== undefined) {
    diagnose(expansion, 'sam-invalid', placeOf(written), `"Events" of "${owner.id}" must be a map of events.`);
    return [];
  }
  const found: SamEvent<Target>[] = [];
  for (const [name, entry] of events.entries) {
    const event = mappingOf(entry.value);
    const type = scalarText(nodeAt(event, 'Type'));
    const place = placeOf(entry);
    if (event === undefined || type === undefined) {
      diagnose(expansion, 'sam-invalid', place, `The event "${name}" of "${owner.id}" needs a "Type".`);
      continue;
    }
    const properties = mappingOf(nodeAt(event, 'Properties')) ?? { ...event, entries: new Map() };
    found.push({ owner, name, id: owner.id + name, type, place, properties, target });
  }
  return found;
}
