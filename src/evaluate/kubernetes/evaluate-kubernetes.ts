import { type AttachedComment, CERTAIN, type ProviderScope, type RawResource } from '../../model/raw-resource.js';
import { SecretNotes } from '../../model/secret-notes.js';
import type { ObjectValue, Value } from '../../model/value.js';
import { objectValue, unknownValue } from '../../model/values.js';
import type { KubernetesKind, KubernetesSchemas } from '../../schemas/kubernetes-schema.js';
import { kubernetesTypeName } from '../../schemas/kubernetes-schema.js';
import { compareText } from '../../source/compare-text.js';
import type { Diagnostic } from '../../source/diagnostic.js';
import { baseName, folderOf } from '../../source/paths.js';
import type { SourceFile, SourceRange } from '../../source/source-file.js';
import { suggest } from '../../source/suggest.js';
import type { DataMapping } from '../../syntax/data/ast.js';
import { suppressionsIn } from './annotation-suppressions.js';
import { CommentReader } from './comments.js';
import { Decoder } from './decoder.js';
import { withGeneratedName } from './generated-name.js';
import { type Manifest, mappingOf, readManifests, textOf } from './manifests.js';
import { oldVersionOf } from './old-versions.js';
import type { KubernetesInput, KubernetesResult } from './result.js';
import { storeSecret } from './secret-data.js';

/**
 * Reads manifests: their objects as the API server decodes them, each value where it is written, in the current version
 * of each kind. What the server sets where they are silent is not there. Never throws on input.
 */
export function evaluateKubernetes(input: KubernetesInput): KubernetesResult {
  const evaluation = new Evaluation(input.schemas);
  const comments = input.commentPattern === undefined ? undefined : new CommentReader(input.commentPattern);
  const files: SourceFile[] = [];
  let programConfigurations = 0;
  const templates: SourceRange[] = [];
  for (const stream of input.streams) {
    if (files.at(-1) !== stream.source) files.push(stream.source);
    const reading = readManifests(stream);
    evaluation.diagnostics.push(...reading.diagnostics);
    for (const manifest of reading.manifests) evaluation.add(manifest);
    programConfigurations += reading.programConfigurations;
    for (const { start, end } of reading.templates) templates.push({ file: stream.source, start, end });
    comments?.read(stream);
  }
  return {
    resources: evaluation.resources,
    unreadModules: [],
    comments: [...(comments?.attached() ?? []), ...evaluation.suppressions],
    diagnostics: [...evaluation.diagnostics, ...describeTemplates(templates)],
    files,
    secrets: evaluation.secrets.secrets(),
    folders: evaluation.folders(),
    programConfigurations,
    templateSources: templates.length,
  };
}

/** One warning for all of them: a repository of templates has thousands. */
function describeTemplates(templates: readonly SourceRange[]): Diagnostic[] {
  const [first] = templates;
  if (first === undefined) return [];
  const message =
    templates.length === 1
      ? 'The document is a template, which only its program can read: render it into "trueline scan -".'
      : `${templates.length} documents are templates, which only their programs can read: render them into "trueline scan -".`;
  return [{ code: 'template-source', message, range: first }];
}

const NOWHERE = unknownValue('outside-input');

/** All objects of a project are in one scope: which cluster they go to no manifest says. */
const SCOPE: ProviderScope = {
  provider: 'kubernetes',
  configuration: '',
  account: NOWHERE,
  region: NOWHERE,
  partition: NOWHERE,
};

class Evaluation {
  readonly resources: RawResource[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly suppressions: AttachedComment[] = [];
  readonly secrets = new SecretNotes();
  /** Root and address → how many have it. */
  readonly #addresses = new Map<string, number>();
  readonly #objects = new Map<string, number>();

  constructor(private readonly schemas: KubernetesSchemas) {}

  add(manifest: Manifest): void {
    const { file, kind } = manifest;
    const old = oldVersionOf(manifest.apiVersion, kind);
    const apiVersion = old?.current ?? manifest.apiVersion;
    const known = this.schemas.kind(kubernetesTypeName(apiVersion, kind));
    const root = file.path === '-' ? '-' : folderOf(file.path) || '.';
    const address = this.#address(root, manifest, apiVersion, known);
    const header = headerOf(manifest);
    if (known === undefined) this.#reportKind(apiVersion, kind, header);
    if (old !== undefined && old.isServed !== true) {
      const message = `"${address}" is written for ${manifest.apiVersion}, and is read as ${apiVersion}.`;
      this.diagnostics.push({ code: 'k8s-old-version', message, range: header });
    }
    const node = old?.rewrite === undefined ? manifest.node : old.rewrite(manifest.node);
    const decoded = this.#decode(file, node, address, known);
    const values = withGeneratedName(old?.complete === undefined ? decoded : old.complete(decoded));
    const range = { file, start: manifest.node.start, end: manifest.node.end };
    this.suppressions.push(...suppressionsIn(values.entries.get('metadata'), range));
    this.#objects.set(root, (this.#objects.get(root) ?? 0) + 1);
    this.resources.push({
      language: 'kubernetes',
      root,
      address,
      mode: 'managed',
      type: kubernetesTypeName(apiVersion, kind),
      name: nameOf(manifest.node),
      declaration: address,
      folder: root === '-' ? '' : folderOf(file.path),
      scope: SCOPE,
      existence: CERTAIN,
      isPrototype: false,
      keySet: undefined,
      values: known?.type === 'kubernetes/v1/Secret' ? storeSecret(values, this.secrets) : values,
      range,
      header,
      calls: [],
      ignoreChanges: undefined,
    });
  }

  folders(): { readonly root: string; readonly objects: number }[] {
    return [...this.#objects].map(([root, objects]) => ({ root, objects })).sort((a, b) => compareText(a.root, b.root));
  }

  #decode(file: SourceFile, node: DataMapping, address: string, kind: KubernetesKind | undefined): ObjectValue {
    const native = new Map<string, Value>();
    const decoder = new Decoder({ file, diagnostics: this.diagnostics, address, native });
    if (kind === undefined) {
      const value = decoder.any(node);
      return value.kind === 'object'
        ? value
        : objectValue(value.kind === 'list' ? value.type : { kind: 'dynamic' }, new Map());
    }
    const values = decoder.object(node, kind.schema);
    if (native.size === 0) return values;
    const entries = new Map(values.entries).set('native', objectValue(values.type, native, values.origin));
    return objectValue(values.type, entries, values.origin);
  }

  /** A kind that the API of a built-in group does not have is a slip: nobody's own kinds are there. */
  #reportKind(apiVersion: string, kind: string, range: SourceRange): void {
    const prefix = kubernetesTypeName(apiVersion, '');
    const kinds = this.schemas.kinds.filter((type) => type.startsWith(prefix)).map((type) => type.slice(prefix.length));
    if (kinds.length === 0 || kinds.some((known) => known.includes('/'))) return;
    const other = this.schemas.kinds.find((type) => type.endsWith(`/${kind}`));
    const hint =
      other === undefined
        ? suggest(kind, kinds)
        : ` It is a kind of "${other.slice('kubernetes/'.length, -kind.length - 1)}".`;
    const message = `"${apiVersion}" has no kind "${kind}": the object is not judged.${hint}`;
    this.diagnostics.push({ code: 'k8s-no-kind', message, range });
  }

  /** `Deployment.apps/prod/web`; what is written twice in a folder is told apart by its file. */
  #address(
    root: string,
    { file, node, kind }: Manifest,
    apiVersion: string,
    known: KubernetesKind | undefined,
  ): string {
    const slash = apiVersion.indexOf('/');
    const type = slash === -1 ? kind : `${kind}.${apiVersion.slice(0, slash)}`;
    const metadata = mappingOf(node, 'metadata');
    const namespace = (metadata && textOf(metadata, 'namespace')) || '-';
    const isClusterScoped = known?.isNamespaced === false || (known === undefined && namespace === '-');
    const address = isClusterScoped ? `${type}/${nameOf(node)}` : `${type}/${namespace}/${nameOf(node)}`;
    return this.#unique(`${root}\0`, address, baseName(file.path));
  }

  /** Counted for each name and file, so that a thousand of one name cost what a thousand names do. */
  #unique(root: string, address: string, file: string): string {
    if (!this.#addresses.has(`${root}${address}`)) {
      this.#addresses.set(`${root}${address}`, 0);
      return address;
    }
    const inFile = `${address}#${file}`;
    const count = (this.#addresses.get(`${root}${inFile}`) ?? 0) + 1;
    this.#addresses.set(`${root}${inFile}`, count);
    return count === 1 ? inFile : `${inFile}#${count}`;
  }
}

function nameOf(node: DataMapping): string {
  const metadata = mappingOf(node, 'metadata');
  const name = metadata && textOf(metadata, 'name');
  if (name !== undefined && name !== '') return name;
  const generated = metadata && textOf(metadata, 'generateName');
  return generated === undefined ? '?' : `${generated}*`;
}

/** Where it says what it is; an item of a typed list says nothing. */
function headerOf({ file, node }: Manifest): SourceRange {
  const kind = node.entries.get('kind');
  if (kind === undefined || kind.mergedAt !== undefined) return { file, start: node.start, end: node.start };
  return { file, start: kind.keyStart, end: kind.value.end };
}
