import type { RawResource } from '../../model/raw-resource.js';
import { SecretNotes } from '../../model/secret-notes.js';
import type { ProviderSchemas } from '../../schemas/schema.js';
import type { Diagnostic } from '../../source/diagnostic.js';
import { folderOf } from '../../source/paths.js';
import type { SourceFile } from '../../source/source-file.js';
import type { JsonNode } from '../../syntax/json/ast.js';
import { maxJsonDepth, parseJson } from '../../syntax/json/parse-json.js';
import { keyText } from './addresses.js';
import type { JsonOutline, Members, Stretch } from './json-outline.js';
import { type Plain, parsePlain } from './plain.js';
import type { PlanContext, ResourceIdentity } from './planned.js';
import type { PlanResult } from './result.js';

/** What is made of a JSON text: resources and secrets are gathered, and all that is wrong with it. */
export class JsonReading implements PlanContext {
  resources: readonly RawResource[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly secrets = new SecretNotes();
  /** Address → where it says what is not known. */
  readonly unknowns = new Map<string, Stretch>();
  readonly written = new Map<string, Plain>();
  readonly hasPlaces = true;
  readonly wrapsDynamic: boolean;
  readonly source: SourceFile;
  readonly schemas: ProviderSchemas;
  readonly root: string;
  readonly kind: 'terraform-plan' | 'terraform-state';
  readonly outline: JsonOutline;
  /** The top-level members. */
  readonly members: Members;
  readonly #deepPlaces = new Set<number>();

  constructor(of: {
    readonly source: SourceFile;
    readonly schemas: ProviderSchemas;
    readonly root: string | undefined;
    readonly kind: 'terraform-plan' | 'terraform-state';
    readonly isStateFile: boolean;
    readonly outline: JsonOutline;
    readonly members: Members;
  }) {
    this.source = of.source;
    this.schemas = of.schemas;
    this.root = of.root ?? (folderOf(of.source.path) || '.');
    this.kind = of.kind;
    this.wrapsDynamic = of.isStateFile;
    this.outline = of.outline;
    this.members = of.members;
  }

  get code(): 'plan-invalid' | 'state-invalid' {
    return this.kind === 'terraform-plan' ? 'plan-invalid' : 'state-invalid';
  }

  /** A top-level member as plain data. */
  plain(name: string): Plain {
    const stretch = this.members.get(name);
    return stretch === undefined ? undefined : this.parse(stretch);
  }

  parse({ start, end }: Stretch): Plain {
    if (this.isTooDeep({ start, end })) return undefined;
    const value = parsePlain(this.source.text, start, end);
    if (value === undefined) this.report('The text is no JSON here.', { start, end: Math.min(end, start + 1) });
    return value;
  }

  report(message: string, { start, end }: Stretch = { start: 0, end: 0 }): void {
    this.diagnostics.push({ code: this.code, message, range: { file: this.source, start, end } });
  }

  /** SAFETY: whether a part goes deeper than what reads it may recurse. That is reported. */
  isTooDeep(stretch: Stretch): boolean {
    const at = this.outline.deepest(stretch);
    if (at === undefined) return false;
    if (this.#deepPlaces.has(at)) return true;
    this.#deepPlaces.add(at);
    this.reportLimit(`"${this.source.path}" is nested more than ${maxJsonDepth} deep; that part is not read.`, at);
    return true;
  }

  reportLimit(message: string, at: number): void {
    this.diagnostics.push({
      code: 'limit-reached',
      message,
      range: { file: this.source, start: at, end: at + 1 },
    });
  }

  reportBroken({ start, end }: Stretch): void {
    const what = this.kind === 'terraform-plan' ? 'A change of the plan' : 'A resource of the state';
    this.report(`${what} "${this.source.path}" cannot be read; the others are.`, {
      start,
      end: Math.min(end, start + 1),
    });
  }

  result(terraformVersion: Plain): PlanResult {
    return {
      kind: this.kind,
      root: this.root,
      terraformVersion: typeof terraformVersion === 'string' ? terraformVersion : undefined,
      resources: this.resources,
      unreadModules: [],
      comments: [],
      diagnostics: this.diagnostics,
      files: [this.source],
      secrets: this.secrets.secrets(),
      unknownOf: (address) => plainOf(this, this.unknowns.get(address)),
      written: this.written,
    };
  }
}

/** Every element of an array; what is wrong in it is reported, and the others are read. */
export function elementsOf(reading: JsonReading, stretch: Stretch | undefined): readonly Stretch[] {
  if (stretch === undefined) return [];
  return reading.outline.elements(stretch.start) ?? [];
}

export function readIdentity(reading: JsonReading, members: Members): ResourceIdentity | undefined {
  const text = (name: string) => plainOf(reading, members.get(name));
  const [address, module = '', type, name] = [text('address'), text('module_address'), text('type'), text('name')];
  if (typeof address !== 'string' || typeof type !== 'string' || typeof name !== 'string' || typeof module !== 'string')
    return undefined;
  const mode = text('mode') === 'data' ? 'data' : 'managed';
  return { address, module, mode, type, name, key: keyText(text('index')) };
}

export function plainOf(reading: JsonReading, stretch: Stretch | undefined): Plain {
  if (stretch === undefined) return undefined;
  const { start, end } = stretch;
  const { source } = reading;
  // Most texts have no escapes, and are as they stand.
  if (source.text[start] === '"') {
    const text = source.text.slice(start + 1, end - 1);
    if (!text.includes('\\')) return text;
  }
  if (reading.isTooDeep(stretch)) return undefined;
  return parsePlain(source.text, start, end);
}

export function nodeOf({ source }: JsonReading, stretch: Stretch | undefined): JsonNode | undefined {
  return stretch === undefined ? undefined : parseJson(source, stretch).root;
}
