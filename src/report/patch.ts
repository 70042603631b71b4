import type { SourceFile } from '../source/source-file.js';

const contextLines = 3;

/** A patch of files as `git apply` and `patch -p1` take it, from texts and what they become. Paths are those of the files. */
export function renderPatch(changes: readonly { readonly file: SourceFile; readonly text: string }[]): string {
  return [...changes]
    .sort((one, other) => (one.file.path < other.file.path ? -1 : 1))
    .map(({ file, text }) => patchOf(file, text))
    .join('');
}

/** A line that stays, goes or comes. */
interface Line {
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
}

function patchOf({ path, text: before }: SourceFile, after: string): string {
  const lines = differ(linesOf(before), linesOf(after));
  const changed = lines.flatMap(({ mark }, index) => (mark === ' ' ? [] : [index]));
  const hunks: [number, number][] = [];
  for (const index of changed) {
    const [from, to] = [Math.max(0, index - contextLines), Math.min(lines.length, index + contextLines + 1)];
    const last = hunks.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = to;
    else hunks.push([from, to]);
  }
  if (hunks.length === 0) return '';
  const body = hunks.map(([from, to]) => {
    const count = (list: readonly Line[], without: string) => list.filter(({ mark }) => mark !== without).length;
    const [own, ahead] = [lines.slice(from, to), lines.slice(0, from)];
    const range = (without: string) => {
      const length = count(own, without);
      return `${count(ahead, without) + (length === 0 ? 0 : 1)},${length}`;
    };
    return `@@ -${range('+')} +${range('-')} @@\n${own.map(({ mark, text }) => mark + ended(text)).join('')}`;
  });
  return `--- a/${path}\n+++ b/${path}\n${body.join('')}`;
}

/** With their ends. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function ended(line: string): string {
  return line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`;
}

/** Lines that both have, in order, by the longest common subsequence of what differs. */
function differ(before: readonly string[], after: readonly string[]): Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let [endBefore, endAfter] = [before.length, after.length];
  while (endBefore > start && endAfter > start && before[endBefore - 1] === after[endAfter - 1]) {
    endBefore--;
    endAfter--;
  }
  const kept = (lines: readonly string[]): Line[] => lines.map((text) => ({ mark: ' ', text }));
  return [
    ...kept(before.slice(0, start)),
    ...differMiddle(before.slice(start, endBefore), after.slice(start, endAfter)),
    ...kept(before.slice(endBefore)),
  ];
}

/** SAFETY: more pairs of lines than these are not compared: the whole stretch is replaced. */
const maxPairs = 4_000_000;

function differMiddle(before: readonly string[], after: readonly string[]): Line[] {
  const gone = (lines: readonly string[]): Line[] => lines.map((text) => ({ mark: '-', text }));
  const come = (lines: readonly string[]): Line[] => lines.map((text) => ({ mark: '+', text }));
  if (before.length * after.length > maxPairs) return [...gone(before), ...come(after)];
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      common[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      lines.push({ mark: ' ', text: before[i] ?? '' });
      i++;
      j++;
    } else if (at(i + 1, j) >= at(i, j + 1)) lines.push({ mark: '-', text: before[i++] ?? '' });
    else lines.push({ mark: '+', text: after[j++] ?? '' });
  }
  return [...lines, ...gone(before.slice(i)), ...come(after.slice(j))];
}
