import { describe, expect, test } from 'vitest';
import { type FunctionContext, FunctionFailure } from '../../src/evaluate/terraform/functions/function.js';
import { maxFilesetEntries } from '../../src/evaluate/terraform/functions/glob.js';
import { terraformFunctions } from '../../src/evaluate/terraform/functions/index.js';
import { objectOf } from '../../src/evaluate/terraform/values/collections.js';
import { concatTexts } from '../../src/evaluate/terraform/values/unknown.js';
import { DYNAMIC, STRING } from '../../src/model/type.js';
import type { Value } from '../../src/model/value.js';
import { stringValue, unknownValue } from '../../src/model/values.js';
import type { DirectoryEntry, FileSystem, Read } from '../../src/source/file-system.js';
import { memoryFileSystem } from '../support/memory-file-system.js';

const orchard = memoryFileSystem({
  'orchard/main.tf': '',
  'orchard/pear.json': '{"kind":"pear"}',
  'orchard/accent.txt': 'e\u0301',
  'orchard/bakery/bun.tpl': 'bun ${name}',
  'shared/salt.txt': 'salt',
});

interface Rendered {
  readonly path: string;
  readonly text: string;
  readonly variables: ReadonlyMap<string, Value>;
}

function contextOf(fileSystem: FileSystem, templateDepth = 0, rendered: Rendered[] = []): FunctionContext {
  return {
    fileSystem,
    rootFolder: 'orchard',
    templateDepth,
    renderTemplate(path, text, variables) {
      rendered.push({ path, text, variables });
      return stringValue(`rendered ${path}`);
    },
  };
}

function call(name: string, args: readonly Value[], context = contextOf(orchard)): Value {
  const called = terraformFunctions.get(name);
  if (called === undefined) throw new Error(`no function ${name}`);
  return called.call(args, context);
}

function failureOf(name: string, args: readonly Value[], context = contextOf(orchard)) {
  try {
    return call(name, args, context);
  } catch (error) {
    if (error instanceof FunctionFailure) return { message: error.message, argument: error.argument };
    throw error;
  }
}

const text = (value: string) => stringValue(value);
const workingFolder = unknownValue('environment', {
  type: STRING,
  notNull: true,
  subject: 'path.cwd',
  identity: 'path.cwd',
});

describe('file', () => {
  test('resolves against the folder of the root module, and says where the text is written', () => {
    const file = { path: 'orchard/pear.json', text: '{"kind":"pear"}' };
    expect(call('file', [text('./bakery/../pear.json')])).toEqual({
      kind: 'string',
      value: '{"kind":"pear"}',
      origin: { file, start: 0, end: 15, step: 'file', name: 'orchard/pear.json' },
      layout: { file, segments: [{ at: 0, start: 0 }] },
    });
  });

  test('a text that is normalised has no layout, for its offsets are others than those of the file', () => {
    const value = call('file', [text('accent.txt')]);
    expect(value).toMatchObject({ kind: 'string', value: '\u00e9' });
    expect(value).not.toHaveProperty('layout');
  });

  test('reads within the project beyond the root module, and nothing beyond the project', () => {
    expect(call('file', [text('../shared/salt.txt')])).toMatchObject({ value: 'salt' });
    const outside = (subject: string) => unknownValue('file-outside-root', { type: STRING, notNull: true, subject });
    expect(call('file', [text('../../secret')])).toEqual(outside('../../secret'));
    expect(call('file', [text('/etc/passwd')])).toEqual(outside('/etc/passwd'));
    expect(call('filesha256', [text('~/.ssh/id_rsa')])).toEqual(outside('~/.ssh/id_rsa'));
  });

  test('what could not be read is unknown, with the reason', () => {
    const failing = (failure: 'denied' | 'too-large' | 'outside' | 'loop' | 'failed') =>
      contextOf({ ...orchard, readFile: (): Read<Uint8Array> => ({ ok: false, failure }) });
    const reasonOf = (failure: 'denied' | 'too-large' | 'outside') => {
      const value = call('file', [text('pear.json')], failing(failure));
      return value.kind === 'unknown' ? value.reason : value.kind;
    };
    expect(reasonOf('denied')).toBe('permission-denied');
    expect(reasonOf('too-large')).toBe('limit-reached');
    expect(reasonOf('outside')).toBe('file-outside-root');
    expect(failureOf('file', [text('pear.json')], failing('loop'))).toEqual({
      message: 'failed to read file: open pear.json: too many levels of symbolic links',
      argument: 0,
    });
    expect(failureOf('file', [text('pear.json')], failing('failed'))).toEqual({
      message: 'failed to read file: pear.json',
      argument: 0,
    });
  });

  test('finds files by a path that begins with the working folder', () => {
    const path = concatTexts([workingFolder, text('/bakery/bun.tpl')]);
    expect(call('file', [path])).toMatchObject({ kind: 'string', value: 'bun ${name}' });
    expect(call('fileexists', [path])).toEqual({ kind: 'bool', value: true });
    expect(call('fileexists', [concatTexts([workingFolder, text('-old/bun.tpl')])])).toMatchObject({
      kind: 'unknown',
      reason: 'environment',
    });
  });
});

describe('paths', () => {
  test('an absolute path is unknown, its part in the root module is not', () => {
    const absolute = call('abspath', [text('a/../pear.json')]);
    expect(absolute).toMatchObject({ kind: 'unknown', reason: 'environment', parts: [workingFolder, '/pear.json'] });
    expect(call('file', [absolute])).toMatchObject({ value: '{"kind":"pear"}' });
    expect(call('basename', [absolute])).toEqual(text('pear.json'));
    expect(call('dirname', [absolute])).toEqual(workingFolder);
    expect(call('abspath', [text('/usr/../lib')])).toEqual(text('/lib'));
    expect(call('abspath', [text('../shared')])).toEqual(
      unknownValue('environment', { type: STRING, subject: 'abspath("../shared")', notNull: true }),
    );
  });

  test('the name is only known behind a slash that is known', () => {
    const unknown = unknownValue('variable-without-value', { type: STRING, subject: 'var.tree' });
    const path = (suffix: string) => concatTexts([unknown, text(suffix)]);
    expect(call('basename', [path('-a/b.txt')])).toEqual(text('b.txt'));
    expect(call('basename', [path('-a.txt')])).toMatchObject({ kind: 'unknown', subject: 'var.tree' });
    expect(call('basename', [path('/')])).toMatchObject({ kind: 'unknown', subject: 'var.tree' });
    expect(call('dirname', [path('/b.txt')])).toMatchObject({ kind: 'unknown', subject: 'var.tree' });
  });

  test('the home folder is unknown', () => {
    expect(call('pathexpand', [text('~/pears')])).toEqual(
      unknownValue('environment', { type: STRING, notNull: true, subject: 'pathexpand("~/pears")' }),
    );
    expect(call('pathexpand', [text('pears')])).toEqual(text('pears'));
  });
});

describe('templatefile', () => {
  test('gives path, text and variables to the evaluator', () => {
    const rendered: Rendered[] = [];
    const name = unknownValue('variable-without-value', { type: STRING, subject: 'var.name' });
    const args = [text('bakery/bun.tpl'), objectOf([['name', name]])];
    expect(call('templatefile', args, contextOf(orchard, 0, rendered))).toEqual(
      text('rendered orchard/bakery/bun.tpl'),
    );
    expect(rendered).toEqual([
      { path: 'orchard/bakery/bun.tpl', text: 'bun ${name}', variables: new Map([['name', name]]) },
    ]);
  });

  test('is an error inside a template, so none can include itself', () => {
    const args = [text('bakery/bun.tpl'), objectOf([])];
    for (const name of ['templatefile', 'templatestring']) {
      expect(failureOf(name, args, contextOf(orchard, 1))).toEqual({
        message: `cannot recursively call ${name} from inside another template function`,
        argument: undefined,
      });
    }
  });

  test('is unknown where its variables are not known by name', () => {
    const variables = unknownValue('variable-without-value', { subject: 'var.all' });
    expect(call('templatefile', [text('bakery/bun.tpl'), variables])).toEqual({
      kind: 'unknown',
      type: DYNAMIC,
      reason: 'variable-without-value',
      subject: 'var.all',
    });
  });

  test('a sensitive map of variables makes the result sensitive', () => {
    const variables = { ...objectOf([['name', text('rye')]]), sensitive: true };
    expect(call('templatefile', [text('bakery/bun.tpl'), variables])).toMatchObject({ sensitive: true });
  });
});

describe('fileset', () => {
  const entry = (name: string, kind: DirectoryEntry['kind'], isLink = false): DirectoryEntry => ({
    name,
    kind,
    isLink,
  });
  const listing = (entries: readonly DirectoryEntry[], details: Partial<FileSystem> = {}): FunctionContext =>
    contextOf({ ...orchard, readDirectory: () => ({ ok: true, value: entries }), ...details });

  test('names files from the folder, and leaves folders out', () => {
    const value = call('fileset', [text('.'), text('**')]);
    expect(value.kind === 'list' && value.elements).toEqual(
      ['accent.txt', 'bakery/bun.tpl', 'main.tf', 'pear.json'].map((one) => text(one)),
    );
  });

  test('a ring of links is walked as deep as links are followed', () => {
    const context = listing([entry('ring', 'folder', true), entry('pear.txt', 'file')], { kindOf: () => 'file' });
    const value = call('fileset', [text('.'), text('**/pear.txt')], context);
    expect(value.kind === 'list' && value.elements.length).toBe(41);
  });

  test('SAFETY: two rings double at each step and end at the limit', () => {
    const context = listing([entry('left', 'folder', true), entry('right', 'folder', true)]);
    expect(call('fileset', [text('.'), text('**')], context)).toMatchObject({
      kind: 'unknown',
      reason: 'limit-reached',
    });
    expect(maxFilesetEntries).toBeLessThanOrEqual(100_000);
  });

  test('a link that leads nowhere is an error where the pattern matches it', () => {
    const context = listing([entry('lost', 'other', true), entry('pear.txt', 'file')], { kindOf: () => undefined });
    expect(failureOf('fileset', [text('.'), text('*')], context)).toEqual({
      message: 'failed to stat "orchard/lost": no such file or directory',
      argument: 1,
    });
    expect(call('fileset', [text('.'), text('p*')], context)).toMatchObject({ elements: [{ value: 'pear.txt' }] });
  });

  test('a link that leads out of the project makes the set unknown', () => {
    const context = listing([entry('out', 'other', true)], {
      readFile: () => ({ ok: false, failure: 'outside' }),
    });
    expect(call('fileset', [text('.'), text('*')], context)).toMatchObject({ reason: 'file-outside-root' });
    expect(call('fileset', [text('.'), text('../../*')])).toMatchObject({ reason: 'file-outside-root' });
  });

  test('SAFETY: a hundred thousand folders of any depth are one', () => {
    const value = call('fileset', [text('.'), text(`${'**/'.repeat(100_000)}*.json`)]);
    expect(value).toMatchObject({ elements: [{ value: 'pear.json' }] });
  });

  test('SAFETY: a name of many stars is matched in linear time', () => {
    const context = listing([entry('a'.repeat(200), 'file')]);
    const pattern = `${'a*'.repeat(60)}b`;
    expect(call('fileset', [text('.'), text(pattern)], context)).toMatchObject({ elements: [] });
  });
});
