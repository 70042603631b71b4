/** Joins and normalises `/`-paths: `joinPath('a/b', '../c')` is `a/c`. What leads above the root begins with `../`. */
export function joinPath(...parts: string[]): string {
  const segments: string[] = [];
  for (const segment of parts.join('/').split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..' && segments.length > 0 && segments[segments.length - 1] !== '..') segments.pop();
    else segments.push(segment);
  }
  return segments.join('/');
}

/** The folder of a path; the empty string for a path without one. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

/** The last segment of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether `path` is `folder` or lies in it. The empty folder holds every path that does not lead outside. */
export function isWithin(path: string, folder: string): boolean {
  if (folder === '') return !path.startsWith('../') && path !== '..';
  return path === folder || path.startsWith(`${folder}/`);
}

/** `path` as seen from `folder`, both relative to the same root. The same place is `.`. */
export function relativePath(folder: string, path: string): string {
  if (folder === '') return path || '.';
  if (path.startsWith(folder) && path[folder.length] === '/') return path.slice(folder.length + 1) || '.';
  const from = folder.split('/');
  const to = path === '' ? [] : path.split('/');
  let common = 0;
  while (common < from.length && common < to.length && from[common] === to[common]) common++;
  const up = from.slice(common).map(() => '..');
  return [...up, ...to.slice(common)].join('/') || '.';
}
