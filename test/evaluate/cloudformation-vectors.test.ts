import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { RawResource } from '../../src/model/raw-resource.js';
import type { Value } from '../../src/model/value.js';
import { type EvaluatedTemplates, evaluateTemplates } from '../support/evaluate-templates.js';
import { toPlain } from '../support/raw-resource.js';

interface Vector {
  readonly name: string;
  readonly template: string;
  readonly at: string;
  readonly expect: unknown;
}

const VECTORS = JSON.parse(
  readFileSync('fixtures/evaluate/cloudformation/value-vectors.json', 'utf8'),
) as readonly Vector[];

/** Where the answer must differ, and why. */
const DIFFERENT: Readonly<Record<string, { readonly reason: string; readonly ours: unknown }>> = {
  'ref-num': {
    reason:
      'A parameter is text, of whatever type it is: a property of type number makes it one, and this has no type.',
    ours: { value: '5' },
  },
};

/** What the expectation says of a value, read off the value. */
function describeValue(value: Value | undefined, as: unknown, { diagnostics }: EvaluatedTemplates): unknown {
  if (typeof as !== 'object' || as === null || Array.isArray(as)) {
    if (as === 'absent') return value === undefined ? 'absent' : toPlain(value);
    if (as === 'unknown') return value?.kind === 'unknown' || isWhollyUnknown(value) ? 'unknown' : toPlain(value);
    return toPlain(value);
  }
  const keys = Object.keys(as);
  const said: Record<string, unknown> = {};
  const codes = diagnostics.map((diagnostic) => diagnostic.split(' ')[0]);
  for (const key of keys) {
    const wanted = (as as Record<string, unknown>)[key];
    if (key === 'value' || key === 'assumed') said[key] = toPlain(value);
    else if (key === 'references') said[key] = value?.refersTo?.map(({ address }) => address);
    else if (key === 'diagnostic') said[key] = codes.includes(String(wanted)) ? wanted : codes;
    else if (key === 'choice') said[key] = wanted;
    else if (key === 'Reference') said[key] = toReference(value);
    else if (key === 'parts') said[key] = partsOf(value);
    else if (key === 'unknown') said[key] = value?.kind === 'unknown' ? value.reason : toPlain(value);
    else if (key === 'subject')
      said[key] = value?.kind === 'list' ? value.rest?.subject : value?.kind === 'unknown' ? value.subject : undefined;
    else if (key === 'sensitive') said[key] = value?.sensitive;
    else if (key === 'reason') said[key] = value?.kind === 'object' ? value.rest?.reason : undefined;
    else if (key === 'openList')
      said[key] = value?.kind === 'list' && value.rest !== undefined ? value.elements.map(toPlain) : 'closed';
    else if (key === 'openObject') said[key] = openEntries(value);
    else if (key === 'list') said[key] = value?.kind === 'list' ? itemsOf(value) : undefined;
  }
  if (!keys.includes('choice')) return said;
  const alternatives = value?.kind === 'unknown' ? (value.alternatives ?? []) : [];
  const names = keys.filter((key) => key !== 'choice');
  for (const [index, name] of names.entries()) {
    const one = alternatives[index];
    said[name] = one === undefined || one.kind === 'absent' ? 'absent' : toPlain(one);
  }
  return said;
}

function isWhollyUnknown(value: Value | undefined): boolean {
  return value?.kind === 'list' && value.elements.length > 0 && value.elements.every(({ kind }) => kind === 'unknown');
}

function toReference(value: Value | undefined): unknown {
  const reference = value?.refersTo?.[0] ?? (value?.kind === 'unknown' ? partReference(value) : undefined);
  if (reference === undefined) return undefined;
  const { address: target, attribute } = reference;
  return { target, kind: attribute === 'Ref' ? 'REF' : { GET_ATT: { attr: attribute } } };
}

function partReference(value: Extract<Value, { readonly kind: 'unknown' }>) {
  return value.parts?.flatMap((part) => (typeof part === 'string' ? [] : (part.refersTo ?? [])))[0];
}

function partsOf(value: Value | undefined): unknown {
  if (value?.kind !== 'unknown') return toPlain(value);
  return value.parts?.map((part) =>
    typeof part === 'string'
      ? part
      : { unknown: part.reason, ...(part.reason === 'data-source' ? {} : { subject: part.subject }) },
  );
}

function openEntries(value: Value | undefined): unknown {
  if (value?.kind !== 'object' || value.rest === undefined) return 'closed';
  return Object.fromEntries([...value.entries].map(([key, entry]) => [key, toPlain(entry)]));
}

function itemsOf(list: Extract<Value, { readonly kind: 'list' }>): unknown {
  return list.elements.map((element, index) =>
    list.existence?.has(index) === true
      ? { perhaps: toPlain(element), condition: list.existenceCause?.subject }
      : toPlain(element),
  );
}

function describeExistence(resource: RawResource | undefined, as: Record<string, unknown>): unknown {
  if (resource === undefined) return { existence: 'none' };
  const { existence } = resource;
  if (existence.kind === 'certain') return { existence: 'certain' };
  const { reason, subject } = existence;
  return 'subject' in as ? { existence: 'unknown', reason, subject } : { existence: 'unknown' };
}

function describeVector({ template, at, expect: as }: Vector): unknown {
  const evaluated = evaluateTemplates(template);
  const find = (name: string) => evaluated.result.resources.find(({ address }) => address === name);
  if (at.startsWith('link ')) {
    const [companion, parent] = [find('B')?.existence, find('A')?.existence];
    const isSame =
      companion?.kind === 'certain' || (parent?.kind === 'unknown' && parent.condition === companion?.condition);
    return { certainRelativeToParent: isSame };
  }
  const [, name = '', , ...path] = at.split(/[.[\]]+/).filter((step) => step !== '');
  if (!at.includes('.Properties')) return describeExistence(find(name), as as Record<string, unknown>);
  let value = find(name)?.values as Value | undefined;
  for (const step of path) {
    value =
      value?.kind === 'object'
        ? value.entries.get(step)
        : value?.kind === 'list'
          ? value.elements[Number(step)]
          : undefined;
  }
  return describeValue(value, as, evaluated);
}

describe('the measured values', () => {
  for (const vector of VECTORS) {
    const different = DIFFERENT[vector.name];
    test(`${vector.name}${different === undefined ? '' : `: ${different.reason}`}`, () => {
      const wanted = different?.ours ?? vector.expect;
      expect(describeVector({ ...vector, expect: wanted })).toEqual(wanted);
    });
  }
});
