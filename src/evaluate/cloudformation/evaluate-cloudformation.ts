import type { AttachedComment, RawResource, UnreadModule } from '../../model/raw-resource.js';
import { SecretNotes } from '../../model/secret-notes.js';
import type { SourceFile } from '../../source/source-file.js';
import { suggest } from '../../source/suggest.js';
import { Assemblies } from './assembly/assemblies.js';
import { readAssembly } from './assembly/read-assembly.js';
import { mappingOf } from './expression/nodes.js';
import { spareParameterFiles } from './parameters/spare-files.js';
import type { CloudFormationInput, CloudFormationResult, EvaluatedTemplate } from './result.js';
import { type RootInput, RootInputs } from './root-inputs.js';
import { findRoots, isExample } from './roots.js';
import { type Collected, collectResources } from './stack/collect-resources.js';
import { ProjectExports } from './stack/export-index.js';
import { PseudoParameters } from './stack/pseudo-parameters.js';
import { Stack } from './stack/stack.js';
import { World } from './stack/world.js';
import { suppressionsOf } from './suppressions.js';
import type { Template } from './templates/template.js';
import { TemplateFiles } from './templates/template-files.js';
import { TRUE } from './terms/formula.js';

const SECTIONS: readonly string[] = [
  'Resources',
  'Parameters',
  'Mappings',
  'Conditions',
  'Outputs',
  'Rules',
  'Metadata',
];

/** Evaluates templates: their resources with what is unknown and where every value is written. Never throws on input. */
export function evaluateCloudFormation(input: CloudFormationInput): CloudFormationResult {
  return new Run(input).evaluate();
}

class Run {
  readonly #files: TemplateFiles;
  readonly #world: World;
  readonly #inputs: RootInputs;
  readonly #stacks = new Map<string, Stack | undefined>();
  readonly #resources: RawResource[] = [];
  readonly #unreadModules: UnreadModule[] = [];
  readonly #roots: EvaluatedTemplate[] = [];
  readonly #read: Set<string>;
  readonly #comments = new Map<string, readonly AttachedComment[]>();
  readonly #secrets = new SecretNotes();

  constructor(private readonly input: CloudFormationInput) {
    this.#files = new TemplateFiles(input.fileSystem, [...new Set(input.templates)].sort());
    const stacks = [...new Set(input.assemblies ?? [])].sort().flatMap((folder) => readAssembly(folder, this.#files));
    this.#world = new World(input.schemas, this.#files, new Assemblies(stacks, this.#files));
    this.#inputs = new RootInputs(input, this.#files);
    this.#read = new Set(this.#files.paths);
  }

  evaluate(): CloudFormationResult {
    const roots = this.#findRoots();
    // What is exported is looked up in stacks that must still be there.
    const isImporting = this.#files.paths.some((path) => this.#files.source(path)?.text.includes('ImportValue'));
    const keepsStacks = isImporting || this.#world.assemblies.stacks.length > 0;
    if (keepsStacks) this.#world.exports = new ProjectExports(() => roots.flatMap((root) => this.#stack(root) ?? []));
    for (const root of roots) {
      const stack = this.#stack(root);
      if (stack !== undefined) this.#collect(root, stack);
      // What else was remembered of the root is let go: hundreds of them at once would not fit.
      if (!keepsStacks) this.#stacks.delete(root.root);
      if (!keepsStacks) this.#files.release(root.template);
    }
    return this.#result();
  }

  #findRoots(): readonly RootInput[] {
    const { namedRoots = [], isAskedFor } = this.input;
    const deployments = this.#inputs.deployments();
    const deployed = new Set(deployments.map(({ template }) => template));
    const found = new Set(
      findRoots(this.#files, (path) => {
        const [first] = this.#inputs.of(path);
        return first === undefined ? undefined : this.#stack(first);
      }),
    );
    for (const { path } of namedRoots) if (this.#files.find(path) === 'file') found.add(path);
    const named = new Set(namedRoots.map(({ path }) => path));
    const roots = [...found]
      .filter((path) => named.has(path) || !deployed.has(path))
      .flatMap((path) => this.#inputs.of(path));
    const own = [...roots, ...deployments].filter(
      (root) => isAskedFor === undefined || this.#templatesOf(root).some(isAskedFor),
    );
    return [...own, ...this.#inputs.assembled(this.#world.assemblies.stacks)].sort((a, b) =>
      a.root < b.root ? -1 : 1,
    );
  }

  /** The templates that a root is made of, and its own name. */
  #templatesOf(root: RootInput): string[] {
    const stack = this.#stack(root);
    const nested = stack === undefined ? [] : collectNested(stack);
    return [root.root, root.template, ...nested];
  }

  #stack(root: RootInput): Stack | undefined {
    if (!this.#stacks.has(root.root)) this.#stacks.set(root.root, makeRoot(root, this.#world));
    return this.#stacks.get(root.root);
  }

  #collect({ root, template, files }: RootInput, stack: Stack): void {
    const collected = collectResources(stack);
    for (const resource of collected.resources) this.#resources.push(resource);
    for (const unread of collected.unreadModules) this.#unreadModules.push(unread);
    const templates = [...new Set(collected.stacks.map((one) => one.file.path))].sort();
    for (const path of templates) this.#read.add(path);
    for (const one of collected.stacks) this.#note(one);
    for (const { path } of files) this.#read.add(path);
    this.#roots.push(evaluatedRoot(root, template, stack, { collected, templates, files }));
  }

  /** What a stack tells beside its resources. */
  #note(stack: Stack): void {
    const { template, parameters } = stack;
    const { commentPattern } = this.input;
    const { path } = template.source;
    if (commentPattern !== undefined && !this.#comments.has(path))
      this.#comments.set(path, suppressionsOf(template, commentPattern));
    for (const value of parameters.secrets()) this.#secrets.note(value);
    // What is wrong with one that nothing asks for keeps the template from being deployed all the same.
    for (const name of stack.conditionNames()) stack.condition(name);
    this.#reportEmpty(template);
    const [macro] = template.macros;
    if (macro === undefined) return;
    const { keyStart: start = 0, keyEnd: end = 0 } = template.root.entries.get('Transform') ?? {};
    const message = `What the macro "${macro}" makes of the template is not known: what is not written may be there.`;
    this.#world.report('cfn-macro', message, { file: template.source, start, end });
  }

  /** CloudFormation refuses a template without resources: a misspelt key must not be taken for a clean one. */
  #reportEmpty({ root, source, macros }: Template): void {
    const entry = root.entries.get('Resources');
    if ((mappingOf(entry?.value)?.entries.size ?? 0) > 0 || macros.length > 0 || root.entries.has('Fn::Transform'))
      return;
    const others = [...root.entries.keys()].filter((key) => !SECTIONS.includes(key));
    const hint =
      entry === undefined ? others.map((key) => suggest(key, SECTIONS)).find((text) => text !== '') : undefined;
    const message = `"${source.path}" has no "Resources": CloudFormation refuses a template without any.${hint ?? ''}`;
    const [first] = root.entries.values();
    const { keyStart: start, keyEnd: end } = entry ?? first ?? { keyStart: root.start, keyEnd: root.end };
    this.#world.report('cfn-no-resources', message, { file: source, start, end });
  }

  #result(): CloudFormationResult {
    const paths = [...this.#read].sort();
    const spare = spareParameterFiles({
      fileSystem: this.input.fileSystem,
      files: this.#files,
      declared: new Map(this.#roots.map(({ file, declaredParameters }) => [file, declaredParameters])),
      used: new Set(this.#roots.flatMap(({ valueFiles }) => valueFiles)),
    });
    const broken = paths.flatMap((path) => this.#files.diagnostics(path));
    return {
      resources: this.#resources,
      unreadModules: this.#unreadModules,
      comments: paths.flatMap((path) => this.#comments.get(path) ?? []),
      diagnostics: [...broken, ...this.#files.rendered(), ...this.#world.diagnostics(), ...spare],
      files: paths.flatMap((path) => (this.#files.isRendered(path) ? [] : (this.#files.source(path) ?? []))),
      secrets: this.#secrets.secrets(),
      roots: this.#roots,
    };
  }
}

function evaluatedRoot(
  root: string,
  file: string,
  stack: Stack,
  of: { readonly collected: Collected; readonly templates: readonly string[]; readonly files: readonly SourceFile[] },
): EvaluatedTemplate {
  return {
    root,
    file,
    kind: isExample(file) ? 'example' : 'deployment',
    parametersWithoutValue: stack.parameters
      .withoutValue()
      .map(({ name, place: { start, end } }) => ({ name, range: { file: stack.file, start, end } })),
    declaredParameters: [...stack.parameters.names()].sort(),
    valueFiles: of.files.map(({ path }) => path),
    templates: of.templates,
    notInstantiated: of.collected.notInstantiated,
  };
}

function collectNested(stack: Stack): string[] {
  const paths: string[] = [];
  for (const declaration of stack.resources.declarations()) {
    const child = stack.resources.child(declaration);
    if (child !== undefined) paths.push(child.file.path, ...collectNested(child));
  }
  return paths;
}

function makeRoot({ root, template: path, given, deployment }: RootInput, world: World): Stack | undefined {
  const template = world.files.template(path);
  if (template === undefined) return undefined;
  const place = {
    root,
    prefix: '',
    calls: [],
    assumption: world.nothing,
    existence: TRUE,
    stackName: undefined,
    templates: [path],
    construct: undefined,
  };
  const pseudo = new PseudoParameters(root, deployment, template, world.logic);
  return new Stack(world, template, place, pseudo, { given, passed: new Map() });
}
