import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/** js-yaml's parser as it is published: the file that bundles and tests read. */
const PARSER = /node_modules[\\/]js-yaml[\\/]dist[\\/]js-yaml\.mjs$/;

/**
 * What is changed in js-yaml, which follows the letter of YAML where PyYAML, Go and so CloudFormation and kubectl do not: a
 * bracket, an item between brackets and a line between quotes may stand at any column. Each such place is told to
 * `underIndented`, and the events before an error stay readable in `events`; both are options of `parseEvents`. Its state
 * is made in one shape: with the options spread into it every access is four times as slow. And where it is is remembered only
 * where it may have to go back there.
 */
const edits: readonly { readonly from: string; readonly to: string }[] = [
  {
    from: 'if (state.lineIndent < nodeIndent) throwError(state, "deficient indentation");',
    to: 'if (state.lineIndent < nodeIndent) state.underIndented?.push(state.position);',
  },
  {
    from: 'if (state.line > startLine && state.lineIndent < nodeIndent || state.firstTabInLine !== -1 && state.lineIndent < nodeIndent) throwError(state, "deficient indentation");',
    to: `if (state.line > startLine && state.lineIndent < nodeIndent || state.firstTabInLine !== -1 && state.lineIndent < nodeIndent) {
		if (state.position === state.lineStart && testDocumentSeparator(state)) throwError(state, "unexpected end of the document within a flow collection");
		state.underIndented?.push(state.position);
	}`,
  },
  {
    from: 'const propertyState = snapshotState(state);',
    to: 'const propertyState = ch === 33 || ch === 38 ? snapshotState(state) : null;',
  },
  {
    from: 'const beforeKey = snapshotState(state);',
    to: 'const beforeKey = mappingOpened ? null : snapshotState(state);',
  },
  { from: '\t\tevents: []\n\t};\n\tconst nullpos', to: '\t\tevents: options?.events ?? []\n\t};\n\tconst nullpos' },
  {
    from: '\t\t...DEFAULT_PARSER_OPTIONS,\n\t\t...options,\n',
    to: '\t\tfilename: "",\n\t\tmaxDepth: options?.maxDepth ?? 100,\n\t\tunderIndented: options?.underIndented,\n',
  },
];

/** The parser with every edit. Throws where one does not fit exactly once: the package is not the one that it was made for. */
export function relaxYaml(code: string): string {
  return edits.reduce((changed, { from, to }) => {
    const parts = changed.split(from);
    if (parts.length !== 2)
      throw new Error(`js-yaml has ${parts.length - 1} places like "${from.slice(0, 60)}", not 1.`);
    return parts.join(to);
  }, code);
}

/** For vitest, which reads it as one of Vite's. js-yaml must be inlined: `test.server.deps.inline`. */
export const relaxedYaml = {
  name: 'relaxed-yaml',
  enforce: 'pre' as const,
  transform: (code: string, id: string): { code: string; map: null } | undefined =>
    PARSER.test(id.replace(/\?.*$/, '')) ? { code: relaxYaml(code), map: null } : undefined,
};

/** For esbuild. */
export const relaxedYamlPlugin: Plugin = {
  name: 'relaxed-yaml',
  setup: (build) => {
    build.onLoad({ filter: PARSER }, ({ path }) => ({ contents: relaxYaml(readFileSync(path, 'utf8')), loader: 'js' }));
  },
};
