import { SEVERITIES } from '../findings/severity.js';

/** Names the schema; nothing is fetched from it. */
export const FINDINGS_SCHEMA_ID = 'urn:trueline:schema:findings:1';

const text = { type: 'string' };
const flag = { type: 'boolean' };
const number = { type: 'integer', minimum: 0 };
const line = { type: 'integer', minimum: 1 };
const texts = { type: 'array', items: text };
const orNull = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });
const list = (items: object) => ({ type: 'array', items });
const oneOf = (values: readonly string[]) => ({ enum: [...values] });
const counts = (names: readonly string[]) => closed(Object.fromEntries(names.map((name) => [name, number])));

/** An object with exactly these properties; those named are optional. */
function closed(properties: Record<string, object>, optional: readonly string[] = []): object {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', additionalProperties: false, required, properties };
}

const outcome = oneOf(['pass', 'fail', 'unknown', 'skip']);
const place = { file: text, startLine: line, startColumn: line, endLine: line, endColumn: line };
const ref = (name: string) => ({ $ref: `#/$defs/${name}` });

const summary = closed(
  {
    files: number,
    unreadableFiles: number,
    roots: number,
    resources: number,
    resourcesWithoutTable: number,
    typesWithoutTable: texts,
    policies: number,
    exitCode: number,
    incomplete: flag,
    outcomes: counts(['pass', 'fail', 'unknown', 'skip', 'suppressed']),
    severities: counts(SEVERITIES),
    unknownReasons: { type: 'object', additionalProperties: number },
    waitingFor: list(closed({ root: text, subject: text, reason: text, count: number })),
    notJudged: closed({ policies: number, missing: texts }),
    suppressionsUnused: number,
    baseline: counts(['matched', 'stale']),
    notInstantiated: number,
    notRead: list(closed({ kind: text, count: number, remedy: orNull(text) })),
  },
  ['notJudged'],
);

const resource = closed(
  {
    root: text,
    address: text,
    type: text,
    provider: text,
    language: text,
    account: orNull(text),
    region: orNull(text),
    arn: orNull(text),
    existence: oneOf(['certain', 'unknown']),
    construct: text,
  },
  ['construct'],
);

const VIA_KINDS = [
  'tfvars',
  'flag',
  'environment',
  'default',
  'local',
  'argument',
  'variable',
  'output',
  'for-each',
  'resource',
  'data',
  'file',
  'function',
  'call',
  'default-of-type',
  'fact',
  'parameter',
  'parameter-file',
  'mapping',
  'import',
  'alias',
];

const finding = closed(
  {
    policy: text,
    aliases: texts,
    severity: oneOf(SEVERITIES),
    outcome,
    title: text,
    message: text,
    remediation: text,
    controls: { type: 'object', additionalProperties: texts },
    resource,
    element: orNull(text),
    declaredIn: orNull(text),
    attribute: orNull(text),
    location: orNull(ref('place')),
    cause: orNull(ref('place')),
    resourceLocation: orNull(ref('place')),
    via: list(closed({ kind: oneOf(VIA_KINDS), name: text, ...place, external: flag })),
    also: list(ref('place')),
    assumed: texts,
    unknowns: list(closed({ path: text, reason: text, subject: orNull(text) })),
    instances: list(closed({ root: text, address: text })),
    instanceCount: line,
    suppression: orNull(ref('suppression')),
    expiredSuppression: ref('suppression'),
    acceptedInstances: line,
    fixable: flag,
    fingerprint: { type: 'string', pattern: '^v1:[0-9a-f]{24}$' },
  },
  ['expiredSuppression', 'acceptedInstances'],
);

const diagnostic = closed({
  severity: oneOf(['error', 'warning', 'info']),
  code: text,
  message: text,
  file: orNull(text),
  location: orNull(ref('place')),
});

/** The JSON schema (draft 2020-12) of `trueline scan --format json`. */
export const FINDINGS_SCHEMA: Readonly<Record<string, unknown>> = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: FINDINGS_SCHEMA_ID,
  title: 'Findings of trueline scan',
  description:
    'Lines and columns count from 1, columns in UTF-16 units, endColumn is exclusive. Paths are relative to the working directory.',
  ...closed({
    $schema: text,
    schemaVersion: { const: 1 },
    tool: closed({ name: { const: 'trueline' }, version: text }),
    asOf: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
    projectRoot: text,
    summary,
    findings: list(finding),
    diagnostics: list(diagnostic),
  }),
  $defs: {
    place: closed(place),
    suppression: closed({
      kind: oneOf(['inline', 'config', 'baseline']),
      reason: orNull(text),
      until: orNull(text),
      owner: orNull(text),
      location: orNull(ref('place')),
    }),
  },
};
