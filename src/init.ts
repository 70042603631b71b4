import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIGURATION_FILE } from './config.js';
import { suppressionPattern } from './findings/suppressions.js';
import { countOf, countUnread } from './input-kinds.js';
import { openProject, type ProjectOptions, toDisplayPath, UsageError } from './project.js';
import { type Reading, readProject } from './read-project.js';
import { walkProject } from './walk.js';

export type CiSystem = 'github' | 'gitlab' | 'pre-commit';

/** A file to be written, relative to the working directory. */
export interface InitialFile {
  readonly path: string;
  readonly text: string;
}

export interface InitResult {
  readonly files: readonly InitialFile[];
  /** What was found, a line each. */
  readonly found: readonly string[];
}

const CI_FILES: Readonly<Record<CiSystem, string>> = {
  github: '.github/workflows/trueline.yml',
  gitlab: '.gitlab/trueline.yml',
  'pre-commit': '.pre-commit-config.yaml',
};

/** Looks at the project and drafts its configuration. Asks nothing, overwrites nothing. Throws `UsageError`. */
export function initProject(
  options: ProjectOptions & { readonly ci: CiSystem | undefined; readonly version: string },
): InitResult {
  const project = openProject({ ...options, noConfig: true });
  const walk = walkProject(project);
  const reading = readProject(project, walk, {
    environment: {},
    variables: [],
    varFiles: [],
    commentPattern: suppressionPattern,
  });
  const files: InitialFile[] = [{ path: CONFIGURATION_FILE, text: configurationText(reading) }];
  if (options.ci !== undefined) files.push({ path: CI_FILES[options.ci], text: ciText(options.ci, options.version) });
  // With --ci, a configuration that is there already stays.
  const isThere = options.ci !== undefined && existsSync(join(project.root, CONFIGURATION_FILE));
  if (isThere) files.shift();
  for (const { path, text } of files) refuseToOverwrite(join(project.root, path), path, text);
  const fromHere = (path: string) => toDisplayPath(project, path);
  return { files: files.map(({ path, text }) => ({ path: fromHere(path), text })), found: whatIsThere(reading) };
}

function refuseToOverwrite(absolute: string, path: string, text: string): void {
  if (!existsSync(absolute)) return;
  const present = readFileSync(absolute, 'utf8');
  const lacking = text.split('\n').filter((line) => line !== '' && !present.split('\n').includes(line));
  const added = lacking.map((line) => `  + ${line}`).join('\n');
  throw new UsageError(
    `"${path}" exists and is not overwritten.${lacking.length > 0 ? ` A new one would have these lines as well:\n${added}` : ''}`,
  );
}

function whatIsThere({ walk, evaluation, spareVarFiles }: Reading): string[] {
  const { roots } = evaluation.terraform;
  const missing = roots.flatMap(({ modulesNotInstalled }) => modulesNotInstalled);
  const foreign = evaluation.comments.filter(({ content }) => !content.includes('trueline:')).length;
  return [
    roots.length === 0
      ? 'no Terraform configuration'
      : `${roots.length} Terraform root${roots.length === 1 ? '' : 's'}: ${roots
          .slice(0, 5)
          .map(({ root }) => root)
          .join(', ')}${roots.length > 5 ? ' …' : ''}`,
    ...(spareVarFiles.length > 0
      ? [
          `${spareVarFiles.length} variable file${spareVarFiles.length === 1 ? '' : 's'} that no root loads by itself: ${spareVarFiles.slice(0, 3).join(', ')}`,
        ]
      : []),
    ...(missing.length > 0
      ? [
          `${missing.length} module${missing.length === 1 ? ' that is' : 's that are'} not installed: run "terraform init" first`,
        ]
      : []),
    ...(foreign > 0 ? [`${foreign} suppression${foreign === 1 ? '' : 's'} for other scanners: honoured`] : []),
    ...countUnread(walk.files).map(({ kind, count }) => `${countOf(kind, count)}: not read`),
  ];
}

function configurationText({ spareVarFiles, evaluation }: Reading): string {
  const [root] = evaluation.terraform.roots;
  const spare = spareVarFiles[0];
  const rootLines =
    root === undefined || spare === undefined
      ? [
          '# roots:                       # only where a root needs other values than its own',
          '#   - { path: infra, name: prod, var-files: [infra/prod.tfvars] }',
        ]
      : [
          '# roots:                       # variable files that no root loads by itself',
          `#   - { path: ${folderOfFile(spare)}, name: ${nameOfFile(spare)}, var-files: [${spare}] }`,
        ];
  return `version: 1
root: true                       # the project begins here

# exclude: ["sandbox/**"]        # as in a .gitignore
# fail-on: high                  # the lowest severity that makes the exit code 1 (default low)

# policies:                      # id or alias: severity, or none with a reason
#   aws-s3-bucket-logging-enabled: { severity: none, reason: "CloudTrail records data events" }

# suppressions:                  # what a comment in the code cannot reach
#   - { policy: aws-s3-bucket-not-public, address: aws_s3_bucket.website, reason: "public site" }

${rootLines.join('\n')}
`;
}

function folderOfFile(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
}

function nameOfFile(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.tfvars(\.json)?$/, '');
}

function ciText(system: CiSystem, version: string): string {
  switch (system) {
    case 'github':
      return `name: trueline
on: [pull_request]
permissions:
  contents: read
  security-events: write
jobs:
  scan:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with: { fetch-depth: 0 }
      - run: npx trueline@${version} scan --report sarif=trueline.sarif --format github
      - if: always()
        uses: github/codeql-action/upload-sarif@v3
        with: { sarif_file: trueline.sarif, category: trueline }
`;
    case 'gitlab':
      return `trueline:
  image: node:22
  script:
    - npx trueline@${version} scan --report gitlab=gl-code-quality.json --report junit=trueline.xml
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality.json
      junit: trueline.xml
`;
    default:
      return `repos:
  - repo: local
    hooks:
      - id: trueline
        name: trueline
        language: node
        additional_dependencies: ["trueline@${version}"]
        entry: trueline scan --since HEAD
        pass_filenames: false
        require_serial: true
        files: \\.(tf|tofu|tfvars)(\\.json)?$|\\.ya?ml$
`;
  }
}
