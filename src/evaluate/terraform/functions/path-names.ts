import { STRING } from '../../../model/type.js';
import type { UnknownValue, Value } from '../../../model/value.js';
import { unknownValue } from '../../../model/values.js';
import { concatTexts, isUnknown } from '../values/unknown.js';
import { textValue } from './define.js';

/** A path without `.`, without doubled slashes, `..` resolved where that is possible: Go's `filepath.Clean`. */
export function cleanPath(path: string): string {
  const isAbsolute = path.startsWith('/');
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    const last = segments[segments.length - 1];
    if (segment !== '..') segments.push(segment);
    else if (last !== undefined && last !== '..') segments.pop();
    else if (!isAbsolute) segments.push(segment);
  }
  const joined = segments.join('/');
  if (isAbsolute) return `/${joined}`;
  return joined === '' ? '.' : joined;
}

/** Go's `filepath.Base`. */
export function lastName(path: string): string {
  if (path === '') return '.';
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

/** Go's `filepath.Dir`. */
export function folderName(path: string): string {
  return cleanPath(path.slice(0, path.lastIndexOf('/') + 1));
}

/** The folder of the root module on the machine that runs Terraform: `path.cwd`. */
const WORKING_FOLDER = unknownValue('environment', {
  type: STRING,
  notNull: true,
  subject: 'path.cwd',
  identity: 'path.cwd',
});

function isWorkingFolder(value: string | UnknownValue | undefined): boolean {
  return (
    value !== undefined &&
    typeof value !== 'string' &&
    value.reason === 'environment' &&
    value.subject === WORKING_FOLDER.subject
  );
}

/**
 * A path as the text that it is, or as the text that leads from the root module's folder to the same place where the path
 * begins with that folder. Undefined where it is not known.
 */
export function writtenPath(value: Value): string | undefined {
  if (value.kind === 'string') return value.value;
  if (!isUnknown(value)) return undefined;
  const [first, ...others] = value.parts ?? [value];
  if (!isWorkingFolder(first)) return undefined;
  const texts = others.filter((part) => typeof part === 'string');
  const rest = texts.join('');
  if (texts.length < others.length || !(rest === '' || rest.startsWith('/'))) return undefined;
  return `.${rest}`;
}

/** The absolute path of a place that a text leads to from the root module's folder. */
export function absolutePath(path: string): Value {
  const clean = cleanPath(path);
  if (clean.startsWith('/')) return textValue(clean);
  if (clean === '.') return WORKING_FOLDER;
  if (clean === '..' || clean.startsWith('../')) {
    return { kind: 'unknown', type: STRING, reason: 'environment', subject: `abspath("${path}")`, notNull: true };
  }
  return concatTexts([WORKING_FOLDER, textValue(`/${clean}`)]);
}
