import type { TerraformResult } from '../../src/evaluate/terraform/result.js';
import { formatNumber } from '../../src/evaluate/terraform/values/number.js';
import type { ListValue, ObjectValue, Value } from '../../src/model/value.js';

/** What is read of `terraform show -json`. */
export interface Plan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly change: { readonly after: unknown; readonly after_unknown: unknown };
  }[];
  readonly output_changes?: Readonly<Record<string, { readonly after?: unknown; readonly after_unknown: unknown }>>;
}

/** Holds the managed resources and the outputs of the first root to a plan. */
export function comparePlan(result: TerraformResult, plan: Plan): PlanComparison {
  const comparison = new PlanComparison();
  const planned = new Map((plan.resource_changes ?? []).map(({ address, change }) => [address, change]));
  for (const { address, mode, values } of result.resources) {
    if (mode === 'data') continue;
    const change = planned.get(address);
    // A resource has what is written, an output what references see: defaults, nulls and all.
    if (change === undefined) comparison.differences.push(`${address}: not planned`);
    else
      comparison.compare(values, change.after, {
        unknown: change.after_unknown,
        path: address,
        inSet: false,
        isWrittenOnly: true,
      });
    planned.delete(address);
  }
  for (const address of planned.keys()) {
    if (!/(^|\.)data\./.test(address)) comparison.differences.push(`${address}: planned only`);
  }
  for (const [output, value] of result.roots[0]?.outputs ?? []) {
    const change = plan.output_changes?.[output];
    if (change === undefined) continue;
    const path = `output.${output}`;
    comparison.compare(value, change.after, {
      unknown: change.after_unknown,
      path,
      inSet: false,
      isWrittenOnly: false,
    });
  }
  return comparison;
}

interface Position {
  /** The part of `after_unknown` for this value: true where the plan does not know it. */
  readonly unknown: unknown;
  readonly path: string;
  readonly inSet: boolean;
  readonly isWrittenOnly: boolean;
}

/** Counts what both know and agree on, and lists what they do not. */
export class PlanComparison {
  readonly differences: string[] = [];
  readonly onlyThere: string[] = [];
  readonly onlyHere: string[] = [];
  equal = 0;

  compare(ours: Value, theirs: unknown, at: Position): void {
    if (at.unknown === true) {
      const isWhollyOpen = ours.kind === 'list' && ours.rest !== undefined && ours.elements.length === 0;
      if (ours.kind !== 'unknown' && !isWhollyOpen) this.onlyHere.push(`${at.path}: ${show(shapeOf(ours))}`);
    } else if (ours.kind === 'unknown') {
      if (theirs !== undefined)
        this.onlyThere.push(`${at.path}: ${ours.reason} ${ours.subject ?? ''}, planned ${show(theirs)}`);
    } else if (ours.kind === 'list' && Array.isArray(theirs)) this.#compareLists(ours, theirs, at);
    else if (ours.kind === 'object' && isRecord(theirs)) this.#compareObjects(ours, theirs, at);
    else this.#compareScalars(ours, theirs, at);
  }

  #compareObjects(ours: ObjectValue, theirs: Readonly<Record<string, unknown>>, at: Position): void {
    for (const [key, their] of Object.entries(theirs)) {
      const mayLack = at.isWrittenOnly || ours.rest !== undefined || (at.inSet && isZero(their));
      if (!ours.entries.has(key) && !mayLack)
        this.differences.push(`${at.path}.${key}: missing here, planned ${show(their)}`);
    }
    for (const [key, entry] of ours.entries)
      if (key !== 'timeouts') this.compare(entry, theirs[key], step(at, key, `${at.path}.${key}`));
  }

  #compareLists(ours: ListValue, theirs: readonly unknown[], at: Position): void {
    if (ours.rest !== undefined || ours.existence !== undefined) {
      this.onlyThere.push(`${at.path}: open, planned ${show(theirs)}`);
    } else if (ours.elements.length !== theirs.length) {
      // A set in which something is not known is shown with a length that means nothing.
      if (ours.type.kind !== 'set' || !hasUnknown(at.unknown))
        this.differences.push(`${at.path}: ${ours.elements.length} elements, planned ${show(theirs)}`);
    } else if (ours.type.kind === 'set') this.#compareSets(ours, theirs, at);
    else {
      for (const [index, element] of ours.elements.entries())
        this.compare(element, theirs[index], step(at, String(index), `${at.path}[${index}]`));
    }
  }

  /** Sets come in the provider's order: every element of ours must be one of theirs. */
  #compareSets(ours: ListValue, theirs: readonly unknown[], at: Position): void {
    for (const [index, element] of ours.elements.entries()) {
      const trials = theirs.map((their, position) => {
        const trial = new PlanComparison();
        trial.compare(element, their, { ...step(at, String(position), `${at.path}[${index}]`), inSet: true });
        return trial;
      });
      const best = trials.sort((a, b) => a.differences.length - b.differences.length)[0];
      this.differences.push(...(best?.differences ?? []));
      this.onlyThere.push(...(best?.onlyThere ?? []));
      this.onlyHere.push(...(best?.onlyHere ?? []));
      this.equal += best?.equal ?? 0;
    }
  }

  #compareScalars(ours: Value, theirs: unknown, { path, inSet }: Position): void {
    // The provider takes an empty map of tags for none.
    if (ours.kind === 'object' && ours.entries.size === 0 && theirs === null) this.equal++;
    else if (ours.kind === 'null' && (theirs === undefined || theirs === null || (inSet && isZero(theirs))))
      this.equal++;
    else if (scalarOf(ours) === theirs || isSameDocument(scalarOf(ours), theirs)) this.equal++;
    else this.differences.push(`${path}: ${show(scalarOf(ours))} here, planned ${show(theirs)}`);
  }
}

/** A value in short, unknowns as `?`. */
function shapeOf(value: Value): unknown {
  if (value.kind === 'unknown') return '?';
  if (value.kind === 'list') return [...value.elements.map(shapeOf), ...(value.rest === undefined ? [] : ['...'])];
  if (value.kind !== 'object') return scalarOf(value);
  return Object.fromEntries([...value.entries].map(([name, entry]) => [name, shapeOf(entry)]));
}

function step(at: Position, key: string, path: string): Position {
  const unknown = typeof at.unknown === 'object' && at.unknown !== null ? Reflect.get(at.unknown, key) : undefined;
  return { ...at, unknown, path };
}

function scalarOf(value: Value): unknown {
  switch (value.kind) {
    case 'number':
      return Number(formatNumber(value));
    case 'string':
    case 'bool':
      return value.value;
    case 'null':
      return null;
    default:
      return `a ${value.kind}`;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a plan shows for an attribute that is not written in a block of a set. */
function isZero(value: unknown): boolean {
  return value === null || value === '' || value === false || value === 0 || (Array.isArray(value) && !value.length);
}

function hasUnknown(mask: unknown): boolean {
  return (JSON.stringify(mask) ?? '').includes('true');
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 120);
}

/** The provider writes documents anew: compact, their keys sorted. */
function isSameDocument(a: unknown, b: unknown): boolean {
  if (typeof a !== 'string' || typeof b !== 'string' || !/^\s*[{[]/.test(a)) return false;
  try {
    return sorted(JSON.parse(a)) === sorted(JSON.parse(b));
  } catch {
    return false;
  }
}

function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${sorted(entry)}`).join(',')}}`;
}
