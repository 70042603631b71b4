import { DYNAMIC, STRING } from '../../../model/type.js';
import type { Rest, Value } from '../../../model/value.js';
import { stringValue, unknownValue } from '../../../model/values.js';
import { decodeUtf8 } from '../../../source/decode-utf8.js';
import { listValueOf, objectOf, tupleOf } from '../values/collections.js';
import { decodeJson, encodeJson } from '../values/json.js';
import { markSensitive, unknownFrom } from '../values/unknown.js';
import { decodeBase64 } from './base64.js';
import { parseCsv } from './csv.js';
import { anyParameter, argumentAt, define, textFunction, textOf, textParameter, textValue } from './define.js';
import { FunctionFailure, FunctionLimit, type TerraformFunction } from './function.js';
import { findEncoding, isEncodingOfTerraform } from './text-encodings.js';

const base64encode = textFunction('base64encode', ['str'], (text = '') => Buffer.from(text).toString('base64'));

const base64decode = textFunction('base64decode', ['str'], (text = '') => {
  const bytes = decodeBase64(text);
  if (bytes === undefined) throw new FunctionFailure(`failed to decode base64 data ${JSON.stringify(text)}`, 0);
  const decoded = decodeUtf8(bytes);
  if (decoded === undefined) {
    throw new FunctionFailure('the result of decoding the provided string is not valid UTF-8', 0);
  }
  return decoded;
});

/** Which bytes come out depends on how Go compresses; that something does, and that it is not null, is all that is known. */
const base64gzip = define({
  name: 'base64gzip',
  parameters: [textParameter('str')],
  returns: STRING,
  call(args) {
    const why = unknownValue('unsupported-function', { type: STRING, notNull: true, subject: 'base64gzip' });
    return { ...why, parts: [GZIP_HEADER, { ...why, refersTo: argumentAt(args, 0).refersTo }] };
  },
});

/** Nine bytes that are the same for every text: deflate, no name, no time, unknown system. */
const GZIP_HEADER = 'H4sIAAAAAAAA';

/** Bytes that Go's `url.QueryEscape` leaves as they are. */
const UNRESERVED = /[A-Za-z0-9\-_.~]/;

const urlencode = textFunction('urlencode', ['str'], (text = '') => {
  let encoded = '';
  for (const byte of Buffer.from(text)) {
    const character = String.fromCharCode(byte);
    if (UNRESERVED.test(character)) encoded += character;
    else encoded += character === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
});

const csvdecode = define({
  name: 'csvdecode',
  parameters: [textParameter('str')],
  returns: DYNAMIC,
  call(args) {
    const [header, ...records] = parseCsv(textOf(args[0]));
    if (header === undefined) throw new FunctionFailure('missing header line', 0);
    const names = header.map((name) => name.normalize('NFC'));
    const seen = new Set<string>();
    for (const name of names) {
      if (seen.has(name)) throw new FunctionFailure(`duplicate column name ${JSON.stringify(name)}`, 0);
      seen.add(name);
    }
    const { type } = objectOf(names.map((name) => [name, textValue('')] as const));
    const rows = records.map((record) =>
      objectOf(names.map((name, at) => [name, textValue(record[at] ?? '')] as const)),
    );
    return listValueOf(rows, type);
  },
});

const jsonencode = define({
  name: 'jsonencode',
  parameters: [anyParameter('val', 'umn')],
  returns: STRING,
  call: (args) => encodeJson(argumentAt(args, 0)),
});

const jsondecode = define({
  name: 'jsondecode',
  parameters: [textParameter('str', 'u')],
  returns: DYNAMIC,
  isNeverNull: false,
  call(args) {
    const text = argumentAt(args, 0);
    const encoded = text.kind === 'string' || text.kind === 'unknown' ? text.encoded : undefined;
    if (encoded !== undefined) return markSensitive(asDecoded(encoded), text.sensitive);
    if (text.kind !== 'string') return unknownFrom([text], DYNAMIC);
    const decoded = decodeJson(text.value);
    if (!decoded.ok && decoded.isLimit) throw new FunctionLimit(decoded.message, 0);
    if (!decoded.ok) throw new FunctionFailure(decoded.message, 0);
    return decoded.value;
  },
});

/** What comes out again of the JSON of a value: lists and sets as tuples, maps as objects. */
function asDecoded(value: Value): Value {
  const { origin, sensitive, refersTo } = value;
  switch (value.kind) {
    case 'list': {
      const tuple = { ...tupleOf(value.elements.map(asDecoded)), origin, sensitive, refersTo };
      const { existence, rest } = value;
      if (existence === undefined && rest === undefined) return tuple;
      return { ...tuple, type: DYNAMIC, ...(existence && { existence }), ...(rest && { rest: decodedRest(rest) }) };
    }
    case 'object': {
      const entries = [...value.entries].map(([key, entry]) => [key, asDecoded(entry)] as const);
      const object = { ...objectOf(entries), origin, sensitive, refersTo };
      return value.rest === undefined ? object : { ...object, type: DYNAMIC, rest: decodedRest(value.rest) };
    }
    case 'null':
      return { kind: 'null', origin, sensitive, refersTo };
    case 'unknown': {
      const isPlain = value.type.kind === 'string' || value.type.kind === 'number' || value.type.kind === 'bool';
      if (isPlain) return value;
      // A map comes back as an object whose attributes are not known, and so on.
      const { identity, notNull, alternatives } = value;
      const decoded = alternatives?.map((one) => (one.kind === 'absent' ? one : asDecoded(one)));
      const own = identity === undefined ? undefined : `jsondecode\0${identity}`;
      return { ...unknownFrom([value], DYNAMIC, { notNull, identity: own, alternatives: decoded }), origin };
    }
    default:
      return value;
  }
}

function decodedRest(rest: Rest): Rest {
  return rest.element === undefined ? rest : { ...rest, element: asDecoded(rest.element) };
}

function encodingFailure(name: string): FunctionFailure {
  const message = 'is not a supported IANA encoding name or alias in this Terraform version';
  return new FunctionFailure(`${JSON.stringify(name)} ${message}`, 1);
}

/** An encoding that only Terraform knows leaves the result open; one that is none is an error. */
function withoutEncoding(name: string): Value {
  if (!isEncodingOfTerraform(name)) throw encodingFailure(name);
  return unknownValue('unsupported-function', { type: STRING, notNull: true, subject: `the encoding ${name}` });
}

const textencodebase64 = define({
  name: 'textencodebase64',
  parameters: [textParameter('string'), textParameter('encoding')],
  returns: STRING,
  call(args) {
    const encoding = findEncoding(textOf(args[1]));
    if (encoding === undefined) return withoutEncoding(textOf(args[1]));
    const bytes = encoding.encode(textOf(args[0]));
    if (bytes !== undefined) return stringValue(Buffer.from(bytes).toString('base64'));
    const message = 'the given string contains characters that cannot be represented in';
    throw new FunctionFailure(`${message} ${encoding.name}`, 0);
  },
});

const textdecodebase64 = define({
  name: 'textdecodebase64',
  parameters: [textParameter('source'), textParameter('encoding')],
  returns: STRING,
  call(args) {
    const encoding = findEncoding(textOf(args[1]));
    if (encoding === undefined) return withoutEncoding(textOf(args[1]));
    const bytes = decodeBase64(textOf(args[0]));
    if (bytes === undefined) throw new FunctionFailure('the given value has an invalid base64 symbol', 0);
    const text = encoding.decode(bytes);
    if (text !== undefined) return textValue(text);
    throw new FunctionFailure(`the given string contains symbols that are not defined for ${encoding.name}`, 0);
  },
});

export const encodingFunctions: readonly TerraformFunction[] = [
  base64decode,
  base64encode,
  base64gzip,
  csvdecode,
  jsondecode,
  jsonencode,
  textdecodebase64,
  textencodebase64,
  urlencode,
];
