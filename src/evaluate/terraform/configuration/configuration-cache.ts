import { decodeUtf8 } from '../../../source/decode-utf8.js';
import type { Diagnostic, DiagnosticCode } from '../../../source/diagnostic.js';
import type { FileSystem, ReadFailure } from '../../../source/file-system.js';
import { joinPath } from '../../../source/paths.js';
import type { SourceFile } from '../../../source/source-file.js';
import type { Body, HclFile } from '../../../syntax/hcl/ast.js';
import { parseHcl } from '../../../syntax/hcl/parse-hcl.js';
import { buildModule } from './build-module.js';
import type { Declaration, ModuleConfiguration } from './declarations.js';
import type { PlacedBody } from './read-body.js';

/** What one folder holds for Terraform. */
export interface FolderListing {
  /** Names of configuration files that are loaded, in order: primary files, then overrides. */
  readonly primary: readonly string[];
  readonly overrides: readonly string[];
  /** Hidden by a `.tofu` file of the same name. */
  readonly hidden: readonly string[];
  /** `terraform.tfvars` and `*.auto.tfvars`, in order of precedence, the weakest first. */
  readonly variableFiles: readonly string[];
  /** Other `*.tfvars`: nobody loads them by themselves. */
  readonly spareVariableFiles: readonly string[];
  readonly hasDataFolder: boolean;
}

/** Words without which a text of native syntax has no module call, provider or backend. */
const OUTLINE = /\b(module|provider|backend|cloud)\b/;

const EMPTY_BODY: Body = { kind: 'body', start: 0, end: 0, attributes: [], blocks: [] };

const UNREAD_CODES: Partial<Record<ReadFailure, DiagnosticCode>> = {
  'too-large': 'file-too-large',
  outside: 'file-outside-root',
  loop: 'symlink-loop',
};

/** Reads and parses every file once, however many roots and calls lead to it. Keeps the diagnostics of what was read. */
export class ConfigurationCache {
  readonly diagnostics: Diagnostic[] = [];
  /** What evaluation read of declarations. */
  readonly bodies = new WeakMap<Declaration, PlacedBody>();
  readonly #sources = new Map<string, SourceFile | undefined>();
  readonly #files = new Map<string, HclFile | undefined>();
  /** Files whose trees were let go. */
  readonly #released = new Set<string>();
  readonly #listings = new Map<string, FolderListing | undefined>();
  readonly #modules = new Map<string, ModuleConfiguration | undefined>();
  readonly #outlines = new Map<string, ModuleConfiguration>();
  /** Folders whose diagnostics are there. */
  readonly #built = new Set<string>();

  constructor(
    readonly fileSystem: FileSystem,
    readonly dataFolder: string = '.terraform',
  ) {}

  /** The texts of all files that were parsed, in the order of parsing. */
  parsedSources(): SourceFile[] {
    return [...this.#files.values()].flatMap((file) => (file === undefined ? [] : [file.source]));
  }

  /** The parsed files of a folder. */
  filesIn(folder: string): HclFile[] {
    const { primary = [], overrides = [] } = this.#listings.get(folder) ?? {};
    return [...primary, ...overrides].flatMap((name) => this.#files.get(joinPath(folder, name)) ?? []);
  }

  /** Lets the trees of a folder go: hundreds of roots at once take much room. Who asks once more has them parsed again. */
  release(folder: string): void {
    for (const file of this.filesIn(folder)) {
      const { source } = file;
      this.#released.add(source.path);
      this.#files.set(source.path, { ...file, body: { ...EMPTY_BODY, end: source.text.length }, comments: [] });
    }
    this.#modules.delete(folder);
    this.#outlines.delete(folder);
  }

  /** A parsed file; undefined, with a diagnostic, where it cannot be read. */
  file(path: string, isExternal = false): HclFile | undefined {
    const isReleased = this.#released.delete(path);
    if (this.#files.has(path) && !isReleased) return this.#files.get(path);
    const source = this.#source(path, isExternal);
    const file = source === undefined ? undefined : parseHcl(source);
    this.#files.set(path, file);
    if (isReleased) return file;
    // Texts of JSON variable files are no templates, so they are no wrong ones.
    const isLiteral = path.endsWith('.tfvars.json');
    for (const diagnostic of file?.diagnostics ?? [])
      if (!isLiteral || !diagnostic.code.startsWith('hcl-')) this.diagnostics.push(diagnostic);
    return file;
  }

  #source(path: string, isExternal: boolean): SourceFile | undefined {
    if (!this.#sources.has(path)) this.#sources.set(path, this.#read(path, isExternal));
    return this.#sources.get(path);
  }

  #read(path: string, isExternal: boolean): SourceFile | undefined {
    const read = this.fileSystem.readFile(path);
    if (!read.ok) {
      const code = UNREAD_CODES[read.failure] ?? 'file-unreadable';
      this.diagnostics.push({ code, message: `"${path}" cannot be read (${read.failure}).`, path });
      return undefined;
    }
    const text = decodeUtf8(read.value);
    if (text !== undefined) return isExternal ? { path, text, external: true } : { path, text };
    const at = firstInvalidByte(read.value);
    this.diagnostics.push({ code: 'file-not-utf8', message: `"${path}" is not UTF-8: byte ${at} is not valid.`, path });
    return undefined;
  }

  /** The configuration files of a folder; undefined where it cannot be listed. */
  listing(folder: string): FolderListing | undefined {
    if (!this.#listings.has(folder)) this.#listings.set(folder, this.#list(folder));
    return this.#listings.get(folder);
  }

  #list(folder: string): FolderListing | undefined {
    const read = this.fileSystem.readDirectory(folder);
    if (!read.ok) return undefined;
    const names = read.value
      .filter(({ kind, isLink }) => kind !== 'folder' || isLink)
      .filter(({ isUnreadableName }) => isUnreadableName !== true)
      .map(({ name }) => name);
    const files = names.filter((name) => /\.(tf|tofu)(\.json)?$/.test(name) && isLoaded(name));
    const present = new Set(files);
    const isHidden = (name: string) =>
      /\.tf(\.json)?$/.test(name) && present.has(name.replace(/\.tf(\.json)?$/, '.tofu$1'));
    const hidden = files.filter(isHidden);
    const loaded = files.filter((name) => !isHidden(name));
    const variables = names.filter((name) => /\.tfvars(\.json)?$/.test(name) && !name.startsWith('.'));
    const automatic = variables.filter((name) => /\.auto\.tfvars(\.json)?$/.test(name));
    const own = ['terraform.tfvars', 'terraform.tfvars.json'].filter((name) => variables.includes(name));
    return {
      primary: loaded.filter((name) => !isOverride(name)),
      overrides: loaded.filter(isOverride),
      hidden,
      variableFiles: [...own, ...automatic],
      spareVariableFiles: variables.filter((name) => !own.includes(name) && !automatic.includes(name)),
      hasDataFolder: read.value.some(({ name, kind }) => name === this.dataFolder && kind === 'folder'),
    };
  }

  hasConfiguration(folder: string): boolean {
    const listing = this.listing(folder);
    return listing !== undefined && listing.primary.length + listing.overrides.length > 0;
  }

  /** The module in a folder; undefined where there is no configuration. */
  module(folder: string, isExternal = false): ModuleConfiguration | undefined {
    if (!this.#modules.has(folder)) this.#modules.set(folder, this.#build(folder, isExternal));
    return this.#modules.get(folder);
  }

  /**
   * What a folder calls, and whether it has providers and a backend: of its files only those are parsed whose text may hold
   * such blocks. The rest of the module is perhaps left out.
   */
  outline(folder: string): ModuleConfiguration | undefined {
    const listing = this.listing(folder);
    if (listing === undefined || this.#modules.has(folder) || listing.overrides.length > 0) return this.module(folder);
    const known = this.#outlines.get(folder);
    if (known !== undefined) return known;
    const paths = listing.primary.map((name) => joinPath(folder, name));
    if (paths.length === 0 || paths.some((path) => path.endsWith('.json'))) return this.module(folder);
    const telling = paths.filter((path) => OUTLINE.test(this.#source(path, false)?.text ?? ''));
    const primary = telling.map((path) => this.file(path));
    const outline = buildModule({ folder, isExternal: false, primary, overrides: [], report: () => undefined });
    this.#outlines.set(folder, outline);
    return outline;
  }

  #build(folder: string, isExternal: boolean): ModuleConfiguration | undefined {
    const listing = this.listing(folder);
    if (listing === undefined || listing.primary.length + listing.overrides.length === 0) return undefined;
    const isAgain = this.#built.has(folder);
    this.#built.add(folder);
    for (const name of isAgain ? [] : listing.hidden) {
      const path = joinPath(folder, name);
      this.diagnostics.push({
        code: 'terraform-file-hidden',
        message: `"${path}" is not loaded: a .tofu file of the same name takes its place.`,
        path,
      });
    }
    const parse = (names: readonly string[]) => names.map((name) => this.file(joinPath(folder, name), isExternal));
    const primary = parse(listing.primary);
    const overrides = parse(listing.overrides);
    return buildModule({
      folder,
      isExternal,
      primary,
      overrides,
      report: (diagnostic) => {
        if (!isAgain) this.diagnostics.push(diagnostic);
      },
    });
  }
}

/** Terraform leaves out hidden files and what editors leave behind. */
function isLoaded(name: string): boolean {
  return !name.startsWith('.') && !name.endsWith('~') && !(name.startsWith('#') && name.endsWith('#'));
}

function isOverride(name: string): boolean {
  const stem = name.replace(/\.(tf|tofu)(\.json)?$/, '');
  return stem === 'override' || stem.endsWith('_override');
}

/** The first byte that no text can have there. */
function firstInvalidByte(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isBeginning(bytes.subarray(0, middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}

function isBeginning(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
