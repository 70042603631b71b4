import { createHash, type Hash } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** What a header says of a file. */
export interface FileFacts {
  readonly lines: number;
  readonly sha256: string;
}

/** A file is there whole or not at all, also when the machine stops. */
export function writeDurably(path: string, text: string): void {
  const temporary = `${path}.tmp`;
  mkdirSync(dirname(path), { recursive: true });
  const descriptor = openSync(temporary, 'w', 0o600);
  writeFileSync(descriptor, text);
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(temporary, path);
}

/** One value a line, and what a header says of it. */
export function writeLines(path: string, values: readonly object[]): FileFacts {
  const text = values.map((value) => `${JSON.stringify(value)}\n`).join('');
  writeDurably(path, text);
  return { lines: values.length, sha256: createHash('sha256').update(text).digest('hex') };
}

/** Writes files one after the other into one, of which only one is held at a time. */
export function concatDurably(path: string, parts: Iterable<string>): FileFacts {
  const temporary = `${path}.tmp`;
  mkdirSync(dirname(path), { recursive: true });
  const descriptor = openSync(temporary, 'w', 0o600);
  const hash = createHash('sha256');
  let lines = 0;
  for (const part of parts) lines += append(descriptor, part, hash);
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(temporary, path);
  return { lines, sha256: hash.digest('hex') };
}

const LINE_BREAK = 10;

function append(descriptor: number, part: string, hash: Hash): number {
  const bytes = readFileSync(part);
  hash.update(bytes);
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
  let lines = 0;
  for (let at = bytes.indexOf(LINE_BREAK); at >= 0; at = bytes.indexOf(LINE_BREAK, at + 1)) lines += 1;
  return lines;
}

/** The same bytes at another place, whole or not at all. */
export function copyDurably(from: string, to: string): void {
  const temporary = `${to}.tmp`;
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, temporary, constants.COPYFILE_FICLONE);
  const descriptor = openSync(temporary, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(temporary, to);
}
