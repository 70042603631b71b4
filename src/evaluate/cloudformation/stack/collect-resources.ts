import { CERTAIN, type Existence, type ProviderScope, type RawResource } from '../../../model/raw-resource.js';
import { DYNAMIC, STRING } from '../../../model/type.js';
import type { ObjectValue, Value } from '../../../model/value.js';
import { objectValue, originAt, unknownValue } from '../../../model/values.js';
import { folderOf } from '../../../source/paths.js';
import type { SourceRange } from '../../../source/source-file.js';
import { Scope } from '../expression/context.js';
import { mappingOf } from '../expression/nodes.js';
import type { Assumption } from '../terms/assumption.js';
import { makeChoice } from '../terms/choice.js';
import { finishTerm } from '../terms/finish.js';
import type { Formula } from '../terms/formula.js';
import type { MappingTerm, Term } from '../terms/term.js';
import { leavesOf } from '../terms/term.js';
import type { ResourceDeclaration } from './resource-declaration.js';
import type { Stack } from './stack.js';

/** The resources of one stack, and how many a condition leaves out. */
export function collectResources(stack: Stack): {
  readonly resources: RawResource[];
  readonly notInstantiated: number;
} {
  const resources: RawResource[] = [];
  let notInstantiated = 0;
  const scope = scopeOf(stack);
  for (const declaration of stack.declarations()) {
    const { assumption: outer } = stack.place;
    const assumption = outer.decide(declaration.formula) === false ? undefined : stack.assumptionOf(declaration);
    if (assumption === undefined) {
      notInstantiated++;
      continue;
    }
    resources.push(toRawResource(stack, declaration, assumption, scope));
  }
  return { resources, notInstantiated };
}

function scopeOf({ pseudo, place }: Stack): ProviderScope {
  const text = (term: Term): Value => finishTerm(term, STRING) ?? unknownValue('provider-configuration');
  return {
    provider: 'aws',
    configuration: place.root,
    account: text(pseudo.account),
    region: text(pseudo.region),
    partition: text(pseudo.partition),
  };
}

function toRawResource(
  stack: Stack,
  declaration: ResourceDeclaration,
  assumption: Assumption,
  scope: ProviderScope,
): RawResource {
  const { entry, name, type } = declaration;
  const { file, place } = stack;
  const range: SourceRange = { file, start: entry.keyStart, end: Math.max(entry.value.end, entry.keyEnd) };
  return {
    language: 'cloudformation',
    root: place.root,
    address: stack.addressOf(declaration),
    mode: 'managed',
    type,
    name,
    declaration: name,
    folder: folderOf(file.path),
    scope,
    existence: existenceOf(stack, declaration),
    isPrototype: false,
    keySet: undefined,
    values: valuesOf(stack, declaration, assumption),
    range,
    header: { file, start: entry.keyStart, end: entry.keyEnd },
    calls: place.calls,
    ignoreChanges: undefined,
  };
}

function existenceOf({ place, world }: Stack, { condition, formula }: ResourceDeclaration): Existence {
  const whole: Formula = world.logic.all([place.existence, formula]);
  if (world.nothing.decide(whole) === true) return CERTAIN;
  const own = place.assumption.decide(formula) === true ? undefined : condition;
  const subject = own ?? place.calls.at(-1)?.name;
  return { kind: 'unknown', reason: 'uncertain-existence', subject, condition: `${place.root}#${whole.id}` };
}

function valuesOf(stack: Stack, declaration: ResourceDeclaration, assumption: Assumption): ObjectValue {
  const { properties, type, entry } = declaration;
  const schema = stack.world.schemas.resource(type);
  const scope = new Scope(stack, assumption, declaration.name);
  const at = properties ?? { start: entry.keyStart, end: entry.keyEnd };
  const origin = originAt({ file: stack.file, start: at.start, end: at.end }, 'written');
  const written = mappingOf(properties);
  const { entries, rest } =
    written === undefined ? wholeProperties(declaration, scope) : { entries: new Map<string, Term>(), rest: undefined };
  if (written !== undefined) {
    for (const name of written.entries.keys()) {
      const term = stack.property(declaration, name, assumption);
      if (term !== undefined) entries.set(name, term);
    }
  }
  const values = new Map<string, Value>();
  for (const name of [...entries.keys()].sort()) {
    const term = entries.get(name);
    const value = term === undefined ? undefined : finishTerm(term, schema?.properties.get(name)?.type ?? DYNAMIC);
    if (value !== undefined) values.set(name, value);
  }
  return objectValue(OBJECT, values, origin, rest);
}

const OBJECT = { kind: 'object', attributes: new Map() } as const;

/** `Properties: !If […]`: CloudFormation refuses that; it is read property by property. */
function wholeProperties(
  declaration: ResourceDeclaration,
  scope: Scope,
): { entries: Map<string, Term>; rest: MappingTerm['rest'] } {
  const entries = new Map<string, Term>();
  if (declaration.properties === undefined) return { entries, rest: undefined };
  const term = scope.evaluate(declaration.properties);
  const leaves = leavesOf(term);
  const names = new Set(leaves.flatMap((leaf) => (leaf.kind === 'mapping' ? [...leaf.entries.keys()] : [])));
  for (const name of names) entries.set(name, pick(term, name, scope));
  const open = leaves.find((leaf) => leaf.kind !== 'mapping' && leaf.kind !== 'absent');
  const rest = leaves.find((leaf) => leaf.kind === 'mapping' && leaf.rest !== undefined);
  if (rest?.kind === 'mapping') return { entries, rest: rest.rest };
  return {
    entries,
    rest: open === undefined ? undefined : { reason: 'invalid-expression', subject: declaration.name },
  };
}

function pick(term: Term, name: string, scope: Scope): Term {
  if (term.kind === 'choice') {
    const branches = term.branches.map(({ guard, term: inner }) => ({ guard, term: pick(inner, name, scope) }));
    return makeChoice(branches, term, scope.context.logic);
  }
  const entry = term.kind === 'mapping' ? term.entries.get(name) : undefined;
  return entry ?? { kind: 'absent', origin: undefined };
}
