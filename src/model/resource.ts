import type { SourceRange } from '../source/source-file.js';
import type { Existence, Language, ModuleCallStep, ProviderScope } from './raw-resource.js';
import type { ObjectValue, Origin } from './value.js';

/** Identifies a resource in one graph: root and address joined by `resourceKey`. */
export type ResourceKey = string;

/** Joins root and address with a NUL, which neither can hold. */
export function resourceKey(root: string, address: string): ResourceKey {
  return `${root}\0${address}`;
}

/** A companion or rule that was folded into its parent. */
export interface Member {
  readonly address: string;
  readonly type: string;
  /** The path of its parent under which its values are: `versioning`, `ingress[2]`. */
  readonly path: string;
  readonly range: SourceRange;
  readonly header: SourceRange;
  readonly calls: readonly ModuleCallStep[];
}

/**
 * A resource in normal form. Its values hold what is written and folded, and the defaults of its type and source
 * (marked by the origin steps `default-of-type` and `assumed-default`). Nothing else is there: what is absent was absent.
 */
export interface Resource {
  readonly key: ResourceKey;
  readonly root: string;
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly mode: 'managed' | 'data';
  readonly language: Language;
  /** From its own module, without instance keys. */
  readonly declaration: string;
  readonly folder: string;
  readonly scope: ProviderScope;
  readonly existence: Existence;
  readonly isPrototype: boolean;
  readonly values: ObjectValue;
  /**
   * Whether it is all there: `stand-in` is a resource that is only referred to or implied; what the input does not say
   * of it is unknown (`outside-input`), and its lists are open.
   */
  readonly presence: 'written' | 'stand-in' | 'scope';
  readonly members: readonly Member[];
  /** Path in normal form → where it was declared outside the resource's own block (a member's or data source's address). */
  readonly declaredIn: ReadonlyMap<string, string>;
  readonly range?: SourceRange | undefined;
  readonly header?: SourceRange | undefined;
  readonly calls: readonly ModuleCallStep[];
  /** The type has a table; without one the values are in native form. */
  readonly hasTable: boolean;
}

/** A directed link: a value under `path` of one resource refers to another. */
export interface Link {
  readonly from: ResourceKey;
  /** Attribute path in normal form, list indexes left out: `ingress.referenced_security_group_id`. */
  readonly path: string;
  readonly to: ResourceKey;
  /** False where the value may refer to something else instead. */
  readonly isCertain: boolean;
}

/** Resources in normal form, linked; in the order of root and address. */
export interface ResourceGraph {
  readonly resources: ReadonlyMap<ResourceKey, Resource>;
  readonly linksFrom: ReadonlyMap<ResourceKey, readonly Link[]>;
  readonly linksTo: ReadonlyMap<ResourceKey, readonly Link[]>;
  /** Scope type (`aws_account`) → the scope resource of each resource that lies in one. */
  readonly scopes: ReadonlyMap<string, ReadonlyMap<ResourceKey, ResourceKey>>;
  /** Values with a link that cannot be resolved and may name any resource of a type: type → resources holding such a value. */
  readonly unresolvedLinks: ReadonlyMap<string, readonly { readonly from: ResourceKey; readonly path: string }[]>;
  /** Resources that hold a sensitive value outside the attributes that repeat others (`identity_policies`). */
  readonly sensitive: ReadonlySet<ResourceKey>;
  /** Root → types of which a limit left resources out: there may be more than are here. */
  readonly omittedTypes: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The chain of origins that `origin` leads through, the use first and the place where the value is set last. */
export function originChain(origin: Origin): Origin[] {
  const chain: Origin[] = [];
  for (let step: Origin | undefined = origin; step !== undefined; step = step.from) chain.push(step);
  return chain;
}

interface MemberIndex {
  readonly byPath: ReadonlyMap<string, Member>;
  readonly byAddress: ReadonlyMap<string, Member>;
}

const memberIndexes = new WeakMap<readonly Member[], MemberIndex>();

/** A group may have thousands of rules as members, and each asks for its own. */
function memberIndex({ members }: Resource): MemberIndex {
  let index = memberIndexes.get(members);
  if (index === undefined) {
    // The first of equal ones counts.
    const reversed = [...members].reverse();
    index = {
      byPath: new Map(reversed.map((member) => [member.path, member])),
      byAddress: new Map(reversed.map((member) => [member.address, member])),
    };
    memberIndexes.set(members, index);
  }
  return index;
}

/** The member that stands at a path of the resource. */
export function memberAt(resource: Resource, path: string): Member | undefined {
  return resource.members.length === 0 ? undefined : memberIndex(resource).byPath.get(path);
}

/** The member of an address. */
export function memberNamed(resource: Resource, address: string): Member | undefined {
  return resource.members.length === 0 ? undefined : memberIndex(resource).byAddress.get(address);
}
