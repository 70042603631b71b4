import { identityOf } from '../../iam/index.js';
import type { Existence } from '../../model/raw-resource.js';
import { originChain, type Resource } from '../../model/resource.js';
import type { ListValue, ObjectValue, Rest, UnknownValue, Value } from '../../model/value.js';
import type { SourceRange } from '../../source/source-file.js';
import type { PolicyInForce } from '../request.js';
import type { Side } from './sides.js';

/**
 * The second side, its parts that are not known told from those of the first one that another expression gives: what only a
 * variable's name is known of (`[for one in var.all : one if one.isOpen]`) is the same only where it is written in the same words.
 */
export function distinguishSide(before: Side, after: Side): Side {
  const known = textsOf([...before.grants, ...[...before.limits.values()].flat()]);
  const told = (policies: readonly PolicyInForce[]) => policies.map((policy) => distinguish(policy, known));
  return {
    ...after,
    grants: told(after.grants),
    limits: new Map([...after.limits].map(([name, policies]) => [name, told(policies)])),
  };
}

/** The same of policies. */
export function distinguishPolicies(
  before: readonly PolicyInForce[],
  after: readonly PolicyInForce[],
): PolicyInForce[] {
  const known = textsOf(before);
  return after.map((policy) => distinguish(policy, known));
}

/** Texts of open parts, and their first lines: what else would tell them apart. */
function textsOf(policies: readonly PolicyInForce[]): ReadonlySet<string> {
  const texts = policies.flatMap(({ document }) => openTexts(document));
  return new Set(texts.flatMap((text) => [text, headOf(text)]));
}

function headOf(text: string): string {
  return text.slice(0, text.indexOf('\n'));
}

/** Whether the first side has such a part, and in other words. */
function isOther(text: string, known: ReadonlySet<string>): boolean {
  return !known.has(text) && known.has(headOf(text));
}

function distinguish(policy: PolicyInForce, known: ReadonlySet<string>): PolicyInForce {
  if (!openTexts(policy.document).some((text) => isOther(text, known))) return policy;
  return { ...policy, document: renamed(policy.document, known) };
}

const textsByDocument = new WeakMap<Value, readonly string[]>();

/** What the open parts of a document are written as. */
function openTexts(document: Value): readonly string[] {
  let texts = textsByDocument.get(document);
  if (texts === undefined) {
    const found = new Set<string>();
    collect(document, found);
    texts = [...found];
    textsByDocument.set(document, texts);
  }
  return texts;
}

function collect(value: Value, found: Set<string>): void {
  switch (value.kind) {
    case 'unknown':
      if (isNameless(value)) found.add(textOf(value));
      for (const part of value.parts ?? []) if (typeof part !== 'string') collect(part, found);
      for (const one of value.alternatives ?? []) if (one.kind !== 'absent') collect(one, found);
      break;
    case 'list':
      if (value.rest !== undefined) found.add(textOfRest(value, value.rest));
      for (const [index, element] of value.elements.entries()) {
        if (value.existence?.has(index)) found.add(textOfElement(element));
        collect(element, found);
      }
      break;
    case 'object':
      if (value.rest !== undefined) found.add(textOfRest(value, value.rest));
      for (const entry of value.entries.values()) collect(entry, found);
      break;
  }
}

/** Whether only its reason and its subject tell it from others. */
function isNameless({ identity, refersTo, parts }: UnknownValue): boolean {
  return identity === undefined && parts === undefined && (refersTo ?? []).length === 0;
}

function textOf(value: UnknownValue): string {
  return `value ${value.reason} ${value.subject ?? ''}\n${writtenAs(value)}`;
}

/** What may follow comes from where the way of the whole goes on. */
export function textOfRest(value: ListValue | ObjectValue, { reason, subject }: Rest): string {
  const [, ...further] = value.origin === undefined ? [] : originChain(value.origin);
  const isPassed = further.length > 0;
  return `rest ${reason} ${subject ?? ''}\n${isPassed ? further.map(sliceOf).join('\n') : writtenAs(value)}`;
}

/** An element that is perhaps there: of a block for each of something, with what that is. */
function textOfElement(element: Value): string {
  const { origin } = element;
  if (origin === undefined) return 'element\n';
  const start = origin.file.text.lastIndexOf('dynamic "', origin.start);
  const isInBlock = start !== -1 && !/\n}/.test(origin.file.text.slice(start, origin.start));
  return `element\n${isInBlock ? origin.file.text.slice(start, blockEnd(origin)) : writtenAs(element)}`;
}

/** The end of the block that begins here. */
function blockEnd({ file: { text }, start, end }: SourceRange): number {
  let depth = 0;
  for (let index = start; index < text.length; index++) {
    if (text[index] === '{') depth += 1;
    if (text[index] === '}' && --depth === 0) return index + 1;
  }
  return end;
}

function writtenAs({ origin }: Value): string {
  return origin === undefined ? '' : originChain(origin).map(sliceOf).join('\n');
}

function sliceOf({ file, start, end }: SourceRange): string {
  return file.text.slice(start, end).replace(/\s+/g, ' ');
}

/** The value with its open parts that are not known by another name. */
function renamed(value: Value, known: ReadonlySet<string>): Value {
  switch (value.kind) {
    case 'unknown': {
      if (isNameless(value)) return isOther(textOf(value), known) ? { ...value, identity: textOf(value) } : value;
      const parts = value.parts?.map((part) => (typeof part === 'string' ? part : renamed(part, known)));
      return parts === undefined ? value : { ...value, parts: parts as NonNullable<UnknownValue['parts']> };
    }
    case 'list': {
      const elements = value.elements.map((element, index) => {
        const own = renamed(element, known);
        const isOpen = value.existence?.has(index) === true && isOther(textOfElement(element), known);
        return isOpen && own.kind === 'object' ? { ...own, rest: own.rest ?? OTHER } : own;
      });
      return { ...value, elements, rest: otherRest(value, known) };
    }
    case 'object': {
      const entries = new Map([...value.entries].map(([name, entry]) => [name, renamed(entry, known)]));
      return { ...value, entries, rest: otherRest(value, known) };
    }
    default:
      return value;
  }
}

const OTHER: Rest = { reason: 'uncertain-existence', subject: 'as it is now' };

function otherRest(value: ListValue | ObjectValue, known: ReadonlySet<string>): Rest | undefined {
  const { rest } = value;
  if (rest === undefined || !isOther(textOfRest(value, rest), known)) return rest;
  return { ...rest, subject: `${rest.subject ?? rest.reason}, as it is now` };
}

/** Whether what is perhaps attached to a resource is so under the conditions that held before: `count`, `for_each`, `Condition`. */
export function isUnderSameConditions(earlier: Resource, resource: Resource): boolean {
  const known = new Set(conditionsOf(earlier));
  return hasSameDefinitions(earlier, resource) && conditionsOf(resource).every((text) => known.has(text));
}

/** Whether a template's conditions and mappings say what they said: choices are told by their names. */
export function hasSameDefinitions(earlier: Resource, resource: Resource): boolean {
  return definitionsOf(earlier) === definitionsOf(resource);
}

const definitions = new WeakMap<SourceRange['file'], string>();

function definitionsOf({ language, range }: Resource): string {
  if (language !== 'cloudformation' || range === undefined) return '';
  const { file } = range;
  let text = definitions.get(file);
  if (text === undefined) {
    const written = file.text.replace(/^\s*#.*$/gm, '');
    text = SECTIONS.map((name) => sectionOf(written, name)).join('\n');
    definitions.set(file, text);
  }
  return text;
}

const SECTIONS = ['Conditions', 'Mappings'];

/** What stands under a name at the top of a template: as far as the next one in YAML, in its braces in JSON or flow style. */
function sectionOf(text: string, name: string): string {
  const [found = '', open] = new RegExp(`^["{ \\t]*${name}"?\\s*:[ \\t]*(\\{)?`, 'm').exec(text) ?? [];
  if (found === '') return '';
  const start = text.indexOf(found) + found.length;
  if (open === undefined) return (text.slice(start).split(/^(?=[^\s#-])/m)[0] ?? '').replace(/\s+/g, ' ');
  return text.slice(start, closingOf(text, start)).replace(/\s+/g, ' ');
}

function closingOf(text: string, from: number): number {
  let depth = 1;
  for (let index = from; index < text.length; index++) {
    if (text[index] === '{') depth += 1;
    if (text[index] === '}' && --depth === 0) return index;
  }
  return text.length;
}

/** Policies whose choices are others than those of the same name before. */
export function withOtherChoices(policies: readonly PolicyInForce[]): PolicyInForce[] {
  return policies.map((policy) => ({ ...policy, document: otherChoices(policy.document) }));
}

function otherChoices(value: Value): Value {
  switch (value.kind) {
    case 'unknown': {
      const parts = value.parts?.map((part) => (typeof part === 'string' ? part : otherChoices(part)));
      const own = parts === undefined ? value : { ...value, parts: parts as NonNullable<UnknownValue['parts']> };
      return value.alternatives === undefined ? own : { ...own, identity: `${identityOf(value)}, as it is now` };
    }
    case 'list': {
      const elements = value.elements.map((element, index) => {
        const own = otherChoices(element);
        return value.existence?.has(index) === true && own.kind === 'object'
          ? { ...own, rest: own.rest ?? OTHER }
          : own;
      });
      return { ...value, elements };
    }
    case 'object':
      return { ...value, entries: new Map([...value.entries].map(([name, entry]) => [name, otherChoices(entry)])) };
    default:
      return value;
  }
}

function conditionsOf({ members, calls, existence }: Resource): string[] {
  const blocks = members.flatMap(({ range, calls: own }) => [range, ...own.map(({ block }) => block)]);
  return [
    ...[...blocks, ...calls.map(({ block }) => block)].flatMap(conditionIn),
    ...[existence, ...members.map((member) => member.existence)].flatMap(wayOf),
  ];
}

/** The words on the whole way from what decides whether something is there: locals, arguments and variables may say another thing than before. */
export function wayOf(existence: Existence | undefined): string[] {
  const origin = existence?.kind === 'unknown' ? existence.origin : undefined;
  return origin === undefined ? [] : [originChain(origin).map(sliceOf).join('\n')];
}

function conditionIn({ file, start, end }: SourceRange): string[] {
  const text = file.text.slice(start, end);
  const [found] = /^\s*(?:count|for_each|"?Condition"?)\s*[=:]/m.exec(text) ?? [];
  if (found === undefined) return [];
  const from = text.indexOf(found);
  let depth = 0;
  for (let index = from + found.length; index < text.length; index++) {
    const letter = text[index] ?? '';
    if ('([{'.includes(letter)) depth += 1;
    if (')]}'.includes(letter)) depth -= 1;
    if (depth <= 0 && letter === '\n') return [text.slice(from, index).replace(/\s+/g, ' ')];
  }
  return [text.slice(from)];
}
