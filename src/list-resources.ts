import { matchesGlob } from './findings/glob.js';
import type { RawResource } from './model/raw-resource.js';
import type { Resource } from './model/resource.js';
import type { Value } from './model/value.js';
import type { ProjectOptions } from './project.js';
import { openProject } from './project.js';
import type { ReadingOptions } from './read-project.js';
import { readProject } from './read-project.js';
import type { ListedResource, ResourcesInput } from './report/resources.js';
import { sensitiveTexts } from './sensitive-texts.js';
import { severityOf } from './source/diagnostic.js';
import { relativePath } from './source/paths.js';
import { walkProject } from './walk.js';

export interface ListOptions extends ProjectOptions, ReadingOptions {
  /** Globs of addresses. */
  readonly addresses: readonly string[];
  /** Native types and shapes, before anything is folded or defaulted. */
  readonly isRaw: boolean;
}

export interface ResourceListing {
  readonly input: ResourcesInput;
  readonly exitCode: 0 | 3;
}

/** The graph as policies see it, or the resources as their language has them. Throws `UsageError`. */
export function listResources(options: ListOptions): ResourceListing {
  const project = openProject(options);
  const reading = readProject(project, walkProject(project), options);
  const isWanted = (address: string) =>
    options.addresses.length === 0 || options.addresses.some((glob) => matchesGlob(glob, address));
  const listed = options.isRaw
    ? reading.terraform.resources.map(fromRaw)
    : [...reading.graph.resources.values()].flatMap(fromGraph);
  return {
    input: {
      projectRoot: relativePath(project.workingDirectory, ''),
      workingDirectory: project.workingDirectory,
      repositoryRoot: '',
      secrets: sensitiveTexts(reading.graph, options.environment),
      roots: reading.terraform.roots.map(({ root, modules }) => ({ root, modules })),
      resources: listed.filter(({ address }) => isWanted(address)),
    },
    exitCode: reading.diagnostics.some(({ code }) => severityOf(code) === 'error') ? 3 : 0,
  };
}

function fromRaw(raw: RawResource): ListedResource {
  const { root, address, type, language, mode } = raw;
  return {
    root,
    address,
    type,
    language,
    mode,
    existence: raw.existence.kind,
    location: raw.header,
    members: [],
    ...plain(raw.values),
  };
}

/** Scopes are not written anywhere: they are no resources of the code. */
function fromGraph(resource: Resource): ListedResource[] {
  if (resource.presence === 'scope') return [];
  const { root, address, type, language, mode } = resource;
  const members = resource.members.map(({ address: own, header }) => ({ address: own, location: header }));
  const location = resource.header ?? resource.members[0]?.header ?? null;
  return [
    {
      root,
      address,
      type,
      language,
      mode,
      existence: resource.existence.kind,
      location,
      members,
      ...plain(resource.values),
    },
  ];
}

type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain };

/** Known leaves as JSON has them; unknown ones are listed by path. Sensitive ones are masked. */
function plain(value: Value): Pick<ListedResource, 'values' | 'unknowns'> {
  const unknowns: { path: string; reason: string; subject: string | null }[] = [];
  const visit = (current: Value, path: string, isInside: boolean): Plain | undefined => {
    const isSensitive = isInside || current.sensitive === true;
    switch (current.kind) {
      case 'unknown':
        unknowns.push({ path, reason: current.reason, subject: current.subject ?? null });
        return undefined;
      case 'object': {
        const entries = [...current.entries].flatMap(([key, entry]) => {
          const inner = visit(entry, path === '' ? key : `${path}.${key}`, isSensitive);
          return inner === undefined ? [] : [[key, inner] as const];
        });
        if (current.rest !== undefined)
          unknowns.push({ path: `${path}[*]`, reason: current.rest.reason, subject: current.rest.subject ?? null });
        return Object.fromEntries(entries);
      }
      case 'list': {
        const elements = current.elements.map(
          (element, index) => visit(element, `${path}[${index}]`, isSensitive) ?? null,
        );
        if (current.rest !== undefined)
          unknowns.push({ path: `${path}[*]`, reason: current.rest.reason, subject: current.rest.subject ?? null });
        return elements;
      }
      case 'null':
        return null;
      default:
        return isSensitive ? '(sensitive)' : current.value;
    }
  };
  const values = visit(value, '', false);
  return { values: typeof values === 'object' && values !== null && !Array.isArray(values) ? values : {}, unknowns };
}
