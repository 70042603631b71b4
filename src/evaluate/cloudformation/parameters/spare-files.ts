import type { Diagnostic } from '../../../source/diagnostic.js';
import type { FileSystem } from '../../../source/file-system.js';
import { folderOf, joinPath } from '../../../source/paths.js';
import { parseData } from '../../../syntax/data/parse-data.js';
import { mappingOf, sequenceOf } from '../expression/nodes.js';
import type { TemplateFiles } from '../templates/template-files.js';
import { readParameters } from './read-parameters.js';
import { readSamConfig } from './sam-config.js';

/** SAFETY: how many files of a folder are looked into, and how long they may be. */
const maxFiles = 100;
const maxCharacters = 200_000;

/** What is asked of the files beside a root. */
export interface SpareFilesInput {
  readonly fileSystem: FileSystem;
  readonly files: TemplateFiles;
  /** Template → the names of its parameters. */
  readonly declared: ReadonlyMap<string, readonly string[]>;
  /** Files whose values are used. */
  readonly used: ReadonlySet<string>;
}

/** Says once for each folder which parameter files in it nobody loads: which one is meant is for people to say. */
export function spareParameterFiles({ fileSystem, files, declared, used }: SpareFilesInput): Diagnostic[] {
  const names = new Map<string, Set<string>>();
  for (const [template, parameters] of declared) {
    if (parameters.length === 0) continue;
    const folder = folderOf(template);
    const known = names.get(folder) ?? new Set();
    for (const name of parameters) known.add(name);
    names.set(folder, known);
  }
  const templates = new Set(files.paths);
  return [...names]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([folder, parameters]) => {
      const listing = fileSystem.readDirectory(folder);
      const entries = listing.ok ? listing.value : [];
      const candidates = entries
        .filter(({ name, kind }) => kind === 'file' && /\.(json|ya?ml|toml)$/i.test(name))
        .map(({ name }) => joinPath(folder, name))
        .filter((path) => !templates.has(path))
        .slice(0, maxFiles);
      return noteSpare(folder, candidates, { files, parameters, used });
    });
}

interface Folder {
  readonly files: TemplateFiles;
  readonly parameters: ReadonlySet<string>;
  readonly used: ReadonlySet<string>;
}

function noteSpare(folder: string, candidates: readonly string[], { files, parameters, used }: Folder): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const advice = 'give --parameters, or list them under "roots" in trueline.yaml';
  const spare = candidates.filter((path) => !used.has(path) && givesParameters(path, files, parameters));
  if (spare.length > 0) {
    const subject =
      spare.length === 1 ? `"${spare[0]}" is` : `${spare.length} parameter files (first: "${spare[0]}") are`;
    const message = `${subject} not loaded by themselves: ${advice}.`.replace(
      / is not loaded by themselves/,
      ' is not loaded by itself',
    );
    diagnostics.push({ code: 'cfn-parameter-file-not-used', message, path: folder });
  }
  for (const path of candidates) {
    const source = used.has(path) ? files.source(path) : undefined;
    const others = source === undefined ? [] : (readSamConfig(source)?.otherEnvironments ?? []);
    if (others.length === 0) continue;
    const message = `"${path}" has further environments ("${others.join('", "')}"), of which none is used: ${advice}.`;
    diagnostics.push({ code: 'cfn-parameter-file-not-used', message, path });
  }
  return diagnostics;
}

/** Whether a file is in a form of parameter files, and speaks of parameters that are declared beside it. */
function givesParameters(path: string, files: TemplateFiles, parameters: ReadonlySet<string>): boolean {
  if (path.endsWith('.toml')) return false;
  const source = files.source(path);
  if (source === undefined || source.text.length > maxCharacters) return false;
  const [first] = parameters;
  if (first === undefined || ![...parameters].some((name) => source.text.includes(name))) return false;
  const stream = parseData(source, 'cloudformation');
  const [document, ...more] = stream.documents;
  if (document === undefined || document.isBroken || more.length > 0) return false;
  const given = readParameters(document.root, stream);
  if (given === undefined || given.size === 0) return false;
  const matching = [...given.keys()].filter((name) => parameters.has(name)).length;
  const isSure =
    sequenceOf(document.root) !== undefined || mappingOf(document.root)?.entries.has('Parameters') === true;
  return isSure ? matching > 0 : matching * 2 >= given.size;
}
