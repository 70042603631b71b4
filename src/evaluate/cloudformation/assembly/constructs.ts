import { LineIndex } from '../../../source/line-index.js';
import type { SourceFile, SourceRange } from '../../../source/source-file.js';
import type { TemplateFiles } from '../templates/template-files.js';
import { at, entriesOf, itemsOf, type Json, textOf } from './json.js';

/** One construct that makes a resource of a template. */
export interface Construct {
  /** `App-A/Logs/Resource` */
  readonly path: string;
  readonly logicalId: string;
  /** Where it is created, innermost first, as the runtime shows it. */
  readonly frames: readonly string[];
}

/** The constructs of one stack and of the stacks nested in it. */
export class ConstructIndex {
  readonly #byId = new Map<string, Construct[]>();
  /** Paths of the nested stacks. */
  readonly #nested = new Set<string>();

  constructor(constructs: Iterable<Construct>) {
    for (const construct of constructs) {
      const known = this.#byId.get(construct.logicalId);
      if (known === undefined) this.#byId.set(construct.logicalId, [construct]);
      else known.push(construct);
      const nested = nestedScope(construct.path);
      if (nested !== undefined) this.#nested.add(nested);
    }
  }

  get isEmpty(): boolean {
    return this.#byId.size === 0;
  }

  /** The construct of a resource; `scope` is the path of the nested stack in which it is. */
  find(logicalId: string, scope: string | undefined): Construct | undefined {
    const found = this.#byId.get(logicalId) ?? [];
    return found.length === 1 && this.#nested.size === 0
      ? found[0]
      : found.find(({ path }) => this.#scopeOf(path) === scope);
  }

  /** The innermost nested stack that a construct lies in. */
  #scopeOf(path: string): string | undefined {
    let best: string | undefined;
    for (const scope of this.#nested) {
      if (path.startsWith(`${scope}/`) && scope.length > (best?.length ?? 0)) best = scope;
    }
    return best;
  }
}

/** The path of the nested stack that a construct stands for: `A/Inner.NestedStack/Inner.NestedStackResource` is `A/Inner`. */
export function nestedScope(path: string): string | undefined {
  return /^(.*)\.NestedStack\/[^/]+\.NestedStackResource$/.exec(path)?.[1];
}

/** From metadata: construct path → entries. */
export function* constructsOfMetadata(metadata: Json | undefined): Generator<Construct> {
  for (const [path, entries] of entriesOf(metadata)) {
    const items = itemsOf(entries);
    const named = items.find((entry) => textOf(at(entry, 'type')) === 'aws:cdk:logicalId');
    const logicalId = textOf(at(named, 'data'));
    if (logicalId === undefined) continue;
    const created = items.find((entry) => textOf(at(entry, 'type')) === 'aws:cdk:creationStack');
    const frames = created === undefined ? at(named, 'trace') : at(created, 'data');
    yield { path: path.replace(/^\//, ''), logicalId, frames: itemsOf(frames).flatMap((frame) => textOf(frame) ?? []) };
  }
}

/** SAFETY: how many nodes of a construct tree are looked at. */
const maxTreeNodes = 1_000_000;

/** From the construct tree, below one stack. */
export function* constructsOfTree(tree: Json | undefined, stack: string): Generator<Construct> {
  const pending: Json[] = [at(tree, 'tree') ?? null];
  let count = 0;
  for (let node = pending.pop(); node !== undefined && count < maxTreeNodes; node = pending.pop()) {
    count++;
    const path = textOf(at(node, 'path')) ?? '';
    const logicalId = textOf(at(node, 'attributes', 'aws:cdk:cloudformation:logicalId'));
    const isOwn = path === stack || path.startsWith(`${stack}/`);
    if (logicalId !== undefined && isOwn) yield { path, logicalId, frames: [] };
    for (const [, child] of entriesOf(at(node, 'children'))) pending.push(child);
  }
}

/** SAFETY: how many frames are looked for in the project. */
const maxFrames = 50;

/** The first frame that lies in the project, and not in an installed package. */
export function placeOfFrames(frames: readonly string[], files: TemplateFiles): SourceRange | undefined {
  for (const frame of frames.slice(0, maxFrames)) {
    const [, path, line, column] = /(?:file:\/\/)?(\/[^():]+):(\d+):(\d+)/.exec(frame) ?? [];
    if (path === undefined || path.includes('/node_modules/')) continue;
    const file = fileOf(decodePath(path), files);
    if (file !== undefined) return rangeOf(file, Number(line), Number(column));
  }
  return undefined;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The assembly may have been made where the project has another place: the longest end of the path that is there. */
function fileOf(path: string, files: TemplateFiles): SourceFile | undefined {
  const segments = path.split('/').filter((segment) => segment !== '');
  for (let from = 0; from < segments.length; from++) {
    const candidate = segments.slice(from).join('/');
    if (files.find(candidate) === 'file') return files.source(candidate);
  }
  return undefined;
}

function rangeOf(file: SourceFile, line: number, column: number): SourceRange {
  const lines = new LineIndex(file.text);
  const start = Math.min(lines.lineStart(line) + column - 1, file.text.length);
  const end = file.text.indexOf('\n', start);
  return { file, start, end: end === -1 ? file.text.length : end };
}
