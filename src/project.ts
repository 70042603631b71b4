import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { CONFIGURATION_FILE, type Configuration, NO_CONFIGURATION, parseConfiguration } from './config.js';
import type { ConfigurationProblem } from './configuration-reader.js';
import { type IgnoreRules, ignoreRules } from './ignore-rules.js';
import { nodeFileSystem, toProjectPath } from './node-file-system.js';
import { maxConfigurationBytes, readSetting } from './read-setting.js';
import type { FileSystem } from './source/file-system.js';
import { joinPath } from './source/paths.js';
import type { SourceFile } from './source/source-file.js';
import { suggest } from './source/suggest.js';

/** Wrong usage or configuration: nothing was scanned (exit code 2). */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(
    message: string,
    readonly problems: readonly ConfigurationProblem[] = [],
    /** The folder that the problems' paths start from, as people in the working directory write it. */
    readonly startsFrom: string = '',
  ) {
    super(message);
  }
}

/** What every command that reads a project starts from. */
export interface Project {
  /** The project root, absolute. */
  readonly root: string;
  readonly fileSystem: FileSystem;
  /** The working directory relative to the root; begins with `../` when it lies outside. */
  readonly workingDirectory: string;
  /** The root as seen from the working directory: `.`, `../..`, `infra`. */
  readonly rootFromHere: string;
  /** The PATHs relative to the root. */
  readonly paths: readonly string[];
  /** PATHs that `exclude` leaves out. */
  readonly excludedPaths: readonly string[];
  /** Where standard input stands among the files, when `-` is one of the PATHs. */
  readonly standardInput?: string | undefined;
  /** PATHs that were given on the command line, rather than the working directory by default. */
  readonly arePathsNamed: boolean;
  readonly configuration: Configuration;
  readonly ignore: IgnoreRules;
}

export interface ProjectOptions {
  /** Absolute. */
  readonly workingDirectory: string;
  readonly paths: readonly string[];
  /** What standard input holds; needed where `-` is one of the PATHs. */
  readonly standardInput?: Uint8Array | undefined;
  /** A configuration file to use instead of the root's `trueline.yaml`. */
  readonly config?: string | undefined;
  readonly noConfig?: boolean | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly noGitignore?: boolean | undefined;
}

/** Finds the project root of the PATHs and reads its configuration. Throws `UsageError`. */
export function openProject(options: ProjectOptions): Project {
  const workingDirectory = realpathSync(options.workingDirectory);
  const hasStandardInput = options.paths.includes(STANDARD_INPUT);
  const files = options.paths.filter((path) => path !== STANDARD_INPUT);
  const named = [...new Set(files.map((path) => existingPath(workingDirectory, path)))];
  const absolute = named.length > 0 || hasStandardInput ? named : [workingDirectory];
  const roots = new Set(absolute.map((path) => projectRoot(path, workingDirectory)));
  if (hasStandardInput) roots.add(projectRoot(workingDirectory, workingDirectory));
  const root = commonFolder([...roots]);
  if (options.noConfig !== true && options.config === undefined) refuseSeveralProjects(root, roots);
  const configuration =
    options.noConfig === true ? NO_CONFIGURATION : readConfiguration(root, workingDirectory, options.config);
  const standardInput = hasStandardInput ? STANDARD_INPUT : undefined;
  const fileSystem = withStandardInput(nodeFileSystem(root), standardInput, options.standardInput);
  const exclude = [...configuration.exclude, ...(options.exclude ?? [])];
  const paths = absolute.map((path) => toProjectPath(root, path));
  const useGitignore = options.noGitignore !== true && configuration.gitignore !== false;
  const ignore = ignoreRules(fileSystem, {
    exclude,
    useGitignore,
    policyFolders: configuration.policyDirs.map((folder) => joinPath(folder)),
    named: named.length > 0 ? paths : [],
  });
  const isExcluded = (path: string) => ignore.isExcluded(path, fileSystem.kindOf(path) === 'folder');
  return {
    root,
    fileSystem,
    workingDirectory: toProjectPath(root, workingDirectory),
    rootFromHere: toProjectPath(workingDirectory, root) || '.',
    paths: [...paths.filter((path) => !isExcluded(path)), ...(standardInput === undefined ? [] : [standardInput])],
    excludedPaths: paths.filter(isExcluded),
    standardInput,
    arePathsNamed: named.length > 0 || hasStandardInput,
    configuration,
    ignore,
  };
}

/** The PATH that stands for standard input, and the name of what it holds in every report. */
const STANDARD_INPUT = '-';

/** A file system in which standard input is one file more. */
function withStandardInput(
  fileSystem: FileSystem,
  place: string | undefined,
  bytes: Uint8Array | undefined,
): FileSystem {
  if (place === undefined || bytes === undefined) return fileSystem;
  return {
    readFile: (path, headBytes) => (path === place ? { ok: true, value: bytes } : fileSystem.readFile(path, headBytes)),
    readDirectory: (path) => fileSystem.readDirectory(path),
    kindOf: (path) => (path === place ? 'file' : fileSystem.kindOf(path)),
  };
}

function existingPath(workingDirectory: string, path: string): string {
  const absolute = resolve(workingDirectory, path);
  // A linked folder is the folder; a linked file is one of the module it is linked into.
  if (existsSync(absolute))
    return statSync(absolute).isDirectory()
      ? realpathSync(absolute)
      : join(realpathSync(dirname(absolute)), basename(absolute));
  const siblings = siblingNames(dirname(absolute)).map((name) =>
    joinPath(dirname(path) === '.' ? '' : dirname(path), name),
  );
  throw new UsageError(`"${path}" does not exist.${suggest(path.replace(/\/+$/, ''), siblings)}`);
}

function siblingNames(folder: string): string[] {
  const listing =
    existsSync(folder) && statSync(folder).isDirectory() ? nodeFileSystem(folder).readDirectory('') : undefined;
  return listing?.ok ? listing.value.map(({ name }) => name) : [];
}

/** The nearest folder upward with a root configuration, else the nearest with `.git`, else the working directory, else PATH. */
export function projectRoot(path: string, workingDirectory: string): string {
  const start = statSync(path).isDirectory() ? path : dirname(path);
  const upward = foldersUpward(start);
  const configured = upward.find((folder) => isRootConfiguration(join(folder, CONFIGURATION_FILE)));
  const repository = upward.find((folder) => existsSync(join(folder, '.git')));
  if (configured !== undefined || repository !== undefined) return configured ?? repository ?? start;
  return upward.includes(workingDirectory) ? workingDirectory : start;
}

/** The top of the work tree that holds a folder; undefined outside one. */
export function repositoryTop(folder: string): string | undefined {
  return foldersUpward(folder).find((above) => existsSync(join(above, '.git')));
}

function foldersUpward(start: string): string[] {
  const folders = [start];
  for (let folder = start; dirname(folder) !== folder; folder = dirname(folder)) folders.push(dirname(folder));
  return folders;
}

function isRootConfiguration(path: string): boolean {
  if (!existsSync(path)) return false;
  const read = readSetting(path, maxConfigurationBytes);
  // What cannot be read is said where it counts.
  if (!read.ok) return false;
  const text = read.value;
  // The text is parsed only where it can matter: this runs for every folder upward.
  return (
    /^[ \t]*root[ \t]*:/m.test(text) && parseConfiguration({ path: CONFIGURATION_FILE, text }).configuration.isRoot
  );
}

/** Several projects at once are read from the folder that holds them all. */
function commonFolder(folders: readonly string[]): string {
  const [first = '/', ...others] = folders;
  return foldersUpward(first).find((folder) => others.every((other) => foldersUpward(other).includes(folder))) ?? '/';
}

/** Several projects are read together only where none of them has a configuration that would not count then. */
function refuseSeveralProjects(root: string, roots: ReadonlySet<string>): void {
  const other = [...roots].find((folder) => folder !== root && existsSync(join(folder, CONFIGURATION_FILE)));
  if (other !== undefined)
    throw new UsageError(
      `The PATHs belong to several projects, and "${join(other, CONFIGURATION_FILE)}" is about one of them: scan them one at a time.`,
    );
}

function readConfiguration(root: string, workingDirectory: string, config: string | undefined): Configuration {
  const path = config === undefined ? join(root, CONFIGURATION_FILE) : resolve(workingDirectory, config);
  if (!existsSync(path)) {
    if (config !== undefined) throw new UsageError(`The configuration "${config}" does not exist.`);
    return NO_CONFIGURATION;
  }
  const read = readSetting(path, maxConfigurationBytes);
  if (!read.ok) throw new UsageError(`The configuration "${path}" cannot be read (${read.failure}).`);
  const source: SourceFile = { path: toProjectPath(root, path), text: read.value };
  const { configuration, problems } = parseConfiguration(source);
  if (problems[0] !== undefined)
    throw new UsageError(problems[0].message, problems, toProjectPath(workingDirectory, root));
  return configuration;
}

/** A path as people in the working directory write it, relative to the root. */
export function fromHere({ root, workingDirectory }: Project, path: string): string {
  return isAbsolute(path) ? toProjectPath(root, path) : joinPath(workingDirectory, path);
}

/** A path relative to the root, as people in the working directory write it. */
export function toDisplayPath({ rootFromHere }: Project, path: string): string {
  return joinPath(rootFromHere, path) || '.';
}
