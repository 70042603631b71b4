import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readChanges, revisionFileSystem } from '../../src/history/git.js';
import { nodeFileSystem } from '../../src/node-file-system.js';

let folder = '';

const git = (...args: string[]) =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=baker', '-c', 'user.email=baker@example.com', ...args], {
    stdio: 'pipe',
  });

const write = (path: string, content: string) => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), content);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trueline-git-'));
  git('init', '-q', '-b', 'main');
  write('main.tf', 'first\n');
  write('bread/loaf.tf', 'loaf\n');
  write('old/gone.tf', 'gone\n');
  git('add', '-A');
  git('commit', '-q', '-m', 'first');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const changesSince = (revision: string) => {
  const read = readChanges(folder, revision);
  if (!read.ok) return read.failure;
  return Object.fromEntries(
    [...read.changes.files].map(([path, content]) => [path, content && Buffer.from(content).toString('utf8')]),
  );
};

test('changes are what differs from the revision: changed, removed, and new files that nothing ignores', () => {
  write('.gitignore', '*.tfvars\n');
  git('add', '-A');
  git('commit', '-q', '-m', 'ignore');
  write('main.tf', 'second\n');
  write('new.tf', 'new\n');
  write('secret.tfvars', 'x = 1\n');
  rmSync(join(folder, 'old'), { recursive: true });
  expect(changesSince('HEAD')).toEqual({ 'main.tf': 'first\n', 'new.tf': null, 'old/gone.tf': 'gone\n' });
});

test('a revision is compared from where the branches part', () => {
  git('checkout', '-q', '-b', 'topic');
  write('topic.tf', 'topic\n');
  git('add', '-A');
  git('commit', '-q', '-m', 'topic');
  git('checkout', '-q', 'main');
  write('main.tf', 'moved on\n');
  git('commit', '-q', '-am', 'main moves on');
  git('checkout', '-q', 'topic');
  expect(changesSince('main')).toEqual({ 'topic.tf': null });
});

test('a revision of zeros is the empty tree', () => {
  expect(changesSince('0000000000000000000000000000000000000000')).toEqual({
    'bread/loaf.tf': null,
    'main.tf': null,
    'old/gone.tf': null,
  });
});

test('what is no revision or no repository says so; an option is no revision', () => {
  expect(changesSince('nowhere')).toBe('unknown-revision');
  expect(changesSince('--output=x')).toBe('unknown-revision');
  const outside = mkdtempSync(join(tmpdir(), 'trueline-none-'));
  expect(readChanges(outside, 'HEAD')).toEqual({ ok: false, failure: 'not-a-repository' });
  rmSync(outside, { recursive: true });
});

test('the base is read as files: changed ones from the history, the others from the work tree', () => {
  write('main.tf', 'second\n');
  write('new.tf', 'new\n');
  rmSync(join(folder, 'old'), { recursive: true });
  const read = readChanges(folder, 'HEAD');
  if (!read.ok) throw new Error(read.failure);
  const base = revisionFileSystem(nodeFileSystem(folder), read.changes);
  const names = (path: string) => {
    const listing = base.readDirectory(path);
    return listing.ok ? listing.value.map(({ name, kind }) => `${kind} ${name}`) : listing.failure;
  };
  expect(names('')).toEqual(['folder .git', 'folder bread', 'file main.tf', 'folder old']);
  expect(names('old')).toEqual(['file gone.tf']);
  const text = (path: string) => {
    const file = base.readFile(path);
    return file.ok ? Buffer.from(file.value).toString('utf8') : file.failure;
  };
  expect(text('main.tf')).toBe('first\n');
  expect(text('bread/loaf.tf')).toBe('loaf\n');
  expect(text('old/gone.tf')).toBe('gone\n');
  expect(text('new.tf')).toBe('missing');
  expect([base.kindOf('old'), base.kindOf('new.tf'), base.kindOf('main.tf')]).toEqual(['folder', undefined, 'file']);
});
