import type { ProviderScope, RawResource } from '../../model/raw-resource.js';
import { CERTAIN } from '../../model/raw-resource.js';
import type { ListValue, ObjectValue, Origin, Reference, Value } from '../../model/value.js';
import { originAt } from '../../model/values.js';
import { elementOf, memberOf, type Plain } from './plain.js';
import type { PlanResult } from './result.js';
import { isExactly, isNothing, isSameValue } from './same-value.js';
import type { SourceInstances } from './source-instances.js';

/** How many values and resources of a source are not what was planned. */
export interface Differences {
  values: number;
  resources: number;
  first: string | undefined;
}

export interface MergeContext {
  readonly plan: PlanResult;
  readonly instances: SourceInstances;
  readonly differences: Differences;
}

/** Where in a resource two values are merged. */
interface Place {
  readonly path: string;
  /** A resource's or block's own arguments, of which those that are not written may be planned as well. */
  readonly isBody: boolean;
  /** What is not known of the planned value, as the plan masks it. */
  readonly unknown: Plain;
  /** Where it is, if nothing is written for it. */
  readonly block: Origin;
}

/** A planned resource with the places, references and ways of what is written for it. */
export function mergeResource(planned: RawResource, written: RawResource, context: MergeContext): RawResource {
  const block = originAt(written.header, 'default-of-type', written.declaration);
  const merger = new ValueMerger(planned, written, context);
  const values = merger.object(planned.values, written.values, {
    path: '',
    isBody: true,
    unknown: context.plan.unknownOf(planned.address),
    block,
  });
  return {
    ...written,
    language: planned.language,
    address: planned.address,
    scope: mergeScopes(planned.scope, written.scope),
    existence: CERTAIN,
    isPrototype: false,
    keySet: undefined,
    values,
  };
}

/** The source's, with what only the plan knows. */
function mergeScopes(planned: ProviderScope, written: ProviderScope): ProviderScope {
  const known = (a: Value, b: Value) => (b.kind === 'unknown' && a.kind !== 'unknown' ? a : b);
  return {
    ...written,
    account: known(planned.account, written.account),
    region: known(planned.region, written.region),
    partition: known(planned.partition, written.partition),
  };
}

/** SAFETY: of larger sets the elements are matched only where they are equal. */
const maxMatched = 60;

class ValueMerger {
  #isTrial = false;
  #tried = 0;

  constructor(
    private readonly planned: RawResource,
    private readonly written: RawResource,
    private readonly context: MergeContext,
  ) {}

  object(planned: ObjectValue, written: ObjectValue, at: Place): ObjectValue {
    const entries = new Map<string, Value>();
    const names = new Set([...planned.entries.keys(), ...written.entries.keys()]);
    for (const name of [...names].sort(byCodePoint)) {
      const value = this.#entry(planned.entries.get(name), written.entries.get(name), {
        ...at,
        path: at.path === '' ? name : `${at.path}.${name}`,
        unknown: memberOf(at.unknown, name),
      });
      if (value !== undefined) entries.set(name, value);
    }
    return { ...written, entries, rest: undefined };
  }

  #entry(planned: Value | undefined, written: Value | undefined, at: Place): Value | undefined {
    if (at.isBody && (at.path === 'timeouts' || at.path === 'tags_all')) return this.#ownEntry(planned, written, at);
    if (written === undefined) return planned === undefined ? undefined : this.#unwritten(planned, at);
    if (planned === undefined) return this.#unplanned(written, at);
    // Null leaves it to the provider: its default, or what there is.
    const isLeft = written.kind === 'null' && at.isBody && planned.kind !== 'null' && planned.kind !== 'unknown';
    if (isLeft) return placedAt(planned, at.block);
    return this.#merge(planned, written, { ...at, isBody: false });
  }

  #ownEntry(planned: Value | undefined, written: Value | undefined, at: Place): Value | undefined {
    if (at.path === 'timeouts') return written;
    return written === undefined ? this.#computedTags(planned, at) : this.#merge(planned ?? written, written, at);
  }

  /** `tags_all` without default tags only repeats `tags`. */
  #computedTags(planned: Value | undefined, at: Place): Value | undefined {
    if (planned?.kind !== 'object') return undefined;
    const tags = this.planned.values.entries.get('tags');
    const own = tags?.kind === 'object' ? tags.entries : new Map<string, Value>();
    const isSame =
      own.size === planned.entries.size && [...planned.entries].every(([key, value]) => isEqual(value, own.get(key)));
    return isSame ? undefined : placedAt(planned, at.block);
  }

  /** What is planned and not written: a default, or what the provider knows already. */
  #unwritten(planned: Value, at: Place): Value | undefined {
    if (!at.isBody) return this.#differ(planned, at);
    const { plan } = this.context;
    const isTold = memberOf(plan.written.get(this.planned.address), at.path) !== undefined;
    if (isTold && planned.kind !== 'null') return this.#differ(planned, at);
    if (planned.kind === 'unknown' || planned.kind === 'null' || isEmptyList(planned)) return undefined;
    return placedAt(planned, at.block);
  }

  /** What is written and not planned. */
  #unplanned(written: Value, at: Place): Value | undefined {
    // The plan does not know it, nor whether it is written.
    if (at.unknown === true) return this.#source(written);
    if (written.kind === 'unknown' || isNothing(written)) return written.kind === 'unknown' ? undefined : written;
    if (written.sensitive === true && written.kind === 'string' && at.isBody) return written;
    this.#count(at);
    return undefined;
  }

  #merge(planned: Value, written: Value, at: Place): Value {
    if (planned.kind === 'unknown') return this.#source(written);
    if (written.kind === 'unknown') return this.#settled(planned, written);
    if (planned.kind === 'list' && written.kind === 'list') return this.#lists(planned, written, at);
    if (planned.kind === 'object' && written.kind === 'object')
      return this.object(planned, written, { ...at, isBody: isBlock(written) });
    if (isExactly(planned, written)) return this.#source(written);
    if (!isSameValue(planned, written)) return this.#differ(planned, at);
    const isDocument = written.kind === 'string' && (written.encoded !== undefined || /^\s*[{[]/.test(written.value));
    if (isDocument || planned.kind !== 'string' || written.kind !== 'string') return this.#source(written);
    return { ...written, value: planned.value };
  }

  /** What the source leaves open is decided: by one of its alternatives, or by something that it does not know. */
  #settled(planned: Value, written: Value & { readonly kind: 'unknown' }): Value {
    for (const alternative of written.alternatives ?? []) {
      if (alternative.kind !== 'absent' && isEqual(planned, alternative)) return this.#source(alternative);
    }
    const references = this.#references(written.refersTo);
    const value = written.origin === undefined ? planned : placedAt(planned, written.origin);
    return { ...value, refersTo: references, sensitive: planned.sensitive ?? written.sensitive };
  }

  #lists(planned: ListValue, written: ListValue, at: Place): Value {
    if (planned.rest !== undefined) return this.#source(written);
    const isOpen = written.rest !== undefined || written.existence !== undefined;
    const isSet = planned.type.kind === 'set' || written.type.kind === 'set';
    const inner = (index: number, origin?: Origin): Place => ({
      path: `${at.path}[${index}]`,
      isBody: false,
      unknown: elementOf(at.unknown, index),
      block: origin ?? at.block,
    });
    if (!isOpen && planned.elements.length !== written.elements.length) {
      // The length of a set in which something is unknown means nothing.
      return isSet && planned.elements.some(holdsUnknown) ? this.#source(written) : this.#differ(planned, at);
    }
    if (!isOpen && !isSet) {
      const elements = written.elements.map((element, index) => {
        const own = planned.elements[index];
        return own === undefined ? element : this.#element(own, element, inner(index));
      });
      return { ...written, elements, refersTo: this.#references(written.refersTo) };
    }
    return this.#matched(planned, written, inner);
  }

  #element(planned: Value, written: Value, at: Place): Value {
    if (planned.kind === 'object' && written.kind === 'object')
      return this.object(planned, written, {
        ...at,
        isBody: isBlock(written),
        block: written.origin === undefined ? at.block : originAt(written.origin, 'default-of-type'),
      });
    return this.#merge(planned, written, at);
  }

  /** Each planned element with the written one that fits it best; of an open list with what every further one looks like. */
  #matched(planned: ListValue, written: ListValue, inner: (index: number) => Place): ListValue {
    const free = [...written.elements];
    const prototype = written.rest?.element;
    const isMany = written.existence !== undefined;
    const elements: { readonly value: Value; readonly order: number }[] = [];
    for (const [index, own] of planned.elements.entries()) {
      const found =
        free.length > maxMatched ? free.find((one) => isEqual(own, one)) : this.#best(own, free, inner(index));
      const match = found ?? prototype;
      const order = found === undefined ? written.elements.length : written.elements.indexOf(found);
      elements.push({ value: match === undefined ? own : this.#element(own, match, inner(index)), order });
      if (found !== undefined && !isMany) free.splice(free.indexOf(found), 1);
    }
    // In the order in which they are written: of a set it says nothing.
    const sorted = elements.sort((a, b) => a.order - b.order).map(({ value }) => value);
    return { ...written, elements: sorted, rest: undefined, existence: undefined, existenceCause: undefined };
  }

  #best(planned: Value, candidates: readonly Value[], at: Place): Value | undefined {
    let best: Value | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const candidate of candidates) {
      const count = this.#trial(() => this.#element(planned, candidate, at));
      if (count < least) [best, least] = [candidate, count];
      if (count === 0) break;
    }
    return best;
  }

  /** How many differences there would be. */
  #trial(merge: () => void): number {
    const [before, wasTrial] = [this.#tried, this.#isTrial];
    this.#isTrial = true;
    this.#tried = 0;
    merge();
    const count = this.#tried;
    [this.#tried, this.#isTrial] = [before, wasTrial];
    return count;
  }

  #differ<T extends Value>(planned: T, at: Place): T {
    this.#count(at);
    return planned;
  }

  #count({ path }: Place): void {
    this.#tried++;
    const ignored = this.written.ignoreChanges ?? [];
    const name = path.split(/[.[]/)[0] ?? '';
    if (this.#isTrial || ignored.includes('all') || ignored.includes(name)) return;
    const { differences } = this.context;
    differences.values++;
    differences.first ??= `${this.planned.address}.${path}`;
  }

  /** The written value, its references to those instances that are planned. */
  #source(value: Value): Value {
    const refersTo = this.#references(value.refersTo);
    switch (value.kind) {
      case 'list': {
        const elements = mapChanged(value.elements, (element) => this.#source(element));
        return refersTo === value.refersTo && elements === value.elements ? value : { ...value, elements, refersTo };
      }
      case 'object': {
        let isChanged = refersTo !== value.refersTo;
        const entries = new Map<string, Value>();
        for (const [name, entry] of value.entries) {
          const own = this.#source(entry);
          isChanged ||= own !== entry;
          entries.set(name, own);
        }
        return isChanged ? { ...value, entries, refersTo } : value;
      }
      case 'unknown': {
        const parts =
          value.parts === undefined
            ? undefined
            : mapChanged(value.parts, (part) => {
                const own = typeof part === 'string' ? part : this.#source(part);
                return typeof own === 'string' || own.kind === 'unknown' ? own : part;
              });
        if (refersTo === value.refersTo && parts === value.parts) return value;
        return { ...value, parts, refersTo, identity: this.#identity(value.identity, value.refersTo, refersTo) };
      }
      default:
        return refersTo === value.refersTo ? value : { ...value, refersTo };
    }
  }

  /** The same attribute of one instance instead of one that stands for several. */
  #identity(
    identity: string | undefined,
    before: readonly Reference[] | undefined,
    after: readonly Reference[] | undefined,
  ): string | undefined {
    const [from, to] = [before?.[0], after?.[0]];
    if (identity === undefined || before?.length !== 1 || after?.length !== 1 || from === undefined || to === undefined)
      return identity === undefined || before === after ? identity : undefined;
    return identity.replace(from.address, () => to.address);
  }

  #references(references: readonly Reference[] | undefined): readonly Reference[] | undefined {
    if (references === undefined || !references.some(({ address }) => address.includes('[*]'))) return references;
    const from = { planned: this.planned, written: this.written };
    return references.flatMap((reference) => this.context.instances.referred(reference, from));
  }
}

/** A block: its header's place, or none of a map's type. */
function isBlock(value: ObjectValue): boolean {
  return value.type.kind === 'object' && value.refersTo === undefined;
}

function isEmptyList(value: Value): boolean {
  return value.kind === 'list' && value.elements.length === 0 && value.rest === undefined;
}

function holdsUnknown(value: Value): boolean {
  if (value.kind === 'list') return value.rest !== undefined || value.elements.some(holdsUnknown);
  return value.kind === 'object' ? [...value.entries.values()].some(holdsUnknown) : value.kind === 'unknown';
}

/** Whether both are known and say the same. */
function isEqual(a: Value, b: Value | undefined): boolean {
  if (b === undefined) return false;
  if (a.kind === 'list' && b.kind === 'list')
    return a.elements.length === b.elements.length && a.elements.every((one, index) => isEqual(one, b.elements[index]));
  if (a.kind === 'object' && b.kind === 'object')
    return [...new Set([...a.entries.keys(), ...b.entries.keys()])].every((key) => {
      const [own, other] = [a.entries.get(key), b.entries.get(key)];
      if (own === undefined || other === undefined) return isNothing(own ?? other ?? a);
      return isEqual(own, other);
    });
  return a.kind === 'null' ? b.kind === 'null' : isExactly(a, b);
}

/** The value with all that is in it at one place. */
function placedAt<T extends Value>(value: T, origin: Origin): T {
  if (value.kind === 'list')
    return { ...value, elements: value.elements.map((element) => placedAt(element, origin)), origin };
  if (value.kind !== 'object') return { ...value, origin };
  const entries = new Map([...value.entries].map(([name, entry]) => [name, placedAt(entry, origin)]));
  return { ...value, entries, origin };
}

function mapChanged<T>(list: readonly T[], change: (item: T) => T): readonly T[] {
  let isChanged = false;
  const changed = list.map((item) => {
    const own = change(item);
    isChanged ||= own !== item;
    return own;
  });
  return isChanged ? changed : list;
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
