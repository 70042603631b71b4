import { baseName, folderOf, joinPath } from '../../../source/paths.js';
import type { PlainTerm, Term } from '../terms/term.js';
import { knownEnd } from '../terms/text.js';
import type { TemplateFiles } from './template-files.js';

/** Where the template of a nested stack is. */
export type NestedTemplate =
  | { readonly kind: 'local'; readonly path: string; readonly isByName: boolean }
  /** It should be here, and is not. */
  | { readonly kind: 'missing' | 'outside'; readonly path: string }
  | { readonly kind: 'remote'; readonly source: string };

/** A template by its location: a path from the template that names it, or an address whose end names one of the project. */
export function locateTemplate(location: Term | undefined, from: string, files: TemplateFiles): NestedTemplate {
  if (location === undefined || location.kind === 'choice') return { kind: 'remote', source: '' };
  if (location.kind === 'string' && isPath(location.value)) {
    if (location.value.startsWith('/')) return { kind: 'outside', path: location.value };
    const path = joinPath(folderOf(from), location.value);
    const found = files.find(path);
    return found === 'file' ? { kind: 'local', path, isByName: false } : { kind: found, path };
  }
  const source = showLocation(location);
  const path = templateByEnd(knownEnd(location), files.paths);
  return path === undefined || path === from ? { kind: 'remote', source } : { kind: 'local', path, isByName: true };
}

function isPath(text: string): boolean {
  return text !== '' && !/^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(text);
}

function showLocation(location: PlainTerm): string {
  if (location.kind === 'string') return location.value;
  if (location.kind !== 'unknown') return '';
  if (location.parts === undefined) return location.subject ?? '';
  return location.parts.map((part) => (typeof part === 'string' ? part : `{${part.subject ?? ''}}`)).join('');
}

/** The one template of the project at which an address can end; undefined where there is none, or more than one. */
function templateByEnd(end: string, paths: readonly string[]): string | undefined {
  const address = end.replace(/[?#].*$/, '');
  // The last segment must be whole.
  if (!address.includes('/')) return undefined;
  const segments = address.split('/').reverse();
  let best = 0;
  let found: string[] = [];
  for (const path of paths) {
    if (baseName(path) !== segments[0]) continue;
    const own = path.split('/').reverse();
    let shared = 0;
    while (shared < own.length && own[shared] === segments[shared]) shared++;
    if (shared > best) found = [];
    if (shared >= best) found.push(path);
    best = Math.max(best, shared);
  }
  return found.length === 1 ? found[0] : undefined;
}
