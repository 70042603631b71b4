import { basename, join } from 'node:path';
import type { Metafile, Plugin } from 'esbuild';

/**
 * Modules that are compiled when a function of theirs is first called, each in a file of its own with all that only it
 * imports: most runs never need them. All that such a module gives are functions; they are listed here for what stands in
 * its place.
 */
const LAZY_MODULES: Readonly<Record<string, readonly string[]>> = {
  'src/access-questions.ts': ['askAccess', 'askWhoCan', 'reportAccess', 'rightSizeAccess'],
  'src/compare-access.ts': ['compareAccess'],
  'src/access-facts.ts': ['openAccessFacts'],
  'src/cloud-usage.ts': ['athenaQuery', 'athenaUsage', 'lookUpUsage', 'usagePolicy'],
  'src/collect/aws/feeds.ts': ['collectedFeeds', 'collectedVersions'],
  'src/evaluate/cloudformation/evaluate-cloudformation.ts': ['evaluateCloudFormation'],
  'src/evaluate/cloudformation/parameters/read-parameters.ts': [
    'isDeploymentFile',
    'readParameterFile',
    'readParameters',
  ],
  'src/evaluate/kubernetes/evaluate-kubernetes.ts': ['evaluateKubernetes'],
  'src/evaluate/kubernetes/rendered-sources.ts': ['describeRenderedSources', 'findRenderedSources'],
  'src/evaluate/snapshot/evaluate-snapshot.ts': ['evaluateSnapshot'],
  'src/evaluate/terraform/evaluate-terraform.ts': ['evaluateTerraform'],
  'src/evaluate/terraform-plan/merge-source.ts': ['mergePlanWithSource'],
  'src/evaluate/terraform-plan/read-plan.ts': ['readPlan'],
  'src/history/git.ts': ['readChanges', 'revisionFileSystem'],
  'src/init.ts': ['initProject'],
  'src/list-inputs.ts': ['listInputs'],
  'src/list-policies.ts': ['explainPolicy', 'listPolicies', 'testPolicies'],
  'src/list-resources.ts': ['listResources'],
  'src/new-access.ts': ['newAccessSince'],
  'src/policy/load-policies.ts': ['loadPolicies'],
  'src/read-usage-log.ts': ['readUsageLog', 'reportUsage'],
  'src/report/access.ts': ['renderAccess', 'renderAccessJson', 'renderWhoCan', 'renderWhoCanJson'],
  'src/report/access-comparison.ts': ['renderAccessComparison', 'renderAccessComparisonJson'],
  'src/report/access-report.ts': ['renderAccessReport', 'renderAccessReportJson'],
  'src/report/csv.ts': ['renderCsv'],
  'src/report/github.ts': ['escapeData', 'escapeProperty', 'renderGithub'],
  'src/report/gitlab.ts': ['renderGitlab'],
  'src/report/inputs.ts': ['renderInputs', 'renderInputsJson'],
  'src/report/junit.ts': ['escapeXml', 'renderJunit'],
  'src/report/markdown.ts': ['escapeMarkdown', 'renderMarkdown'],
  'src/report/policies.ts': ['renderExplain', 'renderExplainJson', 'renderPolicyList', 'renderPolicyListJson'],
  'src/report/resources.ts': ['renderResources', 'renderResourcesJson'],
  'src/report/right-size.ts': [
    'renderRightSize',
    'renderRightSizeJson',
    'renderRightSizePatch',
    'renderRightSizePolicies',
    'renderRightSizeTerraform',
  ],
  'src/report/sarif.ts': ['escapeMessage', 'renderSarif', 'toLocation'],
  'src/report/snapshot-differences.ts': ['renderSnapshotDiff', 'renderSnapshotDiffJson'],
  'src/report/usage.ts': ['renderUsage', 'renderUsageJson'],
  'src/show-configuration.ts': ['showConfiguration'],
  'src/snapshot-diff.ts': ['diffSnapshots'],
  'src/snapshot-merge.ts': ['mergeSnapshots'],
  'src/snapshot.ts': ['snapshotAws', 'snapshotPolicy'],
  'src/source/re2.ts': ['compileRe2', 'quoteRe2'],
  'src/syntax/data/parse-data.ts': ['dataParts', 'parseData'],
  'src/syntax/yaml/parse-yaml.ts': ['parseYaml', 'resolveScalar', 'toPlain'],
};

/** The bundles' entry points by name: those given, and a file for each lazy module. */
export function withLazyModules(entryPoints: Readonly<Record<string, string>>): Record<string, string> {
  const lazy = Object.keys(LAZY_MODULES).map((module) => [chunkName(module), module]);
  return { ...entryPoints, ...Object.fromEntries(lazy) };
}

function chunkName(module: string): string {
  return basename(module, '.ts');
}

/** Puts functions that load the module and call it in the place of each lazy module that another module imports. */
export function lazyModules(root: string): Plugin {
  const byPath = new Map(Object.keys(LAZY_MODULES).map((module) => [join(root, module), module]));
  return {
    name: 'lazy-modules',
    setup(build) {
      build.onResolve({ filter: /^\.{1,2}\// }, (args) => {
        if (args.kind === 'entry-point') return undefined;
        const module = byPath.get(join(args.resolveDir, args.path.replace(/\.js$/, '.ts')));
        return module === undefined ? undefined : { path: module, namespace: 'lazy' };
      });
      build.onResolve({ filter: /.*/, namespace: 'lazy' }, ({ path }) => ({ path, external: true }));
      build.onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => ({ contents: standIn(path), loader: 'js' }));
    },
  };
}

function standIn(module: string): string {
  const functions = (LAZY_MODULES[module] ?? []).map(
    (name) => `export function ${name}(...args) { return load().${name}(...args); }`,
  );
  return [
    'let loaded;',
    `function load() { return loaded ??= require('./${chunkName(module)}.cjs'); }`,
    ...functions,
  ].join('\n');
}

/** Throws where a lazy module gives something else than is listed. */
export function checkLazyModules({ outputs }: Metafile): void {
  for (const [module, functions] of Object.entries(LAZY_MODULES)) {
    const output = Object.values(outputs).find(({ entryPoint }) => entryPoint === module);
    if (output === undefined) throw new Error(`${module} has no file of its own.`);
    if ([...output.exports].sort().join() !== [...functions].sort().join())
      throw new Error(`${module} gives ${output.exports.join(', ')}; its list says ${functions.join(', ')}.`);
  }
}
