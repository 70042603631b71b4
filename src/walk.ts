import { CONFIGURATION_FILE } from './config.js';
import {
  type InputKind,
  type InputType,
  isBinaryPlan,
  isRead,
  kindOfContent,
  kindOfName,
  mayHoldInput,
} from './input-kinds.js';
import { type Project, UsageError } from './project.js';
import type { Diagnostic } from './source/diagnostic.js';
import type { DirectoryEntry } from './source/file-system.js';
import { baseName, folderOf, joinPath } from './source/paths.js';

export interface WalkedFile {
  readonly path: string;
  readonly kind: InputKind;
}

export interface Walk {
  /** In the order of their paths. */
  readonly files: readonly WalkedFile[];
  /** Folders that hold what a CDK program has synthesised, PATHs or directly below one. */
  readonly assemblies: readonly string[];
  /** PATHs that hold what was collected of live accounts. */
  readonly snapshots: readonly string[];
  /** PATHs that are files and no input. */
  readonly notInputs: readonly string[];
  /** Configuration files below the project root: each holds for its folder. */
  readonly configurations: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** SAFETY: how deep folders are walked; deeper ones can only be made by a loop or by malice. */
const maxFolderDepth = 100;

/** SAFETY: of YAML and JSON files, this many bytes are looked into while walking. */
const maxSniffedBytes = 4 * 1024 * 1024;

/**
 * Walks the PATHs of a project and says what each file is. Reads YAML and JSON files to tell; ignored ones are left out.
 * `type` is what the files among the PATHs are, whatever they look like. Throws `UsageError`.
 */
export function walkProject(project: Project, type?: InputType): Walk {
  const files = new Map<string, InputKind>();
  const notInputs: string[] = [];
  const configurations: string[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const path of project.excludedPaths)
    diagnostics.push({ code: 'path-excluded', message: `"${path}" is named, but "exclude" leaves it out.`, path });
  const assemblies: string[] = [];
  const snapshots: string[] = [];
  const context: WalkContext = {
    project,
    files,
    assemblies,
    snapshots,
    configurations,
    diagnostics,
    walked: new Set(),
  };
  const isFile = (path: string) => project.fileSystem.kindOf(path) === 'file';
  if (type !== undefined && !project.paths.some(isFile))
    throw new UsageError('"--type" says what files are: name the files, or "-" for standard input.');
  for (const path of project.paths) {
    const kind = project.fileSystem.kindOf(path);
    if (kind === 'folder') walkFolder(context, path, 0);
    else if (kind === 'file') {
      if (baseName(path) === 'snapshot.json' && isHeader(project, path))
        throw new UsageError(`"${path}" is the header of a snapshot: name its folder.`);
      const input = type ?? kindOfNamedFile(context, path);
      if (input === undefined && path === project.standardInput) diagnostics.push(emptyInput(path));
      else if (input === undefined) notInputs.push(path);
      else files.set(path, input);
    } else if (!isRead(kindOfName(baseName(path)))) {
      // Of those that are read it is said where they are.
      const read = project.fileSystem.readFile(path);
      const failure = read.ok ? 'failed' : read.failure;
      diagnostics.push({ code: 'file-unreadable', message: `"${path}" cannot be read (${failure}).`, path });
    }
  }
  return {
    files: [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, kind]) => ({ path, kind })),
    assemblies,
    snapshots,
    notInputs,
    configurations,
    diagnostics,
  };
}

/** What was rendered into the pipe did not arrive, or is something else: that must not be green. */
function emptyInput(path: string): Diagnostic {
  const message = 'Standard input holds neither a plan, a state, a template nor a manifest.';
  return { code: 'nothing-read', message, path };
}

function unnamedAssembly(folder: string): Diagnostic {
  const message = `"${folder}" is what a CDK program wrote; it is not read. Name it to have it judged.`;
  return { code: 'input-not-judged', message, path: folder };
}

function unnamedSnapshot(folder: string): Diagnostic {
  const message = `"${folder}" is a snapshot of live accounts; it is not read. Name it to have it judged.`;
  return { code: 'input-not-judged', message, path: folder };
}

interface WalkContext {
  readonly project: Project;
  readonly files: Map<string, InputKind>;
  readonly assemblies: string[];
  readonly snapshots: string[];
  readonly configurations: string[];
  readonly diagnostics: Diagnostic[];
  /** Folders: a PATH may lie within another. */
  readonly walked: Set<string>;
}

function walkFolder(context: WalkContext, folder: string, depth: number): void {
  const { project, files, diagnostics, walked } = context;
  if (walked.has(folder)) return;
  walked.add(folder);
  const listing = project.fileSystem.readDirectory(folder);
  if (!listing.ok) {
    diagnostics.push({
      code: 'folder-unreadable',
      message: `The folder "${folder || '.'}" cannot be read (${listing.failure}).`,
      path: folder,
    });
    return;
  }
  if (depth >= maxFolderDepth) {
    diagnostics.push({
      code: 'limit-reached',
      message: `Folders below "${folder}" are not read: it is ${maxFolderDepth} deep.`,
      path: folder,
    });
    return;
  }
  if (isAssembly(listing.value)) {
    // What is met while walking is what was synthesised some time ago: its program is beside it.
    if (project.paths.includes(folder)) context.assemblies.push(folder);
    else diagnostics.push(unnamedAssembly(folder));
    return;
  }
  if (isSnapshot(context, folder, listing.value)) {
    // Beside code it would report what the code says already.
    if (project.paths.includes(folder)) context.snapshots.push(folder);
    else diagnostics.push(unnamedSnapshot(folder));
    return;
  }
  for (const entry of listing.value) {
    const path = joinPath(folder, entry.name);
    if (entry.kind === 'folder' && entry.isUnreadableName === true) {
      const message = `The name of the folder "${path}" is not UTF-8; it is not read.`;
      if (!project.ignore.isIgnored(path, true)) diagnostics.push({ code: 'file-name-not-utf8', message, path });
      continue;
    }
    if (entry.kind === 'folder') {
      if (!entry.isLink && !project.ignore.isIgnored(path, true)) walkFolder(context, path, depth + 1);
      continue;
    }
    if (entry.isUnreadableName === true) {
      if (/\.(tf|tofu|json|ya?ml|hcl)$/.test(entry.name)) {
        diagnostics.push({
          code: 'file-name-not-utf8',
          message: `The name of "${path}" is not UTF-8; the file is not read.`,
          path,
        });
      }
      continue;
    }
    // A link that leads nowhere, or out of the project, is told where it is looked into.
    if ((entry.kind !== 'file' && !entry.isLink) || project.ignore.isIgnored(path, false)) continue;
    if (entry.name === CONFIGURATION_FILE && folder !== '') context.configurations.push(path);
    const named = kindOfName(entry.name);
    const kind = named === undefined ? kindOfFile(context, path) : entry.kind === 'file' ? named : undefined;
    if (kind !== undefined) files.set(path, kind);
  }
}

/** What a CDK program writes has a file of this name that says its version. */
function isAssembly(entries: readonly DirectoryEntry[]): boolean {
  return (
    entries.some(({ name }) => name === 'manifest.json') &&
    entries.some(({ name, kind }) => name === 'cdk.out' && kind === 'file')
  );
}

/** SAFETY: of a header, this many bytes are looked into while walking. */
const maxHeaderBytes = 4096;

/** By its header; one that is unfinished by what lies there without one. */
function isSnapshot({ project }: WalkContext, folder: string, entries: readonly DirectoryEntry[]): boolean {
  const has = (name: string, kind: DirectoryEntry['kind']) =>
    entries.some((entry) => entry.name === name && entry.kind === kind);
  if (!has('snapshot.json', 'file'))
    return has('resources', 'folder') && (has('ledger.ndjson', 'file') || has('.partial', 'folder'));
  // Where accounts come before its kind, what lies beside it tells.
  return isHeader(project, joinPath(folder, 'snapshot.json')) || has('ledger.ndjson', 'file');
}

function isHeader({ fileSystem }: Project, path: string): boolean {
  const read = fileSystem.readFile(path, maxHeaderBytes);
  if (!read.ok) return false;
  return /"kind"\s*:\s*"trueline-/.test(Buffer.from(read.value.subarray(0, maxHeaderBytes)).toString('latin1'));
}

/** A file that is named is what it holds, whatever it is called. */
function kindOfNamedFile({ project, diagnostics }: WalkContext, path: string): InputKind | undefined {
  const name = baseName(path);
  const named = kindOfName(name);
  if (named !== undefined) return named;
  if (chartOf(project, path) !== undefined) return 'helm-template';
  const read = project.fileSystem.readFile(path, maxSniffedBytes);
  if (read.ok) {
    const kind = kindOfBytes(read.value.subarray(0, maxSniffedBytes));
    if (kind !== undefined || read.value.length < maxSniffedBytes) return kind;
    // Whoever names a file wants it read: what it is may be said at its end.
    const whole = project.fileSystem.readFile(path);
    return whole.ok ? kindOfBytes(whole.value) : undefined;
  }
  if (mayHoldInput(name) || !name.includes('.')) {
    const code = read.failure === 'too-large' ? 'file-too-large' : 'file-unreadable';
    diagnostics.push({ code, message: `"${path}" cannot be read (${read.failure}).`, path });
  }
  return undefined;
}

function kindOfFile({ project, files, diagnostics }: WalkContext, path: string): InputKind | undefined {
  if (!mayHoldInput(baseName(path))) return undefined;
  const chart = chartOf(project, path);
  // Templates are counted with their chart, where that was met: it comes before them.
  if (chart !== undefined) return files.has(chart) ? undefined : 'helm-template';
  const read = project.fileSystem.readFile(path, maxSniffedBytes);
  if (read.ok) return kindOfBytes(read.value.subarray(0, maxSniffedBytes));
  diagnostics.push({
    code: 'kind-not-read',
    message: `"${path}" cannot be read (${read.failure}): whether it is an input is not known.`,
    path,
  });
  return undefined;
}

function kindOfBytes(bytes: Uint8Array): InputKind | undefined {
  if (isBinaryPlan(bytes)) return 'terraform-binary-plan';
  const { buffer, byteOffset, byteLength } = bytes;
  // PowerShell writes UTF-16: it is not read, and must not be taken for no input.
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'utf8';
  return kindOfContent(
    Buffer.from(buffer, byteOffset, byteLength)
      .toString(encoding)
      .replace(/^\ufeff/, ''),
  );
}

/** The `Chart.yaml` of the chart of whose templates a file is one; its `crds` are manifests. */
function chartOf({ fileSystem }: Project, path: string): string | undefined {
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) {
    if (baseName(folder) !== 'templates') continue;
    const chart = joinPath(folderOf(folder), 'Chart.yaml');
    if (fileSystem.kindOf(chart) === 'file') return chart;
  }
  return undefined;
}
