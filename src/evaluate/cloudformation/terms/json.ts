import { STRING } from '../../../model/type.js';
import { stringValue, unknownValue } from '../../../model/values.js';
import type { Assumption } from './assumption.js';
import { lift } from './choice.js';
import { type ChoiceTerm, mayBeAbsent, type PlainTerm, type Term } from './term.js';

/** SAFETY: how many choices inside one value are told apart. */
const maxInnerChoices = 12;

/**
 * Applies to every way in which the choices inside a term can turn out; undefined where those are too many.
 */
export function liftInner(term: Term, assumption: Assumption, apply: (plain: Term) => Term): Term | undefined {
  const inner = new Set<ChoiceTerm>();
  collectChoices(term, inner);
  if (inner.size === 0) return apply(term);
  if (inner.size > maxInnerChoices) return undefined;
  const choices = [...inner];
  const marks = new Map<Term, PlainTerm>();
  const result = lift(choices, assumption, (plain) => {
    if (plain.some((one) => one.kind === 'unknown' && mayBeAbsent(one))) return unknownValue('limit-reached');
    choices.forEach((choice, index) => {
      const leaf = plain[index];
      if (leaf !== undefined) marks.set(choice, leaf);
    });
    return apply(replaceChoices(term, marks));
  });
  return result.kind === 'unknown' && result.reason === 'limit-reached' ? undefined : result;
}

function collectChoices(term: Term, into: Set<ChoiceTerm>): void {
  if (into.size > maxInnerChoices) return;
  if (term.kind === 'choice') {
    into.add(term);
    // What is in a branch is looked at when the branch is taken.
    return;
  }
  if (term.kind === 'sequence') for (const item of term.items) collectChoices(item, into);
  else if (term.kind === 'mapping') for (const entry of term.entries.values()) collectChoices(entry, into);
}

function replaceChoices(term: Term, by: ReadonlyMap<Term, PlainTerm>): Term {
  const own = by.get(term);
  if (own !== undefined) return own;
  if (term.kind === 'sequence') {
    const items = term.items.map((item) => replaceChoices(item, by)).filter(({ kind }) => kind !== 'absent');
    return { ...term, items };
  }
  if (term.kind !== 'mapping') return term;
  const entries = new Map<string, Term>();
  for (const [key, entry] of term.entries) {
    const replaced = replaceChoices(entry, by);
    if (replaced.kind !== 'absent') entries.set(key, replaced);
  }
  return { ...term, entries };
}

/**
 * The JSON text of a term, in pieces: known texts, and unknown parts. Undefined where something in it may not be there, or
 * a list or mapping is open. Keys stand in the order in which they are written.
 */
export function jsonPieces(term: Term): PlainTerm[] | undefined {
  const pieces: PlainTerm[] = [];
  return writeJson(term, pieces) ? pieces : undefined;
}

function writeJson(term: Term, into: PlainTerm[]): boolean {
  switch (term.kind) {
    case 'string':
      into.push(stringValue(JSON.stringify(term.value)));
      return true;
    case 'number':
      into.push(stringValue(term.text));
      return true;
    case 'bool':
      into.push(stringValue(String(term.value)));
      return true;
    case 'null':
      into.push(stringValue('null'));
      return true;
    case 'unknown':
      writeUnknown(term, into);
      return true;
    case 'sequence':
      return (
        term.rest === undefined &&
        writeAll(
          term.items.map((item) => ['', item]),
          '[]',
          into,
        )
      );
    case 'mapping': {
      const entries = [...term.entries].map(([key, entry]): [string, Term] => [`${JSON.stringify(key)}:`, entry]);
      return term.rest === undefined && writeAll(entries, '{}', into);
    }
    default:
      return false;
  }
}

function writeUnknown(term: Extract<PlainTerm, { readonly kind: 'unknown' }>, into: PlainTerm[]): void {
  if (term.type !== STRING || term.notNull !== true) {
    into.push({ ...term, parts: undefined, alternatives: undefined, identity: undefined });
    return;
  }
  into.push(stringValue('"'));
  for (const part of term.parts ?? [term]) {
    // What an unknown text holds may be escaped.
    if (typeof part === 'string') into.push(stringValue(JSON.stringify(part).slice(1, -1)));
    else into.push({ ...part, identity: undefined, alternatives: undefined, parts: undefined });
  }
  into.push(stringValue('"'));
}

function writeAll(
  entries: readonly (readonly [string, Term])[],
  [open = '', close = '']: string,
  into: PlainTerm[],
): boolean {
  into.push(stringValue(open));
  for (const [index, [key, entry]] of entries.entries()) {
    into.push(stringValue(`${index === 0 ? '' : ','}${key}`));
    if (!writeJson(entry, into)) return false;
  }
  into.push(stringValue(close));
  return true;
}
