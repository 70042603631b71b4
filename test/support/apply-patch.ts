import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The files as `git apply` leaves them; throws where the patch does not apply. */
export function applyPatch(files: Readonly<Record<string, string>>, patch: string): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'trueline-apply-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    execFileSync('git', ['apply', '--unsafe-paths', '-'], {
      cwd: folder,
      input: patch,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    return Object.fromEntries(Object.keys(files).map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
