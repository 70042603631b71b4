import type { Plain } from './config.js';
import { evaluateCloudFormation } from './evaluate/cloudformation/evaluate-cloudformation.js';
import { type ParameterValues, readParameterFile } from './evaluate/cloudformation/parameters/read-parameters.js';
import type { CloudFormationInput, CloudFormationResult, NamedRoot } from './evaluate/cloudformation/result.js';
import { originAt } from './model/values.js';
import { fromHere, type Project, UsageError } from './project.js';
import { type EvaluatedRoot, type LanguageEvaluation, NOTHING_MOVED } from './project-evaluation.js';
import { readText } from './read-setting.js';
import type { ReadingOptions } from './reading-options.js';
import { cloudFormationSchemas } from './schemas/cloudformation-schemas.js';
import { joinPath } from './source/paths.js';
import { suggest } from './source/suggest.js';

/** Paths of what is read together. */
export interface FoundTemplates {
  readonly templates: readonly string[];
  readonly assemblies: readonly string[];
  readonly deploymentFiles: readonly string[];
}

/** Evaluates templates with the values that options, the configuration and files beside them give. Throws `UsageError`. */
export function evaluateTemplates(
  project: Project,
  found: FoundTemplates,
  options: ReadingOptions,
): LanguageEvaluation {
  const files = options.parameterFiles ?? [];
  const given = files.map((file) => fromHere(project, file));
  const parameters = readFiles(files, (file) => fromHere(project, file), project, options);
  const namedRoots = namedTemplates(project, options);
  const result = evaluateCloudFormation({
    fileSystem: project.fileSystem,
    ...found,
    schemas: cloudFormationSchemas,
    parameters,
    namedRoots,
    facts: scopeFacts(project.configuration.facts),
    commentPattern: options.commentPattern,
  });
  checkParameters(result, parameters, options);
  checkNamedParameters(project, result, options);
  const roots = result.roots.map(
    (root): EvaluatedRoot => ({
      root: root.root,
      language: 'cloudformation',
      kind: root.kind,
      files: root.templates,
      modules: root.templates.length,
      valueFiles: [...root.valueFiles, ...given],
      withoutValue: root.parametersWithoutValue,
      modulesNotInstalled: [],
      moved: NOTHING_MOVED,
    }),
  );
  return { ...result, roots };
}

type Given = ParameterValues extends ReadonlyMap<string, infer Value> ? Value : never;

/** The values of all files together, each called as it was named; a later file's count. */
function readFiles(
  files: readonly string[],
  toPath: (file: string) => string,
  { fileSystem }: Project,
  { isEarlier }: ReadingOptions,
): ParameterValues {
  const values = new Map<string, Given>();
  for (const file of files) {
    const path = toPath(file);
    const read = readText(fileSystem, path);
    if (!read.ok && isEarlier === true) continue;
    if (!read.ok) throw new UsageError(`The parameter file "${file}" cannot be read (${read.failure}).`);
    const found = readParameterFile({ path, text: read.value });
    if (found === undefined)
      throw new UsageError(`"${file}" is no parameter file: give the AWS CLI's JSON, or a map of names and values.`);
    for (const [name, given] of found) values.set(name, given);
  }
  return values;
}

/** The roots of the configuration that are templates. */
function namedTemplates(project: Project, options: ReadingOptions): NamedRoot[] {
  return project.configuration.roots
    .filter(({ path }) => project.fileSystem.kindOf(joinPath(path)) === 'file')
    .map(({ path, name, parameters, parameterFiles, region, account, stackName }) => {
      const values = new Map(readFiles(parameterFiles, (file) => joinPath(file), project, options));
      for (const [parameter, { value, range }] of parameters)
        values.set(parameter, { value, origin: originAt(range, 'parameter-file', parameter) });
      return { path: joinPath(path), name, parameters: values, region, account, stackName };
    });
}

/** Where everything is that says nothing else: the facts of the account and of the region. */
function scopeFacts(facts: ReadonlyMap<string, Plain>): CloudFormationInput['facts'] {
  return { region: factOf(facts.get('aws_region'), 'name'), account: factOf(facts.get('aws_account'), 'account_id') };
}

function factOf(stated: Plain | undefined, name: string): string | undefined {
  const isMapping = typeof stated === 'object' && stated !== null && !Array.isArray(stated);
  const value = isMapping ? new Map<string, Plain>(Object.entries(stated)).get(name) : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** A parameter that no template declares is a mistake in the call. */
function checkParameters({ roots }: CloudFormationResult, given: ParameterValues, { changed }: ReadingOptions): void {
  if (changed !== undefined) return;
  const declared = new Set(roots.flatMap(({ declaredParameters }) => declaredParameters));
  for (const name of given.keys())
    if (!declared.has(name))
      throw new UsageError(`No template declares the parameter "${name}".${suggest(name, declared)}`);
}

/** So is one that the configuration gives to a template without it. */
function checkNamedParameters(project: Project, { roots }: CloudFormationResult, { isEarlier }: ReadingOptions): void {
  if (isEarlier === true) return;
  for (const { path, parameters } of project.configuration.roots) {
    const root = roots.find(({ file }) => file === joinPath(path));
    if (root === undefined) continue;
    for (const [name, { range }] of parameters) {
      if (root.declaredParameters.includes(name)) continue;
      const message = `The template "${path}" declares no parameter "${name}".${suggest(name, root.declaredParameters)}`;
      throw new UsageError(message, [{ message, range }], project.rootFromHere);
    }
  }
}
