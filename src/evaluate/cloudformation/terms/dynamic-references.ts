import { STRING } from '../../../model/type.js';
import type { UnknownValue } from '../../../model/value.js';
import { stringValue, unknownValue } from '../../../model/values.js';
import { mapTerm, type PlainTerm, type Term } from './term.js';
import { concatTexts } from './text.js';

/** First of the private-use characters that stand for unknown parts. */
const PLACEHOLDER = 0xe000;
const maxPlaceholders = 6_000;
const REFERENCE = /\{\{resolve:(ssm|ssm-secure|secretsmanager):([^{}]*)\}\}/g;

/**
 * The term with every dynamic reference (`{{resolve:ssm:…}}`) in its texts as an unknown part: what another service keeps,
 * and a secret where that service is for secrets.
 */
export function resolveDynamicReferences(term: Term, root: string): Term {
  return mapTerm(term, (one) => (one.kind === 'string' || one.kind === 'unknown' ? resolveText(one, root) : one));
}

function resolveText(term: PlainTerm, root: string): PlainTerm {
  const parts = term.kind === 'string' ? [term.value] : term.kind === 'unknown' ? (term.parts ?? []) : [];
  if (!parts.some((part) => typeof part === 'string' && part.includes('{{resolve:'))) return term;
  const unknowns = parts.filter((part) => typeof part !== 'string');
  if (unknowns.length > maxPlaceholders) return term;
  let count = 0;
  const text = parts
    .map((part) => (typeof part === 'string' ? part : String.fromCharCode(PLACEHOLDER + count++)))
    .join('');
  const pieces: PlainTerm[] = [];
  let at = 0;
  for (const match of text.matchAll(REFERENCE)) {
    const [whole, service = '', key = ''] = match;
    pieces.push(...between(text.slice(at, match.index), unknowns), storedText(service, key, root));
    at = match.index + whole.length;
  }
  if (pieces.length === 0) return term;
  const resolved = concatTexts([...pieces, ...between(text.slice(at), unknowns)], term.origin);
  const isSecret = pieces.some((piece) => piece.kind === 'unknown' && piece.sensitive === true);
  return isSecret && resolved.kind === 'unknown' ? { ...resolved, sensitive: true } : resolved;
}

function between(text: string, unknowns: readonly UnknownValue[]): PlainTerm[] {
  const pieces: PlainTerm[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const unknown = unknowns[text.charCodeAt(at) - PLACEHOLDER];
    if (unknown === undefined) continue;
    pieces.push(stringValue(text.slice(from, at)), unknown);
    from = at + 1;
  }
  pieces.push(stringValue(text.slice(from)));
  return pieces;
}

function storedText(service: string, key: string, root: string): UnknownValue {
  const isWhole = ![...key].some((char) => char.charCodeAt(0) >= PLACEHOLDER && char.charCodeAt(0) < 0xf900);
  const name = isWhole ? key : '…';
  return unknownValue('data-source', {
    subject: service === 'ssm' ? `ssm:${name}` : `${service}:${name}`,
    type: STRING,
    notNull: true,
    identity: isWhole ? `${root}\0${service}:${key}` : undefined,
    sensitive: service === 'ssm' ? undefined : true,
  });
}
