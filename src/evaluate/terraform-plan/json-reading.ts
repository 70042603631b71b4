import type { RawResource } from '../../model/raw-resource.js';
import { SecretNotes } from '../../model/secret-notes.js';
import type { ProviderSchemas } from '../../schemas/schema.js';
import type { Diagnostic } from '../../source/diagnostic.js';
import { folderOf } from '../../source/paths.js';
import type { SourceFile } from '../../source/source-file.js';
import type { JsonOutline, Stretch } from './json-outline.js';
import { type Plain, parsePlain } from './plain.js';
import type { PlanResult } from './result.js';

/** What is made of a JSON text: resources and secrets are gathered, and all that is wrong with it. */
export class JsonReading {
  readonly resources: RawResource[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly secrets = new SecretNotes();
  readonly unknowns = new Map<string, Plain>();
  readonly written = new Map<string, Plain>();
  readonly outline: JsonOutline;
  readonly root: string;

  constructor(
    readonly source: SourceFile,
    readonly schemas: ProviderSchemas,
    root: string | undefined,
    readonly kind: 'terraform-plan' | 'terraform-state',
    readonly members: ReadonlyMap<string, Stretch>,
    outline: JsonOutline,
  ) {
    this.outline = outline;
    this.root = root ?? (folderOf(source.path) || '.');
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
    const value = parsePlain(this.source.text, start, end);
    if (value === undefined) this.report('The text is no JSON here.', { start, end: Math.min(end, start + 1) });
    return value;
  }

  report(message: string, { start, end }: Stretch = { start: 0, end: 0 }): void {
    this.diagnostics.push({ code: this.code, message, range: { file: this.source, start, end } });
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
      unknowns: this.unknowns,
      written: this.written,
    };
  }
}
