import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** SAFETY: a log file is some megabytes. */
const maxBytes = 4 * 1024 * 1024 * 1024;
/** Files are read beside each other: they are unpacked in threads of their own. */
const atATime = 4;

/** SHA-256 of the uncompressed contents of files, in hexadecimal; a file that cannot be read has none. */
export async function hashFiles(paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, string>();
  const waiting = paths.values();
  const work = async (): Promise<void> => {
    for (const path of waiting) {
      const hash = await hashFile(path);
      if (hash !== undefined) hashes.set(path, hash);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atATime, paths.length) }, work));
  return hashes;
}

async function hashFile(path: string): Promise<string | undefined> {
  const file = createReadStream(path, { highWaterMark: 1024 * 1024 });
  try {
    const unpacked: Readable = path.endsWith('.gz') ? file.pipe(createGunzip({ chunkSize: 256 * 1024 })) : file;
    file.on('error', (error) => unpacked.destroy(error));
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) return undefined;
      hash.update(chunk);
    }
    return hash.digest('hex');
  } catch {
    return undefined;
  } finally {
    file.destroy();
  }
}
