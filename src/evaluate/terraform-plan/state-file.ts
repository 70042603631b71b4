import { keyText } from './addresses.js';
import { buildResources } from './build-resources.js';
import type { Stretch } from './json-outline.js';
import { elementsOf, type JsonReading, nodeOf, plainOf } from './json-reading.js';
import { entriesOf, listOf, memberOf, type Plain, textOf } from './plain.js';
import type { PlannedResource, ResourceContent } from './planned.js';
import { noteAll, noteResource } from './secrets.js';
import { type PathStep, toMask } from './sensitive-paths.js';

/** The version of state files since Terraform 0.12. */
const STATE_VERSION = 4;

/** A state as Terraform stores it, `terraform.tfstate`. */
export function readStateFile(reading: JsonReading): void {
  reading.resources = buildResources(
    reading,
    readInstances(reading, () => true),
  );
}

/** The resources of a state file; those that are not wanted only for their secrets. */
export function readInstances(
  reading: JsonReading,
  isWanted: (mode: 'managed' | 'data') => boolean,
): PlannedResource[] {
  const { source, members } = reading;
  const version = reading.plain('version');
  const resources = members.get('resources');
  if (version !== STATE_VERSION) {
    const message = `The state "${source.path}" has the version ${JSON.stringify(version)}; this release reads version ${STATE_VERSION}.`;
    reading.report(message, members.get('version'));
    return [];
  }
  if (resources !== undefined && source.text[resources.start] !== '[') {
    reading.report(`"${source.path}" looks like a state and is none: its resources cannot be read.`, resources);
    return [];
  }
  for (const [, output] of entriesOf(reading.plain('outputs'))) {
    if (memberOf(output, 'sensitive') === true) noteAll(memberOf(output, 'value'), reading.secrets);
  }
  return elementsOf(reading, resources).flatMap((stretch) => {
    const found = readResource(reading, stretch);
    return found.filter(({ mode }) => isWanted(mode));
  });
}

interface Declared {
  readonly group: string;
  readonly module: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly providerKey: string | undefined;
}

function readResource(reading: JsonReading, range: Stretch): PlannedResource[] {
  const members = reading.outline.members(range.start);
  const text = (name: string) => textOf(plainOf(reading, members?.get(name)));
  const [type, name, module = ''] = [text('type'), text('name'), text('module')];
  const instances = members?.get('instances');
  if (type === undefined || name === undefined || instances === undefined) {
    reading.reportBroken(range);
    return [];
  }
  const mode = text('mode') === 'data' ? 'data' : 'managed';
  const own = `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
  const declared: Declared = {
    group: module === '' ? own : `${module}.${own}`,
    module,
    mode,
    type,
    name,
    providerKey: providerKey(text('provider')),
  };
  return elementsOf(reading, instances).flatMap((stretch) => readInstance(reading, declared, stretch));
}

function readInstance(reading: JsonReading, declared: Declared, range: Stretch): PlannedResource[] {
  if (reading.isTooDeep(range)) return [];
  const members = reading.outline.members(range.start);
  const attributes = members?.get('attributes');
  const node = nodeOf(reading, attributes);
  if (members === undefined || (attributes !== undefined && node?.kind !== 'object')) {
    reading.reportBroken(range);
    return [];
  }
  const { group, module, mode, type, name } = declared;
  const key = keyText(plainOf(reading, members.get('index_key')));
  const paths = listOf(plainOf(reading, members.get('sensitive_attributes'))).map(pathOf);
  const content: ResourceContent = { node, unknown: undefined, sensitive: toMask(paths) };
  if (members.has('deposed')) {
    // It is waiting to be destroyed; its secrets are still some.
    noteResource({ reading, type, mode, node, mask: content.sensitive });
    return [];
  }
  return [
    {
      address: `${group}${key}`,
      module,
      mode,
      type,
      name,
      key,
      range,
      read: () => content,
      providerKey: declared.providerKey,
    },
  ];
}

/** `[{ "type": "get_attr", "value": "input" }, { "type": "index", "value": { "value": 1, "type": "number" } }]`. */
function pathOf(plain: Plain): PathStep[] {
  return listOf(plain).flatMap((step): PathStep[] => {
    const value = memberOf(step, 'value');
    const own = typeof value === 'string' ? value : memberOf(value, 'value');
    return typeof own === 'string' || typeof own === 'number' ? [own] : [];
  });
}

const PROVIDER = /^(?:(.+)\.)?provider\["(?:[^"]*\/)?([^"/]+)"\](?:\.(.+))?$/;

/** `provider["registry.terraform.io/hashicorp/aws"].west` → `aws.west`. */
export function providerKey(text: string | undefined): string | undefined {
  const found = PROVIDER.exec(text ?? '');
  if (found === null) return undefined;
  const [, module, name = '', alias] = found;
  const own = alias === undefined ? name : `${name}.${alias}`;
  return module === undefined ? own : `${module}:${own}`;
}
