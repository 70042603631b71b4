import { DYNAMIC, STRING } from '../../../model/type.js';
import type { TextLayout, UnknownValue } from '../../../model/value.js';
import { stringValue, unknownValue } from '../../../model/values.js';
import type { DataNode } from '../../../syntax/data/ast.js';
import { lift } from '../terms/choice.js';
import { finishTerm } from '../terms/finish.js';
import { jsonPieces, liftInner } from '../terms/json.js';
import {
  identityOfCall,
  invalidExpression,
  isScalar,
  isSensitive,
  mayBeAbsent,
  type PlainTerm,
  type SequenceTerm,
  sequenceTerm,
  type Term,
  unknownOf,
} from '../terms/term.js';
import { concatTexts, partsOf } from '../terms/text.js';
import { argumentList, invalidCall, textArgument } from './arguments.js';
import type { IntrinsicCall, Scope } from './context.js';
import { LayoutBuilder, mayBeDocument } from './layout.js';
import { mappingOf, scalarText } from './nodes.js';
import { resolveAttribute, resolveName } from './references.js';

/** SAFETY: a list of more items that depend on something is not walked through item by item. */
const maxWalkedItems = 200;

/** `${Name}`, `${Resource.Attribute}`, `${!literal}`. */
const PLACEHOLDER = /\$\{([^}]*)\}/g;
const NAME = /^[A-Za-z0-9_:#.@-]+$/;

export function evaluateSub(call: IntrinsicCall, scope: Scope): Term {
  if (scalarText(call.argument) !== undefined) return substitute(call.argument, new Map(), call, scope);
  const [text, variables] = argumentList(call, 2) ?? [];
  const named = mappingOf(variables);
  if (text === undefined || scalarText(text) === undefined || named === undefined)
    return invalidCall(call, scope, 'takes a text, or a text and the values of its names.');
  const values = new Map<string, DataNode>();
  for (const [name, { value }] of named.entries) values.set(name, value);
  return substitute(text, values, call, scope);
}

/** A stretch of the text of `Fn::Sub`: as it is, or with a name in braces. */
interface Piece {
  readonly from: number;
  readonly to: number;
  /** What stands there; undefined for a name. */
  readonly text: string | undefined;
  readonly name: string;
}

function substitute(node: DataNode, variables: ReadonlyMap<string, DataNode>, call: IntrinsicCall, scope: Scope): Term {
  const template = scalarText(node) ?? '';
  const pieces = splitTemplate(template);
  const names = [...new Set(pieces.flatMap(({ text, name }) => (text === undefined ? [name] : [])))];
  const terms = names.map((name) => placeholderTerm(name, variables, call, scope));
  const origin = scope.origin(
    call.at,
    'written',
    undefined,
    scope.context.loopOrigin(call.at) ?? scope.context.loopOrigin(node),
  );
  return lift(terms, scope.assumption, (plain) => {
    const byName = new Map(names.map((name, index) => [name, plain[index]]));
    const wrong = plain.findIndex((term) => !isScalar(term) && term.kind !== 'unknown');
    if (wrong !== -1) return invalidCall(call, scope, `takes texts, and "${names[wrong]}" is none.`);
    const texts = pieces.map(({ text, name }) =>
      text === undefined ? (byName.get(name) ?? invalidExpression(origin)) : stringValue(text),
    );
    const joined = concatTexts(texts, origin);
    if (!mayBeDocument(template) || (joined.kind !== 'string' && joined.kind !== 'unknown')) return joined;
    return { ...joined, layout: layoutOf(pieces, texts, node, scope) };
  });
}

function layoutOf(pieces: readonly Piece[], texts: readonly PlainTerm[], node: DataNode, scope: Scope): TextLayout {
  const layout = new LayoutBuilder(scope.context.stream, node);
  for (const [index, { from, to, text }] of pieces.entries()) {
    if (text !== undefined && text.length === to - from) layout.literal(from, to);
    else layout.replaced(from, unitsOf(texts[index]));
  }
  return layout.finish();
}

/** The length of a text as a layout counts it: an unknown part is one unit. */
function unitsOf(term: PlainTerm | undefined): number {
  const parts = term === undefined ? undefined : partsOf(term);
  return parts?.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 1), 0) ?? 1;
}

function splitTemplate(template: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const literal = (to: number) => {
    if (to > at) pieces.push({ from: at, to, text: template.slice(at, to), name: '' });
  };
  for (const match of template.matchAll(PLACEHOLDER)) {
    const [whole, name = ''] = match;
    literal(match.index);
    const text = name.startsWith('!') ? `\${${name.slice(1)}}` : undefined;
    at = match.index + whole.length;
    pieces.push({ from: match.index, to: at, text, name });
  }
  literal(template.length);
  return pieces;
}

function placeholderTerm(
  name: string,
  variables: ReadonlyMap<string, DataNode>,
  call: IntrinsicCall,
  scope: Scope,
): Term {
  const own = variables.get(name);
  if (own !== undefined) return scope.evaluate(own);
  if (!NAME.test(name)) return invalidCall(call, scope, `has the placeholder "\${${name}}", which is no name.`);
  const dot = name.indexOf('.');
  if (dot <= 0) return resolveName(name, scope, call.at, call.name);
  return resolveAttribute(name.slice(0, dot), name.slice(dot + 1), scope, call.at);
}

/** `Fn::Join [delimiter, list]`. */
export function evaluateJoin(call: IntrinsicCall, scope: Scope): Term {
  const [separator, list] = argumentList(call, 2) ?? [];
  const delimiter = scalarText(separator);
  if (delimiter === undefined || list === undefined) return invalidCall(call, scope, 'takes a text and a list.');
  return lift([scope.evaluate(list)], scope.assumption, ([plain], assumption) => {
    if (plain?.kind === 'sequence') return joinItems(plain, delimiter, scope.under(assumption), call);
    if (plain?.kind === 'unknown') return unknownText('join', [stringValue(delimiter), plain], call, scope);
    return invalidCall(call, scope, 'takes a text and a list.');
  });
}

function unknownText(name: string, args: readonly PlainTerm[], call: IntrinsicCall, scope: Scope): UnknownValue {
  const identity = identityOfCall(name, args);
  return unknownOf(args, { type: STRING, notNull: true, identity, origin: scope.origin(call.at) });
}

function joinItems(list: SequenceTerm, delimiter: string, scope: Scope, call: IntrinsicCall): Term {
  const choices = list.items.filter(({ kind }) => kind === 'choice').length;
  const join = (items: readonly PlainTerm[]) => joinPlain(items, list, { delimiter, scope, call });
  if (choices > maxWalkedItems)
    return unknownOf([list], { type: STRING, notNull: true, origin: scope.origin(call.at) });
  return lift(list.items, scope.assumption, join);
}

interface Joining {
  readonly delimiter: string;
  readonly scope: Scope;
  readonly call: IntrinsicCall;
}

function joinPlain(terms: readonly PlainTerm[], list: SequenceTerm, { delimiter, scope, call }: Joining): Term {
  const origin = scope.origin(call.at);
  const items = terms.filter(({ kind }) => kind !== 'absent');
  if (items.some((item) => !isScalar(item) && item.kind !== 'unknown'))
    return invalidCall(call, scope, 'takes a list of texts.');
  const unsure = items.findIndex(mayBeAbsent);
  if (unsure === -1 && list.rest === undefined) {
    const joined = concatTexts(interleave(items, delimiter), origin);
    return list.sensitive === true && joined.kind !== 'absent' ? { ...joined, sensitive: true } : joined;
  }
  // What may not be there takes a delimiter with it.
  const before = unsure === -1 ? items : items.slice(0, unsure);
  const after = unsure === -1 || list.rest !== undefined ? [] : items.slice(items.findLastIndex(mayBeAbsent) + 1);
  const middle = unknownText('join', [stringValue(delimiter), { ...list, items }], call, scope);
  return concatTexts([...interleave(before, delimiter), middle, ...interleave(after, delimiter)], origin);
}

function interleave(items: readonly PlainTerm[], delimiter: string): PlainTerm[] {
  const separator = stringValue(delimiter);
  return items.flatMap((item, index) => (index === 0 || delimiter === '' ? [item] : [separator, item]));
}

/** `Fn::Split [delimiter, text]`. */
export function evaluateSplit(call: IntrinsicCall, scope: Scope): Term {
  const [separator, text] = argumentList(call, 2) ?? [];
  const delimiter = scalarText(separator);
  if (delimiter === undefined || text === undefined) return invalidCall(call, scope, 'takes two texts.');
  if (delimiter === '') return invalidCall(call, scope, 'takes a delimiter that is not empty.');
  return lift([scope.evaluate(text)], scope.assumption, ([plain]) => {
    const parts = plain === undefined ? undefined : partsOf(plain);
    if (plain === undefined || parts === undefined) return invalidCall(call, scope, 'takes two texts.');
    return splitParts(parts, delimiter, plain, scope, call);
  });
}

/** Pseudo parameters that have letters, digits and hyphens only. */
const WORDS: ReadonlySet<string | undefined> = new Set([
  'AWS::Region',
  'AWS::AccountId',
  'AWS::Partition',
  'AWS::StackName',
]);

/** Pieces up to the first unknown part that may hold the delimiter; beyond it the list is open. */
function splitParts(
  parts: readonly (string | UnknownValue)[],
  delimiter: string,
  text: PlainTerm,
  scope: Scope,
  call: IntrinsicCall,
): Term {
  const origin = scope.origin(call.at);
  const items: PlainTerm[] = [];
  let open: PlainTerm[] = [];
  const close = () => {
    items.push(concatTexts(open, origin));
    open = [];
  };
  for (const part of parts) {
    if (typeof part !== 'string') {
      if (!WORDS.has(part.subject) || /^[A-Za-z0-9-]+$/.test(delimiter)) {
        const identity = identityOfCall('split', [stringValue(delimiter), text]);
        const element = unknownValue(part.reason, { subject: part.subject, type: STRING, notNull: true });
        const { reason, subject } = part;
        return sequenceTerm(items, origin, { reason, subject, element }, identity);
      }
      open.push(part);
      continue;
    }
    const [first = '', ...others] = part.split(delimiter);
    open.push(stringValue(first));
    for (const other of others) {
      close();
      open.push(stringValue(other));
    }
  }
  close();
  return { ...sequenceTerm(items, origin), sensitive: isSensitive(text) ? true : undefined };
}

/** `Fn::Select [index, list]`; the index may be written as text. */
export function evaluateSelect(call: IntrinsicCall, scope: Scope): Term {
  const [index, list] = argumentList(call, 2) ?? [];
  if (index === undefined || list === undefined) return invalidCall(call, scope, 'takes an index and a list.');
  return lift([scope.evaluate(index), scope.evaluate(list)], scope.assumption, (plain, assumption) => {
    const [at, items] = plain;
    if (at === undefined || items === undefined) return invalidExpression();
    const text = textArgument(at);
    const isIndex = text !== undefined && /^\d+$/.test(text);
    if (at.kind === 'unknown' || items.kind === 'unknown') {
      const identity = identityOfCall('select', plain);
      return unknownOf(plain, { identity, notNull: true, origin: scope.origin(call.at) });
    }
    if (!isIndex || items.kind !== 'sequence') return invalidCall(call, scope, 'takes an index and a list.');
    return selectItem(items, Number(text), scope.under(assumption), call);
  });
}

function selectItem(list: SequenceTerm, index: number, scope: Scope, call: IntrinsicCall): Term {
  const mark = (term: Term): Term =>
    list.sensitive === true && term.kind !== 'choice' && term.kind !== 'absent' ? { ...term, sensitive: true } : term;
  // Only what stands before the item, and may not be there, moves it.
  const upTo = list.items.findIndex(mayBeAbsent);
  if (upTo === -1 || index < upTo) {
    const item = list.items[index];
    if (item !== undefined) return mark(item);
    return outOfRange(list, list.items.length, index, scope, call);
  }
  if (list.items.length > maxWalkedItems) return unknownOf([list], { origin: scope.origin(call.at) });
  return lift(list.items, scope.assumption, (plain) => {
    if (plain.some((item) => item.kind === 'unknown' && mayBeAbsent(item)))
      return unknownOf([list], { origin: scope.origin(call.at) });
    const present = plain.filter(({ kind }) => kind !== 'absent');
    const item = present[index];
    return item === undefined ? outOfRange(list, present.length, index, scope, call) : mark(item);
  });
}

function outOfRange(list: SequenceTerm, length: number, index: number, scope: Scope, call: IntrinsicCall): Term {
  const { rest } = list;
  if (rest === undefined) return invalidCall(call, scope, `asks for item ${index} of a list of ${length}.`);
  const identity = list.identity === undefined ? undefined : `select(${index - length},${list.identity})`;
  return unknownValue(rest.reason, {
    subject: rest.subject,
    type: STRING,
    notNull: true,
    identity,
    origin: scope.origin(call.at),
    sensitive: list.sensitive,
    parts: rest.element?.kind === 'unknown' ? rest.element.parts : undefined,
  });
}

/** `Fn::Base64`: the plain text is kept beside the encoded one. */
export function evaluateBase64(call: IntrinsicCall, scope: Scope): Term {
  return lift([scope.evaluate(call.argument)], scope.assumption, ([plain]) => {
    const origin = scope.origin(call.at);
    const parts = plain === undefined ? undefined : partsOf(plain);
    if (plain === undefined || parts === undefined) return invalidCall(call, scope, 'takes a text.');
    const encoded = finishTerm(plain, STRING);
    const [only = ''] = parts;
    if (parts.length > 1 || typeof only !== 'string')
      return { ...unknownText('base64', [plain], call, scope), encoded };
    const sensitive = isSensitive(plain) ? true : undefined;
    return { ...stringValue(Buffer.from(only, 'utf8').toString('base64'), origin), sensitive, encoded };
  });
}

/** `Fn::ToJsonString`: the object is kept beside its text. */
export function evaluateToJsonString(call: IntrinsicCall, scope: Scope): Term {
  if (!scope.context.hasLanguageExtensions)
    return invalidCall(call, scope, 'needs "Transform: AWS::LanguageExtensions".');
  const term = scope.evaluate(call.argument);
  const origin = scope.origin(call.at);
  const write = (plain: Term): Term => {
    const encoded = finishTerm(plain, DYNAMIC);
    const pieces = jsonPieces(plain);
    const text = pieces === undefined ? undefined : concatTexts(pieces, origin);
    if (text?.kind === 'string' || text?.kind === 'unknown') return { ...text, encoded };
    return unknownOf([plain], { type: STRING, notNull: true, origin, encoded });
  };
  if (term.kind === 'choice') return lift([term], scope.assumption, ([plain]) => write(plain ?? term));
  return (
    liftInner(term, scope.assumption, write) ??
    unknownOf([term], { type: STRING, notNull: true, origin, encoded: finishTerm(term, DYNAMIC) })
  );
}
