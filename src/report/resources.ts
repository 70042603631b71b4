import type { ReportInput } from '../findings/report-input.js';
import type { ListedResource, ListedUnknown, PlainValue } from '../findings/resource-listing.js';
import { withoutSharedModule } from './addresses.js';
import { toJsonRange, toLinePlace } from './display-path.js';
import { type Mask, maskUnknown, toMask } from './mask.js';
import { clean, count, padTo, type Style, type TextOptions, toStyle, widthOf, wrap } from './terminal-text.js';

/** What `trueline resources` shows. */
export interface ResourcesInput
  extends Pick<ReportInput, 'projectRoot' | 'workingDirectory' | 'repositoryRoot' | 'secrets'> {
  readonly roots: readonly { readonly root: string; readonly modules: number }[];
  /** In the order of root and address. */
  readonly resources: readonly ListedResource[];
}

const PLACE_COLUMN = 46;
const MAX_PATHS = 6;

/** The resources of each root: place, companions, and what is unknown and why. Instances of one block are one entry. */
export function renderResources(input: ResourcesInput, options: TextOptions): string {
  const style = toStyle(options);
  const byRoot = new Map<string, ListedResource[]>();
  for (const resource of maskResources(input)) {
    const listed = byRoot.get(resource.root);
    if (listed === undefined) byRoot.set(resource.root, [resource]);
    else listed.push(resource);
  }
  const blocks = [...byRoot].map(([root, resources]) => {
    const modules = input.roots.find((one) => one.root === root)?.modules;
    const unknowns = resources.reduce((sum, resource) => sum + resource.unknowns.length, 0);
    const counts = [
      ...(modules === undefined ? [] : [count(modules, 'module')]),
      count(resources.length, 'resource'),
      `${count(unknowns, 'value')} unknown`,
    ];
    const head = `${style.bold(clean(root))}   ${counts.join(', ')}`;
    return [head, ...mergeInstances(resources).flatMap((group) => renderGroup(group, input, style))];
  });
  if (blocks.length === 0) return 'No resources.\n';
  return blocks.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

/** Instances of one block that do not differ in what is unknown. */
function mergeInstances(resources: readonly ListedResource[]): ListedResource[][] {
  const groups = new Map<string, ListedResource[]>();
  for (const resource of resources) {
    const { location, address } = resource;
    const block = location === null ? address : `${location.file.path}:${location.start}`;
    const key = JSON.stringify([block, resource.unknowns.map(({ path, reason }) => [path, reason])]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [resource]);
    else group.push(resource);
  }
  return [...groups.values()];
}

function renderGroup(group: readonly ListedResource[], input: ResourcesInput, style: Style): string[] {
  const [first] = group;
  if (first === undefined) return [];
  const place = placeOf(first.location, input);
  const more = group.length > 1 ? `   +${group.length - 1} more` : '';
  const perhaps = first.existence === 'unknown' ? '   perhaps' : '';
  const address = `  ${clean(first.address)}`;
  const isOneLine = widthOf(`${address}   ${place}${more}${perhaps}`) <= style.width;
  const line = isOneLine
    ? [
        `${padTo(address, Math.min(PLACE_COLUMN, style.width - widthOf(place) - 1))}${gapAfter(address)}${style.dim(place)}${more}${perhaps}`,
      ]
    : [address, `    ${style.dim(place)}${more}${perhaps}`];
  const members = first.members.map(
    ({ address: member, location }) =>
      `    with ${clean(withoutSharedModule(member, first.address))} (${placeOf(location, input)})`,
  );
  return [...line, ...members, ...renderUnknowns(first.unknowns, style)];
}

function gapAfter(address: string): string {
  return widthOf(address) >= PLACE_COLUMN ? '   ' : '';
}

function placeOf(location: ListedResource['location'], input: ResourcesInput): string {
  if (location === null) return '';
  return clean(toLinePlace(input, location));
}

function renderUnknowns(unknowns: readonly ListedUnknown[], style: Style): string[] {
  const byCause = new Map<string, string[]>();
  for (const { path, reason, subject } of unknowns) {
    const key = `${reason}${subject === null ? '' : `   ${clean(subject)}`}`;
    byCause.set(key, [...(byCause.get(key) ?? []), clean(path)]);
  }
  return [...byCause].flatMap(([cause, paths]) => {
    const more = paths.length > MAX_PATHS ? ` and ${paths.length - MAX_PATHS} more` : '';
    const names = `${paths.slice(0, MAX_PATHS).join(', ')}${more}`;
    return wrap(
      `${padTo(names, 11)}  ${cause}`.replace(/ {2,}/g, (gap) => '\u00a0'.repeat(gap.length)),
      '    unknown  ',
      style.width,
    ).map((line) => line.replaceAll('\u00a0', ' '));
  });
}

/** The JSON form: `{ "resources": […] }`. */
export function renderResourcesJson(input: ResourcesInput): string {
  const resources = maskResources(input).map((resource) => ({
    root: resource.root,
    address: resource.address,
    type: resource.type,
    language: resource.language,
    mode: resource.mode,
    existence: resource.existence,
    location: resource.location === null ? null : toJsonRange(resource.location, input),
    values: resource.values,
    unknowns: resource.unknowns,
  }));
  return `${JSON.stringify({ resources }, null, 2)}\n`;
}

function maskResources({ resources, secrets }: ResourcesInput): ListedResource[] {
  const mask = toMask(secrets);
  return resources.map((resource) => ({
    ...resource,
    address: mask.name(resource.address),
    members: resource.members.map((member) => ({ ...member, address: mask.name(member.address) })),
    values: maskValues(resource.values, mask),
    unknowns: resource.unknowns.map((unknown) => maskUnknown(unknown, mask)),
  }));
}

/** The names of attributes stay, and so do the keys of maps: they were masked where they are known to be keys. */
function maskValues<T extends PlainValue>(value: T, mask: Mask): T;
function maskValues(value: PlainValue, mask: Mask): PlainValue {
  if (typeof value === 'string') return mask.text(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((item) => maskValues(item, mask));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, maskValues(item, mask)]));
}

function isList(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}
