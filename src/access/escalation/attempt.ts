import type { EscalationFact } from '../../findings/escalation.js';
import type { Cause } from '../../iam/index.js';
import type { Value } from '../../model/value.js';
import { removableOf } from '../places.js';
import { type Judged, judge } from './judge.js';
import { regionsFor, thingsToMake } from './made-things.js';
import { letsAdminThrough, mayMatch, type Node } from './node.js';
import { isCutOff } from './prerequisites.js';
import type { Need, RequestContext, Target, Technique } from './technique.js';
import type { Terrain, Thing } from './terrain.js';

/** A technique with where it leads. */
export interface Way {
  readonly technique: Technique;
  readonly target: Target;
}

/** What somebody does, with all that it needs. */
export interface Step extends Way {
  readonly from: Node;
  readonly needs: readonly Decided[];
  readonly facts: readonly EscalationFact[];
  readonly causes: readonly Cause[];
  readonly chosen: readonly string[];
  /** The statements by which it is possible: of policies, and of trust. */
  readonly sources: readonly Value[];
}

interface Decided {
  readonly need: Need;
  readonly thing: Thing;
  readonly judged: Judged;
}

const NO_CONTEXT: readonly RequestContext[] = [new Map()];

/** Whether the rows of a node may allow all that a way needs: without it nothing is decided. */
export function mayAttempt(node: Node, { technique, target }: Way): boolean {
  if (target.callers !== undefined && !target.callers.includes(node.resource)) return false;
  if (target.named?.includes(node.resource) === true) return true;
  const needs = target.also === undefined ? technique.needs : [...technique.needs, ...target.also];
  return needs.every(({ action, on, isGranted }) => {
    if (isGranted) return true;
    if (!node.actions.has(action.toLowerCase())) return false;
    const thing = typeof on === 'string' ? target.things[on] : undefined;
    return thing === undefined || mayMatch(node, action, thing.text);
  });
}

/** Decides a way for a principal; undefined: it is closed. `without` is a statement that is taken to be gone. */
export function attempt(terrain: Terrain, node: Node, way: Way, without?: Value): Step | undefined {
  const { technique, target } = way;
  const trust = trustFor(terrain, target, without);
  if (trust === undefined) return undefined;
  const limit = technique.gain === 'grant-any' ? boundaryOf(terrain, node, target) : true;
  if (limit === false) return undefined;
  const decided = decideNeeds(terrain, node, way, without);
  if (decided === undefined) return undefined;
  const causes = [...target.causes, ...trust.causes, ...(limit === true ? [] : [limit])];
  return {
    ...way,
    from: node,
    needs: decided,
    facts: [...trust.facts, ...target.facts],
    causes: [...causes, ...decided.flatMap(({ judged }) => judged.causes)],
    chosen: [...new Set(decided.flatMap(({ judged }) => judged.chosen))].sort(),
    sources: [...trust.sources, ...decided.flatMap(({ judged }) => judged.statements.map(removableOf))],
  };
}

interface Trusted {
  readonly causes: readonly Cause[];
  readonly facts: readonly EscalationFact[];
  readonly sources: readonly Value[];
}

const NO_TRUST: Trusted = { causes: [], facts: [], sources: [] };

function trustFor(terrain: Terrain, { trusted, gains }: Target, without: Value | undefined): Trusted | undefined {
  if (trusted === undefined || gains === undefined) return NO_TRUST;
  const { answer, facts, sources } = terrain.trustOf(gains, trusted);
  if (answer === false || (sources.length === 1 && sources[0] === without)) return undefined;
  return { causes: answer === true ? [] : answer.causes, facts, sources };
}

/** Any policy is worth what the boundary of who gets it leaves of it. */
function boundaryOf({ grants }: Terrain, node: Node, { gains }: Target): boolean | Cause {
  if (gains === undefined) return true;
  return letsAdminThrough((gains === node.resource ? node.principal : grants.principalOf(gains)).boundary);
}

function decideNeeds(
  terrain: Terrain,
  node: Node,
  { technique, target }: Way,
  without: Value | undefined,
): readonly Decided[] | undefined {
  const needs = [...technique.needs, ...(target.also ?? [])];
  const decide = (need: Need, thing: Thing) => decideNeed(terrain, node, { need, thing, target, without });
  const fixed: Decided[] = [];
  const made: Need[] = [];
  for (const need of needs) {
    if (typeof need.on !== 'string') {
      made.push(need);
      continue;
    }
    const decided = decide(need, target.things[need.on] ?? ANY_THING);
    if (decided === undefined) {
      if (without === undefined && isCutOff(terrain, need)) noteCut(terrain, technique.id, node, new Set([POLICIES]));
      return undefined;
    }
    fixed.push(decided);
  }
  if (made.length === 0) return inOrder(needs, fixed);
  let best: readonly Decided[] | undefined;
  const cut = new Set<string>();
  const regions = regionsFor(node, terrain.world);
  if (regions.isCut) cut.add('regions');
  if (made.some((need) => isCutOff(terrain, need))) cut.add(POLICIES);
  for (const region of regions.some) {
    const found = decideMade(node, made, { region, target, cut }, decide);
    if (found === undefined) continue;
    if (found.every(({ judged }) => judged.causes.length === 0)) return inOrder(needs, [...fixed, ...found]);
    best ??= found;
  }
  if (best !== undefined) return inOrder(needs, [...fixed, ...best]);
  if (cut.size > 0 && without === undefined) noteCut(terrain, technique.id, node, cut);
  return undefined;
}

const POLICIES = 'policies that make an administrator';

/** A way that is closed as far as it was tried is not known to be closed. */
function noteCut({ cutOff }: Terrain, technique: string, { name }: Node, cut: ReadonlySet<string>): void {
  const principals = cutOff.get(technique) ?? new Map<string, string>();
  cutOff.set(technique, principals.set(name, `not all ${[...cut].sort().join(', ')} were tried`));
}

interface Place {
  readonly region: string;
  readonly target: Target;
  /** What was cut off is put in. */
  readonly cut: Set<string>;
}

const ANY_THING: Thing = { text: [42], resource: undefined };

function inOrder(needs: readonly Need[], decided: readonly Decided[]): Decided[] {
  return needs.flatMap((need) => decided.filter((one) => one.need === need));
}

/** All that is done with what is made, or chosen, has to be allowed for one and the same thing. */
function decideMade(
  node: Node,
  needs: readonly Need[],
  place: Place,
  decide: (need: Need, thing: Thing) => Decided | undefined,
): readonly Decided[] | undefined {
  const found: Decided[] = [];
  for (const slot of new Set(needs.map(({ on }) => slotOf(on)))) {
    const own = needs.filter(({ on }) => slotOf(on) === slot);
    let best: Decided[] | undefined;
    for (const thing of candidatesFor(node, own, place)) {
      const decided = own.flatMap((need) => decide(need, thing) ?? []);
      if (decided.length < own.length) continue;
      const isCertain = decided.every(({ judged }) => judged.causes.length === 0);
      if (best === undefined || isCertain) best = decided;
      if (isCertain) break;
    }
    if (best === undefined) return undefined;
    found.push(...best);
  }
  return found;
}

function slotOf(on: Need['on']): string {
  return typeof on === 'string' ? on : 'creates' in on ? `new ${on.creates}` : on.chooses;
}

/** SAFETY: more of what is there is not tried: that it is cut off is said. */
const maxChoices = 200;

function candidatesFor(node: Node, needs: readonly Need[], { region, target, cut }: Place): readonly Thing[] {
  const on = needs[0]?.on;
  if (typeof on !== 'object') return [];
  if ('creates' in on) {
    const actions = needs.map(({ action }) => action);
    const made = thingsToMake(node, actions, on.creates, region);
    if (made.isCut) cut.add(`names of a ${on.creates}`);
    return made.some;
  }
  const choices = (target.choices?.[on.chooses] ?? []).filter(({ text }) =>
    needs.every(({ action }) => mayMatch(node, action, text)),
  );
  if (choices.length > maxChoices) cut.add('resources that are there');
  return choices.slice(0, maxChoices);
}

interface ToDecide {
  readonly need: Need;
  readonly thing: Thing;
  readonly target: Target;
  readonly without: Value | undefined;
}

function decideNeed(terrain: Terrain, node: Node, { need, thing, target, without }: ToDecide): Decided | undefined {
  let best: Decided | undefined;
  for (const context of need.contexts?.(target, terrain) ?? NO_CONTEXT) {
    const judged = judge({
      world: terrain.world,
      principal: node.principal,
      action: need.action,
      thing,
      context,
      isGranted: need.isGranted === true,
      without,
    });
    if (judged === undefined) continue;
    if (judged.causes.length === 0) return { need, thing, judged };
    best ??= { need, thing, judged };
  }
  return best;
}
