import { folderOf } from '../../source/paths.js';
import { locateNested } from './stack/nesting.js';
import { NESTED_TYPES } from './stack/resource-declaration.js';
import type { Stack } from './stack/stack.js';
import type { TemplateFiles } from './templates/template-files.js';

/** Folders whose templates are examples, and whose nested stacks make no template one that is only nested. */
const EXAMPLE_FOLDER = /(^|\/)(examples?|tests?|fixtures)(\/|$)/;

export function isExample(path: string): boolean {
  return EXAMPLE_FOLDER.test(folderOf(path));
}

/** Whether a text may hold nested stacks: others need not be parsed to find the roots. */
const NESTED_TYPE = new RegExp([...NESTED_TYPES.keys()].join('|'));

/**
 * The templates that no other nests, sorted. Of templates that nest each other in a circle the first is one. `stackOf`
 * makes a template a root.
 */
export function findRoots(files: TemplateFiles, stackOf: (path: string) => Stack | undefined): readonly string[] {
  const targets = new Map<string, readonly string[]>();
  for (const path of files.paths) {
    const source = files.source(path);
    if (source === undefined || !NESTED_TYPE.test(source.text)) continue;
    const stack = stackOf(path);
    if (stack !== undefined) targets.set(path, nestedIn(stack));
  }
  const nested = new Set<string>();
  for (const [path, own] of targets) {
    for (const target of own) if (target !== path && (!isExample(path) || isExample(target))) nested.add(target);
  }
  const roots = new Set(files.paths.filter((path) => !nested.has(path)));
  addRings(files.paths, targets, roots);
  return [...roots].sort();
}

function nestedIn(stack: Stack): string[] {
  const paths: string[] = [];
  for (const declaration of stack.resources.declarations()) {
    const assumption = NESTED_TYPES.has(declaration.type) ? stack.resources.assumptionOf(declaration) : undefined;
    if (assumption === undefined) continue;
    const found = locateNested(stack, declaration, (name) => stack.resources.property(declaration, name, assumption));
    if (found.kind === 'local') paths.push(found.path);
  }
  return paths;
}

/** Adds the first of every circle that no root leads to. */
function addRings(paths: readonly string[], targets: ReadonlyMap<string, readonly string[]>, roots: Set<string>): void {
  const reached = new Set<string>();
  const reach = (path: string): void => {
    const pending = [path];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (reached.has(next)) continue;
      reached.add(next);
      pending.push(...(targets.get(next) ?? []));
    }
  };
  for (const root of roots) reach(root);
  for (const path of paths) {
    if (reached.has(path)) continue;
    roots.add(path);
    reach(path);
  }
}
