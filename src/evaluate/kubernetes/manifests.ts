import type { Diagnostic } from '../../source/diagnostic.js';
import { severityOf } from '../../source/diagnostic.js';
import type { SourceFile } from '../../source/source-file.js';
import type { DataDocument, DataMapping, DataNode, DataStream } from '../../syntax/data/ast.js';

/** One object, as it is written. */
export interface Manifest {
  readonly file: SourceFile;
  readonly node: DataMapping;
  readonly apiVersion: string;
  readonly kind: string;
}

/** What the documents of one stream are. */
export interface StreamReading {
  readonly manifests: readonly Manifest[];
  /** The stream's own, without those of templates, and what is wrong with objects as such. */
  readonly diagnostics: readonly Diagnostic[];
  readonly programConfigurations: number;
  /** The documents that are templates. */
  readonly templates: readonly DataDocument[];
}

const API_VERSION = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\/)?v\d+(?:(?:alpha|beta)\d+)?$/;

/** SAFETY: how deep lists hold lists. */
const maxListDepth = 100;

/** The objects of a stream in the order in which they are written, those of lists one by one. */
export function readManifests(stream: DataStream): StreamReading {
  const reader = new Reader(stream);
  const templates = new Set(stream.documents.filter((document) => reader.isTemplate(document)));
  for (const document of stream.documents) {
    if (!document.isBroken && !templates.has(document)) reader.read(document.root, undefined, 0);
  }
  const isOfTemplate = ({ range }: Diagnostic) =>
    range !== undefined && [...templates].some(({ start, end }) => range.start >= start && range.start <= end);
  return {
    manifests: reader.manifests,
    diagnostics: [...stream.diagnostics.filter((diagnostic) => !isOfTemplate(diagnostic)), ...reader.diagnostics],
    programConfigurations: reader.programConfigurations,
    templates: [...templates],
  };
}

/** What a typed list says of its items. */
interface ItemType {
  readonly apiVersion: string;
  readonly kind: string;
}

class Reader {
  readonly manifests: Manifest[] = [];
  readonly diagnostics: Diagnostic[] = [];
  programConfigurations = 0;

  constructor(private readonly stream: DataStream) {}

  /** A document that the parser stumbled over, and that has the signs of a template. */
  isTemplate({ start, end }: DataDocument): boolean {
    const { source, diagnostics } = this.stream;
    if (diagnostics.length === 0) return false;
    const isWrong = diagnostics.some(
      ({ code, range }) =>
        range !== undefined && range.start >= start && range.start <= end && severityOf(code) === 'error',
    );
    return isWrong && source.text.slice(start, end).includes('{{');
  }

  read(node: DataNode, item: ItemType | undefined, depth: number): void {
    const root = targetOf(node);
    if (root.kind !== 'mapping') return;
    const apiVersion = textOf(root, 'apiVersion') ?? item?.apiVersion;
    const kind = textOf(root, 'kind') ?? item?.kind;
    if (apiVersion === undefined || kind === undefined) {
      this.#reportMissing(root, apiVersion, kind);
      return;
    }
    if (!API_VERSION.test(apiVersion)) {
      // `skaffold/v4beta13` has a group, and other programs have numbers of their own.
      if (isProgramConfiguration(apiVersion, kind)) this.programConfigurations++;
      return;
    }
    const items = kind.endsWith('List') ? listItems(root) : undefined;
    if (items !== undefined) {
      if (depth >= maxListDepth) this.#reportDepth(root);
      else
        for (const one of items)
          this.read(one, kind === 'List' ? undefined : { apiVersion, kind: kind.slice(0, -4) }, depth + 1);
      return;
    }
    if (isProgramConfiguration(apiVersion, kind)) this.programConfigurations++;
    else this.manifests.push({ file: this.stream.source, node: root, apiVersion, kind });
  }

  #reportMissing(root: DataMapping, apiVersion: string | undefined, kind: string | undefined): void {
    const isObject = root.entries.has('metadata') || root.entries.has('spec');
    if (!isObject || (apiVersion === undefined && kind === undefined)) return;
    if (apiVersion !== undefined && !API_VERSION.test(apiVersion)) return;
    const missing = kind === undefined ? 'kind' : 'apiVersion';
    this.diagnostics.push({
      code: 'k8s-no-kind',
      message: `The manifest has no "${missing}" that is a text: it is not read.`,
      range: { file: this.stream.source, start: root.start, end: root.end },
    });
  }

  #reportDepth({ start, end }: DataMapping): void {
    this.diagnostics.push({
      code: 'limit-reached',
      message: `Lists hold lists more than ${maxListDepth} deep: what is in them is not read.`,
      range: { file: this.stream.source, start, end },
    });
  }
}

function targetOf(node: DataNode): DataNode {
  return node.kind === 'alias' ? targetOf(node.target) : node;
}

/** The text of a field; undefined where it is no text. */
export function textOf({ entries }: DataMapping, field: string): string | undefined {
  const entry = entries.get(field);
  const value = entry === undefined ? undefined : targetOf(entry.value);
  return value?.kind === 'string' ? value.value : undefined;
}

/** The mapping of a field, aliases followed. */
export function mappingOf({ entries }: DataMapping, field: string): DataMapping | undefined {
  const entry = entries.get(field);
  const value = entry === undefined ? undefined : targetOf(entry.value);
  return value?.kind === 'mapping' ? value : undefined;
}

/** The items of a list of objects: it may have none, written as null. */
function listItems({ entries }: DataMapping): readonly DataNode[] | undefined {
  const items = entries.get('items');
  if (items === undefined) return undefined;
  const value = targetOf(items.value);
  if (value.kind === 'null') return [];
  return value.kind === 'sequence' ? value.items : undefined;
}

/** Groups of files that programs read by themselves; no API server has such objects. */
const PROGRAM_GROUPS =
  /(?:^|\.)(?:kubeadm\.k8s\.io|config\.k8s\.io|audit\.k8s\.io|kind\.x-k8s\.io|k3d\.io|eksctl\.io|helmfile\.\w+|client\.authentication\.k8s\.io|kustomize\.config\.k8s\.io)$|^(?:apiserver\.k8s\.io|skaffold|helmfile|kubeadm)$/;

function isProgramConfiguration(apiVersion: string, kind: string): boolean {
  const slash = apiVersion.indexOf('/');
  if (slash === -1) return apiVersion === 'v1' && kind === 'Config';
  return PROGRAM_GROUPS.test(apiVersion.slice(0, slash));
}
