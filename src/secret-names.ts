import type { RawResource } from './model/raw-resource.js';
import type { Value } from './model/value.js';

/** What ends so in a language whose schemas do not say what is sensitive: properties, and attributes of other providers. */
const PROPERTY =
  /(?:Password|Passphrase|SecretString|ClientSecret|SecretKey|SecretAccessKey|AuthToken|OAuthToken|AccessToken|PersonalAccessToken|PrivateKey|ApiKey)$/;
const ATTRIBUTE =
  /(?:^|_)(?:password|passwd|passphrase|secret_string|client_secret|secret_key|access_token|auth_token|private_key(?:_pem|_openssh)?|api_key|plaintext_value)(?:_wo)?$/;

/** Attributes that their providers call sensitive, by no such name. */
const OTHERS: readonly (readonly [type: RegExp, attributes: readonly string[]])[] = [
  [/^kubernetes_secret(?:_v1)?(?:_data)?$/, ['data', 'binary_data', 'data_wo', 'binary_data_wo']],
  [/^helm_release$/, ['set_sensitive', 'set_wo']],
  [/^random_password$/, ['result', 'bcrypt_hash']],
  [/^random_bytes$/, ['base64', 'hex']],
];

/** Values that are secret by what they are called, where no schema says so. */
export function* secretsByName({ type, language, values }: RawResource): Generator<Value> {
  if (language === 'kubernetes') return;
  const names = OTHERS.find(([pattern]) => pattern.test(type))?.[1] ?? [];
  yield* namedIn(values, language === 'cloudformation' ? PROPERTY : ATTRIBUTE, new Set(names));
  if (type === 'kubernetes_manifest') yield* secretsOfManifest(values.entries.get('manifest'));
}

function* namedIn(value: Value, pattern: RegExp, names: ReadonlySet<string>): Generator<Value> {
  if (value.kind === 'list') for (const element of value.elements) yield* namedIn(element, pattern, NONE);
  if (value.kind !== 'object') return;
  for (const [name, entry] of value.entries) {
    if (names.has(name) || pattern.test(name)) yield* held(entry);
    else yield* namedIn(entry, pattern, NONE);
  }
}

/** The value; of a map each of its values, of blocks that hold pairs their values. */
function* held(value: Value): Generator<Value> {
  if (value.kind === 'object') yield* value.entries.values();
  else if (value.kind === 'list' && value.elements.some(({ kind }) => kind === 'object'))
    for (const element of value.elements) yield* namedIn(element, ATTRIBUTE, new Set(['value']));
  else yield value;
}

const NONE: ReadonlySet<string> = new Set();

/** `manifest = { kind = "Secret", stringData = { … } }`. */
function* secretsOfManifest(manifest: Value | undefined): Generator<Value> {
  if (manifest?.kind !== 'object') return;
  const kind = manifest.entries.get('kind');
  if (kind?.kind !== 'string' || kind.value !== 'Secret') return;
  for (const name of ['data', 'stringData']) {
    const value = manifest.entries.get(name);
    if (value !== undefined) yield* held(value);
  }
}
