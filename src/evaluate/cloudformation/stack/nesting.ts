import type { ModuleCallStep } from '../../../model/raw-resource.js';
import { unknownValue } from '../../../model/values.js';
import type { DataNode } from '../../../syntax/data/ast.js';
import type { Place } from '../expression/context.js';
import { entryOf, mappingOf, plainMappingOf, scalarText, sequenceOf } from '../expression/nodes.js';
import { locateTemplate, type NestedTemplate } from '../templates/nested-template.js';
import { sectionOf, type Template } from '../templates/template.js';
import { templateInText } from '../templates/written-body.js';
import type { Assumption } from '../terms/assumption.js';
import { makeChoice } from '../terms/choice.js';
import { absentTerm, type SequenceTerm, type Term, throughStep } from '../terms/term.js';
import { knownEnd } from '../terms/text.js';
import { NESTED_TYPES, type ResourceDeclaration, STACK_SET } from './resource-declaration.js';
import type { ResourceHost, StackPlace } from './stack-place.js';

/** SAFETY: how deep stacks are nested. */
const maxDepth = 20;

/** A nested stack before it is made: its template, its place, and what it is given. */
export interface Nesting {
  readonly template: Template;
  readonly place: StackPlace;
  readonly passed: ReadonlyMap<string, () => Term>;
}

/** Reads a property of the resource that a stack is nested as. */
export type PropertyReader = (name: string) => Term | undefined;

/** Where the template of a nested stack is; what is wrong with that is said once. */
export function locateNested(
  host: ResourceHost,
  declaration: ResourceDeclaration,
  read: PropertyReader,
): NestedTemplate {
  const { world, file } = host;
  const location = read(NESTED_TYPES.get(declaration.type) ?? '');
  const end = () => (location === undefined || location.kind === 'choice' ? '' : knownEnd(location));
  const found =
    world.assemblies.nested(file.path, declaration, end) ?? locateTemplate(location, file.path, world.files);
  if (found.kind === 'local' && found.isByName && !fits(host, found.path, declaration)) {
    return { kind: 'remote', source: found.path };
  }
  return found;
}

/** A template that was found by its name alone must declare all that is passed, and need nothing else. */
function fits(host: ResourceHost, path: string, declaration: ResourceDeclaration): boolean {
  const template = host.world.files.template(path);
  const written = writtenParameters(entryOf(declaration.properties, 'Parameters'))?.keys() ?? [];
  if (template === undefined) return false;
  const declared = sectionOf(template.root, 'Parameters');
  const passed = new Set(written);
  if ([...passed].some((name) => !declared.has(name))) return false;
  return [...declared].every(([name, { value }]) => passed.has(name) || entryOf(value, 'Default') !== undefined);
}

/** The nested stack of a resource, where its template is here. */
export function nestingOf(
  host: ResourceHost,
  declaration: ResourceDeclaration,
  assumption: Assumption,
  read: PropertyReader,
): Nesting | undefined {
  const { place, world } = host;
  const body = declaration.type === STACK_SET ? entryOf(declaration.properties, 'TemplateBody') : undefined;
  if (body !== undefined) return nestingOfBody(host, declaration, { assumption, read, body });
  const found = locateNested(host, declaration, read);
  if (found.kind !== 'local') {
    reportUnread(host, declaration, found);
    return undefined;
  }
  const at = { start: declaration.entry.keyStart, end: declaration.entry.keyEnd };
  if (place.templates.includes(found.path) || place.templates.length >= maxDepth) {
    const isRing = place.templates.includes(found.path);
    const problem = isRing ? 'is nested in itself' : 'is nested deeper than Trueline follows';
    host.report(isRing ? 'cfn-nested-not-read' : 'limit-reached', `The template "${found.path}" ${problem}.`, at);
    return undefined;
  }
  const template = world.files.template(found.path);
  if (template === undefined) return undefined;
  const { isByName } = found;
  return {
    template,
    passed: passedTo(host, template, declaration, read),
    place: nestedPlace(host, declaration, { assumption, isByName, path: found.path }),
  };
}

function nestedPlace(
  host: ResourceHost,
  declaration: ResourceDeclaration,
  {
    assumption,
    isByName,
    path,
  }: { readonly assumption: Assumption; readonly isByName: boolean; readonly path: string },
): StackPlace {
  const { place, world } = host;
  return {
    root: place.root,
    prefix: `${place.prefix}${declaration.name}/`,
    calls: [...place.calls, callOf(host, declaration, isByName)],
    assumption,
    existence: host.logic.all([place.existence, declaration.formula]),
    stackName: host.nestedName(declaration.name),
    templates: [...place.templates, path],
    construct: world.assemblies.scopeOf(host.file.path, declaration, place.construct),
  };
}

/** A stack set may have its template written in it. */
function nestingOfBody(
  host: ResourceHost,
  declaration: ResourceDeclaration,
  {
    assumption,
    read,
    body,
  }: { readonly assumption: Assumption; readonly read: PropertyReader; readonly body: DataNode },
): Nesting | undefined {
  const template = host.place.templates.length < maxDepth ? templateInText(body, host.file) : undefined;
  if (template === undefined) {
    const message = `The template in "TemplateBody" of the stack set "${declaration.name}" is not read: it is no template that is written there.`;
    host.report('cfn-nested-not-read', message, body);
    return undefined;
  }
  const passed = passedTo(host, template, declaration, read);
  return {
    template,
    passed,
    place: nestedPlace(host, declaration, { assumption, isByName: false, path: host.file.path }),
  };
}

function reportUnread(
  host: ResourceHost,
  { entry, name }: ResourceDeclaration,
  found: Exclude<NestedTemplate, { readonly kind: 'local' }>,
): void {
  const at = { start: entry.keyStart, end: entry.keyEnd };
  if (found.kind === 'remote') {
    const where = found.source === '' ? '' : ` "${found.source}"`;
    host.report('cfn-nested-not-read', `The template${where} of the nested stack "${name}" is not in the project.`, at);
  } else if (found.kind === 'missing') {
    host.report('cfn-nested-not-read', `The template "${found.path}" of the nested stack "${name}" is not there.`, at);
  } else {
    const message = `The template "${found.path}" of the nested stack "${name}" lies outside the project and is not read.`;
    host.report('file-outside-root', message, at);
  }
}

function callOf(host: ResourceHost, { entry, name }: ResourceDeclaration, isAssumed: boolean): ModuleCallStep {
  const { file } = host;
  return {
    name,
    range: { file, start: entry.keyStart, end: entry.keyEnd },
    block: { file, start: entry.keyStart, end: Math.max(entry.keyEnd, entry.value.end) },
    isExternal: false,
    isAssumed,
  };
}

/** What the parent passes, for every parameter that the template declares. */
function passedTo(
  host: ResourceHost,
  template: Template,
  declaration: ResourceDeclaration,
  read: PropertyReader,
): Map<string, () => Term> {
  const passed = new Map<string, () => Term>();
  const node = entryOf(declaration.properties, 'Parameters');
  if (node === undefined && mappingOf(declaration.properties) !== undefined) return passed;
  const written = writtenParameters(node);
  for (const name of sectionOf(template.root, 'Parameters').keys()) {
    const place = written?.get(name);
    if (written !== undefined && place === undefined) continue;
    const { entry } = declaration;
    const origin = host.scope.origin(place ?? { start: entry.keyStart, end: entry.keyEnd }, 'argument', name);
    passed.set(name, () => throughStep(pick(read('Parameters'), name, host), origin));
  }
  return passed;
}

/** The parameters that are passed, each with its place; undefined where a function gives them. A stack set has a list. */
function writtenParameters(node: DataNode | undefined): Map<string, Place> | undefined {
  const mapping = plainMappingOf(node);
  const items = sequenceOf(node)?.items;
  if (mapping === undefined && items === undefined) return undefined;
  const places = new Map<string, Place>();
  for (const { key, keyStart, value } of mapping?.entries.values() ?? []) {
    places.set(key, { start: keyStart, end: value.end });
  }
  for (const item of items ?? []) {
    const name = scalarText(entryOf(item, 'ParameterKey'));
    if (name === undefined) return undefined;
    places.set(name, item);
  }
  return places;
}

function pick(term: Term | undefined, name: string, host: ResourceHost): Term {
  if (term === undefined) return absentTerm();
  if (term.kind === 'choice') {
    const branches = term.branches.map(({ guard, term: inner }) => ({ guard, term: pick(inner, name, host) }));
    return makeChoice(branches, term, host.logic);
  }
  if (term.kind === 'absent') return term;
  if (term.kind === 'unknown') return unknownValue(term.reason, { subject: term.subject, notNull: true });
  if (term.kind === 'sequence') return pickFromList(term, name);
  if (term.kind !== 'mapping') return unknownValue('invalid-expression', { subject: name });
  const entry = term.entries.get(name);
  if (entry !== undefined) return entry;
  return term.rest === undefined ? absentTerm() : unknownValue(term.rest.reason, { subject: term.rest.subject });
}

/** `[{ParameterKey, ParameterValue}]` */
function pickFromList({ items, rest }: SequenceTerm, name: string): Term {
  for (const item of items) {
    const key = item.kind === 'mapping' ? item.entries.get('ParameterKey') : undefined;
    if (item.kind !== 'mapping' || key?.kind !== 'string')
      return unknownValue('invalid-expression', { subject: name, notNull: true });
    if (key.value === name) return item.entries.get('ParameterValue') ?? absentTerm();
  }
  return rest === undefined ? absentTerm() : unknownValue(rest.reason, { subject: rest.subject });
}
