import type { Diagnostic } from '../../source/diagnostic.js';
import type { SourceFile } from '../../source/source-file.js';
import type { Expression, HclFile, TemplateExpression } from './ast.js';
import { parseHclJson } from './parse-hcl-json.js';
import { Parser } from './parser.js';

/**
 * Parses a file of HCL: JSON syntax where its path ends in `.json`, native syntax otherwise. It never throws on input:
 * what was wrong is in the diagnostics, the rest in the tree.
 */
export function parseHcl(source: SourceFile): HclFile {
  if (source.path.endsWith('.json')) return parseHclJson(source);
  const first = new Parser({ source, start: startOf(source), limit: source.text.length }, false);
  const body = first.parseFile();
  const { comments, diagnostics } = first;
  if (!first.isBlockUnclosed) return { source, syntax: 'native', body, comments, diagnostics };
  // A brace is missing somewhere: the second reading finds by indentation which block it belongs to.
  const second = new Parser({ source, start: startOf(source), limit: source.text.length }, true);
  const repaired = second.parseFile();
  return { source, syntax: 'native', body: repaired, comments: second.comments, diagnostics: second.diagnostics };
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
  const parser = new Parser({ source, start, limit: end }, false);
  const expression = parser.parseLoneExpression();
  return { expression, diagnostics: parser.diagnostics };
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
  const parser = new Parser({ source, start, limit: end }, false);
  const template = parser.parseBareTemplate();
  return { template, diagnostics: parser.diagnostics };
}

/** Behind the byte order mark, if there is one. */
function startOf(source: SourceFile): number {
  return source.text.charCodeAt(0) === 0xfeff ? 1 : 0;
}
