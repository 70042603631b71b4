import type { DocumentOptions, ParseOptions, SchemaOptions } from 'yaml';
import type { Place } from './tree-builder.js';

/** SAFETY: characters of a document that are parsed a second time for a better message. */
const maxExplained = 50_000;

/** Errors that `yaml` sees where others read on: brackets at any column, tabs. */
const tolerated = /^(?:Flow (?:sequence|map) in block collection must be|Tabs are not allowed)/;

type Options = ParseOptions & DocumentOptions & SchemaOptions;

/**
 * What is wrong at an offset of a document, in the words of `yaml`, whose messages say more than js-yaml's; undefined where
 * it sees nothing, or something elsewhere. It is loaded when the first document fails.
 */
export function explainError(text: string, at: number): (Place & { readonly message: string }) | undefined {
  const lineEnd = text.indexOf('\n', at);
  const read = lineEnd === -1 ? text : text.slice(0, lineEnd + 1);
  // Where nothing bundles this file (`tsx`), there is no `require`, and js-yaml's message must do.
  if (read.length > maxExplained || typeof require !== 'function') return undefined;
  const { parseAllDocuments } = require('yaml') as typeof import('yaml');
  const options: Options = { uniqueKeys: false, prettyErrors: false, logLevel: 'silent' };
  for (const { errors } of documentsOf(() => parseAllDocuments(read, options))) {
    for (const { message, pos } of errors) {
      if (tolerated.test(message)) continue;
      const [start, end] = pos;
      const between = read.slice(Math.min(start, at), Math.max(start, at));
      if (between.split('\n').length > 3) return undefined;
      return {
        message: `${message.replace('"quote', 'quote')}.`,
        start,
        end: Math.min(Math.max(start, end), text.length),
      };
    }
  }
  return undefined;
}

interface Explained {
  readonly errors: readonly { readonly message: string; readonly pos: readonly [number, number] }[];
}

function documentsOf(parse: () => readonly Explained[] | Explained): readonly Explained[] {
  try {
    const documents = parse();
    return 'errors' in documents ? [documents] : documents;
  } catch {
    // SAFETY: it recurses without a limit, and may run out of stack in what is nested deeply.
    return [];
  }
}
