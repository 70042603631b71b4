import { isWithin, joinPath } from '../../../source/paths.js';
import type { SourceRange } from '../../../source/source-file.js';
import {
  type Declaration,
  headerOf,
  type ModuleConfiguration,
  type PlacedAttribute,
} from '../configuration/declarations.js';
import { isLocalSource, sourceText } from '../configuration/module-source.js';
import type { Module } from './module.js';
import { readManifest } from './module-manifest.js';
import type { World } from './world.js';

export type LocatedModule =
  | { readonly kind: 'found'; readonly configuration: ModuleConfiguration }
  | { readonly kind: 'unread'; readonly reason: 'remote-module' | 'invalid-expression' | 'file-outside-root' };

export interface CallToLocate {
  readonly world: World;
  readonly caller: Module;
  readonly name: string;
  readonly declaration: Declaration;
  readonly source: PlacedAttribute | undefined;
}

/** The configuration that a call names: a local folder, or an installed module by `modules.json`. */
export function locateModule(call: CallToLocate): LocatedModule {
  const { world, declaration, source } = call;
  const range = headerOf(declaration);
  const text = sourceText(source);
  if (text === undefined) {
    const at =
      source === undefined
        ? range
        : { file: source.file, start: source.attribute.expression.start, end: source.attribute.expression.end };
    const message =
      source === undefined
        ? `"${declaration.address}" has no "source".`
        : `The "source" of "${declaration.address}" must be a plain text.`;
    const code = source === undefined ? 'terraform-block-not-read' : 'terraform-invalid-block';
    world.report({ code, message, range: at });
    return { kind: 'unread', reason: 'invalid-expression' };
  }
  return isLocalSource(text) ? locateLocal(call, text, range) : locateInstalled(call, text, range);
}

function locateLocal(
  { world, caller, declaration, source }: CallToLocate,
  text: string,
  range: SourceRange,
): LocatedModule {
  const folder = joinPath(caller.configuration.folder, text.replace(/\\/g, '/'));
  const at =
    source === undefined
      ? range
      : { file: source.file, start: source.attribute.expression.start, end: source.attribute.expression.end };
  if (isBeyond(world, folder)) {
    world.report({
      code: 'file-outside-root',
      message: `The module "${text}" of "${declaration.address}" lies outside the project; it is not read.`,
      range: at,
    });
    return { kind: 'unread', reason: 'file-outside-root' };
  }
  const configuration = world.cache.module(folder, caller.configuration.isExternal);
  if (configuration !== undefined) return { kind: 'found', configuration };
  world.report({
    code: 'terraform-module-missing',
    message: `The module "${text}" of "${declaration.address}" does not exist or holds no configuration.`,
    range: at,
  });
  return { kind: 'unread', reason: 'remote-module' };
}

function locateInstalled(
  { world, caller, name, declaration }: CallToLocate,
  source: string,
  range: SourceRange,
): LocatedModule {
  const key = [...caller.place.callPath, name].join('.');
  const manifest = readManifest(world);
  const entry = manifest.get(key);
  if (entry !== undefined && !isSameSource(entry.source, source)) {
    world.report({
      code: 'terraform-module-manifest-stale',
      message: `What is installed for "${declaration.address}" came from "${entry.source}": run "terraform init".`,
      range,
    });
  } else if (entry !== undefined) {
    const folder = joinPath(world.selection.folder, entry.folder);
    if (entry.folder.startsWith('/') || isBeyond(world, folder)) {
      const message = `"${declaration.address}" is installed in "${entry.folder}", which lies outside the project; it is not read.`;
      world.report({ code: 'file-outside-root', message, range });
      return { kind: 'unread', reason: 'file-outside-root' };
    }
    const configuration = world.cache.module(folder, true);
    if (configuration !== undefined) return { kind: 'found', configuration };
  }
  const address = caller.addressOf(declaration.address);
  world.modulesNotInstalled.push({ address, source, range });
  world.report({
    code: 'terraform-module-not-installed',
    message: `The module "${source}" of "${declaration.address}" is not installed: run "terraform init" to have it judged.`,
    range,
  });
  return { kind: 'unread', reason: 'remote-module' };
}

/** Beyond the project root, by its path or by a link. */
function isBeyond({ cache }: World, folder: string): boolean {
  if (!isWithin(folder, '')) return true;
  const listing = cache.fileSystem.readDirectory(folder);
  return !listing.ok && listing.failure === 'outside';
}

/** Terraform writes registry sources with their host. */
function isSameSource(installed: string, written: string): boolean {
  const normal = (text: string) =>
    text.replace(/^registry\.terraform\.io\//, '').replace(/^registry\.opentofu\.org\//, '');
  return normal(installed) === normal(written);
}
