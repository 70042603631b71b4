/** The walls of the house. Each room may import itself and the rooms listed beside it; types count too. */
const ROOMS = {
  source: [],
  syntax: ['source'],
  model: ['source'],
  schemas: ['model', 'source'],
  evaluate: ['schemas', 'syntax', 'model', 'source'],
  history: ['source'],
  collect: ['schemas', 'model', 'source'],
  graph: ['schemas', 'syntax', 'model', 'source'],
  findings: ['model', 'source'],
  iam: ['schemas', 'model', 'source'],
  policy: ['findings', 'iam', 'schemas', 'model', 'syntax', 'source'],
  drift: ['findings', 'model', 'source'],
  access: ['findings', 'iam', 'schemas', 'model', 'source'],
  report: ['findings', 'source'],
  remediate: ['findings', 'schemas', 'syntax', 'model', 'source', 'graph/resource-types'],
};

const roomRules = Object.entries(ROOMS).map(([room, allowed]) => ({
  name: `room-${room}`,
  comment: `src/${room} may import only: ${[room, ...allowed].join(', ')}.`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[room, ...allowed].join('|')})/` },
}));

const NETWORK =
  '^(node:)?(https?|http2|net|tls|dgram|dns|child_process|worker_threads)$|node_modules/(@aws-sdk|@azure|@google-cloud|@kubernetes|undici)';

export default {
  forbidden: [
    ...roomRules,
    {
      name: 'no-circular',
      severity: 'error',
      comment: "A cycle of types is a cycle. HCL's grammar is one: expressions hold templates, which hold expressions.",
      from: { pathNot: '^src/syntax/hcl/wasm/' },
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '^src/cli/commands/|[.]d[.]ts$' },
      to: {},
    },
    {
      name: 'cli-to-recipes-only',
      severity: 'error',
      comment: 'A command uses the recipes in src/*.ts, the reporters, the findings and source, nothing between them.',
      from: { path: '^src/cli/' },
      to: { path: '^src/', pathNot: '^src/(cli|report|findings|source)/|^src/[^/]+[.]ts$' },
    },
    {
      name: 'nothing-imports-cli',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'network-only-at-the-edge',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(collect|history|remediate/pull-requests)/|^src/[^/]+[.]ts$' },
      to: { path: NETWORK },
    },
    {
      name: 'files-only-at-the-edge',
      severity: 'error',
      comment: 'Every other room gets text, or a FileSystem passed in.',
      from: { path: '^src/', pathNot: '^src/(cli|collect|history|remediate/pull-requests)/|^src/[^/]+[.]ts$' },
      to: { path: '^(node:)?fs(/promises)?$' },
    },
    {
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: 'node_modules/@oclif' },
    },
    {
      name: 'one-language-knows-no-other',
      severity: 'error',
      comment: 'What a cloud tells of events is counted where log files are.',
      from: {
        path: '^src/(evaluate|collect|syntax)/([^/]+)/',
        pathNot: '^src/syntax/data/|^src/collect/aws/(lookup-events|athena)/',
      },
      to: { path: '^src/$1/[^/]+/', pathNot: '^src/$1/$2/' },
    },
    {
      name: 'data-stands-on-yaml-and-json',
      severity: 'error',
      comment: 'syntax/data is what YAML and JSON mean for a service; it knows no other language.',
      from: { path: '^src/syntax/data/' },
      to: { path: '^src/syntax/[^/]+/', pathNot: '^src/syntax/(data|yaml|json)/' },
    },
    {
      name: 'not-to-test',
      severity: 'error',
      from: { path: '^(src|bin)/' },
      to: { path: '^(test|fixtures|scripts)/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    enhancedResolveOptions: { conditionNames: ['import', 'types', 'default'], exportsFields: ['exports'] },
  },
};
