import { basename } from 'node:path';
import { Script } from 'node:vm';
import { type Metafile, type OutputFile, transformSync } from 'esbuild';

/** The file that holds all that every run needs. */
const CORE = 'core.cjs';

/** The forms of import that esbuild writes, each a whole line or more, and what each becomes. */
const IMPORTS: readonly { readonly form: RegExp; readonly write: (...groups: string[]) => [string, string] }[] = [
  {
    form: /^import \{([^}]*)\} from "([^"]+)";\n/gm,
    write: (names = '', from = '') => [`const {${names.replaceAll(' as ', ': ')}} = `, from],
  },
  {
    form: /^import (?:\* as )?([\w$]+) from "(node:[^"]+)";\n/gm,
    write: (name = '', from = '') => [`const ${name} = `, from],
  },
  { form: /^import "([^"]+)";\n/gm, write: (from = '') => ['', from] },
];

/** What a file gives stands at its end. */
const EXPORTS = /(?:^|\n)export \{([^}]*)\};\s*$/;

/**
 * Writes the files of ES modules into which esbuild splits a bundle as CommonJS; those that `entry` needs from the start
 * become one. esbuild itself would reach everything in other files through getters; here a name that is imported is a
 * constant, as fast as one of the file. This holds because no file imports one that imports it, and nothing that is
 * exported is assigned later. Throws where anything is left that CommonJS does not have.
 */
export function toCommonJs(
  files: readonly OutputFile[],
  metafile: Metafile,
  entry: string,
): ReadonlyMap<string, string> {
  const texts = new Map(files.map(({ path, text }) => [basename(path), text]));
  const core = neededFrom(entry, metafile);
  const written = new Map<string, string>();
  const parts = core.map((file) => {
    const { body, given } = link(texts.get(file) ?? '', (from) => partName(from, core) ?? `require("${from}")`);
    return `const ${partName(file, core)} = (() => {\n${body}\nreturn ${given};\n})();\n`;
  });
  written.set(
    CORE,
    compress(`${parts.join('')}module.exports = {${core.map((file) => partName(file, core)).join(', ')}};`),
  );
  for (const [file, text] of texts) {
    if (core.includes(file)) continue;
    const { body, given } = link(text, (from) => {
      const part = partName(from, core);
      return part === undefined ? `require("${from}")` : `require("./${CORE}").${part}`;
    });
    written.set(file, compress(`${body}\nmodule.exports = ${given};`));
  }
  return written;
}

/** The files that one imports, and those that these import: each after what it imports. */
function neededFrom(entry: string, { outputs }: Metafile): readonly string[] {
  const imports = new Map(
    Object.entries(outputs).map(([path, output]) => [
      basename(path),
      output.imports.flatMap(({ path: from, kind, external }) =>
        kind === 'import-statement' && external !== true ? [basename(from)] : [],
      ),
    ]),
  );
  const ordered = new Set<string>();
  const visit = (file: string): void => {
    for (const from of imports.get(file) ?? []) {
      if (ordered.has(from)) continue;
      visit(from);
      ordered.add(from);
    }
  };
  visit(entry);
  return [...ordered];
}

function partName(from: string, core: readonly string[]): string | undefined {
  const at = core.indexOf(basename(from));
  return at === -1 ? undefined : `part${at}`;
}

function link(code: string, reach: (from: string) => string): { readonly body: string; readonly given: string } {
  let head = '';
  let body = code;
  for (const { form, write } of IMPORTS) {
    for (const [, ...groups] of body.matchAll(form)) {
      const [names, from] = write(...groups);
      head += `${names}${reach(from)};\n`;
    }
    body = body.replace(form, '');
  }
  const exported = EXPORTS.exec(body)?.[1] ?? '';
  const given = `{${exported.replace(/([\w$]+) as ([\w$]+)/g, '$2: $1')}}`;
  return { body: head + body.replace(EXPORTS, '\n'), given };
}

function compress(code: string): string {
  const { code: made } = transformSync(`"use strict";\n${code}`, {
    platform: 'node',
    target: 'node20',
    minifySyntax: true,
    minifyWhitespace: true,
    charset: 'utf8',
    legalComments: 'none',
  });
  assertCompiles(made);
  return made;
}

function assertCompiles(code: string): void {
  try {
    new Script(`(function () {${code}})`);
  } catch (error) {
    throw new Error(`A file of the bundle does not compile: ${error instanceof Error ? error.message : String(error)}`);
  }
}
