import { stringValue } from '../../../model/values.js';
import { folderOf, isWithin, joinPath } from '../../../source/paths.js';
import { entryOf, scalarText } from '../expression/nodes.js';
import type { Deployment } from '../stack/pseudo-parameters.js';
import type { ResourceDeclaration } from '../stack/resource-declaration.js';
import type { NestedTemplate } from '../templates/nested-template.js';
import type { TemplateFiles } from '../templates/template-files.js';
import { ConstructIndex, constructsOfMetadata, constructsOfTree } from './constructs.js';
import { at, entriesOf, type Json, parseJsonData, textOf } from './json.js';

/** SAFETY: how deep assemblies hold assemblies, and how many stacks one may have. */
const maxDepth = 10;
const maxStacks = 5_000;

/** One stack of a CDK assembly. */
export interface AssemblyStack {
  /** The folder of the assembly and the name that the application gives the stack. */
  readonly root: string;
  readonly template: string;
  readonly deployment: Deployment;
  /** Read when they are first asked for. */
  readonly constructs: () => ConstructIndex;
  /** The template of a stack that is nested in a template of this one. */
  nested(template: string, declaration: ResourceDeclaration, end: string): NestedTemplate | undefined;
}

/** The stacks of an assembly, those of its stages too. Empty for a folder that is no assembly. */
export function readAssembly(folder: string, files: TemplateFiles): AssemblyStack[] {
  return readLevel(folder, files, { top: folder, depth: 0, tree: undefined });
}

/** The construct tree stands in the outermost assembly. */
interface Level {
  /** The folder of the outermost assembly. */
  readonly top: string;
  readonly depth: number;
  readonly tree: string | undefined;
}

function readLevel(folder: string, files: TemplateFiles, level: Level): AssemblyStack[] {
  const manifest = readJson(joinPath(folder, 'manifest.json'), files);
  const own = treeFile(manifest);
  const tree = own === undefined ? level.tree : joinPath(folder, own);
  const stacks: AssemblyStack[] = [];
  for (const [id, artifact] of entriesOf(at(manifest, 'artifacts'))) {
    if (stacks.length >= maxStacks) break;
    const type = textOf(at(artifact, 'type'));
    if (type === 'cdk:cloud-assembly') {
      const inner = joinPath(folder, textOf(at(artifact, 'properties', 'directoryName')) ?? '');
      const isInside = inner !== folder && isWithin(inner, folder) && level.depth < maxDepth;
      if (isInside) stacks.push(...readLevel(inner, files, { ...level, depth: level.depth + 1, tree }));
    } else if (type === 'aws:cloudformation:stack') {
      const stack = readStack({ top: level.top, folder, id, artifact, manifest, tree }, files);
      if (stack !== undefined) stacks.push(stack);
    }
  }
  return stacks;
}

interface StackArtifact {
  readonly top: string;
  readonly folder: string;
  readonly id: string;
  readonly artifact: Json;
  readonly manifest: Json | undefined;
  readonly tree: string | undefined;
}

function readStack(found: StackArtifact, files: TemplateFiles): AssemblyStack | undefined {
  const { folder, id, artifact } = found;
  const file = textOf(at(artifact, 'properties', 'templateFile'));
  const template = joinPath(folder, file ?? '');
  if (file === undefined || !isWithin(template, folder)) return undefined;
  const name = textOf(at(artifact, 'displayName')) ?? id;
  let constructs: ConstructIndex | undefined;
  return {
    root: joinPath(found.top, name),
    template,
    deployment: deploymentOf(artifact, id),
    constructs: () => {
      constructs ??= readConstructs(found, name, files);
      return constructs;
    },
    nested: (from, declaration, end) => {
      const path = assetPath(declaration) ?? assetByKey(found, end, files);
      if (path === undefined) return undefined;
      const target = joinPath(folderOf(from), path);
      const state = files.find(target);
      return state === 'file' ? { kind: 'local', path: target, isByName: false } : { kind: state, path: target };
    },
  };
}

/** `aws://123456789012/eu-west-1`; what is not known is `unknown-account`, `unknown-region`. */
function deploymentOf(artifact: Json, id: string): Deployment {
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(textOf(at(artifact, 'environment')) ?? '') ?? [];
  const known = (text: string | undefined) =>
    text === undefined || text.startsWith('unknown-') ? undefined : stringValue(text);
  const stackName = stringValue(textOf(at(artifact, 'properties', 'stackName')) ?? id);
  return { account: known(account), region: known(region), stackName };
}

function assetPath({ body }: ResourceDeclaration): string | undefined {
  return scalarText(entryOf(entryOf(body, 'Metadata'), 'aws:asset:path'));
}

/** The address of a nested template ends with the key under which its file is stored. */
function assetByKey({ folder, manifest }: StackArtifact, end: string, files: TemplateFiles): string | undefined {
  const key = end.slice(end.lastIndexOf('/') + 1);
  if (key === '') return undefined;
  for (const [, artifact] of entriesOf(at(manifest, 'artifacts'))) {
    if (textOf(at(artifact, 'type')) !== 'cdk:asset-manifest') continue;
    const path = joinPath(folder, textOf(at(artifact, 'properties', 'file')) ?? '');
    if (!isWithin(path, folder)) continue;
    for (const [, asset] of entriesOf(at(readJson(path, files), 'files'))) {
      const isIt = entriesOf(at(asset, 'destinations')).some(([, to]) => textOf(at(to, 'objectKey')) === key);
      const source = textOf(at(asset, 'source', 'path'));
      if (isIt && source !== undefined) return source;
    }
  }
  return undefined;
}

/** From the metadata in the manifest, in a file of its own, or from the tree. */
function readConstructs({ folder, artifact, tree }: StackArtifact, name: string, files: TemplateFiles): ConstructIndex {
  const inline = new ConstructIndex(constructsOfMetadata(at(artifact, 'metadata')));
  if (!inline.isEmpty) return inline;
  const file =
    textOf(at(artifact, 'additionalMetadataFile')) ?? textOf(at(artifact, 'properties', 'additionalMetadataFile'));
  const own = file === undefined ? undefined : readJson(joinPath(folder, file), files);
  const separate = new ConstructIndex(constructsOfMetadata(own));
  if (!separate.isEmpty) return separate;
  return new ConstructIndex(tree === undefined ? [] : constructsOfTree(readJson(tree, files), name));
}

function treeFile(manifest: Json | undefined): string | undefined {
  for (const [, artifact] of entriesOf(at(manifest, 'artifacts'))) {
    if (textOf(at(artifact, 'type')) === 'cdk:tree') return textOf(at(artifact, 'properties', 'file'));
  }
  return undefined;
}

function readJson(path: string, files: TemplateFiles): Json | undefined {
  const source = files.find(path) === 'file' ? files.source(path) : undefined;
  return source === undefined ? undefined : parseJsonData(source.text);
}
