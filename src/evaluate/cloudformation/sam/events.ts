import { suggest } from '../../../source/suggest.js';
import type { DataNode } from '../../../syntax/data/ast.js';
import { resolveAlias, scalarText } from '../expression/nodes.js';
import { expandApiEvent, expandHttpApiEvent } from './api-events.js';
import { addCondition, negatedCondition } from './conditions.js';
import { conditionOf, diagnose } from './expansion.js';
import type {
  EventExpander,
  EventTarget,
  Expansion,
  FunctionTarget,
  SamEvent,
  SamResource,
  StateMachineTarget,
} from './model.js';
import type { Choice, Draft, Place } from './nodes.js';
import { choiceOf, intrinsicOf, isNoValue, mappingOf, nodeAt, onlyIf, placeOf, withEntries } from './nodes.js';
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
  for (const event of readEvents(expansion, owner, target)) {
    const { managed, inline } = target.policies;
    const present = { managed: managed.length, inline: inline.length };
    apply(expansion, event, FUNCTION_EVENTS);
    if (event.condition === undefined) continue;
    guardFrom(managed, present.managed, event.condition);
    guardFrom(inline, present.inline, event.condition);
  }
}

/** Puts what an event has added under its condition. */
function guardFrom(drafts: Draft[], from: number, condition: string): void {
  for (const [index, draft] of drafts.entries()) if (index >= from) drafts[index] = onlyIf(condition, draft);
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
    const reader = { expansion, owner, target, place: placeOf(entry), name };
    const choice = choiceOf(entry.value);
    if (choice === undefined) found.push(...readEvent(reader, entry.value));
    else {
      const message = `The event "${name}" of "${owner.id}" depends on a condition, which SAM refuses: give the condition to a function.`;
      diagnose(expansion, 'sam-invalid', reader.place, message);
      found.push(...readChoice(reader, choice));
    }
  }
  return found;
}

interface EventReader<Target extends EventTarget> {
  readonly expansion: Expansion;
  readonly owner: SamResource;
  readonly target: Target;
  readonly place: Place;
  readonly name: string;
}

function readEvent<Target extends EventTarget>(
  { expansion, owner, target, place, name }: EventReader<Target>,
  node: DataNode,
): SamEvent<Target>[] {
  const event = mappingOf(node);
  const type = scalarText(nodeAt(event, 'Type'));
  if (event === undefined || type === undefined) {
    diagnose(expansion, 'sam-invalid', place, `The event "${name}" of "${owner.id}" needs a "Type".`);
    return [];
  }
  const properties = mappingOf(nodeAt(event, 'Properties')) ?? { ...event, entries: new Map() };
  return [{ owner, name, id: owner.id + name, type, place, properties, target }];
}

/** The events of both branches, each as if its owner had the condition too. */
function readChoice<Target extends EventTarget>(
  reader: EventReader<Target>,
  { condition, yes, no }: Choice,
): SamEvent<Target>[] {
  const { expansion, owner, place, name } = reader;
  const branches = [
    { node: yes, name, condition: () => condition },
    { node: no, name: `${name}Else`, condition: () => negatedCondition(expansion, condition, place) },
  ];
  return branches.flatMap((branch) => {
    if (isNoValue(branch.node)) return [];
    const own = branch.condition();
    const outer = conditionOf(owner);
    const both = outer === undefined ? own : `${owner.id}${branch.name}Condition`;
    if (outer !== undefined)
      addCondition(expansion, both, place, { 'Fn::And': [{ Condition: outer }, { Condition: own }] });
    const written = withEntries(owner.written, place, { Condition: both });
    const found = readEvent({ ...reader, owner: { ...owner, written }, name: branch.name }, branch.node);
    return found.map((event) => ({ ...event, condition: both }));
  });
}
