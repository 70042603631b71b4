import type { RawResource } from '../../model/raw-resource.js';
import { SecretNotes } from '../../model/secret-notes.js';
import type { ProviderSchemas } from '../../schemas/schema.js';
import type { Diagnostic } from '../../source/diagnostic.js';
import { folderOf } from '../../source/paths.js';
import type { SourceFile } from '../../source/source-file.js';
import { JsonOutline, type Stretch } from './json-outline.js';
import { type Plain, parsePlain } from './plain.js';
import { readPlanJson } from './plan-json.js';
import type { PlanKind, PlanResult } from './result.js';
import { readStateJson } from './state-json.js';

/** What is made of a JSON text: resources and secrets are gathered, and all that is wrong with it. */
export class JsonReading {
  readonly resources: RawResource[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly secrets = new SecretNotes();
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
    };
  }
}

/** A plan or a state as text. */
export function readJson(input: {
  readonly source: SourceFile;
  readonly schemas: ProviderSchemas;
  readonly root?: string | undefined;
}): PlanResult {
  const { source, schemas, root } = input;
  const outline = new JsonOutline(source.text);
  const start = source.text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const members = outline.members(start);
  const kind: PlanKind = isPlan(members, source.text) ? 'terraform-plan' : 'terraform-state';
  const reading = new JsonReading(source, schemas, root, kind, members ?? new Map(), outline);
  if (members === undefined) {
    const { message = 'The text is no JSON object.', at = 0 } = outline.problem ?? {};
    reading.report(`"${source.path}" cannot be read: ${lowerFirst(message)}`, { start: at, end: at });
    return reading.result(undefined);
  }
  if (kind === 'terraform-plan') readPlanJson(reading);
  else readStateJson(reading);
  return reading.result(reading.plain('terraform_version'));
}

function isPlan(members: ReadonlyMap<string, Stretch> | undefined, text: string): boolean {
  if (members !== undefined) return members.has('planned_values') || members.has('resource_changes');
  // A text that was cut off may have lost either.
  return /"(?:planned_values|resource_changes)"\s*:/.test(text.slice(0, 1_000_000));
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
