import ignore, { type Ignore } from 'ignore';
import type { Diagnostic } from './source/diagnostic.js';
import type { FileSystem } from './source/file-system.js';
import { folderOf, isWithin, joinPath, relativePath } from './source/paths.js';

/** Folders that are never walked into; a PATH that names one is. */
const SKIPPED_FOLDERS = new Set(['.git', 'node_modules', '.terraform', '.terragrunt-cache', 'cdk.out']);

export interface IgnoreRules {
  /** Whether walking leaves a file or folder out, by rule or because a folder above it is left out. */
  isIgnored(path: string, isFolder: boolean): boolean;
  /** Whether `exclude` of the configuration or the command line names it: a PATH does not beat that. */
  isExcluded(path: string, isFolder: boolean): boolean;
  /** Of the `.gitignore` files met until now those that could not be read: nothing is left out for them. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface RuleSources {
  /** Globs as in a `.gitignore` of the project root. */
  readonly exclude: readonly string[];
  readonly useGitignore: boolean;
  /** Folders of policies: their examples are no part of the project. */
  readonly policyFolders: readonly string[];
  /** PATHs: rules that ignore one of them, or a folder above, do not hold in it. */
  readonly named: readonly string[];
}

/** The rules of `.gitignore` files (gitignore semantics, nested files too) and of `exclude` globs. */
export function ignoreRules(
  fileSystem: FileSystem,
  { exclude, useGitignore, policyFolders, named }: RuleSources,
): IgnoreRules {
  const excluded = ignore().add([...exclude]);
  const files = new Map<string, Ignore | undefined>();
  const verdicts = new Map<string, boolean>();
  const diagnostics: Diagnostic[] = [];

  const rulesOf = (folder: string): Ignore | undefined => {
    if (!files.has(folder)) files.set(folder, readRules(fileSystem, folder, diagnostics));
    return files.get(folder);
  };

  const isExcluded = (path: string, isFolder: boolean): boolean =>
    path !== '' && excluded.ignores(isFolder ? `${path}/` : path);

  // What is named beats the rules that ignore it, and then those above it say nothing of what it holds.
  const beaten = named.filter((path) => path !== '' && isGitignored(path, fileSystem.kindOf(path) === 'folder', []));

  function isGitignored(path: string, isFolder: boolean, beating: readonly string[]): boolean {
    const top = beating.find((folder) => isWithin(path, folder)) ?? '';
    // The nearest file that says anything decides.
    for (let folder = folderOf(path); isWithin(folder, top); folder = folderOf(folder)) {
      const answer = rulesOf(folder)?.test(relativePath(folder, path) + (isFolder ? '/' : ''));
      if (answer?.ignored) return true;
      if (answer?.unignored) return false;
      if (folder === '') return false;
    }
    return false;
  }

  const isIgnored = (path: string, isFolder: boolean): boolean => {
    if (path === '') return false;
    if (named.includes(path)) return isExcluded(path, isFolder);
    const key = isFolder ? `${path}/` : path;
    const known = verdicts.get(key);
    if (known !== undefined) return known;
    const name = path.slice(path.lastIndexOf('/') + 1);
    const verdict =
      isIgnored(folderOf(path), true) ||
      (isFolder && (SKIPPED_FOLDERS.has(name) || policyFolders.includes(path))) ||
      isExcluded(path, isFolder) ||
      (useGitignore && isGitignored(path, isFolder, beaten));
    verdicts.set(key, verdict);
    return verdict;
  };

  return { isIgnored, isExcluded, diagnostics };
}

/** SAFETY: every rule is tried on every path. A file of more is no list that someone keeps. */
const maxRulesBytes = 256 * 1024;

function readRules(fileSystem: FileSystem, folder: string, diagnostics: Diagnostic[]): Ignore | undefined {
  const path = joinPath(folder, '.gitignore');
  const read = fileSystem.readFile(path);
  if (!read.ok && (read.failure === 'missing' || read.failure === 'not-a-folder')) return undefined;
  if (read.ok && read.value.length <= maxRulesBytes) return ignore().add(Buffer.from(read.value).toString('utf8'));
  const failure = read.ok ? 'too-large' : read.failure;
  diagnostics.push({
    code: failure === 'too-large' ? 'file-too-large' : 'file-unreadable',
    message: `"${path}" cannot be read (${failure}): nothing is left out for it.`,
    path,
  });
  return undefined;
}
