import type { RawResource } from '../../model/raw-resource.js';
import { SecretNotes } from '../../model/secret-notes.js';
import { decodeUtf8 } from '../../source/decode-utf8.js';
import type { Diagnostic } from '../../source/diagnostic.js';
import type { SourceFile } from '../../source/source-file.js';
import { parseData } from '../../syntax/data/parse-data.js';
import { mappingOf } from './expression/nodes.js';
import type { CloudFormationInput, CloudFormationResult, EvaluatedTemplate } from './result.js';
import { collectResources } from './stack/collect-resources.js';
import { PseudoParameters } from './stack/pseudo-parameters.js';
import { Stack } from './stack/stack.js';
import { readTemplate } from './stack/template.js';
import { World } from './stack/world.js';
import { TRUE } from './terms/formula.js';

/** Evaluates templates: their resources with what is unknown and where every value is written. Never throws on input. */
export function evaluateCloudFormation(input: CloudFormationInput): CloudFormationResult {
  const world = new World(input.schemas);
  const resources: RawResource[] = [];
  const roots: EvaluatedTemplate[] = [];
  const files: SourceFile[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const path of [...input.templates].sort()) {
    const bytes = input.fileSystem.readFile(path);
    const text = bytes.ok ? decodeUtf8(bytes.value) : undefined;
    if (text === undefined) continue;
    const source: SourceFile = { path, text };
    const stream = parseData(source, 'cloudformation');
    diagnostics.push(...stream.diagnostics);
    files.push(source);
    const root = mappingOf(stream.documents[0]?.root);
    if (root === undefined || stream.documents[0]?.isBroken === true) continue;
    const pseudo = new PseudoParameters(path, {}, source, world.logic);
    const place = { root: path, prefix: '', calls: [], assumption: world.nothing, existence: TRUE };
    const stack = new Stack(world, readTemplate(stream, root), place, pseudo, { given: new Map(), passed: new Map() });
    const collected = collectResources(stack);
    resources.push(...collected.resources);
    roots.push({
      root: path,
      file: path,
      kind: 'deployment',
      parametersWithoutValue: stack.parameters
        .withoutValue()
        .map(({ name, place: { start, end } }) => ({ name, range: { file: source, start, end } })),
      declaredParameters: [...stack.parameters.names()].sort(),
      templates: [path],
      notInstantiated: collected.notInstantiated,
    });
  }
  return {
    resources,
    unreadModules: [],
    comments: [],
    diagnostics: [...diagnostics, ...world.diagnostics],
    files,
    secrets: new SecretNotes().secrets(),
    roots,
  };
}
