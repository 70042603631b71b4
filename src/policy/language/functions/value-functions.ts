import type { UnknownReason } from '../../../model/unknown-reason.js';
import type { OriginStep } from '../../../model/value.js';
import {
  causesOf,
  type RuntimeObject,
  type RuntimeUnknown,
  type RuntimeValue,
  toBool,
  toText,
  UNSET,
} from '../runtime-value.js';
import type { FunctionTable } from './function.js';

/** Questions about a value itself: where it comes from, and the parts of ARNs and image names. */
export const VALUE_FUNCTIONS: FunctionTable = {
  assume: { signatures: ['(A, A): A'], isLazy: true, call: ([value, fallback]) => assume(value, fallback) },
  isWritten: {
    signatures: ['(dyn): bool'],
    isLazy: true,
    call: ([value]) => (value === undefined || value.kind === 'error' ? value : toBool(isWritten(value))),
  },
  arn: {
    signatures: ['(string): map(string, string)'],
    overNull: 'null',
    call: ([text]) => (text?.kind === 'string' ? arnOf([text.value]) : undefined),
    partial: ([text]) => (text?.kind === 'unknown' && text.parts !== undefined ? arnOf(text.parts) : undefined),
  },
  image: {
    signatures: ['(string): map(string, string)'],
    overNull: 'null',
    call: ([text]) => (text?.kind === 'string' ? rememberedImage(text.value) : undefined),
    partial: ([text]) => (text?.kind === 'unknown' && text.parts !== undefined ? partlyKnownImage(text) : undefined),
  },
};

/** The value; the fallback where it is unknown only because it lies outside the input. */
function assume(value: RuntimeValue | undefined, fallback: RuntimeValue | undefined): RuntimeValue | undefined {
  if (value === undefined || fallback === undefined) return undefined;
  if (value.kind === 'error') return value;
  return isOnly(value, OUTSIDE) || isOnly(value, ONLY_LIVE) ? fallback : value;
}

/** Whether a value is unknown, and only for `outside-input`. */
export function isOutsideOnly(value: RuntimeValue): boolean {
  return isOnly(value, OUTSIDE);
}

const OUTSIDE: readonly UnknownReason[] = ['outside-input'];
/** What no code can say is nothing that is assumed of it. */
const ONLY_LIVE: readonly UnknownReason[] = ['only-live'];

function isOnly(value: RuntimeValue, reasons: readonly UnknownReason[]): boolean {
  if (value.kind !== 'unknown') return false;
  const causes = causesOf(value);
  return causes.length > 0 && causes.every(({ reason }) => reasons.includes(reason));
}

/** Steps by which a value gets in that no source contains. */
const NOT_IN_SOURCE = new Set<OriginStep>([
  'environment',
  'flag',
  'default-of-type',
  'assumed-default',
  'server-default',
  'fact',
]);

/**
 * Whether the source contains the value: literally, or through locals, variable defaults and tfvars. An empty text is
 * nothing; of a partly known value every part must be written.
 */
export function isWritten(value: RuntimeValue): boolean {
  switch (value.kind) {
    case 'null':
    case 'unknown':
      return false;
    case 'list':
      return value.rest === undefined && value.elements.length > 0 && value.elements.every(isWritten);
    case 'object':
      return value.rest === undefined && value.entries.size > 0 && [...value.entries.values()].every(isWritten);
    default:
      break;
  }
  if (value.kind === 'string' && value.value === '') return false;
  if (!('origin' in value) || value.origin === undefined) return false;
  for (let step: typeof value.origin | undefined = value.origin; step !== undefined; step = step.from) {
    if (NOT_IN_SOURCE.has(step.step)) return false;
  }
  return true;
}

type Parts = NonNullable<RuntimeUnknown['parts']>;

const ARN_FIELDS = ['partition', 'service', 'region', 'account', 'resource'] as const;

function fieldsOf(names: readonly string[], values: readonly RuntimeValue[]): RuntimeObject {
  return { kind: 'object', entries: new Map(names.map((name, index) => [name, values[index] ?? UNSET])) };
}

/** The parts of an ARN; a 12-digit id is an account. What has another form has no parts. */
function arnOf(parts: Parts): RuntimeValue {
  const [first] = parts;
  if (parts.length === 1 && typeof first === 'string' && /^\d{12}$/.test(first)) {
    return fieldsOf(['account'], [toText(first)]);
  }
  if (typeof first === 'string' && !/^(arn:|ar?n?$)/.test(first) && parts.length > 0) {
    return /^\d{0,11}$/.test(first) && parts.length > 1 ? unknownFields(parts) : fieldsOf([], []);
  }
  if (typeof first !== 'string' || !first.startsWith('arn:')) return unknownFields(parts);
  const pieces = splitAtColons(parts, 5);
  return fieldsOf(
    ARN_FIELDS,
    ARN_FIELDS.map((_, index) => {
      const piece = pieces[index + 1];
      return piece === undefined ? openPiece(parts) : pieceValue(piece);
    }),
  );
}

function unknownFields(parts: Parts): RuntimeValue {
  return fieldsOf(
    ARN_FIELDS,
    ARN_FIELDS.map(() => openPiece(parts)),
  );
}

/** A field of which nothing is known: it may be missing. */
function openPiece(parts: Parts): RuntimeValue {
  const hole = parts.find((part) => typeof part !== 'string');
  if (hole === undefined || typeof hole === 'string') return UNSET;
  return { ...hole, type: { kind: 'string' }, identity: undefined, parts: undefined, notNull: undefined };
}

/** Unknown parts that are a name or number of the provider's, in which there is no colon. */
const WITHOUT_COLON = new Set(['provider-configuration', 'computed-by-provider', 'data-source', 'outside-input']);

/** The fields between colons; undefined from the first one on whose end an unknown part may hide. */
function splitAtColons(parts: Parts, limit: number): (Parts | undefined)[] {
  const pieces: Parts[number][][] = [[]];
  for (const part of parts) {
    if (typeof part !== 'string') {
      const isHiding = pieces.length <= limit && !WITHOUT_COLON.has(part.reason) && (part.refersTo ?? []).length === 0;
      if (isHiding) return pieces.slice(0, -1);
      pieces.at(-1)?.push(part);
      continue;
    }
    let rest = part;
    for (let colon = rest.indexOf(':'); colon !== -1 && pieces.length <= limit; colon = rest.indexOf(':')) {
      if (colon > 0) pieces.at(-1)?.push(rest.slice(0, colon));
      pieces.push([]);
      rest = rest.slice(colon + 1);
    }
    if (rest !== '') pieces.at(-1)?.push(rest);
  }
  return pieces;
}

function pieceValue(parts: Parts): RuntimeValue {
  const [only] = parts;
  if (only === undefined) return toText('');
  if (parts.length === 1) return typeof only === 'string' ? toText(only) : only;
  const unknown = parts.find((part) => typeof part !== 'string');
  if (unknown === undefined || typeof unknown === 'string') return toText(parts.join(''));
  return { ...unknown, identity: undefined, type: { kind: 'string' }, parts, notNull: true };
}

/** SAFETY: how many images are kept. */
const MAX_IMAGES = 2000;
const images = new Map<string, RuntimeValue>();

/** An image is named by many containers, and read once to judge, again to explain. */
function rememberedImage(text: string): RuntimeValue {
  const known = images.get(text);
  if (known !== undefined) return known;
  if (images.size >= MAX_IMAGES) images.clear();
  const image = imageOf(text);
  images.set(text, image);
  return image;
}

const IMAGE_FIELDS = ['registry', 'repository', 'tag', 'digest'] as const;

/** The parts of an image's name (https://pkg.go.dev/github.com/distribution/reference): no tag, no registry → null. */
function imageOf(text: string): RuntimeValue {
  const [name = '', digest] = text.split('@', 2);
  const slash = name.lastIndexOf('/');
  const colon = name.indexOf(':', slash + 1);
  const path = colon === -1 ? name : name.slice(0, colon);
  const tag = colon === -1 ? undefined : name.slice(colon + 1);
  const [first = '', ...others] = path.split('/');
  const hasRegistry = others.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const optional = (part: string | undefined): RuntimeValue =>
    part === undefined || part === '' ? UNSET : toText(part);
  return fieldsOf(IMAGE_FIELDS, [
    hasRegistry ? toText(first) : UNSET,
    toText(hasRegistry ? others.join('/') : path),
    optional(tag),
    optional(digest),
  ]);
}

/** Tag and digest are decided by the end of the name; registry and repository are left open. */
function partlyKnownImage(text: RuntimeUnknown): RuntimeValue | undefined {
  const parts = text.parts ?? [];
  const last = parts.at(-1);
  const hole = parts.find((part) => typeof part !== 'string');
  if (hole === undefined || typeof hole === 'string') return undefined;
  const open: RuntimeValue = { ...hole, identity: undefined, parts: undefined, notNull: undefined };
  const known = (tag: RuntimeValue, digest: RuntimeValue) =>
    fieldsOf(IMAGE_FIELDS, [open, { ...open, notNull: true }, tag, digest]);
  if (typeof last === 'string') {
    const at = last.lastIndexOf('@');
    if (at !== -1) return known(open, toText(last.slice(at + 1)));
    const tagged = /:([\w][\w.-]*)$/.exec(last);
    if (tagged !== null && !tagged[0].includes('/'))
      return known(toText(tagged[1] ?? ''), open.kind === 'unknown' && last.startsWith(':') ? UNSET : open);
    if (last.includes('/')) return known(UNSET, UNSET);
    return known(open, open);
  }
  const before = parts.at(-2);
  const nonEmpty: RuntimeValue = { ...hole, type: { kind: 'string' }, notNull: true };
  if (typeof before === 'string' && before.endsWith('@')) return known(open, nonEmpty);
  if (typeof before === 'string' && before.includes('@')) return known(open, { ...nonEmpty, identity: undefined });
  return known(open, open);
}
