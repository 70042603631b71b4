import { CONFIGURATION_FILE } from './config.js';
import type { Project } from './project.js';
import type { Diagnostic } from './source/diagnostic.js';
import { baseName, joinPath } from './source/paths.js';

/** What a file is, by its name or by what it holds. */
export type InputKind =
  | 'terraform'
  | 'terraform-variables'
  | 'terraform-plan'
  | 'terraform-state'
  | 'cloudformation'
  | 'kubernetes'
  | 'helm-chart'
  | 'kustomize'
  | 'terragrunt'
  | 'terraform-test'
  | 'terraform-stack'
  | 'bicep'
  | 'dockerfile';

export interface WalkedFile {
  readonly path: string;
  readonly kind: InputKind;
}

export interface Walk {
  /** In the order of their paths. */
  readonly files: readonly WalkedFile[];
  /** PATHs that are files and no input. */
  readonly notInputs: readonly string[];
  /** Configuration files below the project root: each holds for its folder. */
  readonly configurations: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** How each kind is called in a sentence, one and many, and how it becomes readable. */
export const INPUT_KINDS: Readonly<
  Record<InputKind, { readonly one: string; readonly many: string; readonly remedy: string | null }>
> = {
  terraform: { one: 'Terraform file', many: 'Terraform files', remedy: null },
  'terraform-variables': { one: 'variable file', many: 'variable files', remedy: null },
  'terraform-plan': { one: 'Terraform plan', many: 'Terraform plans', remedy: null },
  'terraform-state': { one: 'Terraform state', many: 'Terraform states', remedy: null },
  cloudformation: { one: 'CloudFormation template', many: 'CloudFormation templates', remedy: null },
  kubernetes: { one: 'Kubernetes manifest', many: 'Kubernetes manifests', remedy: null },
  'helm-chart': { one: 'Helm chart', many: 'Helm charts', remedy: null },
  kustomize: { one: 'Kustomize folder', many: 'Kustomize folders', remedy: null },
  terragrunt: { one: 'Terragrunt file', many: 'Terragrunt files', remedy: null },
  'terraform-test': { one: 'Terraform test file', many: 'Terraform test files', remedy: null },
  'terraform-stack': { one: 'Terraform stack file', many: 'Terraform stack files', remedy: null },
  bicep: { one: 'Bicep file', many: 'Bicep files', remedy: null },
  dockerfile: { one: 'Dockerfile', many: 'Dockerfiles', remedy: null },
};

/** Kinds that this release reads; the others are counted, so that nobody takes silence for a pass. */
export const READ_KINDS: ReadonlySet<InputKind> = new Set(['terraform', 'terraform-variables']);

/** SAFETY: how deep folders are walked; deeper ones can only be made by a loop or by malice. */
const maxFolderDepth = 100;

/** SAFETY: of YAML and JSON files, this many bytes are looked into while walking. */
const maxSniffedBytes = 4 * 1024 * 1024;

/** Walks the PATHs of a project and says what each file is. Reads YAML and JSON files to tell; ignored ones are left out. */
export function walkProject(project: Project): Walk {
  const files = new Map<string, InputKind>();
  const notInputs: string[] = [];
  const configurations: string[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const path of project.excludedPaths)
    diagnostics.push({ code: 'path-excluded', message: `"${path}" is named, but "exclude" leaves it out.`, path });
  const context: WalkContext = { project, files, configurations, diagnostics, walked: new Set() };
  for (const path of project.paths) {
    const kind = project.fileSystem.kindOf(path);
    if (kind === 'folder') walkFolder(context, path, 0);
    else if (kind === 'file') {
      const input = kindOfFile(project, path);
      if (input === undefined) notInputs.push(path);
      else files.set(path, input);
    }
  }
  return {
    files: [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, kind]) => ({ path, kind })),
    notInputs,
    configurations,
    diagnostics,
  };
}

interface WalkContext {
  readonly project: Project;
  readonly files: Map<string, InputKind>;
  readonly configurations: string[];
  readonly diagnostics: Diagnostic[];
  /** Folders: a PATH may lie within another. */
  readonly walked: Set<string>;
}

function walkFolder(context: WalkContext, folder: string, depth: number): void {
  const { project, files, diagnostics, walked } = context;
  if (walked.has(folder)) return;
  walked.add(folder);
  const listing = project.fileSystem.readDirectory(folder);
  if (!listing.ok) {
    diagnostics.push({
      code: 'folder-unreadable',
      message: `The folder "${folder || '.'}" cannot be read (${listing.failure}).`,
      path: folder,
    });
    return;
  }
  if (depth >= maxFolderDepth) {
    diagnostics.push({
      code: 'limit-reached',
      message: `Folders below "${folder}" are not read: it is ${maxFolderDepth} deep.`,
      path: folder,
    });
    return;
  }
  for (const entry of listing.value) {
    const path = joinPath(folder, entry.name);
    if (entry.kind === 'folder') {
      if (!entry.isLink && !project.ignore.isIgnored(path, true)) walkFolder(context, path, depth + 1);
      continue;
    }
    if (entry.isUnreadableName === true) {
      if (/\.(tf|tofu|json|ya?ml|hcl)$/.test(entry.name)) {
        diagnostics.push({
          code: 'file-name-not-utf8',
          message: `The name of "${path}" is not UTF-8; the file is not read.`,
          path,
        });
      }
      continue;
    }
    if (entry.kind !== 'file' || project.ignore.isIgnored(path, false)) continue;
    if (entry.name === CONFIGURATION_FILE && folder !== '') context.configurations.push(path);
    const kind = kindOfFile(project, path);
    if (kind !== undefined) files.set(path, kind);
  }
}

function kindOfFile(project: Project, path: string): InputKind | undefined {
  const name = baseName(path);
  const named = kindOfName(name);
  if (named !== undefined) return named;
  if (!/\.(ya?ml|json|template)$/i.test(name)) return undefined;
  const read = project.fileSystem.readFile(path);
  if (!read.ok) return undefined;
  const { buffer, byteOffset, byteLength } = read.value;
  return kindOfContent(Buffer.from(buffer, byteOffset, Math.min(byteLength, maxSniffedBytes)).toString('utf8'));
}

function kindOfName(name: string): InputKind | undefined {
  if (/\.(tf|tofu)(\.json)?$/.test(name)) return 'terraform';
  if (/\.tfvars(\.json)?$/.test(name)) return 'terraform-variables';
  if (/\.tfstate(\.backup)?$/.test(name)) return 'terraform-state';
  if (/\.(tftest|tofutest|tfmock)\.(hcl|json)$/.test(name)) return 'terraform-test';
  if (/\.(tfstack|tfcomponent|tfdeploy|tfquery)\.hcl$/.test(name)) return 'terraform-stack';
  if (name === 'terragrunt.hcl' || name === 'terragrunt.stack.hcl' || name === 'root.hcl') return 'terragrunt';
  if (name === 'Chart.yaml') return 'helm-chart';
  if (/^kustomization\.ya?ml$|^Kustomization$/.test(name)) return 'kustomize';
  if (/\.bicep(param)?$/.test(name)) return 'bicep';
  return /^(Dockerfile|Containerfile)(\..*)?$|\.dockerfile$/i.test(name) ? 'dockerfile' : undefined;
}

/** A template or manifest is known by its top-level keys; a text with Helm's braces is one of a chart. */
function kindOfContent(text: string): InputKind | undefined {
  const isJson = /^\s*\{/.test(text);
  const hasKey = (key: string) =>
    isJson ? text.includes(`"${key}"`) : new RegExp(`^["']?${key}["']?\\s*:`, 'm').test(text);
  if (
    hasKey('AWSTemplateFormatVersion') ||
    (hasKey('Resources') && /["']?Type["']?\s*:\s*["']?(AWS|Alexa|Custom)::/.test(text))
  )
    return 'cloudformation';
  if (isJson && hasKey('terraform_version') && hasKey('planned_values')) return 'terraform-plan';
  if (isJson && hasKey('terraform_version') && hasKey('lineage')) return 'terraform-state';
  if (hasKey('apiVersion') && hasKey('kind') && !text.includes('{{')) return 'kubernetes';
  return undefined;
}
