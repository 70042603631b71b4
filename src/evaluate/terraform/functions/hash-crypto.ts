import { constants, createHash, createPrivateKey, type KeyObject, privateDecrypt } from 'node:crypto';
import { STRING } from '../../../model/type.js';
import type { Value } from '../../../model/value.js';
import { unknownValue } from '../../../model/values.js';
import { decodeBase64 } from './base64.js';
import { define, integerOf, numberParameter, textFunction, textOf, textParameter, textValue } from './define.js';
import { FunctionFailure, type TerraformFunction } from './function.js';

export type HashAlgorithm = 'md5' | 'sha1' | 'sha256' | 'sha512';

/** The digest of bytes. `base64` and `hex` are how Terraform's functions write it. */
export function digestOf(algorithm: HashAlgorithm, data: string | Uint8Array, encoding: 'hex' | 'base64'): string {
  return createHash(algorithm).update(data).digest(encoding);
}

function hashFunction(name: string, algorithm: HashAlgorithm, encoding: 'hex' | 'base64'): TerraformFunction {
  return textFunction(name, ['str'], (text = '') => digestOf(algorithm, text, encoding));
}

/** The namespaces of RFC 4122, appendix C. */
const NAMESPACES: ReadonlyMap<string, string> = new Map([
  ['dns', '6ba7b810-9dad-11d1-80b4-00c04fd430c8'],
  ['url', '6ba7b811-9dad-11d1-80b4-00c04fd430c8'],
  ['oid', '6ba7b812-9dad-11d1-80b4-00c04fd430c8'],
  ['x500', '6ba7b814-9dad-11d1-80b4-00c04fd430c8'],
]);
const UUID = /^(?:urn:uuid:)?\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/i;
const UUID_LENGTHS = [32, 36, 38, 45];

function namespaceBytes(namespace: string): Buffer {
  const known = NAMESPACES.get(namespace);
  const digits = UUID.exec(known ?? namespace)
    ?.slice(1)
    .join('');
  if (digits !== undefined) return Buffer.from(digits, 'hex');
  const length = Buffer.byteLength(namespace);
  const why = UUID_LENGTHS.includes(length) ? 'invalid UUID format' : `invalid UUID length: ${length}`;
  throw new FunctionFailure(`uuidv5() doesn't support namespace ${namespace} (${why})`, 0);
}

/** A name-based UUID of version 5: https://www.rfc-editor.org/rfc/rfc4122#section-4.3 */
const uuidv5 = textFunction('uuidv5', ['namespace', 'name'], (namespace = '', name = '') => {
  const digest = createHash('sha1').update(namespaceBytes(namespace)).update(name).digest().subarray(0, 16);
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x50;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  const hex = digest.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
});

const uuid = define({
  name: 'uuid',
  parameters: [],
  returns: STRING,
  call: () => unknownValue('not-deterministic', { type: STRING, notNull: true, subject: 'uuid()' }),
});

/** The bounds of bcrypt's cost in Go; a lower one than the least is the default. */
const maxBcryptCost = 31;
/** Bytes that bcrypt takes; Go refuses more. */
const maxBcryptBytes = 72;

const bcrypt = define({
  name: 'bcrypt',
  parameters: [textParameter('str')],
  variadic: numberParameter('cost'),
  returns: STRING,
  call(args) {
    if (args.length > 2) throw new FunctionFailure('bcrypt() takes no more than two arguments');
    if (Buffer.byteLength(textOf(args[0])) > maxBcryptBytes) {
      throw new FunctionFailure(
        `error occurred generating password bcrypt: password length exceeds ${maxBcryptBytes} bytes`,
        0,
      );
    }
    const cost = args.length === 2 ? integerOf(args[1], 1) : 0;
    if (cost > maxBcryptCost) {
      const message = `crypto/bcrypt: cost ${cost} is outside allowed range (4,${maxBcryptCost})`;
      throw new FunctionFailure(`error occured generating password ${message}`, 1);
    }
    return unknownValue('not-deterministic', { type: STRING, notNull: true, subject: 'bcrypt()' });
  },
});

const rsadecrypt = define({
  name: 'rsadecrypt',
  parameters: [textParameter('ciphertext'), textParameter('privatekey')],
  returns: STRING,
  call(args) {
    const encrypted = decodeBase64(textOf(args[0]));
    if (encrypted === undefined) {
      throw new FunctionFailure(
        `failed to decode input ${JSON.stringify(textOf(args[0]))}: cipher text must be base64-encoded`,
        0,
      );
    }
    const pem = textOf(args[1]);
    if (pem.includes('-----BEGIN OPENSSH PRIVATE KEY-----')) return unreadableKey();
    const message = decryptPkcs1(encrypted, privateKeyOf(pem));
    if (message === undefined) throw new FunctionFailure('failed to decrypt: crypto/rsa: decryption error');
    return textValue(message.toString('utf8'));
  },
});

/** Terraform reads OpenSSH's own format of private keys, which this does not. */
function unreadableKey(): Value {
  return unknownValue('unsupported-function', {
    type: STRING,
    notNull: true,
    subject: 'rsadecrypt with a key in OpenSSH format',
  });
}

function privateKeyOf(pem: string): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = createPrivateKey(pem);
  } catch {
    key = undefined;
  }
  if (key === undefined) {
    const isKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem);
    const why = isKey ? 'it cannot be read, or is password protected' : 'ssh: no key found';
    throw new FunctionFailure(`invalid private key: ${why}`, 1);
  }
  if (key.asymmetricKeyType !== 'rsa') {
    throw new FunctionFailure(`invalid private key: expected an RSA key, got ${key.asymmetricKeyType}`, 1);
  }
  return key;
}

/**
 * The message of a block padded by PKCS #1 v1.5 (RFC 8017, 7.2.2): `00 02`, at least eight bytes that are not zero, `00`.
 * Undone here, for OpenSSL gives other bytes instead of an error where the padding is wrong.
 */
function decryptPkcs1(encrypted: Buffer, key: KeyObject): Buffer | undefined {
  let block: Buffer;
  try {
    block = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, encrypted);
  } catch {
    return undefined;
  }
  const end = block.indexOf(0, 2);
  return block[0] === 0 && block[1] === 2 && end >= 10 ? block.subarray(end + 1) : undefined;
}

export const hashAndCryptoFunctions: readonly TerraformFunction[] = [
  hashFunction('base64sha256', 'sha256', 'base64'),
  hashFunction('base64sha512', 'sha512', 'base64'),
  bcrypt,
  hashFunction('md5', 'md5', 'hex'),
  rsadecrypt,
  hashFunction('sha1', 'sha1', 'hex'),
  hashFunction('sha256', 'sha256', 'hex'),
  hashFunction('sha512', 'sha512', 'hex'),
  uuid,
  uuidv5,
];
