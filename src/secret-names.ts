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

/** What each name ends so; there are few names and many entries. SAFETY: names are input, and so many are remembered. */
const MAX_NAMES = 10_000;
const known = new Map<RegExp, Map<string, boolean>>();

function isNamedSo(pattern: RegExp, name: string): boolean {
  let answers = known.get(pattern);
  const before = answers?.get(name);
  if (before !== undefined) return before;
  if (answers === undefined) {
    answers = new Map();
    known.set(pattern, answers);
  }
  const answer = pattern.test(name);
  if (answers.size < MAX_NAMES) answers.set(name, answer);
  return answer;
}

type Visit = (value: Value) => void;

/** Calls back for values that are secret by what they are called, where no schema says so. */
export function visitSecretsByName({ type, language, values }: RawResource, visit: Visit): void {
  if (language === 'kubernetes') return;
  const names = OTHERS.find(([pattern]) => pattern.test(type))?.[1] ?? NONE;
  const isProperty = language === 'cloudformation' || type.includes('::');
  visitNamed(values, { pattern: isProperty ? PROPERTY : ATTRIBUTE, names }, visit);
  if (type === 'kubernetes_manifest') visitSecretsOfManifest(values.entries.get('manifest'), visit);
}

interface Naming {
  readonly pattern: RegExp;
  /** Further names, of the outermost object alone. */
  readonly names: readonly string[];
}

function visitNamed(value: Value, naming: Naming, visit: Visit): void {
  const { pattern, names } = naming;
  if (value.kind === 'list') {
    for (const element of value.elements) visitNamed(element, naming, visit);
    return;
  }
  if (value.kind !== 'object') return;
  const inner = names.length === 0 ? naming : { pattern, names: NONE };
  for (const [name, entry] of value.entries) {
    if (isNamedSo(pattern, name) || names.includes(name)) visitHeld(entry, visit);
    else if (entry.kind === 'object' || entry.kind === 'list') visitNamed(entry, inner, visit);
  }
}

/** The value; of a map each of its values, of blocks that hold pairs their values. */
function visitHeld(value: Value, visit: Visit): void {
  if (value.kind === 'object') for (const entry of value.entries.values()) visit(entry);
  else if (value.kind === 'list' && value.elements.some(({ kind }) => kind === 'object'))
    for (const element of value.elements) visitNamed(element, { pattern: ATTRIBUTE, names: ['value'] }, visit);
  else visit(value);
}

const NONE: readonly string[] = [];

/** `manifest = { kind = "Secret", stringData = { … } }`. */
function visitSecretsOfManifest(manifest: Value | undefined, visit: Visit): void {
  if (manifest?.kind !== 'object') return;
  const kind = manifest.entries.get('kind');
  if (kind?.kind !== 'string' || kind.value !== 'Secret') return;
  for (const name of ['data', 'stringData']) {
    const value = manifest.entries.get(name);
    if (value !== undefined) visitHeld(value, visit);
  }
}
