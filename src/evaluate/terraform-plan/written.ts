import { isRecord, memberOf, type Plain } from './plain.js';

/** What the configuration says of one body: which names are written, and by what. */
export interface Expressions {
  isWritten(name: string): 'yes' | 'no' | 'unclear';
  of(name: string): Plain;
}

/** No configuration, or a dynamic block, which the `configuration` of a plan leaves out. */
export const NOTHING_TOLD: Expressions = { isWritten: () => 'unclear', of: () => undefined };

const known = new WeakMap<object, Expressions>();
const NOTHING_WRITTEN: Expressions = { isWritten: () => 'no', of: () => undefined };

/** The `expressions` of a resource or block; read once for all instances. */
export function expressionsIn(plain: Plain): Expressions {
  if (!isRecord(plain)) return NOTHING_WRITTEN;
  const before = known.get(plain);
  if (before !== undefined) return before;
  const expressions = new Map(Object.entries(plain));
  const made: Expressions = {
    isWritten: (name) => (expressions.has(name) ? 'yes' : 'no'),
    of: (name) => expressions.get(name),
  };
  known.set(plain, made);
  return made;
}

/** Blocks that are an attribute: what is written in which of them is not told, only what all together refer to. */
export function referencesIn(expression: Plain): Expressions {
  return { isWritten: () => 'unclear', of: () => expression };
}

/** What is written of the blocks of one type; undefined where that is not told. */
export type BlockExpressions = readonly Expressions[] | undefined;

/** The blocks' expressions, in the order of the blocks; those of a set, whose order is another, together. */
export function expressionsOf(expression: Plain, count: number, isSet: boolean): BlockExpressions {
  const blocks = Array.isArray(expression) ? expression : isRecord(expression) ? [expression] : [];
  // Where there are more, dynamic blocks have made them.
  if (blocks.length !== count) return undefined;
  if (!isSet || count === 1) return blocks.map(expressionsIn);
  const all: Expressions = {
    isWritten: (name) => {
      const written = blocks.filter((block) => memberOf(block, name) !== undefined).length;
      return written === 0 ? 'no' : written === count ? 'yes' : 'unclear';
    },
    of: (name) => together(blocks.map((block) => memberOf(block, name))),
  };
  return blocks.map(() => all);
}

export function bodyOf(blocks: BlockExpressions, index: number): Expressions {
  return blocks?.[index] ?? NOTHING_TOLD;
}

/** Whichever of the blocks it is: it refers to what one of them refers to. */
function together(expressions: readonly Plain[]): Plain {
  if (expressions.some(Array.isArray)) return undefined;
  const references = expressions.flatMap((one) => {
    const list = memberOf(one, 'references');
    return Array.isArray(list) ? list : [];
  });
  return references.length === 0 ? undefined : { references };
}
