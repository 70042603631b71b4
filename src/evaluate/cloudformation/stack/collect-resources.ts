import type { Existence, ProviderScope, RawResource, UnreadModule } from '../../../model/raw-resource.js';
import { DYNAMIC, STRING } from '../../../model/type.js';
import type { ObjectValue, Value } from '../../../model/value.js';
import { objectValue, originAt, unknownValue } from '../../../model/values.js';
import { folderOf } from '../../../source/paths.js';
import { Scope } from '../expression/context.js';
import { opennessOf } from '../expression/evaluate.js';
import { entryOf, isIntrinsicName, plainMappingOf } from '../expression/nodes.js';
import type { Assumption } from '../terms/assumption.js';
import { makeChoice } from '../terms/choice.js';
import { finishTerm, sortedKeys } from '../terms/finish.js';
import { leavesOf, type MappingTerm, type Term } from '../terms/term.js';
import { Implications } from './implications.js';
import { isModule, NESTED_TYPES, type ResourceDeclaration } from './resource-declaration.js';
import { reportRings } from './rings.js';
import type { Stack } from './stack.js';

/** What a root gives: its resources and those of the stacks nested in it. */
export interface Collected {
  readonly resources: RawResource[];
  readonly unreadModules: UnreadModule[];
  /** The templates of the stacks, each as often as it is used. */
  readonly stacks: Stack[];
  /** Resources that a condition leaves out. */
  notInstantiated: number;
}

/** SAFETY: how many stacks one root is made of. */
const maxStacks = 1_000;

export function collectResources(root: Stack): Collected {
  const collected: Collected = { resources: [], unreadModules: [], stacks: [], notInstantiated: 0 };
  const implications = new Implications(root.world, root.place.root);
  collectStack(root, { scope: scopeOf(root), implications }, collected);
  implications.finish();
  return collected;
}

function scopeOf({ pseudo }: Stack): ProviderScope {
  const text = (term: Term): Value => finishTerm(term, STRING) ?? unknownValue('provider-configuration');
  return {
    provider: 'aws',
    configuration: pseudo.configuration,
    account: text(pseudo.account),
    region: text(pseudo.region),
    partition: text(pseudo.partition),
  };
}

/** What all resources of a root share. */
interface RootOf {
  readonly scope: ProviderScope;
  readonly implications: Implications;
}

function collectStack(stack: Stack, of: RootOf, into: Collected): void {
  if (into.stacks.length >= maxStacks) {
    const [root = stack] = into.stacks;
    root.report('limit-reached', `The root has more than ${maxStacks} nested stacks.`, { start: 0, end: 0 });
    return;
  }
  into.stacks.push(stack);
  for (const declaration of stack.resources.declarations()) {
    const isLeftOut = stack.place.assumption.decide(declaration.formula) === false;
    const assumption = isLeftOut ? undefined : stack.resources.assumptionOf(declaration);
    if (assumption === undefined) {
      into.notInstantiated++;
      continue;
    }
    const resource = toRawResource(stack, declaration, assumption, of);
    into.resources.push(resource);
    const child = stack.resources.child(declaration);
    if (child !== undefined)
      collectStack(child, child.pseudo === stack.pseudo ? of : { ...of, scope: scopeOf(child) }, into);
    else if (NESTED_TYPES.has(declaration.type) || isModule(declaration.type)) {
      into.unreadModules.push(unreadModule(resource, declaration));
    }
  }
  reportRings(stack);
}

/** A nested stack or module that is not here: what it is given it may refer to. */
function unreadModule(
  { root, address, type, header, values }: RawResource,
  declaration: ResourceDeclaration,
): UnreadModule {
  const location = values.entries.get(NESTED_TYPES.get(declaration.type) ?? '');
  return {
    root,
    address,
    reason: 'remote-module',
    source: location?.kind === 'string' ? location.value : type,
    range: header,
    arguments: [...values.entries].filter(([name]) => name !== 'TemplateURL').map(([, value]) => value),
  };
}

function toRawResource(
  stack: Stack,
  declaration: ResourceDeclaration,
  assumption: Assumption,
  of: RootOf,
): RawResource {
  const { entry, name, type } = declaration;
  const { file, place } = stack;
  return {
    language: 'cloudformation',
    root: place.root,
    address: stack.resources.addressOf(declaration),
    mode: 'managed',
    type,
    name,
    declaration: declaration.declaredIn ?? name,
    folder: folderOf(file.path),
    scope: of.scope,
    existence: existenceOf(stack, declaration, of.implications),
    isPrototype: declaration.keySet !== undefined,
    keySet: declaration.keySet,
    values: valuesOf(stack, declaration, assumption),
    range: { file, start: entry.keyStart, end: Math.max(entry.value.end, entry.keyEnd) },
    header: { file, start: entry.keyStart, end: entry.keyEnd },
    calls: place.calls,
    ignoreChanges: undefined,
    construct: stack.world.assemblies.construct(file.path, declaration, place.construct),
  };
}

function existenceOf(
  { place, world }: Stack,
  { condition, formula, keySet, name }: ResourceDeclaration,
  implications: Implications,
): Existence {
  const isOwn = place.assumption.decide(formula) !== true;
  const own = condition ?? (keySet === undefined ? undefined : name);
  return implications.existenceOf(world.logic.all([place.existence, formula]), isOwn ? own : place.calls.at(-1)?.name);
}

/** What a resource has beside its properties, and what is judged of that. */
const ATTRIBUTES = ['CreationPolicy', 'DeletionPolicy', 'UpdatePolicy', 'UpdateReplacePolicy'];

function valuesOf(stack: Stack, declaration: ResourceDeclaration, assumption: Assumption): ObjectValue {
  const { properties, type, entry, body } = declaration;
  const schema = stack.world.schemas.resource(type);
  const scope = new Scope(stack, assumption, declaration.name);
  const at = properties ?? { start: entry.keyStart, end: entry.keyEnd };
  const origin = originAt({ file: stack.file, start: at.start, end: at.end }, 'written');
  const { entries, rest } = propertyTerms(stack, declaration, scope);
  for (const name of ATTRIBUTES) {
    const node = entryOf(body, name);
    if (node !== undefined && !entries.has(name)) entries.set(name, scope.evaluate(node));
  }
  const values = new Map<string, Value>();
  for (const name of sortedKeys(entries)) {
    const term = entries.get(name);
    const value = term && finishTerm(term, schema?.properties.get(name)?.type ?? DYNAMIC);
    if (value !== undefined) values.set(name, value);
  }
  return objectValue(OBJECT, values, origin, rest ?? macroRest(stack));
}

const OBJECT = { kind: 'object', attributes: new Map() } as const;

/** A macro may add whatever is not written. */
function macroRest({ template, file }: Stack): MappingTerm['rest'] {
  const macro = template.macros[0];
  return macro === undefined || file === undefined ? undefined : { reason: 'unsupported-intrinsic', subject: macro };
}

interface PropertyTerms {
  readonly entries: Map<string, Term>;
  readonly rest: MappingTerm['rest'];
}

function propertyTerms(stack: Stack, declaration: ResourceDeclaration, scope: Scope): PropertyTerms {
  const written = plainMappingOf(declaration.properties);
  if (written === undefined) return wholeProperties(declaration, scope);
  const entries = new Map<string, Term>();
  for (const name of written.entries.keys()) {
    const term = isIntrinsicName(name) ? undefined : stack.resources.property(declaration, name, scope.assumption);
    if (term !== undefined) entries.set(name, term);
  }
  return { entries, rest: opennessOf(written, scope) };
}

/** `Properties: !If […]`: CloudFormation refuses that; it is read property by property. */
function wholeProperties(declaration: ResourceDeclaration, scope: Scope): PropertyTerms {
  const entries = new Map<string, Term>();
  if (declaration.properties === undefined) return { entries, rest: undefined };
  const term = scope.evaluate(declaration.properties);
  if (term.kind === 'choice')
    scope.report('cfn-invalid-intrinsic', 'A function cannot stand for all properties.', declaration.properties);
  const leaves = leavesOf(term);
  const names = new Set(leaves.flatMap((leaf) => (leaf.kind === 'mapping' ? [...leaf.entries.keys()] : [])));
  for (const name of names) entries.set(name, pick(term, name, scope));
  const open = leaves.find((leaf) => leaf.kind === 'mapping' && leaf.rest !== undefined);
  if (open?.kind === 'mapping') return { entries, rest: open.rest };
  const isUnread = leaves.some(({ kind }) => kind !== 'mapping' && kind !== 'absent' && kind !== 'null');
  return { entries, rest: isUnread ? { reason: 'invalid-expression', subject: declaration.name } : undefined };
}

function pick(term: Term, name: string, scope: Scope): Term {
  if (term.kind === 'choice') {
    const branches = term.branches.map(({ guard, term: inner }) => ({ guard, term: pick(inner, name, scope) }));
    return makeChoice(branches, term, scope.context.logic);
  }
  const entry = term.kind === 'mapping' ? term.entries.get(name) : undefined;
  return entry ?? { kind: 'absent', origin: undefined };
}
