import type { KeyKind } from '../schemas/iam-action-table.js';
import type { Document } from './applies.js';
import type { Condition } from './condition.js';
import { ABSENT, type KeyState, known } from './context.js';
import { positiveOf } from './operators/operators.js';
import { ANY, ONE, plainText, type Template, type Text } from './text.js';

/** The families of operators whose tests can be told apart by finitely many values. */
const FAMILIES: Readonly<Record<string, KeyKind | 'folded'>> = {
  stringequals: 'text',
  stringlike: 'text',
  stringequalsignorecase: 'folded',
  bool: 'bool',
  numericequals: 'number',
  numericlessthan: 'number',
  numericlessthanequals: 'number',
  numericgreaterthan: 'number',
  numericgreaterthanequals: 'number',
  dateequals: 'date',
  datelessthan: 'date',
  datelessthanequals: 'date',
  dategreaterthan: 'date',
  dategreaterthanequals: 'date',
};

/**
 * States of a key of one value that stand for all that it can have, as far as the documents' conditions tell them apart:
 * absence too. Undefined where that cannot be said: sets, wildcards, variables, operators of several families, or of
 * another one than the key's values are.
 */
export function statesOf(key: string, kind: KeyKind, documents: readonly Document[]): readonly KeyState[] | undefined {
  const families = new Set<string>();
  const points = new Set<string>();
  for (const { statements } of documents) {
    for (const statement of statements) {
      if (usesVariable(key, statement)) return undefined;
      for (const { condition } of statement.conditions) {
        if (condition.key === undefined || condition.operator === undefined) return undefined;
        if (condition.key !== key || condition.operator.base === 'null') continue;
        const family = familyOf(condition);
        const values = plainValues(condition);
        if (family === undefined || values === undefined) return undefined;
        families.add(family);
        for (const value of values) points.add(value);
      }
    }
  }
  if (families.size > 1) return undefined;
  const [family = kind] = families;
  if (family !== kind && !(family === 'folded' && kind === 'text')) return undefined;
  return valuesOf(family, [...points])
    ?.map((value) => known(value))
    .concat(ABSENT);
}

function familyOf({ operator }: Condition): string | undefined {
  if (operator === undefined || operator.set !== undefined) return undefined;
  return FAMILIES[positiveOf(operator.base) ?? operator.base];
}

/** The values of a condition, none with wildcards; undefined where some are not known. */
function plainValues({ operator, values }: Condition): string[] | undefined {
  if (values.rest !== undefined) return undefined;
  const plain: string[] = [];
  const isGlob = operator?.base.includes('like') === true;
  for (const { options, perhaps } of values.elements) {
    const template = options[0];
    if (perhaps !== undefined || template === undefined || template.hasVariables) return undefined;
    const text = template.tokens as Text;
    if (isGlob && text.some((token) => token === ANY || token === ONE)) return undefined;
    const value = plainText(text);
    if (value === undefined) return undefined;
    plain.push(value);
  }
  return plain;
}

function valuesOf(family: string, points: readonly string[]): string[] | undefined {
  switch (family) {
    case 'bool':
      return ['true', 'false'];
    case 'number':
      return around(points.map(Number), 1)?.map(String);
    case 'date':
      return around(points.map(toSeconds), 1)?.map(String);
    default:
      return [...points, OTHER];
  }
}

/** A text that no policy holds. */
const OTHER = '\u{f0000}';

/** SAFETY: a policy with more limits than these on one key is left open. */
const maxPoints = 40;

/** The points, one beyond the first and the last, and one between each two. */
function around(points: readonly number[], step: number): number[] | undefined {
  if (points.length > maxPoints || points.some((point) => !Number.isSafeInteger(point))) return undefined;
  const sorted = [...new Set(points)].sort((some, other) => some - other);
  const between = sorted.map((point, index) => (point + (sorted[index + 1] ?? point + 2 * step)) / 2);
  return [(sorted[0] ?? 0) - step, ...sorted, ...between];
}

function toSeconds(text: string): number {
  if (/^\d{5,}$/.test(text)) return Number(text);
  // Only whole forms, whose meaning is the same everywhere.
  return /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?$/.test(text) ? Date.parse(text) / 1000 : Number.NaN;
}

function usesVariable(key: string, { resources, notResources, conditions }: Document['statements'][number]): boolean {
  const isUsed = (template: Template | undefined) =>
    template?.tokens.some((token) => typeof token === 'object' && 'key' in token && token.key === key) === true;
  const lists = [resources, notResources, ...conditions.map(({ condition }) => condition.values)];
  return lists.some((list) => list?.elements.some(({ options }) => options.some(isUsed)) === true);
}
