import { compareText } from '../../../source/compare-text.js';
import type { DirectoryEntry, FileSystem } from '../../../source/file-system.js';
import { quoteRe2 } from '../../../source/re2.js';
import { FunctionFailure, FunctionLimit } from './function.js';
import { compileExpression } from './regex.js';

/** SAFETY: how many entries of folders one `fileset` looks at. */
export const maxFilesetEntries = 50_000;
/** As many links as Linux follows on one path. */
const maxLinks = 40;
/** SAFETY: braces in braces. */
const maxBraceDepth = 20;

/** Paths of the files that match, relative to the project root and sorted; or why they cannot be listed. */
export type GlobResult = { readonly kind: 'found'; readonly paths: readonly string[] } | { readonly kind: GlobProblem };

type GlobProblem = 'outside' | 'too-large' | 'denied';

type Segment =
  | { readonly kind: 'any-depth' }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'pattern'; readonly matches: (name: string) => boolean };

/**
 * The files under a folder that match a cleaned pattern, as the library that Terraform uses finds them
 * (github.com/bmatcuk/doublestar, version 1): `*`, `?`, `[a-z]`, `[^a]`, `{a,b}` within a name, `**` for any number of
 * folders, `\` before a character that means itself. Links are followed; a link that leads nowhere is an error.
 * `written` is what messages call the pattern.
 */
export function findFiles(fileSystem: FileSystem, folder: string, pattern: string, written = pattern): GlobResult {
  const names = pattern.split('/');
  // SAFETY: `**` after `**` says no more and would be walked again.
  const apart = names.filter((name, index) => name !== '**' || names[index - 1] !== '**');
  const segments = apart.map((segment) => toSegment(segment, written));
  const walk = new Walk(fileSystem, segments);
  walk.from(folder, 0, 0);
  if (walk.problem !== undefined) return { kind: walk.problem };
  return { kind: 'found', paths: [...walk.found].sort(compareText) };
}

class Walk {
  readonly found = new Set<string>();
  problem: GlobProblem | undefined;
  #entries = 0;

  constructor(
    readonly fileSystem: FileSystem,
    readonly segments: readonly Segment[],
  ) {}

  /** Matches what is in a folder against the segments from this one on. */
  from(folder: string, index: number, links: number): void {
    const segment = this.segments[index];
    if (segment === undefined || this.problem !== undefined) return;
    const isLast = index === this.segments.length - 1;
    if (segment.kind === 'name') {
      this.#named(join(folder, segment.name), index, links);
      return;
    }
    if (segment.kind === 'any-depth' && !isLast) this.from(folder, index + 1, links);
    for (const entry of this.#read(folder)) {
      if (this.problem !== undefined) return;
      const path = join(folder, entry.name);
      const isMatch = segment.kind === 'any-depth' || segment.matches(entry.name);
      if (!isMatch) continue;
      if (isLast) this.#add(path, entry);
      if (entry.kind !== 'folder') continue;
      const followed = links + (entry.isLink ? 1 : 0);
      if (followed > maxLinks) continue;
      if (segment.kind === 'any-depth') this.from(path, index, followed);
      else if (!isLast) this.from(path, index + 1, followed);
    }
  }

  #named(path: string, index: number, links: number): void {
    const kind = this.fileSystem.kindOf(path);
    if (kind === undefined && isOutside(this.fileSystem, path)) this.problem = 'outside';
    if (index < this.segments.length - 1) {
      if (kind === 'folder') this.from(path, index + 1, links);
    } else if (kind === 'file') this.found.add(path);
  }

  #add(path: string, entry: DirectoryEntry): void {
    if (entry.kind === 'file') this.found.add(path);
    else if (entry.kind === 'other' && entry.isLink) {
      if (isOutside(this.fileSystem, path)) this.problem = 'outside';
      else if (this.fileSystem.kindOf(path) === undefined) {
        throw new FunctionFailure(`failed to stat "${path}": no such file or directory`, 1);
      }
    }
  }

  #read(folder: string): readonly DirectoryEntry[] {
    const read = this.fileSystem.readDirectory(folder);
    if (!read.ok) {
      const { failure } = read;
      if (failure === 'outside' || failure === 'too-large' || failure === 'denied') this.problem = failure;
      return [];
    }
    this.#entries += read.value.length + 1;
    if (this.#entries > maxFilesetEntries) {
      this.problem = 'too-large';
      return [];
    }
    // What it is called is not known, and so not whether it matches.
    if (read.value.some((entry) => entry.isUnreadableName === true)) this.problem = 'denied';
    return read.value;
  }
}

/** A link that leads out of the project. */
function isOutside(fileSystem: FileSystem, path: string): boolean {
  const read = fileSystem.readFile(path);
  return !read.ok && read.failure === 'outside';
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function toSegment(segment: string, pattern: string): Segment {
  if (segment === '**') return { kind: 'any-depth' };
  if (!/[*?[{\\]/.test(segment)) return { kind: 'name', name: segment };
  const compiled = compileExpression(new SegmentReader(segment, pattern).read(), 1, { dotAll: true });
  return { kind: 'pattern', matches: (name) => compiled.matcher(name).matches() };
}

/** Translates the pattern of one name to a regular expression. */
class SegmentReader {
  #at = 0;
  readonly #characters: readonly string[];

  constructor(
    segment: string,
    readonly pattern: string,
  ) {
    this.#characters = [...segment];
  }

  read(): string {
    return this.#sequence(0);
  }

  #sequence(depth: number): string {
    let expression = '';
    while (this.#at < this.#characters.length) {
      const character = this.#characters[this.#at];
      if (depth > 0 && (character === ',' || character === '}')) break;
      this.#at++;
      if (character === '*') expression += '.*';
      else if (character === '?') expression += '.';
      else if (character === '[') expression += this.#class();
      else if (character === '{') expression += this.#braces(depth + 1);
      else expression += quoteRe2(character === '\\' ? this.#next() : (character ?? ''));
    }
    return expression;
  }

  #braces(depth: number): string {
    if (depth > maxBraceDepth) throw new FunctionLimit(`braces are nested more than ${maxBraceDepth} deep`, 1);
    const options: string[] = [];
    do options.push(this.#sequence(depth));
    while (this.#next() === ',');
    return `(?:${options.join('|')})`;
  }

  #class(): string {
    const isNegated = this.#characters[this.#at] === '^';
    if (isNegated) this.#at++;
    let content = '';
    let isEmpty = true;
    for (let one = this.#next(); one !== ']' || isEmpty; one = this.#next()) {
      isEmpty = false;
      if (one === ']' || one === '-') throw this.#failure();
      const start = one === '\\' ? this.#next() : one;
      let end = start;
      if (this.#characters[this.#at] === '-') {
        this.#at++;
        const written = this.#next();
        if (written === ']' || written === '-') throw this.#failure();
        end = written === '\\' ? this.#next() : written;
      }
      // A range that ends before it begins holds nothing.
      if (compareText(start, end) <= 0) content += `${quoteInClass(start)}-${quoteInClass(end)}`;
    }
    if (content === '') return isNegated ? '.' : '[^\\x{0}-\\x{10ffff}]';
    return `[${isNegated ? '^' : ''}${content}]`;
  }

  #next(): string {
    const character = this.#characters[this.#at];
    if (character === undefined) throw this.#failure();
    this.#at++;
    return character;
  }

  #failure(): FunctionFailure {
    return new FunctionFailure(`failed to glob pattern "${this.pattern}": syntax error in pattern`, 1);
  }
}

function quoteInClass(character: string): string {
  return `\\x{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
