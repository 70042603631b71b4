import type { UnknownValue, Value } from '../model/value.js';
import type { Cause } from './answer.js';

/** `*`: any run of characters. */
export const ANY = 0x11_0000;
/** `?`: exactly one character. */
export const ONE = 0x11_0001;
export const COLON = 58;
export const SLASH = 47;

/** An unknown part of a text. Parts of equal identity are the same text. */
export interface Hole {
  readonly identity: string;
  readonly cause: Cause;
  /** It holds neither colon, slash nor wildcard: an account, a region, a partition. */
  readonly isName: boolean;
}

/** A policy variable, replaced by the value of its key when a request is there. */
export interface Variable {
  /** In lower case. */
  readonly key: string;
  readonly fallback: string | undefined;
}

/** A UTF-16 code unit, `ANY`, `ONE` or an unknown part. */
export type Token = number | Hole;

/** A text of a request, or a pattern of a policy whose variables are replaced. */
export type Text = readonly Token[];

/** A text of a policy, as written. */
export interface Template {
  readonly tokens: readonly (Token | Variable)[];
  readonly hasVariables: boolean;
}

export function isHole(token: Token | Variable): token is Hole {
  return typeof token === 'object' && 'identity' in token;
}

function isVariable(token: Token | Variable): token is Variable {
  return typeof token === 'object' && 'key' in token;
}

/** The characters of a text, none of them a wildcard. */
export function textOf(text: string): Text {
  const tokens = new Array<number>(text.length);
  for (let index = 0; index < text.length; index++) tokens[index] = text.charCodeAt(index);
  return tokens;
}

/** The text itself; undefined where a part of it is unknown. Wildcards as they are written. */
export function plainText(text: Text): string | undefined {
  let plain = '';
  for (const token of text) {
    if (typeof token !== 'number') return undefined;
    plain += token === ANY ? '*' : token === ONE ? '?' : String.fromCharCode(token);
  }
  return plain;
}

/** In lower case, as actions and some operators compare. */
export function toLowerCase(text: Text): Text {
  return text.map((token) => (typeof token === 'number' && token < ANY ? lowerCode(token) : token));
}

/** As `toLowerCase`, of a text that is known. */
export function lowerText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  let joined = '';
  for (let at = 0; at < text.length; at++) joined += String.fromCharCode(lowerCode(text.charCodeAt(at)));
  return joined;
}

const ASCII = /^[ -~]*$/;

/** The lower case of a code unit. One whose lower case is several stays as it is. */
export function lowerCode(code: number): number {
  if (code < 128) return code >= 65 && code <= 90 ? code + 32 : code;
  const lower = String.fromCharCode(code).toLowerCase();
  return lower.length === 1 ? lower.charCodeAt(0) : code;
}

/** The text with its wildcards as the characters that they are written with. */
export function withoutWildcards(text: Text): Text {
  return text.map((token) => (token === ANY ? 42 : token === ONE ? 63 : token));
}

/** Why it is not known whether two texts match: their unknown parts, but for those that both have. */
export function causesIn(some: Text, other: Text): Cause[] {
  const holes = [...some, ...other].filter(isHole);
  if (holes.length === 0) return [];
  const identities = (text: Text) => new Set(text.filter(isHole).map(({ identity }) => identity));
  const [own, others] = [identities(some), identities(other)];
  const differing = holes.filter(({ identity }) => !own.has(identity) || !others.has(identity));
  return (differing.length > 0 ? differing : holes).map(({ cause }) => cause);
}

/** An unknown value as a part of a text. */
export function holeOf(value: UnknownValue): Hole {
  return { identity: identityOf(value), cause: { kind: 'value', value }, isName: isName(value) };
}

/** Attributes whose values hold neither colon nor slash. */
const PLAIN_NAMES: ReadonlySet<string> = new Set(['account_id', 'bucket', 'partition', 'queue_name']);

/** What a provider's configuration says, partition, account and region; and names that are plain. */
function isName({ reason, subject = '', refersTo = [] }: UnknownValue): boolean {
  if (reason === 'provider-configuration') return /(partition|account|account_?id|region)$/i.test(subject);
  return (
    refersTo.length > 0 &&
    refersTo.every(
      ({ address, attribute, mayBePart }) =>
        mayBePart !== true && (PLAIN_NAMES.has(attribute) || isPlainNameOf(address, attribute)),
    )
  );
}

/** Attributes with the names of types whose names hold neither colon nor slash, as their API references say. */
function isPlainNameOf(address: string, attribute: string): boolean {
  const type = /(?:^|\.)(aws_[a-z0-9_]+)\.[^.]+$/.exec(address)?.[1];
  return type !== undefined && PLAIN_NAMES_OF_TYPES[type]?.includes(attribute) === true;
}

const PLAIN_NAMES_OF_TYPES: Readonly<Record<string, readonly string[]>> = {
  aws_dynamodb_table: ['name', 'id'],
  aws_iam_group: ['name', 'id'],
  aws_iam_instance_profile: ['name', 'id'],
  aws_iam_policy: ['name'],
  aws_iam_role: ['name', 'id'],
  aws_iam_user: ['name', 'id'],
  aws_lambda_function: ['function_name', 'id'],
  aws_sns_topic: ['name'],
  aws_sqs_queue: ['name'],
};

/** Equal for equal unknowns. */
export function identityOf(value: UnknownValue): string {
  if (value.identity !== undefined) return value.identity;
  const references = (value.refersTo ?? []).map(({ root, address, attribute }) => `${root} ${address} ${attribute}`);
  return references.length > 0 ? references.join(' ') : `${value.reason} ${value.subject ?? ''}`;
}

/**
 * The template of a value; undefined for what is no text. Variables count where the document's version knows them: IAM
 * User Guide, "IAM policy elements: Variables and tags".
 */
export function toTemplate(value: Value, hasVariables: boolean): Template | undefined {
  switch (value.kind) {
    case 'string':
      return templateOf(value.value, hasVariables);
    case 'number':
    case 'bool':
      return parseTemplate([String(value.value)], hasVariables);
    case 'unknown':
      return parseTemplate(flatParts(value), hasVariables);
    default:
      return undefined;
  }
}

/** Policies say the same again and again: equal texts have one template, and what is made of it is made once. */
const templates = { plain: new Map<string, Template>(), withVariables: new Map<string, Template>() };
/** SAFETY: templates that are remembered, of each kind. */
const maxRemembered = 50_000;

function templateOf(text: string, knowsVariables: boolean): Template {
  const remembered = knowsVariables && text.includes('${') ? templates.withVariables : templates.plain;
  let template = remembered.get(text);
  if (template === undefined) {
    if (remembered.size >= maxRemembered) remembered.clear();
    template = parseTemplate([text], knowsVariables);
    remembered.set(text, template);
  }
  return template;
}

function flatParts(value: UnknownValue): readonly (string | UnknownValue)[] {
  if (value.parts === undefined) return [value];
  return value.parts.flatMap((part) => (typeof part === 'string' ? [part] : flatParts(part)));
}

function parseTemplate(parts: readonly (string | UnknownValue)[], knowsVariables: boolean): Template {
  const tokens: (Token | Variable)[] = [];
  let hasVariables = false;
  for (const [index, part] of parts.entries()) {
    if (typeof part !== 'string') {
      tokens.push(holeOf(part));
      continue;
    }
    for (let at = 0; at < part.length; ) {
      if (knowsVariables && part.startsWith('${', at)) {
        const end = part.indexOf('}', at);
        const next = parts[index + 1];
        if (end === -1 && typeof next === 'object') {
          // The variable's name is partly unknown: so is everything after it.
          tokens.push({ ...holeOf(next), identity: `variable ${identityOf(next)}`, isName: false });
          return { tokens, hasVariables };
        }
        if (end !== -1) {
          const token = parseVariable(part.slice(at + 2, end));
          hasVariables ||= typeof token === 'object';
          tokens.push(token);
          at = end + 1;
          continue;
        }
      }
      const code = part.charCodeAt(at++);
      const token = code === 42 ? ANY : code === 63 ? ONE : code;
      if (token !== ANY || tokens[tokens.length - 1] !== ANY) tokens.push(token);
    }
  }
  return { tokens, hasVariables };
}

function parseVariable(content: string): number | Variable {
  if (content === '*' || content === '?' || content === '$') return content.charCodeAt(0);
  const [, key = content, fallback] = /^([^,]*),\s*'(.*)'\s*$/s.exec(content) ?? [];
  return { key: key.trim().toLowerCase(), fallback };
}

/** What a variable stands for in a request; undefined: its key is absent. */
export type VariableReader = (key: string) => Text | undefined;

/**
 * The template with its variables replaced, literally: a `*` in a value is no wildcard. Undefined where the key of a
 * variable without default is absent: such a text matches nothing.
 */
export function resolveTemplate({ tokens, hasVariables }: Template, read: VariableReader): Text | undefined {
  if (!hasVariables) return tokens as Text;
  const resolved: Token[] = [];
  for (const token of tokens) {
    if (!isVariable(token)) {
      resolved.push(token);
      continue;
    }
    const value = read(token.key) ?? (token.fallback === undefined ? undefined : textOf(token.fallback));
    if (value === undefined) return undefined;
    resolved.push(...value);
  }
  return resolved;
}
