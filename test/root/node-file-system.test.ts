import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeFileSystem } from '../../src/node-file-system.js';
import { rememberReads } from '../../src/remember-reads.js';

let top = '';
let root = '';

beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'trueline-files-'));
  root = join(top, 'orchard');
  mkdirSync(join(root, 'apples'), { recursive: true });
  writeFileSync(join(root, 'apples/main.tf'), 'locals {}\n');
  writeFileSync(join(top, 'outside.tf'), 'locals {}\n');
  symlinkSync('apples/main.tf', join(root, 'linked.tf'));
  symlinkSync('../outside.tf', join(root, 'leads-out.tf'));
  symlinkSync('nowhere.tf', join(root, 'broken.tf'));
  symlinkSync('/dev/zero', join(root, 'endless.tf'));
  symlinkSync('.', join(root, 'loop'));
  writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0x70, 0xe9, 0x2e, 0x74, 0x66])]), '');
});

afterAll(() => rmSync(top, { recursive: true, force: true }));

const text = (path: string) => {
  const read = nodeFileSystem(root).readFile(path);
  return read.ok ? Buffer.from(read.value).toString('utf8') : read.failure;
};

test('files are read by their path from the root, links inside it followed', () => {
  expect(text('apples/main.tf')).toBe('locals {}\n');
  expect(text('linked.tf')).toBe('locals {}\n');
  expect(text('loop/loop/apples/main.tf')).toBe('locals {}\n');
});

test('of a file no more is read than is asked for', () => {
  const read = nodeFileSystem(root).readFile('apples/main.tf', 6);
  expect(read).toEqual({ ok: true, value: Buffer.from('locals') });
  expect(rememberedReads()).toEqual(['locals', 'locals {}\n', 'locals {}\n']);
});

/** The head, the whole, and the head again. */
function rememberedReads() {
  const files = rememberReads(nodeFileSystem(root));
  return [6, undefined, 6].map((headBytes) => {
    const read = files.readFile('apples/main.tf', headBytes);
    return read.ok ? Buffer.from(read.value).toString('utf8') : read.failure;
  });
}

test('a file that was looked into whole is read once, and then as it is', () => {
  const path = 'apples/seeds.tf';
  writeFileSync(join(root, path), 'locals {}\n');
  const files = nodeFileSystem(root);
  const read = (headBytes?: number) => {
    const answer = files.readFile(path, headBytes);
    return answer.ok ? Buffer.from(answer.value).toString('utf8') : answer.failure;
  };
  expect(read(100)).toBe('locals {}\n');
  writeFileSync(join(root, path), 'locals { ripe = true }\n');
  expect([read(100), read(), read()]).toEqual(['locals {}\n', 'locals {}\n', 'locals { ripe = true }\n']);
});

test('what leads out of the root is not read', () => {
  expect(text('../outside.tf')).toBe('outside');
  expect(text('leads-out.tf')).toBe('outside');
  expect(text('endless.tf')).toBe('outside');
  expect(text('/etc/hostname')).toBe('outside');
});

test('what cannot be read says why', () => {
  expect(text('nowhere.tf')).toBe('missing');
  expect(text('broken.tf')).toBe('missing');
  expect(text('apples')).toBe('not-a-file');
  expect(nodeFileSystem(root).readDirectory('apples/main.tf')).toEqual({ ok: false, failure: 'not-a-folder' });
});

test('entries are sorted, with their kinds; a name that is not UTF-8 is marked', () => {
  const listing = nodeFileSystem(root).readDirectory('');
  expect(listing.ok && listing.value).toEqual([
    { name: 'apples', kind: 'folder', isLink: false },
    { name: 'broken.tf', kind: 'other', isLink: true },
    { name: 'endless.tf', kind: 'other', isLink: true },
    { name: 'leads-out.tf', kind: 'other', isLink: true },
    { name: 'linked.tf', kind: 'file', isLink: true },
    { name: 'loop', kind: 'folder', isLink: true },
    { name: 'p\uFFFD.tf', kind: 'file', isLink: false, isUnreadableName: true },
  ]);
});
