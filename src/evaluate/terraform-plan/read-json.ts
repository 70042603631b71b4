import type { ProviderSchemas } from '../../schemas/schema.js';
import type { SourceFile } from '../../source/source-file.js';
import { JsonOutline, Members, type OutlineDepth } from './json-outline.js';
import { JsonReading } from './json-reading.js';
import { readPlanJson } from './plan-json.js';
import type { PlanKind, PlanResult } from './result.js';
import { readStateFile } from './state-file.js';
import { readStateJson } from './state-json.js';

/** What is looked into of a plan. */
const DEPTH: OutlineDepth = { resource_changes: [{ change: {} }] };

/** A plan or a state as text. */
export function readJson(input: {
  readonly source: SourceFile;
  readonly schemas: ProviderSchemas;
  readonly root?: string | undefined;
  readonly expected?: PlanKind | undefined;
}): PlanResult {
  const { source, schemas, root, expected } = input;
  const outline = new JsonOutline(source.text);
  const start = source.text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const members = outline.members(start, DEPTH);
  const isWhole = outline.isAtEnd;
  const isExpected = expected !== undefined && expected !== 'terraform-state' && !isState(members);
  const kind: PlanKind = isExpected || isPlan(members, source.text) ? 'terraform-plan' : 'terraform-state';
  const isStateFile = members?.has('format_version') !== true && members?.has('version') === true;
  const reading = new JsonReading({
    source,
    schemas,
    root,
    kind,
    isStateFile,
    members: members ?? new Members(),
    outline,
  });
  if (members === undefined) {
    const { message = 'The text is no JSON object.', at = 0 } = outline.problem ?? {};
    reading.report(`"${source.path}" cannot be read: ${lowerFirst(message)}`, { start: at, end: at });
    return reading.result(undefined);
  }
  if (!isWhole) reading.report(`After the JSON in "${source.path}" comes something else, which is not read.`);
  if (kind === 'terraform-plan') readPlanJson(reading);
  else if (isStateFile) readStateFile(reading);
  else readStateJson(reading);
  return reading.result(reading.plain('terraform_version'));
}

function isPlan(members: Members | undefined, text: string): boolean {
  if (members !== undefined) return members.has('planned_values') || members.has('resource_changes');
  // A text that was cut off may have lost either.
  return /"(?:planned_values|resource_changes)"\s*:/.test(text.slice(0, 1_000_000));
}

function isState(members: Members | undefined): boolean {
  return members !== undefined && (members.has('values') || members.has('lineage') || members.has('resources'));
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
