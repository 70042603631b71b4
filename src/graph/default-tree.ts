import type { DefaultCondition } from '../schemas/schema.js';
import { convertValue } from './convert.js';
import type { ScopePlan, Step } from './plan.js';
import type { Default, ResourceType } from './resource-types/entries.js';
import { splitPath } from './value-paths.js';

/** The defaults of one scope in normal form. A default inside an object holds only where the object is there. */
export interface DefaultTree {
  readonly scalars: ReadonlyMap<string, ScalarDefault>;
  /** Objects, and lists of objects. */
  readonly children: ReadonlyMap<string, DefaultTree>;
  /** Neither it nor anything in it has a default. */
  readonly isEmpty: boolean;
}

export interface ScalarDefault {
  /** What Terraform's provider plans: certain, by `plan` of minimal resources. */
  readonly planned?:
    | { readonly value: string | number | boolean; readonly when?: DefaultCondition | undefined }
    | undefined;
  readonly terraform?: Default['terraform'];
  readonly cloudformation?: Default['cloudformation'];
  readonly unless?: Default['unless'];
}

class TreeDraft implements DefaultTree {
  readonly scalars = new Map<string, ScalarDefault>();
  readonly children = new Map<string, TreeDraft>();

  get isEmpty(): boolean {
    return this.scalars.size === 0 && [...this.children.values()].every((child) => child.isEmpty);
  }

  at(path: readonly string[]): TreeDraft {
    const [name, ...inner] = path;
    if (name === undefined) return this;
    const child = this.children.get(name) ?? new TreeDraft();
    this.children.set(name, child);
    return child.at(inner);
  }

  /** The scope at a path, without what it held. */
  emptied(path: readonly string[]): TreeDraft {
    const name = path[path.length - 1];
    const holder = this.at(path.slice(0, -1));
    if (name === undefined) return this;
    const made = new TreeDraft();
    holder.children.set(name, made);
    return made;
  }

  /** CloudFormation has no default at the path, nor for anything in it. */
  forget(path: readonly string[]): void {
    const [name, ...inner] = path;
    if (name === undefined) {
      for (const scalar of this.scalars.keys()) this.forget([scalar]);
      for (const child of this.children.values()) child.forget([]);
      return;
    }
    const scalar = inner.length === 0 ? this.scalars.get(name) : undefined;
    if (scalar !== undefined) this.scalars.set(name, { ...scalar, cloudformation: 'nothing' });
    this.children.get(name)?.forget(inner);
  }

  set(path: readonly string[], value: ScalarDefault): void {
    const name = path[path.length - 1];
    if (name === undefined) return;
    const holder = this.at(path.slice(0, -1));
    holder.scalars.set(name, { ...holder.scalars.get(name), ...value });
  }
}

/** The defaults of a companion, and the path of its parent at which they hold. */
export interface MountedDefaults {
  readonly path: string;
  readonly tree: DefaultTree;
}

/** The defaults of a type: the schema's where its attributes are in normal form, its companions', and the table's. */
export function planDefaults(
  plan: ScopePlan,
  table: ResourceType | undefined,
  mounted: readonly MountedDefaults[],
): DefaultTree {
  const tree = new TreeDraft();
  addScope(plan, tree);
  // What the deprecated inline spelling defaults to says nothing of the companion.
  for (const { path, tree: companion } of mounted) addTree(companion, tree.emptied(splitPath(path)));
  for (const [path, value] of Object.entries(table?.defaults ?? {}))
    tree.set(splitPath(path.replaceAll('[]', '')), value);
  // What CloudFormation has no word for is not there.
  for (const path of Object.keys(table?.terraformOnly ?? {})) tree.forget(splitPath(path));
  return freeze(tree);
}

function addTree(from: DefaultTree, to: TreeDraft): void {
  for (const [name, value] of from.scalars) to.set([name], value);
  for (const [name, child] of from.children) addTree(child, to.at([name]));
}

function addScope(plan: ScopePlan, tree: TreeDraft): void {
  for (const step of plan.steps.values()) addStep(step, tree);
}

function addStep(step: Step, tree: TreeDraft): void {
  switch (step.kind) {
    case 'block':
    case 'explode':
      addScope(step.scope, tree.at(step.to));
      return;
    case 'scalar': {
      const { default: value, defaultWhen } = step.schema;
      // What counts as unset is no default: the attribute is absent either way.
      if (value === undefined || step.unset.includes(value)) return;
      const converted = step.convert === undefined ? undefined : convertValue(toScalar(value), step.convert);
      if (converted === undefined) tree.set(step.to, { planned: { value, when: defaultWhen } });
      else if (converted.kind === 'string')
        tree.set(step.to, { planned: { value: converted.value, when: defaultWhen } });
      return;
    }
    default:
      return;
  }
}

function toScalar(value: string | number | boolean) {
  if (typeof value === 'string') return { kind: 'string' as const, value };
  return typeof value === 'number' ? { kind: 'number' as const, value } : { kind: 'bool' as const, value };
}

function freeze(tree: TreeDraft): DefaultTree {
  const children = new Map<string, DefaultTree>();
  for (const [name, child] of tree.children) if (!child.isEmpty) children.set(name, freeze(child));
  return { scalars: tree.scalars, children, isEmpty: tree.scalars.size === 0 && children.size === 0 };
}
