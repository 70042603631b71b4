import {
  CERTAIN,
  type LiveParts,
  type ProviderScope,
  type RawResource,
  type Unseen,
} from '../../model/raw-resource.js';
import { DYNAMIC, type Type } from '../../model/type.js';
import type { NullValue, Rest, UnknownValue, Value } from '../../model/value.js';
import { nullValue, objectValue, originAt, stringValue, unknownValue } from '../../model/values.js';
import type { CloudFormationSchemas } from '../../schemas/cloudformation-schema.js';
import type { ProviderSchemas } from '../../schemas/schema.js';
import { folderOf } from '../../source/paths.js';
import type { SourceRange } from '../../source/source-file.js';
import { coverage, type LedgerIndex, toMissing } from './coverage.js';
import type { ReadRecord } from './read-record.js';
import type { ReadUsage } from './read-usage.js';
import { toTerraformValue } from './to-block.js';
import { toValue } from './to-value.js';

/** What resources of one snapshot are built with. */
export interface BuildContext {
  readonly index: LedgerIndex;
  readonly cloudFormation: CloudFormationSchemas;
  readonly terraform: ProviderSchemas;
  readonly partition: string;
  /** The root of an account. */
  rootOf(account: string): string;
}

/** The scopes of a snapshot: they are in it as records, and there where no record says anything of them. */
const SCOPE_TYPES: ReadonlySet<string> = new Set(['aws_account', 'aws_region']);

const OBJECT: Type = { kind: 'object', attributes: new Map() };

/** What no operation tells of a resource is open: no default stands for it. */
const NOT_COLLECTED: Rest = { reason: 'not-collected', subject: undefined, element: undefined };

const ABSENT: NullValue = nullValue();

/** Builds the resources of one snapshot. */
export class ResourceBuilder {
  /** Account, region and type → what is told of resources that the ledger says nothing own of. */
  readonly #told = new Map<string, ReadonlyMap<string, Told>>();

  readonly #scopes = new Map<string, ProviderScope>();

  constructor(private readonly context: BuildContext) {}

  build(record: ReadRecord, address: string, usage?: ReadUsage): RawResource {
    const { type } = record;
    const entries = this.#entriesOf(record);
    const facts = factsOf(record);
    for (const [name, node] of usage?.live ?? [])
      facts.set(name, toValue(node, DYNAMIC, usage?.file ?? record.range.file));
    const gaps = new Map<string, Unseen>();
    for (const [path, told] of this.#toldOf(record)) {
      if (!path.startsWith('@')) putTold(entries, path, told);
      else if (told.kind === 'null') facts.set(path.slice(1), told);
      else gaps.set(path.slice(1), told);
    }
    for (const { path, entry } of usage === undefined ? record.gaps : [...record.gaps, ...usage.gaps]) {
      const { reason, subject, range } = toMissing(entry);
      const gap = unknownValue(reason, { subject, origin: range && originAt(range, 'written') });
      if (path.startsWith('$')) putGap(facts, path.slice(1), gap);
      else if (!path.startsWith('@')) putGap(entries, path, gap);
      else {
        facts.delete(path.slice(1));
        gaps.set(path.slice(1), gap);
      }
    }
    const region = type === 'aws_account' ? 'global' : record.region;
    const headerEnd = Math.max(record.idRange.end, record.arnRange?.end ?? 0);
    return this.toRaw({ ...record, region, address, entries, live: { facts, gaps }, headerEnd });
  }

  /** A scope of which there is no record. */
  buildScope(scope: { readonly account: string; readonly region: string; readonly range: SourceRange }): RawResource {
    const type = scope.region === 'global' ? 'aws_account' : 'aws_region';
    const id = scope.region === 'global' ? scope.account : scope.region;
    const live: LiveParts = { facts: new Map(), gaps: new Map() };
    const { account, region } = scope;
    const told = [...this.#toldOf({ account, region, type, id })].filter(([, { kind }]) => kind === 'unknown');
    return this.toRaw({ ...scope, type, id, address: scopeAddress(scope), entries: new Map(told), live });
  }

  private toRaw(of: {
    readonly type: string;
    readonly id: string;
    readonly account: string;
    readonly region: string;
    readonly address: string;
    readonly range: SourceRange;
    readonly entries: ReadonlyMap<string, Value>;
    readonly live: LiveParts;
    /** Where what names it ends. */
    readonly headerEnd?: number | undefined;
  }): RawResource {
    const { type, id, account, region, address, range, entries, live } = of;
    const { file, start, end } = range;
    return {
      language: 'live',
      root: this.context.rootOf(account),
      address,
      mode: 'managed',
      type,
      name: id,
      declaration: address,
      folder: folderOf(file.path),
      scope: this.#scopeOf(account, region),
      existence: CERTAIN,
      isPrototype: false,
      keySet: undefined,
      values: objectValue(OBJECT, entries, originAt(range, 'written'), NOT_COLLECTED),
      range,
      header: { file, start, end: Math.max(Math.min(start + 1, end), of.headerEnd ?? 0) },
      calls: [],
      ignoreChanges: undefined,
      construct: undefined,
      live,
    };
  }

  /** One object for all that lie in it. */
  #scopeOf(account: string, region: string): ProviderScope {
    const isGlobal = region === 'global';
    const configuration = isGlobal ? account : `${account}/${region}`;
    const known = this.#scopes.get(configuration);
    if (known !== undefined) return known;
    const scope: ProviderScope = {
      provider: 'aws',
      configuration,
      account: stringValue(account),
      region: isGlobal ? ABSENT : stringValue(region),
      partition: stringValue(this.context.partition),
    };
    this.#scopes.set(configuration, scope);
    return scope;
  }

  #entriesOf({ type, properties, range }: ReadRecord): Map<string, Value> {
    const { cloudFormation, terraform } = this.context;
    const own = type.includes('::') ? cloudFormation.resource(type) : undefined;
    const block = type.includes('::') || SCOPE_TYPES.has(type) ? undefined : terraform.resource(type);
    const entries = new Map<string, Value>();
    for (const [name, node] of properties) {
      const value =
        block === undefined
          ? toValue(node, own?.properties.get(name)?.type ?? own?.attributes.get(name) ?? DYNAMIC, range.file)
          : toTerraformValue(name, node, block, range.file);
      entries.set(name, value);
    }
    return entries;
  }

  #toldOf({
    account,
    region,
    type,
    id,
  }: Pick<ReadRecord, 'account' | 'region' | 'type' | 'id'>): ReadonlyMap<string, Told> {
    const { index } = this.context;
    if (index.parents.has(`${account}\0${id}`)) return this.#findTold({ account, region, type, id });
    const key = `${account}\0${region}\0${type}`;
    const known = this.#told.get(key);
    if (known !== undefined) return known;
    const found = this.#findTold({ account, region, type });
    this.#told.set(key, found);
    return found;
  }

  #findTold(of: { readonly account: string; readonly region: string; readonly type: string; readonly id?: string }) {
    const { index, cloudFormation, terraform } = this.context;
    const told = new Map<string, Told>();
    const add = (path: string) => {
      const covered = coverage(index, { ...of, path });
      if (covered === 'complete') told.set(path, ABSENT);
      else told.set(path, unknownValue(covered.reason, { subject: covered.subject }));
    };
    for (const path of index.operations.get(of.type)?.keys() ?? []) {
      if (path === '') continue;
      if (path !== '*') add(path);
      else {
        const names = of.type.includes('::')
          ? cloudFormation.resource(of.type)?.properties.keys()
          : terraform.resource(of.type)?.attributes.keys();
        for (const name of names ?? []) if (!told.has(name)) add(name);
      }
    }
    return told;
  }
}

/** What stands at a path that a record does not have: known to be absent, or not known. */
type Told = NullValue | UnknownValue;

/** `aws_region/123456789012/eu-west-1`, as the graph names scopes. */
export function scopeAddress({ account, region }: { readonly account: string; readonly region: string }): string {
  return region === 'global' ? `aws_account/${account}` : `aws_region/${account}/${region}`;
}

/** The ARN; where there is none, the type and the id, which is unique in a region. */
export function addressOf({ type, id, arn, account, region }: ReadRecord): string {
  if (SCOPE_TYPES.has(type)) return scopeAddress({ account, region: type === 'aws_account' ? 'global' : id });
  return arn ?? (region === 'global' ? `${type}/${id}` : `${type}/${region}/${id}`);
}

function factsOf({ id, arn, live, range, idRange, arnRange }: ReadRecord): Map<string, Value> {
  const facts = new Map<string, Value>([['id', stringValue(id, originAt(idRange, 'written'))]]);
  if (arn !== undefined && arnRange !== undefined) facts.set('arn', stringValue(arn, originAt(arnRange, 'written')));
  for (const [path, node] of live) facts.set(path, toValue(node, DYNAMIC, range.file));
  return facts;
}

/** What is written stays; a list to which not all operations have told theirs may have more. */
function putTold(entries: Map<string, Value>, path: string, told: Told): void {
  const present = entries.get(path);
  if (present === undefined) entries.set(path, told);
  else if (told.kind === 'unknown' && present.kind !== 'null') entries.set(path, opened(present, told));
}

function putGap(entries: Map<string, Value>, path: string, gap: UnknownValue): void {
  const [name = '', ...inner] = path.split('.');
  entries.set(name, withGap(entries.get(name), inner, gap));
}

function withGap(present: Value | undefined, [name, ...inner]: readonly string[], unknown: UnknownValue): Value {
  if (present === undefined || present.kind === 'null' || present.kind === 'unknown') return unknown;
  const at = Number(name);
  if (present.kind === 'list' && present.elements[at] !== undefined) {
    const elements = present.elements.map((element, index) =>
      index === at ? withGap(element, inner, unknown) : element,
    );
    return { ...present, elements };
  }
  if (name === undefined || present.kind !== 'object') return opened(present, unknown);
  const entries = new Map(present.entries);
  entries.set(name, withGap(entries.get(name), inner, unknown));
  return { ...present, entries };
}

function opened(present: Value, { reason, subject }: UnknownValue): Value {
  if (present.kind !== 'list' && present.kind !== 'object') return present;
  return { ...present, rest: { reason, subject, element: undefined } };
}
