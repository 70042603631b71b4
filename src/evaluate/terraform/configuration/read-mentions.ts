import { joinPath } from '../../../source/paths.js';
import type { ConfigurationCache } from './configuration-cache.js';
import { isLocalSource } from './module-source.js';

/** A `source` and its text in quotes; without a text it is written in a way that only parsing understands. */
const SOURCE = /\bsource"?[^\S\n]*(?:\n\s*(?=:))?(?:[=:]\s*("(?:[^"\\\n]|\\.)*")?|\/\*)/g;

/**
 * The folders that a module may call by local paths, told from its text: parsing a large project only to find callers
 * would cost more than judging what changed. Holds every true one, perhaps others; undefined where parsing must tell.
 */
export function possibleTargets(cache: ConfigurationCache, folder: string): string[] | undefined {
  const targets: string[] = [];
  for (const { name, text } of texts(cache, folder)) {
    if (name.endsWith('.json') && text.includes('\\u')) return undefined;
    for (const [, quoted] of text.matchAll(SOURCE)) {
      if (quoted === undefined || quoted.includes('\\')) return undefined;
      const source = quoted.slice(1, -1);
      if (isLocalSource(source)) targets.push(joinPath(folder, source));
    }
  }
  return targets;
}

/** Whether one of the names occurs in the text of a module. */
export function mentionsAny(cache: ConfigurationCache, folder: string, names: readonly string[]): boolean {
  return names.length > 0 && texts(cache, folder).some(({ text }) => names.some((name) => text.includes(name)));
}

/** The texts of a folder's configuration files; one that cannot be read calls nothing. */
function texts(cache: ConfigurationCache, folder: string): { readonly name: string; readonly text: string }[] {
  const { primary = [], overrides = [] } = cache.listing(folder) ?? {};
  return [...primary, ...overrides].flatMap((name) => {
    const read = cache.fileSystem.readFile(joinPath(folder, name));
    return read.ok ? [{ name, text: new TextDecoder().decode(read.value) }] : [];
  });
}
