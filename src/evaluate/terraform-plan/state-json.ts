import { buildResources } from './build-resources.js';
import type { Stretch } from './json-outline.js';
import { elementsOf, type JsonReading, nodeOf, plainOf, readIdentity } from './json-reading.js';
import { entriesOf, memberOf } from './plain.js';
import type { PlannedResource, ResourceContent } from './planned.js';
import { noteAll, noteMarked } from './secrets.js';
import { isKnownFormat } from './versions.js';

/** The JSON that `terraform show -json` prints of a state. */
export function readStateJson(reading: JsonReading): void {
  const { source, members, outline } = reading;
  const version = reading.plain('format_version');
  if (!isKnownFormat(version)) {
    const found = typeof version === 'string' ? `has the format "${version}"` : 'has no "format_version"';
    reading.report(
      `The state "${source.path}" ${found}, which this release does not know.`,
      members.get('format_version'),
    );
    return;
  }
  const stretch = members.get('values');
  const values = outline.members(stretch?.start ?? -1);
  if (stretch !== undefined && values === undefined) {
    reading.report(`"${source.path}" looks like a state and is none: its values cannot be read.`, stretch);
    return;
  }
  for (const [, output] of entriesOf(plainOf(reading, values?.get('outputs')))) {
    if (memberOf(output, 'sensitive') === true) noteAll(memberOf(output, 'value'), reading.secrets);
  }
  const root = values?.get('root_module');
  const found = root === undefined ? [] : readStateModule(reading, root, '', () => true);
  reading.resources = buildResources(reading, found);
}

/** SAFETY: how deep modules of a state may lie in each other. */
const maxModuleDepth = 100;

/** The resources of a module in a state as `terraform show -json` prints it, and of those below it. */
export function readStateModule(
  reading: JsonReading,
  module: Stretch,
  address: string,
  isWanted: (mode: 'managed' | 'data') => boolean,
  depth = 0,
): PlannedResource[] {
  if (depth > maxModuleDepth) {
    reading.reportLimit(
      `Modules of "${reading.source.path}" below ${maxModuleDepth} others are not read.`,
      module.start,
    );
    return [];
  }
  const members = reading.outline.members(module.start);
  if (members === undefined) return [];
  const own = elementsOf(reading, members.get('resources')).flatMap((stretch) => {
    const resource = readStateResource(reading, stretch, address, isWanted);
    return resource === undefined ? [] : [resource];
  });
  const inner = elementsOf(reading, members.get('child_modules')).flatMap((stretch) => {
    const child = plainOf(reading, reading.outline.members(stretch.start)?.get('address'));
    return readStateModule(reading, stretch, typeof child === 'string' ? child : address, isWanted, depth + 1);
  });
  return [...own, ...inner];
}

function readStateResource(
  reading: JsonReading,
  range: Stretch,
  module: string,
  isWanted: (mode: 'managed' | 'data') => boolean,
): PlannedResource | undefined {
  if (reading.isTooDeep(range)) return undefined;
  const members = reading.outline.members(range.start);
  const identity = members === undefined ? undefined : readIdentity(reading, members);
  if (members === undefined || identity === undefined) {
    reading.report(`A resource of "${reading.source.path}" cannot be read; the others are.`, {
      start: range.start,
      end: range.start + 1,
    });
    return undefined;
  }
  if (members.has('deposed_key')) return undefined;
  const [values, marks] = [members.get('values'), members.get('sensitive_values')];
  if (!isWanted(identity.mode)) {
    noteMarked({ reading, type: identity.type, mode: identity.mode, value: values, marks });
    return undefined;
  }
  const node = nodeOf(reading, values);
  if (values !== undefined && node?.kind !== 'object') {
    reading.reportBroken(range);
    return undefined;
  }
  const content: ResourceContent = { node, unknown: undefined, sensitive: plainOf(reading, marks) };
  return { ...identity, module, range, read: () => content };
}
