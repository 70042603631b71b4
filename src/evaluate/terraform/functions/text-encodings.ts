/** Bytes for texts and back, in one of the encodings that `textencodebase64` and `textdecodebase64` know. */
export interface TextEncoding {
  /** The name in messages. */
  readonly name: string;
  /** Undefined where a character has no place in the encoding. */
  encode(text: string): Uint8Array | undefined;
  /** Undefined where bytes mean nothing in the encoding. */
  decode(bytes: Uint8Array): string | undefined;
}

/** IANA names, in lower case, and the encodings of this file. Others are left to `isKnownEncoding`. */
export function findEncoding(name: string): TextEncoding | undefined {
  return ENCODINGS.get(name.toLowerCase());
}

/** Whether Terraform knows the encoding although this file does not. */
export function isEncodingOfTerraform(name: string): boolean {
  return OTHER_ENCODINGS.has(name.toLowerCase());
}

function utf8(): TextEncoding {
  return {
    name: 'UTF-8',
    encode: (text) => Buffer.from(text, 'utf8'),
    decode: (bytes) => decodeStrictly('utf-8', bytes),
  };
}

function decodeStrictly(label: string, bytes: Uint8Array): string | undefined {
  try {
    return withoutReplacement(new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** Terraform takes U+FFFD in what was decoded for the sign of an error. */
function withoutReplacement(text: string): string | undefined {
  return text.includes('\ufffd') ? undefined : text;
}

function utf16(name: string, order: 'le' | 'be' | 'mark'): TextEncoding {
  return {
    name,
    encode(text) {
      const bytes = Buffer.from(order === 'mark' ? `\ufeff${text}` : text, 'utf16le');
      return order === 'le' ? bytes : bytes.swap16();
    },
    decode(bytes) {
      if (bytes.length % 2 !== 0) return undefined;
      const marks: Readonly<Record<string, 'le' | 'be'>> = { fffe: 'le', feff: 'be' };
      const mark = order === 'mark' ? marks[Buffer.from(bytes.subarray(0, 2)).toString('hex')] : undefined;
      const body = Buffer.from(mark === undefined ? bytes : bytes.subarray(2));
      if ((mark ?? order) !== 'le') body.swap16();
      return decodeStrictly('utf-16le', body);
    },
  };
}

/** An encoding whose first bytes are Unicode's first characters. */
function direct(name: string, size: number): TextEncoding {
  return {
    name,
    encode(text) {
      const points = [...text].map((character) => character.codePointAt(0) ?? 0);
      return points.every((point) => point < size) ? Uint8Array.from(points) : undefined;
    },
    decode(bytes) {
      return bytes.every((byte) => byte < size) ? Buffer.from(bytes).toString('latin1') : undefined;
    },
  };
}

/** An encoding of the WHATWG's (https://encoding.spec.whatwg.org), from whose tables Go's are made; of one byte each. */
function singleByte(name: string, label: string): TextEncoding {
  let table: readonly (string | undefined)[] | undefined;
  let bytesOf: ReadonlyMap<string, number> | undefined;
  const decoded = () => {
    table ??= Array.from({ length: 256 }, (_, byte) => characterOf(label, byte));
    return table;
  };
  return {
    name,
    encode(text) {
      bytesOf ??= new Map(
        decoded().flatMap((character, byte) => (character === undefined ? [] : [[character, byte] as const])),
      );
      const bytes: number[] = [];
      for (const character of text) {
        const byte = bytesOf.get(character);
        if (byte === undefined) return undefined;
        bytes.push(byte);
      }
      return Uint8Array.from(bytes);
    },
    decode(bytes) {
      let text = '';
      for (const byte of bytes) {
        const character = decoded()[byte];
        if (character === undefined) return undefined;
        text += character;
      }
      return text;
    },
  };
}

/** Code page 1252 from 0x80 on, a space where it has none; the others are those of ISO 8859-1. */
const PAGE_1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** Where Node's tables differ from the WHATWG's; empty for no character. */
const DIFFERENCES: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'windows-1253': { 170: '' },
  'windows-1255': { 202: '\u05ba' },
  'koi8-u': { 174: '\u045e', 190: '\u040e' },
};

/** Undefined for a byte that has no character; the WHATWG gives some of these the control character of their number. */
function characterOf(label: string, byte: number): string | undefined {
  // Some versions of Node read code page 1252 as ISO 8859-1.
  if (label === 'windows-1252') {
    const own = byte >= 0x80 && byte < 0xa0 ? PAGE_1252[byte - 0x80] : String.fromCharCode(byte);
    return own === ' ' && byte !== 0x20 ? undefined : own;
  }
  if (byte < 0x80) return String.fromCharCode(byte);
  const other = DIFFERENCES[label]?.[byte];
  if (other !== undefined) return other === '' ? undefined : other;
  const character = decodeStrictly(label, Uint8Array.of(byte));
  const isPrivate = character !== undefined && label === 'windows-874' && /[\ue000-\uf8ff]/.test(character);
  return isPrivate || (character !== undefined && /[\u0080-\u009f]/.test(character)) ? undefined : character;
}

/** Name in messages, the label of the WHATWG, aliases. ISO 8859-1 and ASCII are others there than here. */
const SINGLE_BYTE: readonly (readonly [name: string, label: string, ...aliases: string[]])[] = [
  ['ISO_8859-2:1987', 'iso-8859-2', 'iso-8859-2', 'iso_8859-2', 'latin2', 'l2', 'csisolatin2', 'iso-ir-101'],
  ['ISO_8859-3:1988', 'iso-8859-3', 'iso-8859-3', 'iso_8859-3', 'latin3', 'l3', 'csisolatin3', 'iso-ir-109'],
  ['ISO_8859-4:1988', 'iso-8859-4', 'iso-8859-4', 'iso_8859-4', 'latin4', 'l4', 'csisolatin4', 'iso-ir-110'],
  ['ISO_8859-5:1988', 'iso-8859-5', 'iso-8859-5', 'iso_8859-5', 'cyrillic', 'csisolatincyrillic', 'iso-ir-144'],
  [
    'ISO_8859-7:1987',
    'iso-8859-7',
    'iso-8859-7',
    'iso_8859-7',
    'greek',
    'greek8',
    'csisolatingreek',
    'iso-ir-126',
    'elot_928',
    'ecma-118',
  ],
  ['ISO-8859-10', 'iso-8859-10', 'latin6', 'l6', 'csisolatin6', 'iso-ir-157', 'iso_8859-10:1992'],
  ['ISO-8859-13', 'iso-8859-13', 'csiso885913'],
  ['ISO-8859-14', 'iso-8859-14', 'iso_8859-14', 'latin8', 'l8', 'csiso885914'],
  ['ISO-8859-15', 'iso-8859-15', 'iso_8859-15', 'latin-9', 'csiso885915'],
  ['KOI8-R', 'koi8-r', 'cskoi8r'],
  ['KOI8-U', 'koi8-u', 'cskoi8u'],
  ['macintosh', 'macintosh', 'mac', 'csmacintosh'],
  ['IBM866', 'ibm866', 'cp866', '866', 'csibm866'],
  ['windows-874', 'windows-874', 'cswindows874'],
  ...[1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258].map(
    (page) => [`windows-${page}`, `windows-${page}`, `cswindows${page}`] as const,
  ),
];

/** Encodings of Terraform's that are not read here: https://www.iana.org/assignments/character-sets */
const OTHER_ENCODINGS: ReadonlySet<string> = new Set([
  ...['ibm037', 'cp037', 'ibm437', 'cp437', '437', 'ibm850', 'cp850', '850', 'ibm852', 'cp852', '852'],
  ...['ibm855', 'cp855', '855', 'ibm860', 'cp860', '860', 'ibm862', 'cp862', '862', 'ibm863', 'cp863', '863'],
  ...['ibm865', 'cp865', '865', 'ibm00858', 'cp00858', 'ibm01140', 'cp01140', 'ibm1047', 'ibm-1047'],
  ...['iso_8859-6:1987', 'iso-8859-6', 'iso_8859-6', 'iso-8859-6-e', 'iso_8859-6-e', 'iso-8859-6-i', 'iso_8859-6-i'],
  ...['iso_8859-8:1988', 'iso-8859-8', 'iso_8859-8', 'iso-8859-8-e', 'iso_8859-8-e', 'iso-8859-8-i', 'iso_8859-8-i'],
  ...['iso_8859-9:1989', 'iso-8859-9', 'iso_8859-9', 'latin5', 'l5', 'csisolatin5', 'iso-ir-148', 'iso-8859-16'],
  ...['shift_jis', 'ms_kanji', 'csshiftjis', 'euc-jp', 'cseucpkdfmtjapanese', 'iso-2022-jp', 'csiso2022jp'],
  ...['extended_unix_code_packed_format_for_japanese', 'euc-kr', 'cseuckr', 'gbk', 'cp936', 'ms936', 'windows-936'],
  ...['gb18030', 'gb2312', 'csgb2312', 'hz-gb-2312', 'big5', 'csbig5', 'tis-620', 'cstis620'],
]);

function allEncodings(): ReadonlyMap<string, TextEncoding> {
  const encodings = new Map<string, TextEncoding>();
  const add = (encoding: TextEncoding, aliases: readonly string[]) => {
    for (const alias of [encoding.name, ...aliases]) encodings.set(alias.toLowerCase(), encoding);
  };
  add(utf8(), ['csutf8']);
  add(utf16('UTF-16', 'mark'), ['csutf16']);
  add(utf16('UTF-16BE', 'be'), ['csutf16be']);
  add(utf16('UTF-16LE', 'le'), ['csutf16le']);
  add(direct('US-ASCII', 128), [
    'us',
    'iso646-us',
    'iso_646.irv:1991',
    'ansi_x3.4-1968',
    'ansi_x3.4-1986',
    'iso-ir-6',
    'ibm367',
    'cp367',
    'csascii',
  ]);
  add(direct('ISO_8859-1:1987', 256), [
    'iso-8859-1',
    'iso_8859-1',
    'latin1',
    'l1',
    'csisolatin1',
    'iso-ir-100',
    'ibm819',
    'cp819',
  ]);
  for (const [name, label, ...aliases] of SINGLE_BYTE) add(singleByte(name, label), aliases);
  return encodings;
}

const ENCODINGS = allEncodings();
