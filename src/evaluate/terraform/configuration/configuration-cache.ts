import type { Diagnostic } from '../../../source/diagnostic.js';
import type { FileSystem } from '../../../source/file-system.js';
import { joinPath } from '../../../source/paths.js';
import type { SourceFile } from '../../../source/source-file.js';
import type { HclFile } from '../../../syntax/hcl/ast.js';
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

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads and parses every file once, however many roots and calls lead to it. Keeps the diagnostics of what was read. */
export class ConfigurationCache {
  readonly diagnostics: Diagnostic[] = [];
  /** What evaluation read of declarations. */
  readonly bodies = new WeakMap<Declaration, PlacedBody>();
  readonly #files = new Map<string, HclFile | undefined>();
  readonly #listings = new Map<string, FolderListing | undefined>();
  readonly #modules = new Map<string, ModuleConfiguration | undefined>();

  constructor(
    readonly fileSystem: FileSystem,
    readonly dataFolder: string = '.terraform',
  ) {}

  /** Every file that was read and parsed, in the order of reading. */
  parsedFiles(): HclFile[] {
    return [...this.#files.values()].filter((file) => file !== undefined);
  }

  /** A parsed file; undefined, with a diagnostic, where it cannot be read. */
  file(path: string, isExternal = false): HclFile | undefined {
    if (this.#files.has(path)) return this.#files.get(path);
    const source = this.#read(path, isExternal);
    const file = source === undefined ? undefined : parseHcl(source);
    // Texts of JSON variable files are no templates, so they are no wrong ones.
    const isLiteral = path.endsWith('.tfvars.json');
    for (const diagnostic of file?.diagnostics ?? [])
      if (!isLiteral || !diagnostic.code.startsWith('hcl-')) this.diagnostics.push(diagnostic);
    this.#files.set(path, file);
    return file;
  }

  #read(path: string, isExternal: boolean): SourceFile | undefined {
    const read = this.fileSystem.readFile(path);
    if (!read.ok) {
      const code =
        read.failure === 'too-large'
          ? 'file-too-large'
          : read.failure === 'outside'
            ? 'file-outside-root'
            : 'file-unreadable';
      this.diagnostics.push({ code, message: `"${path}" cannot be read (${read.failure}).`, path });
      return undefined;
    }
    try {
      const text = decoder.decode(read.value);
      return isExternal ? { path, text, external: true } : { path, text };
    } catch {
      const at = firstInvalidByte(read.value);
      this.diagnostics.push({
        code: 'file-not-utf8',
        message: `"${path}" is not UTF-8: byte ${at} is not valid.`,
        path,
      });
      return undefined;
    }
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

  #build(folder: string, isExternal: boolean): ModuleConfiguration | undefined {
    const listing = this.listing(folder);
    if (listing === undefined || listing.primary.length + listing.overrides.length === 0) return undefined;
    for (const name of listing.hidden) {
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
      report: (diagnostic) => this.diagnostics.push(diagnostic),
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
