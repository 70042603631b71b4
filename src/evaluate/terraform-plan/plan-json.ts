import { CERTAIN, type RawResource } from '../../model/raw-resource.js';
import type { Reference } from '../../model/value.js';
import type { ResourceSchema } from '../../schemas/schema.js';
import type { JsonNode } from '../../syntax/json/ast.js';
import { parseJson } from '../../syntax/json/parse-json.js';
import { keyText, moduleSteps } from './addresses.js';
import {
  type ConfiguredResource,
  type ModuleScope,
  type PlanConfiguration,
  scopeAt,
  toConfiguration,
} from './configuration.js';
import type { Stretch } from './json-outline.js';
import type { JsonReading } from './json-reading.js';
import { memberOf, type Plain, parsePlain } from './plain.js';
import { ProviderScopes } from './provider-scopes.js';
import { type ResourceReading, readValues } from './read-values.js';
import { ReferenceResolver, type Repetition } from './references.js';
import { noteConfiguration, noteMarked, noteOutputs, noteVariables } from './secrets.js';
import { isKnownFormat } from './versions.js';
import { expressionsIn } from './written.js';

/** A resource of the plan as it will be after the run. */
interface Planned {
  readonly address: string;
  readonly module: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly key: string;
  readonly range: Stretch;
  readonly after: JsonNode | undefined;
  readonly unknown: Plain;
  readonly sensitive: Plain;
}

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
  const builder = new PlanBuilder(reading, configuration, variables, planned);
  for (const resource of planned) {
    reading.resources.push(builder.toRaw(resource));
    if (resource.unknown !== undefined) reading.unknowns.set(resource.address, resource.unknown);
  }
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

/** Every element of an array; what is wrong in it is reported, and the others are read. */
function elementsOf(reading: JsonReading, stretch: Stretch | undefined): readonly Stretch[] {
  if (stretch === undefined) return [];
  return reading.outline.elements(stretch.start) ?? [];
}

function readChanges(reading: JsonReading): Planned[] {
  return elementsOf(reading, reading.members.get('resource_changes')).flatMap((stretch) => {
    const planned = readChange(reading, stretch);
    if (planned === 'broken') {
      reading.report(`A change of the plan "${reading.source.path}" cannot be read; the others are.`, {
        start: stretch.start,
        end: Math.min(stretch.end, stretch.start + 1),
      });
      return [];
    }
    return planned === undefined ? [] : [planned];
  });
}

/** Undefined for what is not there after the run. */
function readChange(reading: JsonReading, range: Stretch): Planned | 'broken' | undefined {
  const members = reading.outline.members(range.start);
  const change = members?.get('change');
  const parts = change === undefined ? undefined : reading.outline.members(change.start);
  const identity = members === undefined ? undefined : readIdentity(reading, members, range);
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
  const after = nodeOf(reading, parts.get('after'));
  if (after !== undefined && after.kind !== 'object' && after.kind !== 'null') return 'broken';
  return {
    ...identity,
    range,
    after: after?.kind === 'object' ? after : undefined,
    unknown: plainOf(reading, parts.get('after_unknown')),
    sensitive: plainOf(reading, parts.get('after_sensitive')),
  };
}

type Identity = Pick<Planned, 'address' | 'module' | 'mode' | 'type' | 'name' | 'key'>;

function readIdentity(
  reading: JsonReading,
  members: ReadonlyMap<string, Stretch>,
  _range: Stretch,
): Identity | undefined {
  const text = (name: string) => plainOf(reading, members.get(name));
  const [address, module = '', type, name] = [text('address'), text('module_address'), text('type'), text('name')];
  if (typeof address !== 'string' || typeof type !== 'string' || typeof name !== 'string' || typeof module !== 'string')
    return undefined;
  const mode = text('mode') === 'data' ? 'data' : 'managed';
  return { address, module, mode, type, name, key: keyText(text('index')) };
}

function plainOf({ source }: JsonReading, stretch: Stretch | undefined): Plain {
  return stretch === undefined ? undefined : parsePlain(source.text, stretch.start, stretch.end);
}

function nodeOf({ source }: JsonReading, stretch: Stretch | undefined): JsonNode | undefined {
  return stretch === undefined ? undefined : parseJson(source, stretch).root;
}

/** Data sources that were read before the plan was made. */
function readDataSources(reading: JsonReading): Planned[] {
  const { outline } = reading;
  const values = outline.members(reading.members.get('prior_state')?.start ?? -1)?.get('values');
  const root = outline.members(values?.start ?? -1)?.get('root_module');
  return root === undefined ? [] : readStateModule(reading, root, '', (mode) => mode === 'data');
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
): Planned[] {
  const members = reading.outline.members(module.start);
  if (members === undefined || depth > maxModuleDepth) return [];
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
): Planned | undefined {
  const members = reading.outline.members(range.start);
  const identity = members === undefined ? undefined : readIdentity(reading, members, range);
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
  return {
    ...identity,
    module,
    range,
    after: node?.kind === 'object' ? node : undefined,
    unknown: undefined,
    sensitive: plainOf(reading, marks),
  };
}

function noteMarkedIn(reading: JsonReading, member: string): void {
  for (const stretch of elementsOf(reading, reading.members.get(member))) {
    const members = reading.outline.members(stretch.start);
    const parts = reading.outline.members(members?.get('change')?.start ?? -1);
    const identity = members === undefined ? undefined : readIdentity(reading, members, stretch);
    if (parts === undefined || identity === undefined) continue;
    const { type, mode } = identity;
    noteMarked({ reading, type, mode, value: parts.get('before'), marks: parts.get('before_sensitive') });
    noteMarked({ reading, type, mode, value: parts.get('after'), marks: parts.get('after_sensitive') });
  }
}

/** Makes resources of what is planned, with what the configuration says of them. */
export class PlanBuilder {
  readonly #resolver: ReferenceResolver;
  readonly #byAddress = new Map<string, Planned>();
  readonly #scopes = new Map<string, ModuleScope | undefined>();
  readonly #providers: ProviderScopes;

  constructor(
    private readonly reading: JsonReading,
    private readonly configuration: PlanConfiguration | undefined,
    variables: Plain,
    planned: readonly Planned[],
  ) {
    const instances = new Map<string, string[]>();
    for (const resource of planned) {
      this.#byAddress.set(resource.address, resource);
      const group = resource.address.slice(0, resource.address.length - resource.key.length);
      const known = instances.get(group);
      if (known === undefined) instances.set(group, [resource.address]);
      else known.push(resource.address);
    }
    this.#resolver = new ReferenceResolver(reading.root, instances);
    this.#providers = new ProviderScopes(reading.root, configuration?.providers, variables);
  }

  toRaw(planned: Planned): RawResource {
    const { reading } = this;
    const { address, module, mode, type, name, key } = planned;
    const declaration = `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
    const scope = this.#scopeOf(module);
    const configured = scope?.module.resources.get(declaration);
    if (configured !== undefined) reading.written.set(address, configured.expressions);
    const range = { file: reading.source, ...planned.range };
    const header = { file: reading.source, start: range.start, end: range.start + 1 };
    const schema = mode === 'data' ? reading.schemas.dataSource(type) : reading.schemas.resource(type);
    const values = readValues(this.#resourceReading({ planned, declaration, schema, scope, configured, key }), {
      node: planned.after,
      unknown: planned.unknown,
      sensitive: planned.sensitive,
    });
    return {
      language: reading.kind,
      root: reading.root,
      address,
      mode,
      type,
      name,
      declaration,
      folder: reading.root.replace(/#.*$/, '').replace(/^\.$/, ''),
      scope: this.#providers.of(type, configured?.providerKey, scope),
      existence: CERTAIN,
      isPrototype: false,
      keySet: undefined,
      values,
      range,
      header,
      calls: [],
      ignoreChanges: undefined,
    };
  }

  #scopeOf(module: string): ModuleScope | undefined {
    if (this.configuration === undefined) return undefined;
    if (!this.#scopes.has(module)) this.#scopes.set(module, scopeAt(this.configuration.root, moduleSteps(module)));
    return this.#scopes.get(module);
  }

  #resourceReading(of: {
    readonly planned: Planned;
    readonly declaration: string;
    readonly schema: ResourceSchema | undefined;
    readonly scope: ModuleScope | undefined;
    readonly configured: ConfiguredResource | undefined;
    readonly key: string;
  }): ResourceReading {
    const { planned, declaration, schema, scope, configured, key } = of;
    const { reading } = this;
    const repetition: Repetition | undefined =
      configured?.forEach === undefined ? undefined : { forEach: configured.forEach, key };
    const resolved = new Map<Plain, readonly Reference[] | undefined>();
    return {
      type: planned.type,
      subject: declaration,
      schema,
      file: reading.source,
      header: {
        file: reading.source,
        start: planned.range.start,
        end: planned.range.start + 1,
        step: 'resource',
        name: declaration,
      },
      isPlan: reading.kind === 'terraform-plan',
      expressions: configured === undefined ? undefined : expressionsIn(configured.expressions),
      changesTags: this.#providers.changesTags(configured?.providerKey),
      secrets: reading.secrets,
      references: (expression) => {
        if (scope === undefined || memberOf(expression, 'references') === undefined) return undefined;
        if (!resolved.has(expression)) {
          const { references, isComplete } = this.#resolver.resolve(expression, scope, repetition);
          resolved.set(expression, isComplete ? references : undefined);
        }
        return resolved.get(expression);
      },
      isValueOf: (reference, text) => this.#isValueOf(reference, text),
    };
  }

  #isValueOf({ address, attribute }: Reference, text: string): boolean | undefined {
    const { after } = this.#byAddress.get(address) ?? {};
    const node = after?.kind === 'object' ? after.members.find(({ key }) => key === attribute)?.value : undefined;
    return node?.kind === 'string' ? node.value === text : undefined;
  }
}
