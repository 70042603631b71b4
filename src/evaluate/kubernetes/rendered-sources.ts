import type { Diagnostic } from '../../source/diagnostic.js';
import { baseName, folderOf, isWithin, joinPath } from '../../source/paths.js';
import { type Kustomization, readKustomization } from './kustomization.js';

/** What programs make manifests of. */
export type RenderedKind = 'helm' | 'kustomize' | 'jsonnet' | 'cue' | 'cdk8s';

/** One chart, kustomization or program: what it is rendered with. */
export interface RenderedSource {
  readonly kind: RenderedKind;
  /** The file that says so: `Chart.yaml`, `kustomization.yaml`. */
  readonly path: string;
  readonly command: string;
  /** The files that are its source, itself included, sorted. */
  readonly files: readonly string[];
}

export interface RenderedSources {
  readonly sources: readonly RenderedSource[];
  /** The source that a file is part of: such a file is no manifest, whatever it looks like. */
  sourceOf(path: string): RenderedSource | undefined;
  /** A kustomization that changes nothing: what it names is judged as it is written. */
  isPlain(path: string): boolean;
  /** One warning a kind, with the command. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Finds the sources of manifests among the paths of a project, so that they are neither judged as manifests nor passed
 * over in silence. `read` gives the text of a file, or undefined.
 */
export function findRenderedSources(
  paths: readonly string[],
  read: (path: string) => string | undefined,
): RenderedSources {
  const sorted = [...paths].sort();
  const owners = new Map<string, RenderedSource>();
  const kustomized = kustomizations(sorted, read);
  const sources = [...charts(sorted), ...kustomized.sources, ...programs(sorted)];
  for (const source of sources) for (const file of source.files) if (!owners.has(file)) owners.set(file, source);
  return {
    sources,
    sourceOf: (path) => owners.get(path),
    isPlain: (path) => kustomized.plain.has(path) && !owners.has(path),
    diagnostics: describeRenderedSources(sources),
  };
}

const shown = (folder: string): string => (folder === '' ? '.' : folder);

/** Commands are copied into a shell: a name must not be more than one word, or do anything there. */
function argument(path: string): string {
  const place = path.startsWith('-') ? `./${path}` : path;
  return /^[\w@%+=:,./-]+$/.test(place) ? place : `'${place.replaceAll("'", "'\\''")}'`;
}

/** A chart's templates and values; its `crds` are manifests. A chart within a chart is rendered with it. */
function charts(paths: readonly string[]): RenderedSource[] {
  const folders = paths.filter((path) => baseName(path) === 'Chart.yaml').map(folderOf);
  const isInner = (folder: string) =>
    folders.some((outer) => outer !== folder && isWithin(folder, joinPath(outer, 'charts')));
  const own = folders.filter((folder) => !isInner(folder));
  return own.map((folder) => {
    const inner = folders.filter((one) => isWithin(one, folder));
    const files = paths.filter((path) => inner.some((one) => isChartSource(path, one)));
    const command = `helm template ${argument(shown(folder))} | trueline scan -`;
    return { kind: 'helm', path: joinPath(folder, 'Chart.yaml'), command, files };
  });
}

function isChartSource(path: string, chart: string): boolean {
  if (isWithin(path, joinPath(chart, 'templates'))) return true;
  return (
    folderOf(path) === chart &&
    /^(?:Chart\.(?:yaml|lock)|values.*\.ya?ml|values\.schema\.json|requirements\.(?:yaml|lock))$/.test(baseName(path))
  );
}

const KUSTOMIZATION = /^(?:kustomization\.ya?ml|Kustomization)$/;

/**
 * Every kustomization, and the files that it names; what others build upon is rendered with them. One that only puts files
 * together gives them as they are written, and is no source, unless one that changes them builds upon it.
 */
function kustomizations(
  paths: readonly string[],
  read: (path: string) => string | undefined,
): { readonly sources: readonly RenderedSource[]; readonly plain: ReadonlySet<string> } {
  const files = paths.filter((path) => KUSTOMIZATION.test(baseName(path)));
  const project: Kustomizations = {
    read: new Map(files.map((path) => [path, readKustomization(path, read(path) ?? '')])),
    folders: new Map(files.map((path) => [folderOf(path), path])),
    present: new Set(paths),
  };
  const inner = new Set(
    [...project.read.values()].flatMap(({ named }) => named).flatMap((path) => project.folders.get(path) ?? []),
  );
  const plain = plainOf(project);
  const reached = new Set<string>();
  const sources: RenderedSource[] = [];
  // Where they name each other in a ring, none is the outermost: the first stands for them.
  for (const path of [...files.filter((file) => !inner.has(file)), ...files]) {
    if (!reached.has(path) && !plain.has(path)) sources.push(kustomization(path, project, reached));
  }
  return { sources, plain };
}

interface Kustomizations {
  readonly read: ReadonlyMap<string, Kustomization>;
  /** Folder → its kustomization. */
  readonly folders: ReadonlyMap<string, string>;
  readonly present: ReadonlySet<string>;
}

/** Those that change nothing, all that they build upon included. */
function plainOf({ read, folders, present }: Kustomizations): ReadonlySet<string> {
  const plain = new Set([...read].filter(([, { isPlain }]) => isPlain).map(([path]) => path));
  const isGiven = (target: string) => {
    const inFolder = folders.get(target);
    return inFolder === undefined ? present.has(target) : plain.has(inFolder);
  };
  for (let size = -1; size !== plain.size; ) {
    size = plain.size;
    for (const path of plain) if (!read.get(path)?.named.every(isGiven)) plain.delete(path);
  }
  return plain;
}

function kustomization(path: string, { read, folders, present }: Kustomizations, reached: Set<string>): RenderedSource {
  const files = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    reached.add(file);
    for (const target of read.get(file)?.named ?? []) {
      const inFolder = folders.get(target);
      if (inFolder !== undefined) visit(inFolder);
      else if (present.has(target)) files.add(target);
    }
  };
  visit(path);
  const command = `kubectl kustomize ${argument(shown(folderOf(path)))} | trueline scan -`;
  return { kind: 'kustomize', path, command, files: [...files].sort() };
}

/** Programs whose output are manifests: counted by the file. */
function programs(paths: readonly string[]): RenderedSource[] {
  return paths.flatMap((path): RenderedSource[] => {
    const name = baseName(path);
    if (/\.(?:jsonnet|libsonnet)$/.test(name))
      return [{ kind: 'jsonnet', path, command: `jsonnet -y ${argument(path)} | trueline scan -`, files: [path] }];
    if (name.endsWith('.cue'))
      return [{ kind: 'cue', path, command: `cue export ${argument(path)} | trueline scan -`, files: [path] }];
    if (name === 'cdk8s.yaml') {
      const command = 'npx cdk8s synth --stdout | trueline scan -';
      return [{ kind: 'cdk8s', path, command, files: [path] }];
    }
    return [];
  });
}

const NAMES: Readonly<Record<RenderedKind, readonly [one: string, many: string]>> = {
  helm: ['Helm chart', 'Helm charts'],
  kustomize: ['kustomization', 'kustomizations'],
  jsonnet: ['Jsonnet file', 'Jsonnet files'],
  cue: ['CUE file', 'CUE files'],
  cdk8s: ['cdk8s program', 'cdk8s programs'],
};

/** One warning a kind, with the command that renders the first. */
export function describeRenderedSources(sources: readonly RenderedSource[]): Diagnostic[] {
  return (Object.keys(NAMES) as RenderedKind[]).flatMap((kind) => {
    const own = sources.filter((source) => source.kind === kind);
    const [first] = own;
    if (first === undefined) return [];
    const [one, many] = NAMES[kind];
    const place = shown(kind === 'helm' || kind === 'kustomize' ? folderOf(first.path) : first.path);
    const subject =
      own.length === 1
        ? `The ${one} "${place}" is not rendered, and`
        : `${own.length} ${many} are not rendered (first: "${place}"), and`;
    const verdict = own.length === 1 ? 'is not judged' : 'are not judged';
    const message = `${subject} ${verdict}. Render ${own.length === 1 ? 'it' : 'them'}: ${first.command}`;
    return [{ code: 'not-rendered', message, path: first.path }];
  });
}
