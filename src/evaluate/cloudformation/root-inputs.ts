import { originAt, stringValue } from '../../model/values.js';
import { baseName, folderOf, isWithin, joinPath } from '../../source/paths.js';
import type { SourceFile } from '../../source/source-file.js';
import { parseData } from '../../syntax/data/parse-data.js';
import type { AssemblyStack } from './assembly/read-assembly.js';
import { entryOf, mappingOf, scalarText } from './expression/nodes.js';
import { isDeploymentFile, readParameters } from './parameters/read-parameters.js';
import { readSamConfig, type SamConfig } from './parameters/sam-config.js';
import type { CloudFormationInput, NamedRoot } from './result.js';
import type { GivenParameter } from './stack/parameters.js';
import type { Deployment } from './stack/pseudo-parameters.js';
import type { TemplateFiles } from './templates/template-files.js';

/** One root to evaluate: its template, and the values that files and flags give it. */
export interface RootInput {
  /** As in `RawResource.root`. */
  readonly root: string;
  readonly template: string;
  readonly given: ReadonlyMap<string, GivenParameter>;
  readonly deployment: Deployment;
  /** Files from which values come. */
  readonly files: readonly SourceFile[];
}

const SAM_CONFIGS = ['samconfig.toml', 'samconfig.yaml', 'samconfig.yml'];
const DEFAULT_TEMPLATE = /^template\.(ya?ml|json)$/;

/** Reads what gives roots their values, each file once. */
export class RootInputs {
  readonly #configs = new Map<string, { readonly source: SourceFile; readonly config: SamConfig } | undefined>();

  constructor(
    private readonly input: CloudFormationInput,
    private readonly files: TemplateFiles,
  ) {}

  /** The roots of one template: what the configuration names, else the template by itself. */
  of(template: string): readonly RootInput[] {
    const named = this.input.namedRoots?.filter(({ path }) => path === template) ?? [];
    if (named.length === 0) return [this.#root(template, undefined)];
    return named.map((root) => this.#root(template, root));
  }

  /** A root of its own for each file of Git sync that names a template. */
  deployments(): readonly RootInput[] {
    return [...(this.input.deploymentFiles ?? [])].sort().flatMap((path) => this.#deployment(path) ?? []);
  }

  /** The stacks of CDK assemblies. */
  assembled(stacks: readonly AssemblyStack[]): readonly RootInput[] {
    const given = this.input.parameters ?? new Map();
    return stacks.map(({ root, template, deployment }) => ({ root, template, given, deployment, files: [] }));
  }

  #root(template: string, named: NamedRoot | undefined): RootInput {
    const found = this.#configOf(template);
    const given = new Map(found?.config.parameters);
    for (const [name, value] of named?.parameters ?? []) given.set(name, value);
    for (const [name, value] of this.input.parameters ?? []) given.set(name, value);
    return {
      root: named?.name === undefined ? template : `${template}#${named.name}`,
      template,
      given,
      deployment: { ...stated(this.input.facts), ...deploymentOf(found), ...stated(named) },
      files: [...new Set([...(found === undefined ? [] : [found.source]), ...filesOf(named)])],
    };
  }

  /** The configuration of SAM beside a template, where it is for that template. */
  #configOf(template: string): { readonly source: SourceFile; readonly config: SamConfig } | undefined {
    const folder = folderOf(template);
    if (!this.#configs.has(folder)) this.#configs.set(folder, this.#readConfig(folder));
    const found = this.#configs.get(folder);
    if (found === undefined) return undefined;
    const { templateFile } = found.config;
    // What is built or packaged comes of the template beside it.
    const isBuilt = templateFile === undefined || /(^|\/)\.aws-sam\/|(^|\/)packaged\b/.test(templateFile);
    const isFor = isBuilt ? DEFAULT_TEMPLATE.test(baseName(template)) : joinPath(folder, templateFile) === template;
    return isFor ? found : undefined;
  }

  #readConfig(folder: string): { readonly source: SourceFile; readonly config: SamConfig } | undefined {
    for (const name of SAM_CONFIGS) {
      const path = joinPath(folder, name);
      const source = this.files.find(path) === 'file' ? this.files.source(path) : undefined;
      const config = source === undefined ? undefined : readSamConfig(source);
      if (source !== undefined && config !== undefined) return { source, config };
    }
    return undefined;
  }

  /** The template is named from the top of the repository. */
  #deployment(path: string): RootInput | undefined {
    const source = this.files.source(path);
    const stream = source === undefined ? undefined : parseData(source, 'cloudformation');
    const root = stream?.documents[0]?.root;
    if (source === undefined || stream === undefined || root === undefined || !isDeploymentFile(root)) return undefined;
    const written = scalarText(entryOf(root, 'template-file-path')) ?? '';
    const candidates = [joinPath(written), joinPath(folderOf(path), written)];
    const template = candidates.find((one) => isWithin(one, '') && this.files.find(one) === 'file');
    if (template === undefined) return undefined;
    const parameters = mappingOf(entryOf(root, 'parameters')) === undefined ? undefined : readParameters(root, stream);
    const given = new Map(parameters);
    for (const [name, value] of this.input.parameters ?? []) given.set(name, value);
    return { root: path, template, given, deployment: stated(this.input.facts), files: [source] };
  }
}

/** The files that give a root of the configuration its values. */
function filesOf(named: NamedRoot | undefined): readonly SourceFile[] {
  return [...(named?.parameters.values() ?? [])].map(({ origin }) => origin.file);
}

function deploymentOf(found: { readonly source: SourceFile; readonly config: SamConfig } | undefined): Deployment {
  if (found === undefined) return {};
  const { source: file, config } = found;
  const { region, stackName } = config;
  const term = ({ text, start, end }: NonNullable<SamConfig['region']>) =>
    stringValue(text, originAt({ file, start, end }, 'parameter-file'));
  return {
    ...(region !== undefined && { region: term(region) }),
    ...(stackName !== undefined && { stackName: term(stackName) }),
  };
}

/** What the configuration states, without what it does not. */
function stated(of: Partial<Pick<NamedRoot, 'region' | 'account' | 'stackName'>> | undefined): Deployment {
  const { region, account, stackName } = of ?? {};
  return {
    ...(region !== undefined && { region: stringValue(region) }),
    ...(account !== undefined && { account: stringValue(account) }),
    ...(stackName !== undefined && { stackName: stringValue(stackName) }),
  };
}
