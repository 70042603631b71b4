import { joinPath } from '../../../source/paths.js';
import type { JsonNode } from '../../../syntax/json/ast.js';
import { parseJson } from '../../../syntax/json/parse-json.js';
import type { World } from './world.js';

export interface InstalledModule {
  readonly source: string;
  /** Relative to the root module's folder. */
  readonly folder: string;
}

const manifests = new WeakMap<World, ReadonlyMap<string, InstalledModule>>();

/** `modules.json` of the root's data folder: call path (`a.b`) → what is installed. Empty where there is none. */
export function readManifest(world: World): ReadonlyMap<string, InstalledModule> {
  const known = manifests.get(world);
  if (known !== undefined) return known;
  const manifest = read(world);
  manifests.set(world, manifest);
  return manifest;
}

function read(world: World): ReadonlyMap<string, InstalledModule> {
  const path = joinPath(
    world.selection.folder,
    world.environment.dataFolder ?? '.terraform',
    'modules',
    'modules.json',
  );
  const file = world.cache.fileSystem.readFile(path);
  if (!file.ok) {
    if (file.failure !== 'missing' && file.failure !== 'not-a-folder')
      world.report({ code: 'file-unreadable', message: `"${path}" cannot be read (${file.failure}).`, path });
    return new Map();
  }
  const source = { path, text: new TextDecoder().decode(file.value) };
  const { root } = parseJson(source);
  if (root === undefined) {
    world.report({
      code: 'terraform-module-manifest-stale',
      message: `"${path}" is not JSON: run "terraform init".`,
      path,
    });
    return new Map();
  }
  const modules = member(root, 'Modules');
  const entries = modules?.kind === 'array' ? modules.elements : [];
  return new Map(
    entries.flatMap((entry): [string, InstalledModule][] => {
      const [key, from, folder] = ['Key', 'Source', 'Dir'].map((name) => text(member(entry, name)));
      return key === undefined || from === undefined || folder === undefined ? [] : [[key, { source: from, folder }]];
    }),
  );
}

function member(node: JsonNode, name: string): JsonNode | undefined {
  return node.kind === 'object' ? node.members.find(({ key }) => key === name)?.value : undefined;
}

function text(node: JsonNode | undefined): string | undefined {
  return node?.kind === 'string' ? node.value : undefined;
}
