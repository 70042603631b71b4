import { DYNAMIC, STRING } from '../model/type.js';
import type { Origin, StringValue, TextLayout, UnknownValue, Value } from '../model/value.js';
import { nullValue, originAt } from '../model/values.js';
import type { Diagnostic } from '../source/diagnostic.js';
import type { SourceFile } from '../source/source-file.js';
import type { JsonNode } from '../syntax/json/ast.js';
import { parseJson } from '../syntax/json/parse-json.js';
import { LIST_TYPE, OBJECT_TYPE } from './draft.js';

/** First of the private-use characters that stand for unknown parts inside a string, and those that stand alone. */
const INSIDE = 0xe000;
const ALONE = 0xf000;
/** SAFETY: more unknown parts than this leave a text undecoded; each has a character of its own. */
const maxUnknownParts = 2_000;
const PRIVATE_USE = /[\ue000-\uf8ff]/;

export type DecodedText = { readonly value: Value } | { readonly problem: string };

/**
 * The value of which a string is the JSON text, with places inside the text. Unknown parts are kept: inside a string they
 * make it partly known, elsewhere they are the value. A text that is no JSON gives its problem.
 */
export function decodeJsonText(value: StringValue | UnknownValue): DecodedText {
  const parts = value.kind === 'string' ? [value.value] : (value.parts ?? []);
  const unknowns = parts.filter((part) => typeof part !== 'string');
  const isAmbiguous = parts.some((part) => typeof part === 'string' && PRIVATE_USE.test(part));
  if (unknowns.length > 0 && (isAmbiguous || unknowns.length > maxUnknownParts)) {
    return { problem: 'The text has too many unknown parts' };
  }
  const { text, quoted } = joinParts(parts);
  const source: SourceFile = { path: '', text };
  const { root, diagnostics } = parseJson(source);
  if (root === undefined) return { problem: problemOf(diagnostics) };
  const reader = new Reader(unknowns, quoted, value);
  return { value: reader.read(root) };
}

function problemOf(diagnostics: readonly Diagnostic[]): string {
  return diagnostics[0]?.message ?? 'Nothing could be read';
}

/** The text with a character for each unknown part; where it stands outside a string, in quotes. */
function joinParts(parts: readonly (string | UnknownValue)[]): { text: string; quoted: number[] } {
  let text = '';
  let isInString = false;
  let count = 0;
  const quoted: number[] = [];
  for (const part of parts) {
    if (typeof part === 'string') {
      isInString = endsInString(part, isInString);
      text += part;
      continue;
    }
    if (isInString) text += String.fromCharCode(INSIDE + count);
    else {
      quoted.push(text.length);
      text += `"${String.fromCharCode(ALONE + count)}"`;
    }
    count++;
  }
  return { text, quoted };
}

function endsInString(text: string, isInString: boolean): boolean {
  let inside = isInString;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '\\' && inside) at++;
    else if (char === '"') inside = !inside;
  }
  return inside;
}

class Reader {
  constructor(
    private readonly unknowns: readonly UnknownValue[],
    private readonly quoted: readonly number[],
    private readonly whole: StringValue | UnknownValue,
  ) {}

  read(node: JsonNode): Value {
    const origin = this.originOf(node.start, node.end);
    switch (node.kind) {
      case 'object': {
        const entries = new Map<string, Value>();
        for (const member of node.members) entries.set(member.key, this.read(member.value));
        return { kind: 'object', type: OBJECT_TYPE, entries, origin };
      }
      case 'array':
        return { kind: 'list', type: LIST_TYPE, elements: node.elements.map((element) => this.read(element)), origin };
      case 'string':
        return this.readString(node.value, origin);
      case 'number':
        return { kind: 'number', value: Number(node.text), origin };
      case 'bool':
        return { kind: 'bool', value: node.value, origin };
      case 'null':
        return nullValue(DYNAMIC, origin);
    }
  }

  private readString(text: string, origin: Origin | undefined): Value {
    const { sensitive } = this.whole;
    if (this.unknowns.length === 0) return { kind: 'string', value: text, origin, sensitive };
    const alone = this.unknowns[text.charCodeAt(0) - ALONE];
    if (text.length === 1 && alone !== undefined) return alone.encoded ?? alone;
    const parts = this.splitParts(text);
    const [only] = parts;
    if (only === undefined || (parts.length === 1 && typeof only === 'string')) {
      return { kind: 'string', value: text, origin, sensitive };
    }
    if (parts.length === 1 && typeof only !== 'string') return { ...only, type: STRING, origin: only.origin ?? origin };
    const first = parts.find((part) => typeof part !== 'string');
    const reason = first === undefined || typeof first === 'string' ? this.unknownReason() : first.reason;
    const subject = first === undefined || typeof first === 'string' ? undefined : first.subject;
    return { kind: 'unknown', type: STRING, reason, subject, notNull: true, parts, origin, sensitive };
  }

  private unknownReason(): UnknownValue['reason'] {
    return this.whole.kind === 'unknown' ? this.whole.reason : 'invalid-value';
  }

  private splitParts(text: string): (string | UnknownValue)[] {
    const parts: (string | UnknownValue)[] = [];
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const unknown = this.unknowns[text.charCodeAt(at) - INSIDE];
      if (unknown === undefined) continue;
      if (at > from) parts.push(text.slice(from, at));
      parts.push(unknown);
      from = at + 1;
    }
    if (from < text.length) parts.push(text.slice(from));
    return parts;
  }

  private originOf(start: number, end: number): Origin | undefined {
    const { layout, origin } = this.whole;
    if (layout === undefined) return origin;
    const from = toSource(layout, this.toValueOffset(start));
    const to = toSource(layout, this.toValueOffset(end - 1)) + 1;
    const range = { file: layout.file, start: from, end: Math.max(from, to) };
    // The chain through which the text came stays; only its written end is narrowed.
    if (origin === undefined || origin.from === undefined) return originAt(range, 'written');
    return { ...origin, from: originAt(range, 'written') };
  }

  /** The quotes around an unknown part that stands alone are ours. */
  private toValueOffset(offset: number): number {
    let shift = 0;
    for (const at of this.quoted) {
      if (at >= offset) break;
      shift += 2;
    }
    return Math.max(0, offset - shift);
  }
}

function toSource({ segments }: TextLayout, offset: number): number {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((segments[middle]?.at ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const segment = segments[low];
  return segment === undefined ? 0 : segment.start + (offset - segment.at);
}
