import { execFileSync } from 'node:child_process';
import { compareText } from '../source/compare-text.js';
import type { DirectoryEntry, FileSystem, Read } from '../source/file-system.js';
import { baseName, folderOf, isWithin } from '../source/paths.js';

/** SAFETY: what git may print, in bytes: the changed files of a revision together. */
const maxOutputBytes = 256 * 1024 * 1024;

/** Nothing in a scanned repository is executed: no hooks, no file-system monitor, no external diff, no text conversion. */
const SAFE_CONFIGURATION = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'diff.external=',
  'core.quotePath=false',
];

/** What git itself is told by the hooks it runs; the folder given here decides instead. */
const INHERITED = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_COMMON_DIR'];

export interface GitFailure {
  readonly ok: false;
  /** `not-owned`: git refuses a repository that belongs to another user (`safe.directory`). */
  readonly failure: 'not-a-repository' | 'not-owned' | 'no-git' | 'unknown-revision' | 'shallow' | 'failed';
}

function git(folder: string, args: readonly string[], input?: string): Buffer {
  const settings = SAFE_CONFIGURATION.flatMap((setting) => ['-c', setting]);
  const inherited = Object.entries(process.env).filter(([name]) => !INHERITED.includes(name));
  return execFileSync('git', ['-C', folder, ...settings, '--no-optional-locks', ...args], {
    input,
    maxBuffer: maxOutputBytes,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...Object.fromEntries(inherited), GIT_TERMINAL_PROMPT: '0', GIT_EXTERNAL_DIFF: '', LC_ALL: 'C' },
  });
}

function gitText(folder: string, ...args: string[]): string | undefined {
  try {
    return git(folder, args).toString('utf8').trim();
  } catch {
    return undefined;
  }
}

/** What differs between the merge base with a revision and the work tree. Paths are relative to `folder`. */
export interface Changes {
  readonly base: string;
  /** Path → its content at the base; null where it did not exist there. */
  readonly files: ReadonlyMap<string, Uint8Array | null>;
}

const DIFF = ['diff', '--no-ext-diff', '--no-textconv', '--no-renames', '--ignore-submodules=all', '--name-only'];

/**
 * The changes of the work tree (untracked files included, ignored ones not) against the merge base of `revision` and
 * `head`: the revision itself where both are the same. A revision of zeros is the empty tree. Reads local objects only.
 */
export function readChanges(
  folder: string,
  revision: string,
  head = 'HEAD',
): { readonly ok: true; readonly changes: Changes } | GitFailure {
  const base = mergeBase(folder, revision, head);
  if (typeof base !== 'string') return base;
  try {
    const changed = splitPaths(git(folder, [...DIFF, '--relative', '-z', base, '--', '.']));
    const untracked = splitPaths(git(folder, ['ls-files', '--others', '--exclude-standard', '-z', '--', '.']));
    const paths = [...new Set([...changed, ...untracked])].sort(compareText);
    return { ok: true, changes: { base, files: readContents(folder, base, paths) } };
  } catch {
    return repositoryFailure(folder) ?? { ok: false, failure: 'failed' };
  }
}

function mergeBase(folder: string, revision: string, head: string): string | GitFailure {
  if (/^0+$/.test(revision)) {
    const emptyTree = gitText(folder, 'hash-object', '-t', 'tree', '/dev/null');
    return emptyTree ?? repositoryFailure(folder) ?? { ok: false, failure: 'failed' };
  }
  // An option is no revision.
  const isOption = [revision, head].some((one) => one.startsWith('-'));
  const base = isOption ? undefined : gitText(folder, 'merge-base', revision, head);
  if (base !== undefined && base !== '') return base;
  const failure = repositoryFailure(folder);
  if (failure !== undefined) return failure;
  const commit = gitText(folder, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);
  if (commit === undefined || commit === '') return { ok: false, failure: 'unknown-revision' };
  if (gitText(folder, 'rev-parse', '--verify', '--quiet', 'HEAD') === undefined) return commit;
  // Histories that share nothing are compared as they are; a short one may only seem to.
  return gitText(folder, 'rev-parse', '--is-shallow-repository') === 'true'
    ? { ok: false, failure: 'shallow' }
    : commit;
}

/** Why git answers nothing in a folder. */
function repositoryFailure(folder: string): GitFailure | undefined {
  try {
    const isInside = git(folder, ['rev-parse', '--is-inside-work-tree']).toString('utf8').trim() === 'true';
    return isInside ? undefined : { ok: false, failure: 'not-a-repository' };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { ok: false, failure: 'no-git' };
    const isRefused = error instanceof Error && error.message.includes('dubious ownership');
    return { ok: false, failure: isRefused ? 'not-owned' : 'not-a-repository' };
  }
}

function splitPaths(output: Buffer): string[] {
  return output
    .toString('utf8')
    .split('\0')
    .filter((path) => path !== '');
}

function readContents(folder: string, base: string, paths: readonly string[]): Map<string, Uint8Array | null> {
  const contents = new Map<string, Uint8Array | null>();
  if (paths.length === 0) return contents;
  // Names with a newline cannot be asked for in a batch; they are taken as new.
  const askable = paths.filter((path) => !path.includes('\n'));
  const output = git(folder, ['cat-file', '--batch'], askable.map((path) => `${base}:./${path}\n`).join(''));
  let at = 0;
  for (const path of askable) {
    const lineEnd = output.indexOf(10, at);
    const header = output.toString('utf8', at, lineEnd);
    at = lineEnd + 1;
    const found = /^[0-9a-f]+ (\w+) (\d+)$/.exec(header);
    if (found === null) contents.set(path, null);
    else {
      const size = Number(found[2]);
      contents.set(path, found[1] === 'blob' ? output.subarray(at, at + size) : null);
      at += size + 1;
    }
  }
  for (const path of paths) if (!contents.has(path)) contents.set(path, null);
  return contents;
}

/**
 * The files as they were at the base of `changes`: what has not changed is read from the work tree, so a revision of a
 * large repository costs what changed. Ignored files (tfvars often are) are the same on both sides.
 */
export function revisionFileSystem(workTree: FileSystem, changes: Changes): FileSystem {
  const foldersAtBase = new Set<string>();
  for (const [path, content] of changes.files) {
    if (content === null) continue;
    for (let folder = folderOf(path); ; folder = folderOf(folder)) {
      foldersAtBase.add(folder);
      if (folder === '') break;
    }
  }
  const kindOf = (path: string) => {
    const content = changes.files.get(path);
    if (content !== undefined) return content === null ? undefined : 'file';
    return foldersAtBase.has(path) ? 'folder' : workTree.kindOf(path);
  };
  return {
    readFile: (path, headBytes): Read<Uint8Array> => {
      const content = changes.files.get(path);
      if (content === undefined) return workTree.readFile(path, headBytes);
      return content === null ? { ok: false, failure: 'missing' } : { ok: true, value: content };
    },
    readDirectory: (path) => {
      const present = workTree.readDirectory(path);
      if (!present.ok && !foldersAtBase.has(path)) return present;
      return { ok: true, value: entriesAtBase(path, present.ok ? present.value : [], changes, foldersAtBase) };
    },
    kindOf,
  };
}

function entriesAtBase(
  folder: string,
  present: readonly DirectoryEntry[],
  changes: Changes,
  foldersAtBase: ReadonlySet<string>,
): DirectoryEntry[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const entries = new Map(present.map((entry) => [entry.name, entry]));
  for (const [path, content] of changes.files) {
    if (folderOf(path) !== folder) continue;
    if (content === null) entries.delete(baseName(path));
    else entries.set(baseName(path), { name: baseName(path), kind: 'file', isLink: false });
  }
  for (const child of foldersAtBase) {
    if (
      child !== folder &&
      isWithin(child, folder) &&
      folderOf(child) === folder &&
      !entries.has(child.slice(prefix.length))
    ) {
      entries.set(child.slice(prefix.length), { name: child.slice(prefix.length), kind: 'folder', isLink: false });
    }
  }
  return [...entries.values()].sort((a, b) => compareText(a.name, b.name));
}
