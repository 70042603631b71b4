import { type DocumentProblem, problemsOf } from './access/document-problems.js';
import { toPolicyDocument } from './graph/policy-document.js';
import { toValueOfJson } from './json-values.js';
import type { Value } from './model/value.js';
import { UsageError } from './project.js';
import { readNamedFile } from './read-named-file.js';
import { parseJson } from './syntax/json/parse-json.js';

/** A policy in JSON, read from a file. */
export interface ReadPolicy {
  readonly path: string;
  readonly document: Value;
  /** What IAM takes without effect. */
  readonly problems: readonly DocumentProblem[];
}

/** A policy in JSON; undefined for JSON that has no Statement. Throws `UsageError` for what is none, and what IAM would refuse. */
export function readPolicyFile(workingDirectory: string, path: string): ReadPolicy | undefined {
  const source = { path, text: readNamedFile(workingDirectory, path) };
  const { root, diagnostics } = parseJson(source);
  const [first] = diagnostics;
  if (first !== undefined || root === undefined)
    throw new UsageError(
      `"${path}" is not valid JSON: ${first?.message ?? 'it is empty.'}`,
      first?.range === undefined ? [] : [{ message: first.message, range: first.range }],
    );
  if (root.kind !== 'object' || !root.members.some(({ key }) => key.toLowerCase() === 'statement')) return undefined;
  const document = toPolicyDocument(toValueOfJson(root, source));
  if (document === undefined)
    throw new UsageError(`"${path}" is no policy: its Statement is neither an object nor a list.`);
  const problems = problemsOf(document);
  const wrong = problems.find(({ isFatal }) => isFatal);
  if (wrong !== undefined) throw new UsageError(`"${path}": ${wrong.message}`);
  return { path, document, problems };
}
