import type { ChangedResource, ChangedStatement, StatementChange } from '../../findings/right-sizing.js';
import { LineIndex } from '../../source/line-index.js';
import type { SourceFile } from '../../source/source-file.js';
import { applyEdits, type TextEdit } from '../../source/text-edit.js';
import type { Expression } from '../../syntax/hcl/ast.js';
import { parseHcl } from '../../syntax/hcl/parse-hcl.js';
import { alignAssignments } from './align-assignments.js';
import { editJsonStatement, type JsonStatement, jsonStatementAt, removeListed } from './edit-json-statement.js';
import { editYamlStatement, findYamlStatements } from './edit-yaml-statement.js';
import { findStatements, reasonInHcl, type WrittenStatement } from './find-statements.js';
import { indentAt, listEdit } from './list-edit.js';

/** The edits of a file, or why it is not edited. */
export interface EditedFile {
  readonly file: SourceFile;
  readonly edits: readonly TextEdit[];
  /** One sentence. */
  readonly problem: string | undefined;
}

/**
 * Edits statements of `aws_iam_policy_document`, of documents in `jsonencode`, of JSON and of templates in YAML where they are written: actions,
 * resources and Sids alone. What is in their place besides is a copy. All changes are of one file; it is edited as a whole or not
 * at all.
 */
export function editStatements(file: SourceFile, changes: readonly StatementChange[]): EditedFile {
  const inJson = changes.map((change) => ({ ...change, json: jsonStatementAt(change.location) }));
  const others = inJson.filter(({ json }) => json === undefined);
  const { edit, reasonAt } = otherEditor(file, new Set(others.map(({ location }) => location.start)));
  const edits: TextEdit[] = [];
  const removed: Removed[] = [];
  for (const { json, statements, location } of inJson) {
    const made = json === undefined ? edit(location.start, statements) : editJson(json, statements);
    if (made === undefined) return { file, edits: [], problem: problemAt(file, location.start, reasonAt) };
    if ('removed' in made) removed.push(made.removed);
    else edits.push(made);
  }
  return { file, edits: [...edits, ...removeListed(file, removed)], problem: undefined };
}

/** An element of a list that goes with the comma that is too many. */
type Removed = { readonly start: number; readonly end: number };

/** The edit for a statement; undefined where it cannot be written there. */
type StatementEdit = TextEdit | { readonly removed: Removed } | undefined;

type EditAt = (start: number, statements: readonly ChangedStatement[]) => StatementEdit;

/** Why a statement is not written as it has to be, in words that follow "it"; undefined: nothing more is known. */
type ReasonAt = (start: number) => string | undefined;

interface StatementEditor {
  readonly edit: EditAt;
  readonly reasonAt: ReasonAt;
}

function problemAt(file: SourceFile, start: number, reasonAt: ReasonAt): string {
  const { line } = new LineIndex(file.text).position(start);
  const reason = reasonAt(start);
  const why = reason === undefined ? '' : `: it ${reason}`;
  return `The statement at ${file.path}:${line} is not written so that it can be edited there${why}.`;
}

function editJson(json: JsonStatement, statements: readonly ChangedStatement[]): StatementEdit {
  if (statements.length > 0) return editJsonStatement(json, statements);
  return json.isOnlyValue ? undefined : { removed: json };
}

/** What edits statements that are not JSON: of Terraform, or of a template in YAML. */
function otherEditor(file: SourceFile, starts: ReadonlySet<number>): StatementEditor {
  if (starts.size === 0) return { edit: () => undefined, reasonAt: () => undefined };
  if (!file.path.endsWith('.tf')) {
    const written = findYamlStatements(file, starts);
    return {
      edit: (start, statements) => {
        const statement = written.get(start);
        return statement === undefined ? undefined : editYamlStatement(statement, statements);
      },
      reasonAt: (start) => (written.has(start) ? 'is the only one, or has values that are not listed' : undefined),
    };
  }
  const parsed = parseHcl(file);
  const written = findStatements(parsed, starts);
  return {
    edit: (start, statements) => {
      const statement = written.get(start);
      return statement === undefined ? undefined : editStatement(file, statement, statements);
    },
    reasonAt: (start) => reasonInHcl(parsed, start),
  };
}

function editStatement(
  file: SourceFile,
  written: WrittenStatement,
  statements: readonly ChangedStatement[],
): StatementEdit {
  if (statements.length === 0) return removal(file.text, written);
  const copies = statements.map((statement) => copyOf(file.text, written, statement));
  if (copies.some((copy) => copy === undefined)) return undefined;
  const indent = indentAt(file.text, written.start);
  const separator = written.kind === 'block' ? `\n\n${indent}` : `,\n${indent}`;
  const { start, end } = written;
  const text = copies.join(separator);
  return { start, end, text: written.isOnlyValue && copies.length > 1 ? `[${text}]` : text };
}

/** The whole lines of a block, with the empty one before it; an object with its comma. */
function removal(text: string, { kind, start, end, isOnlyValue }: WrittenStatement): StatementEdit {
  if (isOnlyValue) return undefined;
  if (kind === 'object') {
    const isInline = !/^[ \t]*$/.test(text.slice(text.lastIndexOf('\n', start) + 1, start));
    if (isInline) return { removed: { start, end } };
  }
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
    ...listEdit(text, toList(actions), changed.actions.map(quoted), ','),
    ...listEdit(text, toList(resources), shownResources as string[], ','),
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

function toList(expression: Expression) {
  const isList = expression.kind === 'tuple';
  return {
    start: expression.start,
    end: expression.end,
    isList,
    elements: isList ? expression.elements : [expression],
  };
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

/** A text of HCL: what would be a template in it is none. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/([$%])\{/g, '$1$1{');
}
