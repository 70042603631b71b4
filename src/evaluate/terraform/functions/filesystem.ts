import { BOOL, DYNAMIC, STRING, setOf, type Type } from '../../../model/type.js';
import type { UnknownReason } from '../../../model/unknown-reason.js';
import type { UnknownValue, Value } from '../../../model/value.js';
import { boolValue, stringValue, unknownValue } from '../../../model/values.js';
import { decodeUtf8 } from '../../../source/decode-utf8.js';
import type { ReadFailure } from '../../../source/file-system.js';
import { folderOf, isWithin, joinPath, relativePath } from '../../../source/paths.js';
import { convertValue } from '../values/convert.js';
import { makeSet } from '../values/set.js';
import { knownSuffix, markSensitive, unknownFrom } from '../values/unknown.js';
import { anyParameter, argumentAt, define, textOf, textParameter, textValue } from './define.js';
import { type FunctionContext, FunctionFailure, type TerraformFunction } from './function.js';
import { findFiles } from './glob.js';
import { digestOf, type HashAlgorithm } from './hash-crypto.js';
import { absolutePath, cleanPath, folderName, lastName, writtenPath } from './path-names.js';

/** A path as it is written, and relative to the project root; undefined beyond it. */
interface Place {
  readonly written: string;
  readonly path: string | undefined;
}

/** Where a path leads: relative ones from the root module's folder. Undefined where the path is not known. */
function placeOf(value: Value, { rootFolder }: FunctionContext): Place | undefined {
  const text = writtenPath(value);
  if (text === undefined) return undefined;
  const written = cleanPath(text);
  if (written.startsWith('/') || text.startsWith('~')) return { written: text, path: undefined };
  const path = joinPath(rootFolder, written);
  return { written, path: isWithin(path, '') ? path : undefined };
}

function unread(reason: UnknownReason, { written }: Place, type: Type): UnknownValue {
  return unknownValue(reason, { type, notNull: true, subject: written });
}

const FAILURE_REASONS: Partial<Record<ReadFailure, UnknownReason>> = {
  outside: 'file-outside-root',
  denied: 'permission-denied',
  'too-large': 'limit-reached',
};

type Contents = { readonly bytes: Uint8Array; readonly place: Place } | { readonly unknown: UnknownValue };

/** The bytes of the file that the first argument names, or the unknown that stands for what is made of them. */
function readBytes(args: readonly Value[], context: FunctionContext, type: Type): Contents {
  const value = argumentAt(args, 0);
  const place = placeOf(value, context);
  if (place === undefined) return { unknown: unknownFrom([value], type, { notNull: true }) };
  if (place.path === undefined) return { unknown: unread('file-outside-root', place, type) };
  const read = context.fileSystem.readFile(place.path);
  if (read.ok) return { bytes: read.value, place };
  const reason = FAILURE_REASONS[read.failure];
  if (reason !== undefined) return { unknown: unread(reason, place, type) };
  throw readFailure(read.failure, place);
}

function readFailure(failure: ReadFailure, { written }: Place): FunctionFailure {
  if (failure === 'not-a-file') return new FunctionFailure(`failed to read file: read ${written}: is a directory`, 0);
  if (failure === 'loop') {
    return new FunctionFailure(`failed to read file: open ${written}: too many levels of symbolic links`, 0);
  }
  if (failure === 'failed') return new FunctionFailure(`failed to read file: ${written}`, 0);
  const message =
    'this function works only with files that are distributed as part of the configuration source code, so if this ' +
    'file will be created by a resource in this configuration you must instead obtain this result from an attribute ' +
    'of that resource';
  return new FunctionFailure(`no file exists at "${written}"; ${message}`, 0);
}

type FileText = { readonly text: string; readonly path: string } | { readonly unknown: UnknownValue };

function readText(args: readonly Value[], context: FunctionContext, type: Type): FileText {
  const contents = readBytes(args, context, type);
  if ('unknown' in contents) return contents;
  const text = decodeUtf8(contents.bytes);
  const { written, path = written } = contents.place;
  if (text !== undefined) return { text, path };
  const message =
    'use the filebase64 function to obtain the Base64 encoded contents or the other file functions (e.g. filemd5, ' +
    'filesha256) to obtain file hashing results instead';
  throw new FunctionFailure(`contents of "${written}" are not valid UTF-8; ${message}`, 0);
}

const file = define({
  name: 'file',
  parameters: [textParameter('path', 'u')],
  returns: STRING,
  call(args, context) {
    const contents = readText(args, context, STRING);
    if ('unknown' in contents) return contents.unknown;
    const { path, text } = contents;
    const source = { path, text };
    const value = text.normalize('NFC');
    const origin = { file: source, start: 0, end: text.length, step: 'file' as const, name: path };
    if (value !== text) return { kind: 'string', value, origin };
    return { kind: 'string', value, origin, layout: { file: source, segments: [{ at: 0, start: 0 }] } };
  },
});

/** A function of the bytes of a file. */
function bytesFunction(name: string, make: (bytes: Uint8Array) => string): TerraformFunction {
  return define({
    name,
    parameters: [textParameter('path', 'u')],
    returns: STRING,
    call(args, context) {
      const contents = readBytes(args, context, STRING);
      return 'unknown' in contents ? contents.unknown : stringValue(make(contents.bytes));
    },
  });
}

function fileHashFunction(name: string, algorithm: HashAlgorithm, encoding: 'hex' | 'base64'): TerraformFunction {
  return bytesFunction(name, (bytes) => digestOf(algorithm, bytes, encoding));
}

const fileexists = define({
  name: 'fileexists',
  parameters: [textParameter('path', 'u')],
  returns: BOOL,
  call(args, context) {
    const value = argumentAt(args, 0);
    const place = placeOf(value, context);
    if (place === undefined) return unknownFrom([value], BOOL, { notNull: true });
    if (place.path === undefined) return unread('file-outside-root', place, BOOL);
    const kind = context.fileSystem.kindOf(place.path);
    if (kind === 'file') return boolValue(true);
    if (kind === 'folder') throw new FunctionFailure(`"${place.written}" is a directory, not a file`, 0);
    if (kind === 'other') throw new FunctionFailure(`"${place.written}" is not a regular file`, 0);
    const read = context.fileSystem.readFile(place.path);
    if (!read.ok && read.failure === 'loop') throw readFailure(read.failure, place);
    const reason = read.ok ? undefined : FAILURE_REASONS[read.failure];
    return reason === undefined ? boolValue(false) : unread(reason, place, BOOL);
  },
});

const fileset = define({
  name: 'fileset',
  parameters: [textParameter('path', 'u'), textParameter('pattern')],
  returns: setOf(STRING),
  call(args, context) {
    const value = argumentAt(args, 0);
    const place = placeOf(value, context);
    if (place === undefined) return unknownFrom([value], setOf(STRING), { notNull: true });
    if (place.path === undefined) return unread('file-outside-root', place, setOf(STRING));
    const pattern = cleanPath(`./${textOf(args[1])}`);
    const [, up = '', rest = ''] = /^((?:\.\.(?:\/|$))*)(.*)$/s.exec(pattern) ?? [];
    const folder = joinPath(place.path, up);
    if (!isWithin(folder, '')) return unread('file-outside-root', place, setOf(STRING));
    if (rest === '' || rest === '.') return makeSet({ elements: [] }, STRING);
    const found = findFiles(context.fileSystem, folder, rest, cleanPath(`${place.written}/${textOf(args[1])}`));
    if (found.kind !== 'found') {
      return unread(FAILURE_REASONS[found.kind] ?? 'permission-denied', place, setOf(STRING));
    }
    const base = place.path;
    return makeSet({ elements: found.paths.map((path) => textValue(relativePath(base, path))) }, STRING);
  },
});

/** The variables of a template; undefined where they are not all known by name. */
function templateVariables(value: Value): ReadonlyMap<string, Value> | undefined {
  const isMap = value.kind === 'object' || (value.kind === 'unknown' && !hasOtherType(value));
  if (!isMap) throw new FunctionFailure('invalid vars value: must be a map', 1);
  if (value.kind !== 'object' || value.rest !== undefined) return undefined;
  for (const name of value.entries.keys()) {
    if (/^\p{ID_Start}[\p{ID_Continue}-]*$/u.test(name)) continue;
    const rule = 'must start with a letter, followed by zero or more letters, digits, and underscores';
    throw new FunctionFailure(`invalid template variable name "${name}": ${rule}`, 1);
  }
  return value.entries;
}

function hasOtherType({ type }: UnknownValue): boolean {
  return type.kind !== 'map' && type.kind !== 'object' && type.kind !== 'dynamic';
}

function checkDepth(name: string, { templateDepth }: FunctionContext): void {
  if (templateDepth === 0) return;
  throw new FunctionFailure(`cannot recursively call ${name} from inside another template function`);
}

const templatefile = define({
  name: 'templatefile',
  parameters: [textParameter('path', 'u'), anyParameter('vars', 'um')],
  returns: DYNAMIC,
  isNeverNull: false,
  call(args, context, caller) {
    checkDepth('templatefile', context);
    const given = argumentAt(args, 1);
    const variables = templateVariables(given);
    const contents = readText(args, context, DYNAMIC);
    if ('unknown' in contents) return contents.unknown;
    if (variables === undefined) return unknownFrom([given], DYNAMIC);
    return markSensitive(context.renderTemplate(contents.path, contents.text, variables, caller), given.sensitive);
  },
});

const templatestring = define({
  name: 'templatestring',
  parameters: [textParameter('template'), anyParameter('vars', 'um')],
  returns: STRING,
  call(args, context, caller) {
    checkDepth('templatestring', context);
    const given = argumentAt(args, 1);
    const variables = templateVariables(given);
    if (variables === undefined) return unknownFrom([given], STRING, { notNull: true });
    const rendered = context.renderTemplate('<templatestring argument>', textOf(args[0]), variables, caller);
    const text = convertValue(rendered, STRING);
    if (!text.ok) throw new FunctionFailure(`invalid template result: ${text.message}`, 0);
    return markSensitive(text.value, given.sensitive);
  },
});

const abspath = define({
  name: 'abspath',
  parameters: [textParameter('path', 'u')],
  returns: STRING,
  call(args) {
    const value = argumentAt(args, 0);
    const path = writtenPath(value);
    return path === undefined ? unknownFrom([value], STRING, { notNull: true }) : absolutePath(path);
  },
});

const pathexpand = define({
  name: 'pathexpand',
  parameters: [textParameter('path')],
  returns: STRING,
  call(args) {
    const path = textOf(args[0]);
    if (!path.startsWith('~')) return textValue(path);
    if (path !== '~' && !path.startsWith('~/')) throw new FunctionFailure('cannot expand user-specific home dir', 0);
    return unknownValue('environment', { type: STRING, notNull: true, subject: `pathexpand("${path}")` });
  },
});

const basename = define({
  name: 'basename',
  parameters: [textParameter('path', 'u')],
  returns: STRING,
  call(args) {
    const path = argumentAt(args, 0);
    if (path.kind === 'string') return textValue(lastName(path.value));
    const suffix = knownSuffix(path);
    const name = lastName(suffix);
    // What precedes the last slash does not count; without one in the known end, anything may.
    const isKnown = suffix.replace(/\/+$/, '').includes('/') && name !== '/';
    return isKnown ? textValue(name) : unknownFrom([path], STRING, { notNull: true });
  },
});

const dirname = define({
  name: 'dirname',
  parameters: [textParameter('path', 'u')],
  returns: STRING,
  call(args) {
    const path = argumentAt(args, 0);
    if (path.kind === 'string') return textValue(folderName(path.value));
    const written = writtenPath(path);
    const isInside = written !== undefined && cleanPath(written) !== '.' && !cleanPath(written).startsWith('..');
    return isInside ? absolutePath(folderOf(cleanPath(written))) : unknownFrom([path], STRING, { notNull: true });
  },
});

export const filesystemFunctions: readonly TerraformFunction[] = [
  abspath,
  basename,
  dirname,
  file,
  bytesFunction('filebase64', (bytes) => Buffer.from(bytes).toString('base64')),
  fileHashFunction('filebase64sha256', 'sha256', 'base64'),
  fileHashFunction('filebase64sha512', 'sha512', 'base64'),
  fileexists,
  fileHashFunction('filemd5', 'md5', 'hex'),
  fileset,
  fileHashFunction('filesha1', 'sha1', 'hex'),
  fileHashFunction('filesha256', 'sha256', 'hex'),
  fileHashFunction('filesha512', 'sha512', 'hex'),
  pathexpand,
  templatefile,
  templatestring,
];
