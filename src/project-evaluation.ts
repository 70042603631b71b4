import type { TerraformResult } from './evaluate/terraform/result.js';
import type { Evaluation } from './model/evaluation.js';
import { SecretNotes } from './model/secret-notes.js';
import type { SourceRange } from './source/source-file.js';

/** All that was evaluated in a project, of every language. */
export interface ProjectEvaluation extends Evaluation {
  readonly terraform: TerraformResult;
  readonly roots: readonly EvaluatedRoot[];
}

/** One thing that is deployed by itself: a root module, a template, a plan, a folder of manifests. */
export interface EvaluatedRoot {
  /** As in `RawResource.root`. */
  readonly root: string;
  readonly language: 'terraform' | 'cloudformation' | 'kubernetes' | 'terraform-plan' | 'terraform-state' | 'live';
  readonly kind: 'deployment' | 'example' | 'module';
  /** Files and folders, relative to the project root, that the root is made of. */
  readonly files: readonly string[];
  readonly modules: number;
  /** Files that give its variables or parameters values. */
  readonly valueFiles: readonly string[];
  readonly withoutValue: readonly { readonly name: string; readonly range: SourceRange }[];
  readonly modulesNotInstalled: readonly { readonly address: string; readonly source: string }[];
  /** Old address → new address. */
  readonly moved: ReadonlyMap<string, string>;
}

/** What one language's evaluation gave, with its roots. */
export interface LanguageEvaluation extends Evaluation {
  readonly roots: readonly EvaluatedRoot[];
}

export const NOTHING_MOVED: ReadonlyMap<string, string> = new Map();

/** Puts the languages together: Terraform first, then the others in the order given. */
export function mergeEvaluations(terraform: TerraformResult, others: readonly LanguageEvaluation[]): ProjectEvaluation {
  const secrets = new SecretNotes();
  secrets.add(terraform.secrets);
  for (const other of others) secrets.add(other.secrets);
  const all: readonly Evaluation[] = [terraform, ...others];
  return {
    terraform,
    resources: all.flatMap(({ resources }) => resources),
    unreadModules: all.flatMap(({ unreadModules }) => unreadModules),
    comments: all.flatMap(({ comments }) => comments),
    diagnostics: all.flatMap(({ diagnostics }) => diagnostics),
    files: all.flatMap(({ files }) => files),
    secrets: secrets.secrets(),
    extents: extentsOf(others),
    roots: [...terraformRoots(terraform), ...others.flatMap(({ roots }) => roots)],
  };
}

function extentsOf(evaluations: readonly Evaluation[]): Evaluation['extents'] {
  const live = evaluations.filter(({ extents }) => extents !== undefined);
  return live.length === 0 ? undefined : live.flatMap(({ extents }) => extents ?? []);
}

function terraformRoots({ roots, files }: TerraformResult): EvaluatedRoot[] {
  const paths = files.map(({ path }) => path);
  return roots.map((root) => ({
    root: root.root,
    language: 'terraform',
    kind: root.kind,
    files: paths.filter((path) => root.instantiatedFolders.some((folder) => isIn(path, folder))).sort(),
    modules: root.modules,
    valueFiles: root.varFiles,
    withoutValue: root.variablesWithoutValue,
    modulesNotInstalled: root.modulesNotInstalled,
    moved: root.moved,
  }));
}

/** Directly in the folder: a module is the files of one. */
function isIn(path: string, folder: string): boolean {
  const prefix = folder === '' ? '' : `${folder}/`;
  return path.startsWith(prefix) && !path.slice(prefix.length).includes('/');
}
