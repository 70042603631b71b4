import type { Diagnostic } from '../../source/diagnostic.js';
import type { SourceFile } from '../../source/source-file.js';
import type { Expression, HclFile, TemplateExpression } from './ast.js';
import { expressionAt, templateAt } from './expressions.js';
import { diagnosticsOf } from './messages.js';
import { NativeFile } from './native-file.js';
import { parseNative } from './native-parser.js';
import { parseHclJson } from './parse-hcl-json.js';

/**
 * Parses a file of HCL: JSON syntax where its path ends in `.json`, native syntax otherwise. It never throws on input:
 * what was wrong is in the diagnostics, the rest in the tree.
 */
export function parseHcl(source: SourceFile): HclFile {
  if (source.path.endsWith('.json')) return parseHclJson(source);
  const end = source.text.length;
  return new NativeFile(parseNative('parseFile', { source, start: startOf(source), end }));
}

/**
 * Parses one expression, which must fill the range (half-open, UTF-16 offsets; the whole text where none is given).
 * Newlines are white space everywhere, as if it stood in parentheses.
 */
export function parseHclExpression(
  source: SourceFile,
  start = startOf(source),
  end = source.text.length,
): { readonly expression: Expression; readonly diagnostics: readonly Diagnostic[] } {
  const tape = parseNative('parseExpression', { source, start, end });
  return { expression: expressionAt(tape, tape.root), diagnostics: diagnosticsOf(tape) };
}

/**
 * Parses a text as a template without delimiters: the content of a template file, or of a string of JSON syntax. Nothing is
 * escaped but `$${` and `%%{`.
 */
export function parseHclTemplate(
  source: SourceFile,
  start = startOf(source),
  end = source.text.length,
): { readonly template: TemplateExpression; readonly diagnostics: readonly Diagnostic[] } {
  const tape = parseNative('parseTemplate', { source, start, end });
  return { template: templateAt(tape, tape.root), diagnostics: diagnosticsOf(tape) };
}

/** Behind the byte order mark, if there is one. */
function startOf(source: SourceFile): number {
  return source.text.charCodeAt(0) === 0xfeff ? 1 : 0;
}
