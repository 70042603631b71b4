/** What a file is, by its name or by what it holds. */
export type InputKind =
  | 'terraform'
  | 'terraform-variables'
  | 'terraform-plan'
  | 'terraform-binary-plan'
  | 'terraform-state'
  | 'cloudformation'
  | 'cloudformation-deployment'
  | 'kubernetes'
  | 'helm-chart'
  | 'helm-template'
  | 'kustomize'
  | 'jsonnet'
  | 'cue'
  | 'cdk8s'
  | 'cdk-program'
  | 'terragrunt'
  | 'terraform-test'
  | 'terraform-stack'
  | 'bicep'
  | 'arm-template'
  | 'dockerfile';

const NAMED_PLAN = 'Name a plan to have it judged.';

/** How each kind is called in a sentence, one and many, and how it becomes readable. */
export const INPUT_KINDS: Readonly<
  Record<InputKind, { readonly one: string; readonly many: string; readonly remedy: string | null }>
> = {
  terraform: { one: 'Terraform file', many: 'Terraform files', remedy: null },
  'terraform-variables': { one: 'variable file', many: 'variable files', remedy: null },
  'terraform-plan': { one: 'Terraform plan', many: 'Terraform plans', remedy: NAMED_PLAN },
  'terraform-binary-plan': { one: 'binary Terraform plan', many: 'binary Terraform plans', remedy: NAMED_PLAN },
  'terraform-state': { one: 'Terraform state', many: 'Terraform states', remedy: 'Name a state to have it judged.' },
  cloudformation: { one: 'CloudFormation template', many: 'CloudFormation templates', remedy: null },
  'cloudformation-deployment': {
    one: 'deployment file of a template',
    many: 'deployment files of templates',
    remedy: null,
  },
  kubernetes: { one: 'Kubernetes manifest', many: 'Kubernetes manifests', remedy: null },
  'helm-chart': { one: 'Helm chart', many: 'Helm charts', remedy: null },
  'helm-template': { one: 'template of a Helm chart', many: 'templates of Helm charts', remedy: null },
  kustomize: { one: 'Kustomize file', many: 'Kustomize files', remedy: null },
  jsonnet: { one: 'Jsonnet file', many: 'Jsonnet files', remedy: null },
  cue: { one: 'CUE file', many: 'CUE files', remedy: null },
  cdk8s: { one: 'cdk8s program', many: 'cdk8s programs', remedy: null },
  'cdk-program': {
    one: 'CDK program',
    many: 'CDK programs',
    remedy: 'Synthesise it: npx cdk synth, then name cdk.out.',
  },
  terragrunt: { one: 'Terragrunt file', many: 'Terragrunt files', remedy: null },
  'terraform-test': { one: 'Terraform test file', many: 'Terraform test files', remedy: null },
  'terraform-stack': { one: 'Terraform stack file', many: 'Terraform stack files', remedy: null },
  bicep: { one: 'Bicep file', many: 'Bicep files', remedy: null },
  'arm-template': {
    one: 'template of Azure Resource Manager',
    many: 'templates of Azure Resource Manager',
    remedy: null,
  },
  dockerfile: { one: 'Dockerfile', many: 'Dockerfiles', remedy: null },
};

/** What `--type` can make of a file. */
export const INPUT_TYPES = ['terraform-plan', 'terraform-state', 'cloudformation', 'kubernetes'] as const;
export type InputType = (typeof INPUT_TYPES)[number];

/** Kinds that this release reads; the others are counted, so that nobody takes silence for a pass. */
const READ_KINDS: ReadonlySet<InputKind> = new Set([
  'terraform',
  'terraform-variables',
  'cloudformation',
  'cloudformation-deployment',
  'kubernetes',
]);

export function isTerraform(kind: InputKind): boolean {
  return kind === 'terraform' || kind === 'terraform-variables';
}

/** Kinds that are read where they are named: beside their source they would report everything twice. */
const PLAN_KINDS: ReadonlySet<InputKind> = new Set(['terraform-plan', 'terraform-binary-plan', 'terraform-state']);

export function isPlan(kind: InputKind): boolean {
  return PLAN_KINDS.has(kind);
}

/** Kinds of which programs make manifests. */
const RENDERED_KINDS: ReadonlySet<InputKind> = new Set([
  'helm-chart',
  'helm-template',
  'kustomize',
  'jsonnet',
  'cue',
  'cdk8s',
]);

export function isRendered(kind: InputKind): boolean {
  return RENDERED_KINDS.has(kind);
}

export function isRead(kind: InputKind | undefined): boolean {
  return kind !== undefined && READ_KINDS.has(kind);
}

export interface UnreadKind {
  readonly kind: InputKind;
  readonly count: number;
  /** The first of the files. */
  readonly path: string;
}

/** How many files there are of each kind that is not read, sorted by kind. */
export function countUnread(files: readonly CountedFile[]): UnreadKind[] {
  return countKinds(files.filter(({ kind }) => !isRead(kind)));
}

interface CountedFile {
  readonly path: string;
  readonly kind: InputKind;
}

/** How many files there are of each kind, sorted by kind. */
export function countKinds(files: readonly CountedFile[]): UnreadKind[] {
  const found = new Map<InputKind, UnreadKind>();
  for (const { path, kind } of files) {
    const known = found.get(kind);
    found.set(kind, { kind, count: (known?.count ?? 0) + 1, path: known?.path ?? path });
  }
  return [...found.values()].sort((a, b) => (a.kind < b.kind ? -1 : 1));
}

/** `1 Helm chart`, `2 Helm charts`. */
export function countOf(kind: InputKind, count: number): string {
  return `${count} ${INPUT_KINDS[kind][count === 1 ? 'one' : 'many']}`;
}

/** What a file is by its name alone. */
export function kindOfName(name: string): InputKind | undefined {
  if (/\.(tf|tofu)(\.json)?$/.test(name)) return 'terraform';
  if (/\.tfvars(\.json)?$/.test(name)) return 'terraform-variables';
  if (/\.tfstate(\.backup)?$/.test(name)) return 'terraform-state';
  if (/\.(tftest|tofutest|tfmock)\.(hcl|json)$/.test(name)) return 'terraform-test';
  if (/\.(tfstack|tfcomponent|tfdeploy|tfquery)\.hcl$/.test(name)) return 'terraform-stack';
  if (name === 'terragrunt.hcl' || name === 'terragrunt.stack.hcl' || name === 'root.hcl') return 'terragrunt';
  if (name === 'Chart.yaml') return 'helm-chart';
  if (/^kustomization\.ya?ml$|^Kustomization$/.test(name)) return 'kustomize';
  if (/\.(jsonnet|libsonnet)$/.test(name)) return 'jsonnet';
  if (name.endsWith('.cue')) return 'cue';
  if (name === 'cdk8s.yaml') return 'cdk8s';
  if (name === 'cdk.json') return 'cdk-program';
  if (/\.bicep(param)?$/.test(name)) return 'bicep';
  return /^(Dockerfile|Containerfile)(\..*)?$|\.dockerfile$/i.test(name) ? 'dockerfile' : undefined;
}

/** A plan as `terraform plan -out` writes it: a ZIP archive that begins with the plan. */
export function isBinaryPlan(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 36)).toString('latin1');
  return text.startsWith('PK\u0003\u0004') && text.slice(30) === 'tfplan';
}

/** Whether files of this name are looked into: YAML and JSON, and what a plan is usually called. */
export function mayHoldInput(name: string): boolean {
  return /\.(ya?ml|json|template)$/i.test(name) || /(^|\.)(tfplan|planfile|plan)$|^plan\.(out|bin|tfplan)$/i.test(name);
}

/** CodeDeploy's appspec lists what it deploys to: a template's resources are no list, though one of them may have one. */
function listsResources(text: string): boolean {
  return (
    /^["']?Resources["']?\s*:\s*(?:#.*\s+)*(?:\[|-\s)/m.test(text) || /^\s*\{[^{}[\]]*"Resources"\s*:\s*\[/.test(text)
  );
}

/** As `terraform show -json` begins a plan: of a hundred megabytes no more has to be looked at. */
const PLAN_HEAD =
  /^\s*\{\s*"format_version"\s*:\s*"[^"]*"\s*,\s*"terraform_version"\s*:\s*"[^"]*"\s*,\s*"(?:variables|planned_values)"\s*:/;

/** A template, manifest or plan is known by its top-level keys. */
export function kindOfContent(text: string): InputKind | undefined {
  if (PLAN_HEAD.test(text)) return 'terraform-plan';
  const hasKey = keysOf(text);
  const isJson = /^\s*\{/.test(text);
  if (
    hasKey('AWSTemplateFormatVersion') ||
    (hasKey('Resources') && /["']?Type["']?\s*:\s*["']?(AWS|Alexa|Custom)::/.test(text) && !listsResources(text))
  )
    return 'cloudformation';
  // Git sync names a template and gives its parameters values.
  if (hasKey('template-file-path')) return 'cloudformation-deployment';
  if (isJson && hasKey('terraform_version')) {
    if (hasKey('planned_values')) return 'terraform-plan';
    // As it is stored, and as `terraform show -json` prints it.
    if (hasKey('lineage') || (hasKey('format_version') && hasKey('values'))) return 'terraform-state';
    // Cut off before it says more.
    if (hasKey('format_version')) return 'terraform-plan';
  }
  if (
    isJson &&
    hasKey('$schema') &&
    /"https?:\/\/schema\.management\.azure\.com\/[^"]*deploymentTemplate\.json/i.test(text)
  )
    return 'arm-template';
  return hasKey('apiVersion') && hasKey('kind') ? 'kubernetes' : undefined;
}

/** Whether a text has a top-level key. A text in braces that is no JSON, or was cut, may have it anywhere. */
function keysOf(text: string): (key: string) => boolean {
  if (!/^\s*\{/.test(text)) return (key) => new RegExp(`^["']?${escaped(key)}["']?\\s*:`, 'm').test(text);
  let keys: ReadonlySet<string> | undefined;
  return (key) => {
    // Most JSON has none of the names, and is not parsed.
    if (!new RegExp(`${escaped(key)}["']?\\s*:`).test(text)) return false;
    keys ??= topLevelKeys(text);
    return keys === undefined || keys.has(key);
  };
}

function topLevelKeys(text: string): ReadonlySet<string> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return new Set(typeof value === 'object' && value !== null ? Object.keys(value) : []);
  } catch {
    return undefined;
  }
}

function escaped(key: string): string {
  return key.replace('$', '\\$');
}
