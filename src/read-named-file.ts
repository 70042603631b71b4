import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from './project.js';

/** The text of a file that is named on the command line. Throws `UsageError`. */
export function readNamedFile(workingDirectory: string, path: string): string {
  try {
    return readFileSync(resolve(workingDirectory, path), 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(code === 'ENOENT' ? `"${path}" does not exist.` : `"${path}" cannot be read (${code}).`);
  }
}
