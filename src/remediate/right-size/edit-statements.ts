import type { ChangedResource, ChangedStatement, StatementChange } from '../../findings/right-sizing.js';
import type { SourceFile } from '../../source/source-file.js';
import { applyEdits, type TextEdit } from '../../source/text-edit.js';
import type { Expression } from '../../syntax/hcl/ast.js';
import { parseHcl } from '../../syntax/hcl/parse-hcl.js';
import { alignAssignments } from './align-assignments.js';
import { findStatements, type WrittenStatement } from './find-statements.js';

/** The edits of a file, or why it is not edited. */
export interface EditedFile {
  readonly file: SourceFile;
  readonly edits: readonly TextEdit[];
  /** One sentence. */
  readonly problem: string | undefined;
}

/**
 * Edits statements of `aws_iam_policy_document` and of documents in `jsonencode` where they are written: actions, resources and
 * Sids alone. What is in their place besides is a copy. All changes are of one file; it is edited as a whole or not at all.
 */
export function editStatements(file: SourceFile, changes: readonly StatementChange[]): EditedFile {
  const written = findStatements(parseHcl(file), new Set(changes.map(({ location }) => location.start)));
  const edits: TextEdit[] = [];
  for (const { location, statements } of changes) {
    const statement = written.get(location.start);
    const edit = statement === undefined ? undefined : editStatement(file, statement, statements);
    if (edit === undefined)
      return {
        file,
        edits: [],
        problem: `The statements of ${file.path} are not written so that they can be edited there.`,
      };
    edits.push(edit);
  }
  return { file, edits, problem: undefined };
}

function editStatement(
  file: SourceFile,
  written: WrittenStatement,
  statements: readonly ChangedStatement[],
): TextEdit | undefined {
  if (statements.length === 0) return removal(file.text, written);
  if (written.isOnlyValue && statements.length > 1) return undefined;
  const copies = statements.map((statement) => copyOf(file.text, written, statement));
  if (copies.some((copy) => copy === undefined)) return undefined;
  const indent = indentAt(file.text, written.start);
  const separator = written.kind === 'block' ? `\n\n${indent}` : `,\n${indent}`;
  return { start: written.start, end: written.end, text: copies.join(separator) };
}

/** The whole lines of a block, with the empty one before it; an object with its comma. */
function removal(text: string, { kind, start, end, isOnlyValue }: WrittenStatement): TextEdit | undefined {
  if (isOnlyValue) return undefined;
  const behind = kind === 'block' ? '' : (/^\s*,/.exec(text.slice(end))?.[0] ?? '');
  const before = /\n?[ \t]*\n[ \t]*$|[ \t]*$/.exec(text.slice(0, start))?.[0] ?? '';
  return { start: start - before.length, end: end + behind.length, text: '' };
}

/** The text of a statement with its Sid, actions and resources replaced, comments before it. */
function copyOf(text: string, written: WrittenStatement, changed: ChangedStatement): string | undefined {
  const { sid, actions, resources } = written;
  if (actions === undefined || resources === undefined) return undefined;
  const shownResources = changed.resources.map((resource) => resourceText(text, written, resource));
  if (shownResources.some((shown) => shown === undefined)) return undefined;
  const edits: TextEdit[] = [
    ...replaceList(text, actions, changed.actions.map(quoted)),
    ...replaceList(text, resources, shownResources as string[]),
    ...sidEdit(text, written, sid, changed.sid),
  ].map((edit) => ({ ...edit, start: edit.start - written.start, end: edit.end - written.start }));
  const indent = indentAt(text, written.start);
  const comments = changed.comments.map((comment) => `# ${comment}\n${indent}`).join('');
  const own = text.slice(written.start, written.end);
  const copy = applyEdits({ text: own }, edits);
  // What was not written in that form is not brought into it.
  return comments + (alignAssignments(own) === own ? alignAssignments(copy) : copy);
}

function resourceText(
  text: string,
  { start, end }: WrittenStatement,
  { text: plain, places, reference }: ChangedResource,
): string | undefined {
  const own = places.find((place) => place.start >= start && place.end <= end);
  if (own !== undefined) return text.slice(own.start, own.end);
  return places.length > 0 ? undefined : (reference ?? quoted(plain));
}

/** A list on one line stays there up to this width. */
const maxColumns = 100;

/** Nothing where the same elements are there already. */
function replaceList(text: string, expression: Expression, elements: readonly string[]): TextEdit[] {
  const own = expression.kind === 'tuple' ? expression.elements : [expression];
  const texts = own.map(({ start, end }) => text.slice(start, end));
  const isSame = texts.length === elements.length && texts.every((one) => elements.includes(one));
  if (isSame) return [];
  const { start, end } = expression;
  const [only, ...others] = elements;
  const isScalar = expression.kind !== 'tuple';
  if (only !== undefined && others.length === 0) return [{ start, end, text: isScalar ? only : `[${only}]` }];
  const indent = indentAt(text, start);
  const before = text.slice(text.lastIndexOf('\n', start) + 1, start);
  const inline = `[${elements.join(', ')}]`;
  const wasInline = !text.slice(start, end).includes('\n') && before.length + inline.length <= maxColumns;
  if (before.includes('{') || wasInline) return [{ start, end, text: inline }];
  return [{ start, end, text: `[\n${elements.map((one) => `${indent}  ${one},\n`).join('')}${indent}]` }];
}

function sidEdit(
  text: string,
  { kind, bodyStart }: WrittenStatement,
  own: Expression | undefined,
  sid: string | null,
): TextEdit[] {
  if (sid === null) return [];
  if (own !== undefined) {
    const isSame = text.slice(own.start, own.end) === quoted(sid);
    return isSame ? [] : [{ start: own.start, end: own.end, text: quoted(sid) }];
  }
  const name = kind === 'block' ? 'sid' : 'Sid';
  const line = /^[ \t]*\n([ \t]*)/.exec(text.slice(bodyStart));
  const inserted = line === null ? ` ${name} = ${quoted(sid)},` : `\n${line[1] ?? ''}${name} = ${quoted(sid)}`;
  return [{ start: bodyStart, end: bodyStart, text: inserted }];
}

function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** A text of HCL: what would be a template in it is none. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/([$%])\{/g, '$1$1{');
}
