import type { RawResource } from '../../model/raw-resource.js';
import type { Reference } from '../../model/value.js';

const KEY = /\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]/g;
const ANY_KEY = '[*]';

/** The address without instance keys. */
function bareAddress(address: string): string {
  return address.replace(KEY, '');
}

/**
 * The resources of a source and those of a plan, matched: where the source did not know how many there are, one stands for
 * all that were planned.
 */
export class SourceInstances {
  readonly #byAddress = new Map<string, RawResource>();
  /** Address without keys → those that stand for several. */
  readonly #prototypes = new Map<string, RawResource[]>();
  readonly #planned = new Map<string, RawResource[]>();
  readonly #used = new Set<RawResource>();
  readonly #patterns = new Map<string, RegExp>();

  constructor(
    private readonly source: readonly RawResource[],
    planned: readonly RawResource[],
  ) {
    for (const resource of source) {
      this.#byAddress.set(resource.address, resource);
      if (resource.address.includes(ANY_KEY)) push(this.#prototypes, bareAddress(resource.address), resource);
    }
    for (const resource of planned) push(this.#planned, bareAddress(resource.address), resource);
  }

  /** What is written for a planned resource. */
  sourceOf(planned: RawResource): RawResource | undefined {
    const exact = this.#byAddress.get(planned.address);
    const found =
      exact ??
      this.#prototypes
        .get(bareAddress(planned.address))
        ?.find(({ address }) => this.#patternOf(address).test(planned.address));
    if (found === undefined || found.type !== planned.type || found.mode !== planned.mode) return undefined;
    this.#used.add(found);
    return found;
  }

  /** What is written and was not planned. */
  notPlanned(): RawResource[] {
    return this.source.filter((resource) => !this.#used.has(resource));
  }

  /** The planned instances that a reference to one that stands for several means, as seen from an instance. */
  referred(reference: Reference, from: { readonly planned: RawResource; readonly written: RawResource }): Reference[] {
    const { address } = reference;
    if (!address.includes(ANY_KEY)) return [reference];
    const target = this.#byAddress.get(address);
    const near = this.#nearest(address, from, target);
    const planned = this.#planned.get(bareAddress(address)) ?? [];
    const pattern = this.#patternOf(near);
    const found = planned.filter((resource) => pattern.test(resource.address));
    return found.length === 0 ? [reference] : found.map((resource) => ({ ...reference, address: resource.address }));
  }

  /** The address with the keys of the modules that both are in, and with the own key where both have the same keys. */
  #nearest(
    address: string,
    { planned, written }: { readonly planned: RawResource; readonly written: RawResource },
    target: RawResource | undefined,
  ): string {
    const [theirs, mine, keys] = [segmentsOf(address), segmentsOf(written.address), segmentsOf(planned.address)];
    const isSameKeys = target?.keySet !== undefined && target.keySet === written.keySet;
    const result: string[] = [];
    let isShared = true;
    for (const [index, segment] of theirs.entries()) {
      const isLast = index === theirs.length - 1;
      isShared &&= isLast ? isSameKeys : segment === mine[index];
      const key = isLast ? keys[keys.length - 1] : keys[index];
      const own = isShared && segment.endsWith(ANY_KEY) ? (KEY_AT_END.exec(key ?? '')?.[0] ?? ANY_KEY) : ANY_KEY;
      result.push(segment.endsWith(ANY_KEY) ? segment.slice(0, -ANY_KEY.length) + own : segment);
    }
    return result.join('.');
  }

  #patternOf(address: string): RegExp {
    const known = this.#patterns.get(address);
    if (known !== undefined) return known;
    const parts = address.split(ANY_KEY).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    const pattern = new RegExp(`^${parts.join('\\[(?:"(?:[^"\\\\]|\\\\.)*"|\\d+)\\]')}$`);
    this.#patterns.set(address, pattern);
    return pattern;
  }
}

const KEY_AT_END = /\[(?:"(?:[^"\\]|\\.)*"|\d+)\]$/;
const SEGMENT = /module\.[^.[]+(?:\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\])?(?=\.)/y;

/** The calls of an address one by one, and then the rest. */
function segmentsOf(address: string): string[] {
  const segments: string[] = [];
  let at = 0;
  for (;;) {
    SEGMENT.lastIndex = at;
    const found = SEGMENT.exec(address);
    if (found === null) break;
    segments.push(found[0]);
    at = SEGMENT.lastIndex + 1;
  }
  return [...segments, address.slice(at)];
}

function push(map: Map<string, RawResource[]>, key: string, resource: RawResource): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [resource]);
  else known.push(resource);
}
