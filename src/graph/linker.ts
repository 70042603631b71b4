import type { ResourceKey } from '../model/resource.js';
import { resourceKey } from '../model/resource.js';
import type { Reference, UnknownValue, Value } from '../model/value.js';
import { type HeldNames, heldNames } from './held-names.js';
import type { IdentityIndex } from './identity-index.js';
import { arnAttribute, attributeInArn } from './identity-index.js';
import type { Node } from './node.js';
import { areDifferentTexts, identityOf } from './same-text.js';
import { splitPath, valueAt } from './value-paths.js';

/** What a value names. */
export interface Resolution {
  readonly targets: ReadonlyMap<Node, 'certain' | 'perhaps'>;
  /** It may name something that is not in the input. */
  readonly isOutside: boolean;
  /** It cannot be said what it names: any resource that is not excluded. */
  readonly unknown?: UnknownValue | undefined;
}

interface Question {
  readonly types: readonly string[];
  readonly from: Node;
  /** What was found on the way: each attribute is followed once, however many ways lead to it. */
  readonly followed?: Map<string, Resolution> | undefined;
}

/** SAFETY: how many attributes a reference is followed through. */
const maxSteps = 8;

const NOTHING: Resolution = { targets: new Map(), isOutside: false };
const OUTSIDE: Resolution = { targets: new Map(), isOutside: true };

/** Resolves values to the resources that they name: by reference, by the same unknown, by literal identity. */
export class Linker {
  /** Root, type and attribute → its names. */
  private readonly held = new Map<string, HeldNames>();

  constructor(
    private readonly nodes: ReadonlyMap<ResourceKey, Node>,
    private readonly index: IdentityIndex,
    /** Resources whose identity flows into a module that was not read: only they can come out of it. */
    private readonly flowsOut: ReadonlyMap<ResourceKey, unknown>,
  ) {}

  resolve(value: Value, asked: Question, step = 0): Resolution {
    const question = asked.followed === undefined ? { ...asked, followed: new Map<string, Resolution>() } : asked;
    if (value.kind === 'null' || value.kind === 'object' || value.kind === 'list') return NOTHING;
    if (step >= maxSteps) return OUTSIDE;
    const references = value.refersTo ?? [];
    if (references.length === 0 && value.kind === 'unknown' && value.alternatives !== undefined) {
      return this.resolveAlternatives(value, question, step);
    }
    if (references.length > 0) {
      const found = this.resolveReferences(references, question, step);
      if (found !== undefined) return this.withAlternatives(found, value, question, step);
    }
    return this.resolveIdentity(value, question, step);
  }

  private resolveAlternatives(value: UnknownValue, question: Question, step: number): Resolution {
    const resolutions = (value.alternatives ?? []).map((alternative) =>
      alternative.kind === 'absent' ? NOTHING : this.resolve(alternative, question, step + 1),
    );
    return union(resolutions);
  }

  /** `c ? a.id : var.b`: one branch is a reference, the other may be outside. */
  private withAlternatives(found: Resolution, value: Value, question: Question, step: number): Resolution {
    if (value.kind !== 'unknown' || value.alternatives === undefined) return found;
    return union([found, this.resolveAlternatives(value, question, step)], true);
  }

  private resolveReferences(
    references: readonly Reference[],
    question: Question,
    step: number,
  ): Resolution | undefined {
    const resolutions = references.map((reference) => this.resolveReference(reference, question, step));
    const known = resolutions.filter((resolution) => resolution !== undefined);
    if (known.length === 0) return undefined;
    if (known.length === 1 && resolutions.length === 1) return known[0];
    // Values pass through several attributes on one way: those that say nothing of the type do not count.
    const useful = known.filter(({ targets }) => targets.size > 0);
    const found =
      useful.length === 1 && useful[0] !== undefined ? useful[0] : union(useful.length === 0 ? known : useful);
    const isAll = useful.length === known.length && isOneTarget(found);
    // A plan does not tell either which of them only decide (`a.id == "" ? b.arn : "c"`).
    if (!isAll && references.some(({ mayBePart }) => mayBePart === true)) return perhaps(found);
    return useful.length > 1 ? union(known) : found;
  }

  private resolveReference(reference: Reference, question: Question, step: number): Resolution | undefined {
    const node = this.nodes.get(resourceKey(reference.root, reference.address));
    if (node === undefined) return undefined;
    const found = this.resolveNode(node, reference, question, step);
    return reference.mayBePart === true ? this.withoutNames(found, node, reference.attribute) : found;
  }

  /**
   * What a text names in which an attribute may be only a part. An id that AWS makes up is of no use but as it is; with a
   * name that somebody chose the name of another resource may begin, where there is such another.
   */
  private withoutNames(resolution: Resolution, read: Node, attribute: string): Resolution {
    const targets = new Map(resolution.targets);
    for (const node of targets.keys()) {
      const names = chosenNames(node, node === read ? attribute : '');
      if (names.some((name) => this.isPartOfOther(node, name))) targets.set(node, 'perhaps');
    }
    return { ...resolution, targets };
  }

  private isPartOfOther(node: Node, name: string): boolean {
    const { root } = node.raw;
    const { type } = node.model;
    const key = `${root}\0${type}\0${name}`;
    const known =
      this.held.get(key) ??
      heldNames(
        this.index.ofType(type).filter((other) => other.raw.root === root),
        name,
      );
    this.held.set(key, known);
    return known.mayBeHeld(node);
  }

  private resolveNode(node: Node, reference: Reference, question: Question, step: number): Resolution {
    if (question.types.includes(node.model.type)) {
      return node.raw.mode === 'data' ? this.resolveData(node, question, step) : certainly(node);
    }
    const key = `${node.key}\0${reference.attribute}`;
    const known = question.followed?.get(key);
    if (known !== undefined) return known;
    // A ring of references leads nowhere.
    question.followed?.set(key, OUTSIDE);
    const found = this.follow(node, reference.attribute, question, step);
    question.followed?.set(key, found);
    return found;
  }

  /** What the attribute of a resource of another type names. */
  private follow(node: Node, attribute: string, question: Question, step: number): Resolution {
    for (const { parent, mount } of node.model.mountedOn) {
      if (!question.types.includes(parent.type) || mount.link === undefined) continue;
      const link = valueAt(node.values, splitPath(mount.link));
      // A companion is named by its parent's name.
      if (link !== undefined && (attribute === mount.link || attribute === 'id' || attribute === '')) {
        return this.resolve(link, question, step + 1);
      }
    }
    const value = attribute === '' ? undefined : valueAt(node.values, splitPath(attribute));
    if (value !== undefined && value.kind !== 'null') return this.resolve(value, question, step + 1);
    return OUTSIDE;
  }

  /** A data source is the resource that its own arguments name, and outside only where they name none. */
  private resolveData(node: Node, question: Question, step: number): Resolution {
    const { identity, table, type } = node.model;
    for (const name of Object.keys(identity.unique ?? {})) {
      const value = valueAt(node.values, splitPath(name));
      if (value === undefined || value.kind === 'null') continue;
      const found = this.resolve(value, { types: [type], from: node }, step + 1);
      if (found.targets.size > 0 && !found.targets.has(node)) return found;
      // What it reads is not in the input, or is one of the resources that its argument may name.
      return { ...certainly(node), unknown: found.unknown };
    }
    return table === undefined || question.types.length === 0 ? OUTSIDE : certainly(node);
  }

  private resolveIdentity(value: Value, question: Question, step: number): Resolution {
    const found = new Map<Node, 'certain' | 'perhaps'>();
    for (const type of question.types) {
      for (const node of this.named(value, type, question, step)) found.set(node, 'certain');
    }
    if (found.size > 1) for (const node of found.keys()) found.set(node, 'perhaps');
    if (found.size > 0) return { targets: found, isOutside: false };
    return value.kind === 'unknown' ? { targets: found, isOutside: true, unknown: value } : OUTSIDE;
  }

  private named(value: Value, type: string, { from }: Question, step: number): readonly Node[] {
    if (value.kind === 'string') {
      const direct = this.index.byLiteral(type, value.value, from);
      if (direct.length > 0) return direct;
    }
    const identity = value.kind === 'unknown' ? identityOf(value) : undefined;
    if (identity !== undefined) {
      const same = this.index.bySameUnknown(type, identity, from);
      if (same.length > 0) return same;
    }
    const [example] = this.index.ofType(type);
    const inArn = example === undefined ? undefined : attributeInArn(example.model.identity, value);
    if (inArn === undefined) return [];
    if (typeof inArn.value === 'string') return this.index.byLiteral(type, inArn.value, from);
    return [...this.resolve(inArn.value, { types: [type], from }, step + 1).targets.keys()];
  }

  /** The resources of a type that an unknown may name. */
  candidates(value: UnknownValue, type: string, from: Node, to: string): readonly Node[] {
    return this.index
      .ofType(type)
      .filter((node) => node.raw.root === from.raw.root && this.mayName(value, node, from, to));
  }

  private mayName(value: UnknownValue, node: Node, from: Node, to: string): boolean {
    if (value.reason === 'remote-module') return this.flowsOut.has(node.key);
    const group = node.model.identity.same.find((names) => names.includes(to)) ?? [to];
    const names = group.map((name) => valueAt(node.values, splitPath(name))).filter((name) => name !== undefined);
    const isOneEach = !node.raw.isPrototype && !from.raw.isPrototype;
    if (names.some((name) => areDifferentTexts(value, name, isOneEach))) return false;
    // What the provider makes up for a resource of this root cannot have been passed in from outside.
    return names.some((name) => name.kind !== 'null') || !GIVEN_FROM_OUTSIDE.has(value.reason);
  }
}

const GIVEN_FROM_OUTSIDE: ReadonlySet<string> = new Set([
  'variable-without-value',
  'environment',
  'remote-state',
  'cross-stack-import',
  'computed-by-provider',
]);

/** The attributes that can be set among those that an attribute's value is, or has in it as an ARN. Empty: any of them. */
function chosenNames({ model }: Node, attribute: string): readonly string[] {
  const { identity, schema } = model;
  const isSettable = (name: string): boolean => {
    const found = name === 'id' ? undefined : schema.attributes.get(name);
    return found !== undefined && (found.isOptional || found.isRequired);
  };
  if (attribute === '') return Object.keys(identity.unique ?? {}).filter(isSettable);
  const equal = identity.same.find((names) => names.includes(attribute)) ?? [attribute];
  const inArn = equal.includes('arn') && identity.arn !== undefined ? [arnAttribute(identity.arn)] : [];
  return [...equal, ...inArn].filter(isSettable);
}

function perhaps(resolution: Resolution): Resolution {
  const targets = new Map([...resolution.targets.keys()].map((node) => [node, 'perhaps' as const]));
  return { ...resolution, targets };
}

function certainly(node: Node): Resolution {
  return { targets: new Map([[node, 'certain']]), isOutside: false };
}

/** What one of several resolutions names; which one it is is not known. */
function union(resolutions: readonly Resolution[], areAlternatives = false): Resolution {
  const [only] = resolutions;
  if (resolutions.length === 1 && only !== undefined && !areAlternatives) return only;
  if (only !== undefined && isOneTarget(only) && resolutions.every((other) => isSameTarget(other, only))) return only;
  const targets = new Map<Node, 'certain' | 'perhaps'>();
  for (const resolution of resolutions) for (const node of resolution.targets.keys()) targets.set(node, 'perhaps');
  return {
    targets,
    isOutside: resolutions.some(({ isOutside }) => isOutside),
    unknown: resolutions.find(({ unknown }) => unknown !== undefined)?.unknown,
  };
}

function isOneTarget({ targets, isOutside, unknown }: Resolution): boolean {
  return targets.size === 1 && !isOutside && unknown === undefined && [...targets.values()][0] === 'certain';
}

function isSameTarget(a: Resolution, b: Resolution): boolean {
  return isOneTarget(a) && [...a.targets.keys()][0] === [...b.targets.keys()][0];
}
