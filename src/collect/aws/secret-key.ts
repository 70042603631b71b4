import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { type SecretKey, secretKeyOf } from './secrets.js';

const KEY_BYTES = 32;

/** The key of `TRUELINE_SNAPSHOT_KEY`, or the user's own, which is made when it is first needed. */
export function readSecretKey(environment: Readonly<Record<string, string | undefined>>): SecretKey {
  const given = environment['TRUELINE_SNAPSHOT_KEY'];
  if (given !== undefined && given !== '') return secretKeyOf(Buffer.from(given, 'utf8'));
  const state = environment['XDG_STATE_HOME'] ?? join(environment['HOME'] ?? homedir(), '.local', 'state');
  const path = join(state, 'trueline', 'snapshot.key');
  if (existsSync(path)) return secretKeyOf(readFileSync(path));
  const bytes = randomBytes(KEY_BYTES);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, bytes, { mode: 0o600, flag: 'wx' });
  return secretKeyOf(bytes);
}
