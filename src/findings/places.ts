import type { ModuleCallStep } from '../model/raw-resource.js';
import {
  type Member,
  memberNamed,
  originChain,
  type Resource,
  type ResourceGraph,
  resourceKey,
} from '../model/resource.js';
import type { Origin, OriginStep } from '../model/value.js';
import type { SourceRange } from '../source/source-file.js';
import type { Evaluation, Place } from './evaluation.js';
import type { ViaStep } from './finding.js';

/** The block that a person looks at for one outcome: the judged resource's, or the companion's or document's that declares it. */
export interface DeclaringBlock {
  /** Its address; equal to the judged resource's address where it is the resource itself. */
  readonly address: string;
  readonly range: SourceRange | undefined;
  readonly header: SourceRange | undefined;
  readonly calls: readonly ModuleCallStep[];
}

/** Where one outcome points: see terraform.md §10 (9, 10) and "Where a finding points" of the policy language. */
export interface FindingPlaces {
  readonly location: SourceRange | null;
  readonly isMissing: boolean;
  readonly cause: SourceRange | null;
  /** What tells the cause from others in its module: the name of a variable, attribute or key; empty for a whole block. */
  readonly causeName: string;
  readonly causeStep: OriginStep | undefined;
  /** How many calls lead to the module in which the cause is written. */
  readonly causeDepth: number;
  readonly resourceLocation: SourceRange | null;
  readonly via: readonly ViaStep[];
  readonly declaring: DeclaringBlock;
  /** Every range at which a suppression counts: attribute, element, declaring block, judged resource, calls, and the way of the value. */
  readonly suppressible: readonly SourceRange[];
}

const DEFAULT_STEPS: ReadonlySet<OriginStep> = new Set(['default-of-type', 'assumed-default', 'server-default']);

const UNWRITTEN_STEPS: ReadonlySet<OriginStep> = new Set(['flag', 'environment']);

/** Steps at which another resource is only read; a suppression there is about that resource. */
const FOREIGN_STEPS: ReadonlySet<OriginStep> = new Set(['resource', 'data', 'file']);

/** Resolves the places of one outcome. Pass and skip have no `place`: they point at the block. */
export function resolvePlaces(evaluation: Evaluation, resource: Resource, graph: ResourceGraph): FindingPlaces {
  const declaring = declaringBlock(evaluation, resource, graph);
  const { place } = evaluation;
  const chain = writtenChain(place?.origin);
  const use = chain[0];
  const attribute = use === undefined ? undefined : toRange(use);
  const written = attribute ?? missingPlace(place, declaring, graph);
  const calls = callsOf(written, declaring, resource);
  const ownCall = innermostOwnCall(calls);
  const ownStep = chain.find((step) => !isExternal(step));
  const isOutside = written !== undefined && isExternal(written);
  const location = isOutside ? (ownStep === undefined ? ownCall?.range : toRange(ownStep)) : written;
  const cause = causeOf(chain, place);
  const causeRange = cause?.range ?? (isOutside ? ownCall?.range : undefined);
  return new ResolvedPlaces(
    {
      location: location ?? written ?? null,
      isMissing: use === undefined,
      cause: causeRange ?? location ?? null,
      causeName: cause?.name ?? (use === undefined ? '' : (place?.path ?? '')),
      causeStep: cause?.step,
      declaring,
    },
    { written, chain, resource, calls, location, causeRange },
  );
}

type OwnPlaces = Pick<FindingPlaces, 'location' | 'isMissing' | 'cause' | 'causeName' | 'causeStep' | 'declaring'>;

interface PlacesInput {
  readonly written: SourceRange | undefined;
  readonly chain: readonly Origin[];
  readonly resource: Resource;
  readonly calls: readonly ModuleCallStep[];
  readonly location: SourceRange | undefined;
  readonly causeRange: SourceRange | undefined;
}

/** What of thousands of instances only the first one is asked for is worked out when it is. */
class ResolvedPlaces implements FindingPlaces {
  readonly location: SourceRange | null;
  readonly isMissing: boolean;
  readonly cause: SourceRange | null;
  readonly causeName: string;
  readonly causeStep: OriginStep | undefined;
  readonly declaring: DeclaringBlock;

  constructor(
    own: OwnPlaces,
    private readonly input: PlacesInput,
  ) {
    this.location = own.location;
    this.isMissing = own.isMissing;
    this.cause = own.cause;
    this.causeName = own.causeName;
    this.causeStep = own.causeStep;
    this.declaring = own.declaring;
  }

  get resourceLocation(): SourceRange | null {
    return this.declaring.range ?? null;
  }

  get causeDepth(): number {
    const { causeRange, calls } = this.input;
    return causeRange === undefined ? calls.length : depthOf(causeRange, calls);
  }

  get via(): readonly ViaStep[] {
    const { chain, written, location, calls } = this.input;
    return viaSteps(chain, { written, location, calls, address: this.declaring.address });
  }

  get suppressible(): readonly SourceRange[] {
    const { written, chain, resource, calls } = this.input;
    return suppressibleRanges({ written, chain, declaring: this.declaring, resource, calls });
  }
}

/** Whether the range lies in an installed remote module. */
export function isExternal(range: SourceRange): boolean {
  return range.file.external === true;
}

/** Whether `outer` holds `inner`; equal ranges hold each other. */
export function holds(outer: SourceRange, inner: SourceRange): boolean {
  return outer.file.path === inner.file.path && outer.start <= inner.start && outer.end >= inner.end;
}

function toRange({ file, start, end }: SourceRange): SourceRange {
  return { file, start, end };
}

const UNWRITTEN: readonly Origin[] = [];

/** The chain of the value, or nothing where it is a default of its type: that is, not written. */
function writtenChain(origin: Origin | undefined): readonly Origin[] {
  if (origin === undefined || DEFAULT_STEPS.has(origin.step)) return UNWRITTEN;
  const chain = originChain(origin);
  return chain.filter((step) => !DEFAULT_STEPS.has(step.step));
}

function missingPlace(
  place: Place | undefined,
  declaring: DeclaringBlock,
  graph: ResourceGraph,
): SourceRange | undefined {
  if (place === undefined) return declaring.header;
  return place.block ?? graph.resources.get(place.resource)?.header ?? declaring.header;
}

/** The cause is the innermost step that a person can change: the last of the chain that is not in a remote module. */
function causeOf(
  chain: readonly Origin[],
  place: Place | undefined,
): { range: SourceRange; name: string; step: OriginStep } | undefined {
  const last = chain.filter((step) => !isExternal(step)).at(-1);
  // A flag is written in no file: its name is the cause's, the place is the last one on the way to it.
  const written = chain.filter((step) => !isExternal(step) && !UNWRITTEN_STEPS.has(step.step)).at(-1);
  if (last === undefined || written === undefined) return undefined;
  return { range: toRange(written), name: last.name ?? place?.path ?? '', step: last.step };
}

/** The block that declares what was judged: by the longest path of `declaredIn` that leads to the element or the place. */
function declaringBlock(evaluation: Evaluation, resource: Resource, graph: ResourceGraph): DeclaringBlock {
  const own = { address: resource.address, range: resource.range, header: resource.header, calls: resource.calls };
  const { place } = evaluation;
  const path = evaluation.element?.path ?? (place?.resource === resource.key ? place.path : undefined);
  const address =
    (path === undefined ? undefined : declaredInOf(resource, path)) ??
    (place?.resource === resource.key ? declaredInOf(resource, place.path) : undefined);
  if (address !== undefined && address !== resource.address) return blockAt(address, resource, graph) ?? own;
  const member = own.range === undefined && resource.presence !== 'written' ? resource.members[0] : undefined;
  return member === undefined ? own : fromMember(member);
}

function declaredInOf(resource: Resource, path: string): string | undefined {
  if (resource.declaredIn.size === 0) return undefined;
  for (let prefix = path; prefix !== ''; prefix = parentPath(prefix)) {
    const address = resource.declaredIn.get(prefix);
    if (address !== undefined) return address;
  }
  return undefined;
}

/** `ingress[2].cidr` → `ingress[2]` → `ingress` → the empty string. */
function parentPath(path: string): string {
  const dot = path.lastIndexOf('.');
  const bracket = path.lastIndexOf('[');
  return path.slice(0, Math.max(dot, bracket, 0));
}

function blockAt(address: string, resource: Resource, graph: ResourceGraph): DeclaringBlock | undefined {
  const member = memberNamed(resource, address);
  if (member !== undefined) return fromMember(member);
  const other = graph.resources.get(resourceKey(resource.root, address));
  if (other === undefined) return { address, range: undefined, header: undefined, calls: resource.calls };
  return { address, range: other.range, header: other.header, calls: other.calls };
}

function fromMember({ address, range, header, calls }: Member): DeclaringBlock {
  return { address, range, header, calls };
}

/** The calls that lead to a range: those of the declaring block, unless it lies in the judged resource's own block. */
function callsOf(
  written: SourceRange | undefined,
  declaring: DeclaringBlock,
  resource: Resource,
): readonly ModuleCallStep[] {
  if (written !== undefined && resource.range !== undefined && holds(resource.range, written)) return resource.calls;
  return declaring.calls;
}

/** The call in the user's own code that leads into remote modules. */
function innermostOwnCall(calls: readonly ModuleCallStep[]): ModuleCallStep | undefined {
  for (let index = calls.length - 1; index >= 0; index--) {
    const call = calls[index];
    if (call !== undefined && !isExternal(call.range)) return call;
  }
  return undefined;
}

/** A range that is a call's argument or header is written in the calling module; another lies at the end of the calls. */
function depthOf(range: SourceRange, calls: readonly ModuleCallStep[]): number {
  const folder = folderOfFile(range);
  for (let index = 0; index < calls.length; index++) {
    const call = calls[index];
    if (call !== undefined && holds(call.block, range)) return index;
  }
  for (let index = 0; index < calls.length; index++) {
    const call = calls[index];
    if (call !== undefined && folderOfFile(call.block) === folder) return index;
  }
  return calls.length;
}

function folderOfFile({ file }: SourceRange): string {
  return file.path.slice(0, Math.max(0, file.path.lastIndexOf('/')));
}

const VIA_KINDS: Readonly<Record<OriginStep, ViaStep['kind']>> = {
  written: 'argument',
  variable: 'variable',
  'variable-default': 'default',
  tfvars: 'tfvars',
  flag: 'flag',
  environment: 'environment',
  local: 'local',
  argument: 'argument',
  output: 'output',
  'for-each': 'for-each',
  resource: 'resource',
  data: 'data',
  file: 'file',
  function: 'function',
  companion: 'resource',
  'default-of-type': 'default-of-type',
  'assumed-default': 'default-of-type',
  'server-default': 'default-of-type',
  fact: 'fact',
  parameter: 'parameter',
  'parameter-file': 'parameter-file',
  mapping: 'mapping',
  import: 'import',
  alias: 'alias',
};

interface ViaContext {
  readonly written: SourceRange | undefined;
  readonly location: SourceRange | undefined;
  readonly calls: readonly ModuleCallStep[];
  readonly address: string;
}

/**
 * The way of the value from where it is set to where it is used, then the module calls from the root inwards. A step
 * that lies within the location or within its neighbour says nothing new and is left out.
 */
function viaSteps(chain: readonly Origin[], context: ViaContext): ViaStep[] {
  const steps: ViaStep[] = [];
  const add = (kind: ViaStep['kind'], name: string, range: SourceRange) => {
    if (range.end <= range.start && kind !== 'flag' && kind !== 'environment') return;
    const isKnown = (known: SourceRange) => holds(known, range) || (holds(range, known) && kind === 'variable');
    if (context.location !== undefined && isKnown(context.location)) return;
    if (steps.some((step) => isKnown(step.range))) return;
    steps.push({ kind, name, range: toRange(range), external: isExternal(range) });
  };
  const passed = chain.slice(1).reverse();
  // Arguments first, so that the variable named in one gives way to it.
  const isRedundant = (step: Origin) =>
    step.step === 'variable' &&
    passed.some((other) => other !== step && other.step !== 'variable' && holds(other, step));
  for (const step of passed) {
    if (!isRedundant(step)) add(VIA_KINDS[step.step], step.name ?? '', step);
  }
  if (context.written !== undefined && isExternal(context.written)) add('resource', context.address, context.written);
  for (const call of context.calls) add('call', call.name, call.range);
  return steps;
}

interface SuppressibleInput {
  readonly written: SourceRange | undefined;
  readonly chain: readonly Origin[];
  readonly declaring: DeclaringBlock;
  readonly resource: Resource;
  readonly calls: readonly ModuleCallStep[];
}

function suppressibleRanges({ written, chain, declaring, resource, calls }: SuppressibleInput): SourceRange[] {
  const blocks = [declaring.range, resource.range].filter((range) => range !== undefined);
  const isOwn = (range: SourceRange) => blocks.some((block) => holds(block, range));
  const ways = chain.slice(1).filter((step) => !FOREIGN_STEPS.has(step.step));
  return [
    // A place in a resource that was only read through a link is not one of these.
    ...(written !== undefined && isOwn(written) ? [written] : []),
    ...blocks,
    ...ways,
    ...[...calls, ...resource.calls].map((call) => call.block),
  ];
}
