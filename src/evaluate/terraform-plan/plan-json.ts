import { buildResources } from './build-resources.js';
import { toConfiguration } from './configuration.js';
import type { Stretch } from './json-outline.js';
import { elementsOf, type JsonReading, nodeOf, plainOf, readIdentity } from './json-reading.js';
import type { PlannedResource, ResourceContent } from './planned.js';
import { noteConfiguration, noteMarked, noteOutputs, noteVariables } from './secrets.js';
import { readStateModule } from './state-json.js';
import { isKnownFormat } from './versions.js';

/** The JSON of a plan: what exists after the run, from `resource_changes`, and the data sources that were read. */
export function readPlanJson(reading: JsonReading): void {
  if (!isReadable(reading)) return;
  const configuration = toConfiguration(reading.plain('configuration'));
  const variables = reading.plain('variables');
  const planned = [...readDataSources(reading), ...readChanges(reading)];
  noteVariables(configuration.root, variables, reading.secrets);
  noteConfiguration(configuration, reading.schemas, reading.secrets);
  noteOutputs(reading.plain('output_changes'), reading.secrets);
  noteMarkedIn(reading, 'resource_drift');
  reading.resources = buildResources(reading, planned, { configuration, variables });
}

function isReadable(reading: JsonReading): boolean {
  const { source, members, outline } = reading;
  const version = reading.plain('format_version');
  if (!isKnownFormat(version)) {
    const found = typeof version === 'string' ? `has the format "${version}"` : 'has no "format_version"';
    reading.report(
      `The plan "${source.path}" ${found}, which this release does not know.`,
      members.get('format_version'),
    );
    return false;
  }
  const changes = members.get('resource_changes');
  const values = members.get('planned_values');
  const isShaped =
    (changes === undefined || source.text[changes.start] === '[') &&
    (values === undefined || source.text[values.start] === '{');
  if (!isShaped || (changes === undefined && outline.members(values?.start ?? 0) === undefined)) {
    reading.report(`"${source.path}" looks like a plan and is none: what it plans cannot be read.`, changes ?? values);
    return false;
  }
  if (reading.plain('errored') === true)
    reading.report(`The plan "${source.path}" is of a run that failed: what is not in it is not judged.`);
  else if (reading.plain('complete') === false)
    reading.report(
      `The plan "${source.path}" is incomplete (-target, or changes that wait for others): what is not in it is not judged.`,
    );
  return true;
}

function readChanges(reading: JsonReading): PlannedResource[] {
  return elementsOf(reading, reading.members.get('resource_changes')).flatMap((stretch) => {
    const planned = readChange(reading, stretch);
    if (planned !== 'broken') return planned === undefined ? [] : [planned];
    reading.reportBroken(stretch);
    return [];
  });
}

/** Undefined for what is not there after the run. */
function readChange(reading: JsonReading, range: Stretch): PlannedResource | 'broken' | undefined {
  if (reading.isTooDeep(range)) return undefined;
  const members = reading.outline.members(range.start);
  const change = members?.get('change');
  const parts = change === undefined ? undefined : reading.outline.members(change.start);
  const identity = members === undefined ? undefined : readIdentity(reading, members);
  if (members === undefined || parts === undefined || identity === undefined) return 'broken';
  noteMarked({
    reading,
    type: identity.type,
    mode: identity.mode,
    value: parts.get('before'),
    marks: parts.get('before_sensitive'),
  });
  const actions = plainOf(reading, parts.get('actions'));
  if (!Array.isArray(actions)) return 'broken';
  if (members.has('deposed') || actions.every((action) => action === 'delete' || action === 'forget')) return undefined;
  const [after, unknown, sensitive] = ['after', 'after_unknown', 'after_sensitive'].map((name) => parts.get(name));
  if (unknown !== undefined) reading.unknowns.set(identity.address, unknown);
  return { ...identity, range, read: () => readContent(reading, after, unknown, sensitive) };
}

function readContent(
  reading: JsonReading,
  values: Stretch | undefined,
  unknown: Stretch | undefined,
  sensitive: Stretch | undefined,
): ResourceContent | undefined {
  const node = nodeOf(reading, values);
  const isReadable = values === undefined || node?.kind === 'object' || node?.kind === 'null';
  if (!isReadable) return undefined;
  // Most have no secret.
  const isMarked =
    sensitive !== undefined && reading.source.text.slice(sensitive.start, sensitive.end).includes('true');
  return { node, unknown: plainOf(reading, unknown), sensitive: isMarked ? plainOf(reading, sensitive) : undefined };
}

/** Data sources that were read before the plan was made. */
function readDataSources(reading: JsonReading): PlannedResource[] {
  const { outline } = reading;
  const values = outline.members(reading.members.get('prior_state')?.start ?? -1)?.get('values');
  const root = outline.members(values?.start ?? -1)?.get('root_module');
  return root === undefined ? [] : readStateModule(reading, root, '', (mode) => mode === 'data');
}

function noteMarkedIn(reading: JsonReading, member: string): void {
  for (const stretch of elementsOf(reading, reading.members.get(member))) {
    if (reading.isTooDeep(stretch)) continue;
    const members = reading.outline.members(stretch.start);
    const parts = reading.outline.members(members?.get('change')?.start ?? -1);
    const identity = members === undefined ? undefined : readIdentity(reading, members);
    if (parts === undefined || identity === undefined) continue;
    const { type, mode } = identity;
    noteMarked({ reading, type, mode, value: parts.get('before'), marks: parts.get('before_sensitive') });
    noteMarked({ reading, type, mode, value: parts.get('after'), marks: parts.get('after_sensitive') });
  }
}
