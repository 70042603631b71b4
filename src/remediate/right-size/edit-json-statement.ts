import type { ChangedResource, ChangedStatement } from '../../findings/right-sizing.js';
import type { SourceFile, SourceRange } from '../../source/source-file.js';
import { applyEdits, type TextEdit } from '../../source/text-edit.js';
import type { JsonMember, JsonNode } from '../../syntax/json/ast.js';
import { parseJson } from '../../syntax/json/parse-json.js';
import { indentAt, listEdit } from './list-edit.js';

/** A statement that is written as JSON: in a file of its own, in a template, in a heredoc of Terraform. */
export interface JsonStatement {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
  readonly members: readonly JsonMember[];
  /** It is no element of a list. */
  readonly isOnlyValue: boolean;
}

/** The statement of JSON at a place; undefined for what is none. */
export function jsonStatementAt({ file, start, end }: SourceRange): JsonStatement | undefined {
  if (file.text[start] !== '{') return undefined;
  const { root } = parseJson(file, { start, end });
  if (root?.kind !== 'object' || memberOf(root.members, 'effect') === undefined) return undefined;
  const isOnlyValue = !/[[,]\s*$/.test(file.text.slice(0, start));
  return { file, start, end, members: root.members, isOnlyValue };
}

/** The texts of the statements in its place; undefined where one of them cannot be written there. JSON has no comments. */
export function editJsonStatement(
  written: JsonStatement,
  statements: readonly ChangedStatement[],
): TextEdit | undefined {
  const { file, start, end, isOnlyValue } = written;
  const copies = statements.flatMap((statement) => copyOf(written, statement) ?? []);
  if (copies.length < statements.length) return undefined;
  const text = copies.join(`,\n${indentAt(file.text, start)}`);
  return { start, end, text: isOnlyValue && copies.length > 1 ? `[${text}]` : text };
}

/** Statements of one list that go, neighbours together, each run with the comma that is too many. */
export function removeListed(
  file: SourceFile,
  statements: readonly { readonly start: number; readonly end: number }[],
): TextEdit[] {
  const { text } = file;
  const runs: { start: number; end: number }[] = [];
  for (const { start, end } of [...statements].sort((one, other) => one.start - other.start)) {
    const last = runs.at(-1);
    if (last !== undefined && /^\s*,\s*$/.test(text.slice(last.end, start))) last.end = end;
    else runs.push({ start, end });
  }
  return runs.map(({ start, end }): TextEdit => {
    const behind = /^\s*,/.exec(text.slice(end))?.[0];
    const before = behind === undefined ? /,?\s*$/.exec(text.slice(0, start)) : /\s*$/.exec(text.slice(0, start));
    return { start: start - (before?.[0].length ?? 0), end: end + (behind?.length ?? 0), text: '' };
  });
}

function copyOf(written: JsonStatement, { sid, actions, resources }: ChangedStatement): string | undefined {
  const { file, start, end, members } = written;
  const [action, resource] = [memberOf(members, 'action'), memberOf(members, 'resource')];
  if (action === undefined || resource === undefined) return undefined;
  const actionTexts = actions.flatMap((text) => quotedIn(file, text) ?? []);
  const resourceTexts = resources.flatMap((one) => resourceText(file, resource.value, one) ?? []);
  if (actionTexts.length < actions.length || resourceTexts.length < resources.length) return undefined;
  const edits = [
    ...listEdit(file.text, toList(action.value), actionTexts),
    ...listEdit(file.text, toList(resource.value), resourceTexts),
    ...sidEdit(written, sid),
  ].map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
  return applyEdits({ text: file.text.slice(start, end) }, edits);
}

function memberOf(members: readonly JsonMember[], name: string): JsonMember | undefined {
  return members.find(({ key }) => key.toLowerCase() === name);
}

function toList(node: JsonNode) {
  return { ...node, isList: node.kind === 'array', elements: node.kind === 'array' ? node.elements : [node] };
}

/** In Terraform's own files these are templates; in others it is not known whether they are. */
function quotedIn({ path }: SourceFile, text: string): string | undefined {
  const json = JSON.stringify(text);
  if (!/[$%]\{/.test(json)) return json;
  return path.endsWith('.tf') ? json.replace(/([$%])\{/g, '$1$1{') : undefined;
}

function resourceText(
  file: SourceFile,
  list: JsonNode,
  { text, places, reference }: ChangedResource,
): string | undefined {
  if (places.length > 0) {
    const own = toList(list).elements.find(({ start, end }) =>
      places.some((place) => place.start >= start && place.end <= end),
    );
    return own === undefined ? undefined : file.text.slice(own.start, own.end);
  }
  if (reference === null || !file.path.endsWith('.tf')) return quotedIn(file, text);
  return reference.startsWith('"') ? reference : `"\${${reference}}"`;
}

function sidEdit({ file, start, members }: JsonStatement, sid: string | null): TextEdit[] {
  if (sid === null) return [];
  const own = memberOf(members, 'sid')?.value;
  const text = JSON.stringify(sid);
  if (own !== undefined)
    return file.text.slice(own.start, own.end) === text ? [] : [{ start: own.start, end: own.end, text }];
  const line = /^[ \t]*\n[ \t]*/.exec(file.text.slice(start + 1))?.[0] ?? '';
  const isSpaced = line !== '' || file.text[start + 1] === ' ';
  return [{ start: start + 1, end: start + 1, text: `${line === '' && isSpaced ? ' ' : line}"Sid": ${text},` }];
}
