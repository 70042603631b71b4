import type { ObjectShape, Shape } from '../model/shape.js';
import type { YamlNode } from '../syntax/yaml/ast.js';
import type { StaticType, TypedShape } from './language/static-type.js';
import type { FixPath, FixStep } from './policy.js';

/** One change of a fix: where it stands, and where it leads from. */
export interface NamedFix {
  readonly what: 'set' | 'append' | 'remove';
  readonly node: YamlNode;
  readonly path: FixPath;
  /** What the path's first step is a field of: the resource, or the element of an `each`. */
  readonly start: StaticType;
  /** What is set or appended. */
  readonly value?: YamlNode | undefined;
}

interface Problem {
  readonly node: YamlNode;
  readonly message: string;
}

/**
 * What a fix leaves out: attributes without which a block or companion that it may have to make is not valid, and the
 * consequence of changing what makes the provider replace the resource. A problem of several types is told once.
 */
export function requirementsOf(named: readonly NamedFix[], isUnsafe: boolean): readonly Problem[] {
  const told = new Map<string, Problem>();
  for (const change of named) {
    const shapes = change.start.kind === 'object' ? change.start.shapes : [];
    for (const shape of shapes) {
      const found = [
        ...(change.what === 'remove' ? [] : missingIn(change, shape, named)),
        ...(isUnsafe ? [] : replacementIn(change, shape)),
      ];
      for (const message of found) if (!told.has(message)) told.set(message, { node: change.node, message });
    }
  }
  return [...told.values()];
}

/** What the blocks on the way to a change want besides, where they may not be there yet. */
function missingIn(change: NamedFix, { shape }: TypedShape, named: readonly NamedFix[]): string[] {
  const { steps, text, root } = change.path;
  const missing: string[] = [];
  let field: Shape | undefined;
  let block: ObjectShape | undefined = shape;
  let mayBeNew = false;
  for (const [index, step] of steps.entries()) {
    if (mayBeNew && block !== undefined) {
      const before = steps.slice(0, index);
      for (const name of requiredFields(block)) {
        if (steps[index - 1]?.key?.name === name || isNamed(named, root, before, name)) continue;
        const at = showSteps(before);
        missing.push(`"${at}" may have to be made, and is not valid without "${name}": set "${at}.${name}" as well.`);
      }
    }
    field = block?.fields.get(step.field);
    block = blockOf(field);
    // A block that its holder must have is there where the holder is.
    mayBeNew = (mayBeNew || field?.required !== true || step.key !== undefined) && block !== undefined;
  }
  const element = change.what === 'append' ? elementOf(field) : field;
  return [...missing, ...missingInValue(change.value, element, text)];
}

/** What the values that a fix writes leave out: each is a block of its own. */
function missingInValue(value: YamlNode | undefined, shape: Shape | undefined, at: string): string[] {
  if (value?.kind === 'sequence') {
    return [...new Set(value.items.flatMap((item) => missingInValue(item, elementOf(shape), at)))];
  }
  const block = blockOf(shape);
  if (value?.kind !== 'mapping' || block === undefined) return [];
  const written = new Map(value.entries.map(({ key, value }) => [key.kind === 'scalar' ? key.text : '', value]));
  const missing = requiredFields(block).filter((name) => !written.has(name));
  return [
    ...missing.map((name) => `A value of "${at}" is not valid without "${name}".`),
    ...[...written].flatMap(([name, inner]) => missingInValue(inner, block.fields.get(name), `${at}.${name}`)),
  ];
}

function replacementIn({ path }: NamedFix, { shape, type }: TypedShape): string[] {
  let field: Shape | undefined = shape;
  for (const step of path.steps) {
    field = blockOf(field)?.fields.get(step.field);
    if (field?.replaces !== true) continue;
    const why = `A change of "${path.text}" destroys the ${type} and makes another`;
    return [`${why}: say under "unsafe" what is lost by it.`];
  }
  return [];
}

function requiredFields(block: ObjectShape): string[] {
  return [...block.fields].filter(([, field]) => field.required === true).map(([name]) => name);
}

/** Whether the fix sets the field of the block at these steps, or something in it. */
function isNamed(named: readonly NamedFix[], root: string, before: readonly FixStep[], field: string): boolean {
  return named.some(
    ({ what, path }) =>
      what !== 'remove' &&
      path.root === root &&
      path.steps[before.length]?.field === field &&
      showSteps(path.steps.slice(0, before.length)) === showSteps(before),
  );
}

function showSteps(steps: readonly FixStep[]): string {
  return steps.map(({ field, key }) => (key === undefined ? field : `${field}[${key.name}=${key.value}]`)).join('.');
}

function blockOf(shape: Shape | undefined): ObjectShape | undefined {
  if (shape?.kind === 'list' || shape?.kind === 'set') return blockOf(shape.element);
  return shape?.kind === 'object' ? shape : undefined;
}

function elementOf(shape: Shape | undefined): Shape | undefined {
  return shape?.kind === 'list' || shape?.kind === 'set' ? shape.element : shape;
}
