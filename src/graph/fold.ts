import type { RawResource } from '../model/raw-resource.js';
import type { Member } from '../model/resource.js';
import { STRING } from '../model/type.js';
import type { ElementExistence, ObjectValue, UnknownValue, Value } from '../model/value.js';
import { objectValue, originAt, unknownValue } from '../model/values.js';
import { ListDraft, OBJECT_TYPE } from './draft.js';
import { explodeObject } from './explode.js';
import type { Linker, Resolution } from './linker.js';
import type { Node } from './node.js';
import type { Mount, ResourceType } from './resource-types/entries.js';
import { toStatement } from './statement.js';
import type { ParentMount } from './type-model.js';
import { isSameValue, splitPath, valueAt, withValueAt } from './value-paths.js';

/** One companion as one parent has it, under one mount. */
export interface Contribution {
  readonly companion: Node;
  readonly mount: Mount;
  readonly certainty: 'certain' | ElementExistence | 'candidate';
}

export interface FoldPlan {
  readonly contributions: ReadonlyMap<Node, readonly Contribution[]>;
  readonly standIns: readonly Node[];
  /** Companions, and the resources they are members of. */
  readonly parents: ReadonlyMap<Node, readonly Node[]>;
}

export interface FoldInput {
  readonly companions: readonly Node[];
  readonly linker: Linker;
  /** The scope resource of a type in which a node lies. */
  scopeOf(type: string, node: Node): Node | undefined;
  makeStandIn(companion: Node, parent: ResourceType, link: { readonly to: string; readonly value: Value }): Node;
}

/** Decides which companion belongs to which parent; a companion whose parent is not in the input gets a stand-in. */
export function planFolding(input: FoldInput): FoldPlan {
  const planner = new Planner(input);
  for (const companion of input.companions) planner.place(companion);
  planner.taintCandidates();
  return planner.finish();
}

interface Unlinked {
  readonly companion: Node;
  readonly mounted: ParentMount;
  readonly value: UnknownValue;
}

interface UnlinkedGroup {
  readonly mounted: ParentMount;
  readonly value: UnknownValue;
  readonly companions: Node[];
}

class Planner {
  private readonly contributions = new Map<Node, Contribution[]>();
  private readonly parents = new Map<Node, Node[]>();
  private readonly standIns = new Map<string, Node>();
  private readonly unlinked: Unlinked[] = [];

  constructor(private readonly input: FoldInput) {}

  place(companion: Node): void {
    for (const mounted of companion.model.mountedOn) {
      const applies = appliesTo(mounted.mount, companion);
      if (applies === false) continue;
      const { link } = mounted.mount;
      if (link === undefined) {
        const scope = this.input.scopeOf(mounted.parent.type, companion);
        if (scope !== undefined) this.add(scope, companion, mounted.mount, existenceOf(companion, scope, applies));
        continue;
      }
      for (const { value, existence } of linkValues(companion, link)) {
        this.placeByLink(companion, mounted, { value, applies: existence ?? applies });
      }
    }
  }

  private placeByLink(
    companion: Node,
    mounted: ParentMount,
    link: { readonly value: Value; readonly applies: true | ElementExistence },
  ): void {
    const { parent, mount } = mounted;
    const resolution = this.resolve(link.value, parent.type, companion);
    for (const [target, certainty] of resolution.targets) {
      const existence = existenceOf(companion, target, link.applies);
      this.add(target, companion, mount, certainty === 'perhaps' && existence === 'certain' ? 'perhaps' : existence);
    }
    const isFound = [...resolution.targets.keys()].some(({ presence }) => presence === 'written');
    if (resolution.unknown !== undefined && !isFound) {
      this.unlinked.push({ companion, mounted, value: resolution.unknown });
    }
    if (!resolution.isOutside) return;
    const standIn = this.standInFor(companion, mounted, link.value);
    this.add(standIn, companion, mount, existenceOf(companion, standIn, link.applies));
  }

  private resolve(value: Value, type: string, companion: Node): Resolution {
    return this.input.linker.resolve(value, { types: [type], from: companion });
  }

  /** Lists have a stand-in a companion, so that each has its own place; what makes up one object shares one. */
  private standInFor(companion: Node, { parent, mount }: ParentMount, value: Value): Node {
    const name = mount.kind === 'object' ? nameOfLink(value) : undefined;
    const key = `${companion.raw.root}\0${parent.type}\0${name ?? companion.raw.address}\0${name === undefined ? 'own' : 'named'}`;
    const present = this.standIns.get(key);
    if (present !== undefined) return present;
    const made = this.input.makeStandIn(companion, parent, { to: mount.to ?? 'id', value });
    this.standIns.set(key, made);
    return made;
  }

  /**
   * Every resource that an unknown link may name perhaps has the companion. Links that may name the same resources are taken
   * together, or thousands of companions of as many resources would be asked about one by one.
   */
  taintCandidates(): void {
    for (const { mounted, value, companions } of groupUnlinked(this.unlinked)) {
      const { parent, mount } = mounted;
      const [first] = companions;
      if (first === undefined) continue;
      const candidates = this.input.linker.candidates(value, parent.type, first, mount.to ?? 'id');
      const differing = differingCompanions(companions, mount);
      for (const candidate of candidates) {
        const hasOwn =
          mount.kind === 'object' &&
          (this.contributions.get(candidate) ?? []).some(
            (other) => other.mount === mount && other.certainty === 'certain',
          );
        if (hasOwn) continue;
        for (const companion of differing) this.add(candidate, companion, mount, 'candidate');
      }
    }
  }

  private add(parent: Node, companion: Node, mount: Mount, certainty: Contribution['certainty']): void {
    const list = this.contributions.get(parent) ?? [];
    list.push({ companion, mount, certainty });
    this.contributions.set(parent, list);
    if (certainty === 'candidate') return;
    const parents = this.parents.get(companion) ?? [];
    if (!parents.includes(parent)) parents.push(parent);
    this.parents.set(companion, parents);
  }

  finish(): FoldPlan {
    return { contributions: this.contributions, standIns: [...this.standIns.values()], parents: this.parents };
  }
}

/** Companions whose links may name the same resources: of one root, unknown for one reason, with the same known parts. */
function groupUnlinked(unlinked: readonly Unlinked[]): Iterable<UnlinkedGroup> {
  const groups = new Map<Mount, Map<string, UnlinkedGroup>>();
  for (const { companion, mounted, value } of unlinked) {
    const ofMount = groups.get(mounted.mount) ?? new Map<string, UnlinkedGroup>();
    groups.set(mounted.mount, ofMount);
    const parts = value.parts?.map((part) => (typeof part === 'string' ? part : null));
    const key = JSON.stringify([companion.raw.root, mounted.parent.type, value.reason, parts]);
    const group = ofMount.get(key);
    if (group === undefined) ofMount.set(key, { mounted, value, companions: [companion] });
    else group.companions.push(companion);
  }
  return [...groups.values()].flatMap((ofMount) => [...ofMount.values()]);
}

/** With more different ones than an unknown remembers, nothing is said of them one by one. */
const maxDiffering = 6;

/** The first companions that say something different: more of the same change nothing of a resource that perhaps has one. */
function differingCompanions(companions: readonly Node[], mount: Mount): readonly Node[] {
  const differing: { readonly companion: Node; readonly value: Value | undefined }[] = [];
  for (const companion of companions) {
    const value = contributedValue({ companion, mount, certainty: 'candidate' });
    const isKnown = differing.some((other) =>
      value === undefined || other.value === undefined ? value === other.value : isSameValue(value, other.value),
    );
    if (!isKnown) differing.push({ companion, value });
    if (differing.length >= maxDiffering) break;
  }
  return differing.map(({ companion }) => companion);
}

/** What tells one link that is not in the input from another; undefined: nothing does. */
function nameOfLink(value: Value): string | undefined {
  if (value.kind === 'string') return `literal ${value.value}`;
  if (value.kind !== 'unknown') return undefined;
  if (value.identity !== undefined) return `unknown ${value.identity}`;
  const [reference] = value.refersTo ?? [];
  return reference === undefined ? undefined : `reference ${reference.address}`;
}

function linkValues(
  companion: Node,
  link: string,
): readonly { readonly value: Value; readonly existence?: ElementExistence | undefined }[] {
  const isMany = link.endsWith('[]');
  const value = valueAt(companion.values, splitPath(isMany ? link.slice(0, -2) : link));
  if (value === undefined || value.kind === 'null') {
    // A required link that is not there is an error of the input: the companion is judged all the same.
    return isMany ? [] : [{ value: unknownValue('invalid-value', { type: STRING }) }];
  }
  if (value.kind !== 'list') return [{ value }];
  const values: { value: Value; existence?: ElementExistence | undefined }[] = value.elements.map((element, index) => ({
    value: element,
    existence: value.existence?.get(index),
  }));
  if (value.rest !== undefined) {
    const { reason, subject, element } = value.rest;
    values.push({ value: element ?? unknownValue(reason, { type: STRING, subject }), existence: 'any-number' });
  }
  return values;
}

/** Whether a mount is for this companion: `type = "ingress"`. */
function appliesTo({ when }: Mount, companion: Node): true | false | 'perhaps' {
  if (when === undefined) return true;
  const value = valueAt(companion.values, splitPath(when.attribute));
  if (value === undefined || value.kind === 'null') return when.unset === when.equals;
  if (value.kind === 'unknown') return 'perhaps';
  return 'value' in value && value.value === when.equals;
}

/** How certainly a companion is there, seen from its parent. */
function existenceOf(companion: Node, parent: Node, applies: true | ElementExistence): 'certain' | ElementExistence {
  const [own, other] = [companion.raw, parent.raw];
  const isSameSet = isSameKeySet(own, other) || isSameCondition(own, other);
  const existence: true | ElementExistence = isSameSet
    ? true
    : own.isPrototype
      ? 'any-number'
      : own.existence.kind === 'unknown' || (other.isPrototype && other !== own && parent.presence === 'written')
        ? 'perhaps'
        : true;
  if (existence === 'any-number' || applies === 'any-number') return 'any-number';
  return existence === true && applies === true ? 'certain' : 'perhaps';
}

/** Whether they are instances of one key set, and nothing else decides whether one of them is there. */
function isSameKeySet(own: RawResource, other: RawResource): boolean {
  if (own.keySet === undefined || own.keySet !== other.keySet) return false;
  if (own.existence.kind === 'certain' || other.existence.kind === 'certain') return own.existence.kind === 'certain';
  const { reason, subject, condition } = own.existence;
  return (
    reason === other.existence.reason && subject === other.existence.subject && condition === other.existence.condition
  );
}

/** Whether the companion is there wherever the other is. */
function isSameCondition(own: RawResource, other: RawResource): boolean {
  if (own.isPrototype || other.isPrototype) return false;
  if (own.existence.kind === 'certain' || other.existence.kind === 'certain') return false;
  const { condition } = own.existence;
  if (condition === undefined) return false;
  return condition === other.existence.condition || other.existence.implies?.includes(condition) === true;
}

/** The value that a companion gives its parent; undefined: none under this mount. */
export function contributedValue({ companion, mount }: Contribution): Value | undefined {
  if (mount.value !== undefined) return valueAt(companion.values, splitPath(mount.value));
  if (mount.statement !== undefined) return toStatement(companion, mount.statement);
  const hidden = new Set([mount.link?.replace('[]', ''), mount.when?.attribute, 'id', 'region', 'native']);
  const entries = new Map<string, Value>();
  for (const [name, value] of companion.values.entries) {
    if (mount.only === undefined ? !hidden.has(name) : mount.only.includes(name)) entries.set(name, value);
  }
  const origin = companion.values.origin ?? originAt(companion.raw.header, 'companion', companion.raw.address);
  return objectValue(OBJECT_TYPE, entries, origin, companion.values.rest);
}

/** The elements that a companion adds to a list of its parent. */
export function contributedElements(contribution: Contribution, ownId: UnknownValue): ListDraft {
  const list = new ListDraft();
  const { mount, certainty } = contribution;
  const existence = certainty === 'certain' || certainty === 'candidate' ? undefined : certainty;
  const value = contributedValue(contribution);
  if (value === undefined || value.kind === 'null') return list;
  if (value.kind === 'list') list.append(value, existence);
  else if (value.kind === 'object' && mount.explode !== undefined) {
    explodeObject(value, mount.explode, { list, existence, ownId });
  } else list.push(value, existence);
  return list;
}

interface MountPath {
  /** The first that has this path. */
  readonly mount: Mount;
  /** Of the companions that are mounted there. */
  readonly types: readonly string[];
}

const mountsByTable = new Map<ResourceType, readonly MountPath[]>();

/** Every path at which companions of a type are mounted, once. */
export function mountPaths(table: ResourceType): readonly MountPath[] {
  const known = mountsByTable.get(table);
  if (known !== undefined) return known;
  const seen = new Map<string, { readonly mount: Mount; readonly types: string[] }>();
  for (const mount of table.companions ?? []) {
    const present = seen.get(mount.path);
    if (present === undefined) seen.set(mount.path, { mount, types: [mount.type] });
    else present.types.push(mount.type);
  }
  const mounts = [...seen.values()];
  mountsByTable.set(table, mounts);
  return mounts;
}

export function toMember(companion: Node, path: string): Member {
  const { address, range, header, calls, existence } = companion.raw;
  return { address, type: companion.raw.type, path, range, header, calls, existence };
}

export function putAt(values: ObjectValue, path: string, value: Value | undefined): ObjectValue {
  return withValueAt(values, splitPath(path), value);
}
