import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for what several test files share, gone when all of them have ended. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'trueline-live-'));
  process.env['TRUELINE_LIVE_FOLDER'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
