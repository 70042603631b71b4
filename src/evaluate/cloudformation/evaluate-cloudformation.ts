import type { RawResource, UnreadModule } from '../../model/raw-resource.js';
import { SecretNotes } from '../../model/secret-notes.js';
import type { SourceFile } from '../../source/source-file.js';
import type { CloudFormationInput, CloudFormationResult, EvaluatedTemplate } from './result.js';
import { findRoots, isExample } from './roots.js';
import { collectResources } from './stack/collect-resources.js';
import { ProjectExports } from './stack/export-index.js';
import { PseudoParameters } from './stack/pseudo-parameters.js';
import { Stack } from './stack/stack.js';
import { World } from './stack/world.js';
import { TemplateFiles } from './templates/template-files.js';
import { TRUE } from './terms/formula.js';

/** Evaluates templates: their resources with what is unknown and where every value is written. Never throws on input. */
export function evaluateCloudFormation(input: CloudFormationInput): CloudFormationResult {
  const files = new TemplateFiles(input.fileSystem, [...new Set(input.templates)].sort());
  const world = new World(input.schemas, files);
  const stacks = new Map<string, Stack | undefined>();
  const stackOf = (path: string): Stack | undefined => {
    if (!stacks.has(path)) stacks.set(path, rootStack(path, world));
    return stacks.get(path);
  };
  const roots = findRoots(files, stackOf);
  const keepsExports = files.paths.some((path) => files.source(path)?.text.includes('ImportValue') === true);
  if (keepsExports) world.exports = new ProjectExports(() => roots.flatMap((path) => stackOf(path) ?? []));
  const resources: RawResource[] = [];
  const unreadModules: UnreadModule[] = [];
  const evaluated: EvaluatedTemplate[] = [];
  const read = new Set(files.paths);
  for (const path of roots) {
    const stack = stackOf(path);
    if (stack === undefined) continue;
    const collected = collectResources(stack);
    for (const resource of collected.resources) resources.push(resource);
    for (const unread of collected.unreadModules) unreadModules.push(unread);
    const templates = [...new Set(collected.stacks.map((one) => one.file.path))].sort();
    for (const template of templates) read.add(template);
    evaluated.push({
      root: path,
      file: path,
      kind: isExample(path) ? 'example' : 'deployment',
      parametersWithoutValue: stack.parameters
        .withoutValue()
        .map(({ name, place: { start, end } }) => ({ name, range: { file: stack.file, start, end } })),
      declaredParameters: [...stack.parameters.names()].sort(),
      templates,
      notInstantiated: collected.notInstantiated,
    });
    // What else was remembered of the root is let go: hundreds of them at once would not fit.
    if (keepsExports) continue;
    stacks.delete(path);
    files.release(path);
  }
  const paths = [...read].sort();
  const sources: SourceFile[] = paths.flatMap((path) => files.source(path) ?? []);
  return {
    resources,
    unreadModules,
    comments: [],
    diagnostics: [...paths.flatMap((path) => files.diagnostics(path)), ...world.diagnostics],
    files: sources,
    secrets: new SecretNotes().secrets(),
    roots: evaluated,
  };
}

function rootStack(path: string, world: World): Stack | undefined {
  const template = world.files.template(path);
  if (template === undefined) return undefined;
  const place = {
    root: path,
    prefix: '',
    calls: [],
    assumption: world.nothing,
    existence: TRUE,
    stackName: undefined,
    templates: [path],
  };
  const pseudo = new PseudoParameters(path, {}, template.source, world.logic);
  return new Stack(world, template, place, pseudo, { given: new Map(), passed: new Map() });
}
