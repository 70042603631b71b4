import { type CONFIGURATION_KEYS, INCLUDABLE } from './config.js';
import { SEVERITIES } from './findings/severity.js';
import { FINDINGS_SCHEMA } from './report/findings-schema.js';

type JsonSchema = Readonly<Record<string, unknown>>;

const DRAFT = 'https://json-schema.org/draft/2020-12/schema';
const TEXTS = { type: 'array', items: { type: 'string' } };
const TEXT_OR_TEXTS = { anyOf: [{ type: 'string' }, TEXTS] };
const SEVERITY = { enum: [...SEVERITIES] };
const DATE = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };

const POLICY_SETTING = {
  anyOf: [
    SEVERITY,
    {
      type: 'object',
      additionalProperties: false,
      properties: {
        severity: { enum: [...SEVERITIES, 'none'] },
        parameters: { type: 'object' },
        reason: { type: 'string', minLength: 1 },
      },
      if: { properties: { severity: { const: 'none' } }, required: ['severity'] },
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      then: { required: ['reason'] },
    },
  ],
};

const POLICIES = { type: 'object', additionalProperties: POLICY_SETTING };

const SUPPRESSION = {
  type: 'object',
  additionalProperties: false,
  required: ['policy', 'reason'],
  properties: {
    policy: { type: 'string' },
    address: { type: 'string' },
    arn: { type: 'string' },
    tag: { type: 'string', pattern: '=' },
    root: { type: 'string' },
    reason: { type: 'string', minLength: 1 },
    until: DATE,
    owner: { type: 'string' },
  },
};

const CONFIGURATION_PROPERTIES: Readonly<Record<(typeof CONFIGURATION_KEYS)[number], unknown>> = {
  version: { const: 1 },
  root: { type: 'boolean' },
  exclude: TEXT_OR_TEXTS,
  gitignore: { type: 'boolean' },
  'policy-sets': TEXT_OR_TEXTS,
  'policies-as-of': { type: ['string', 'number'] },
  'policy-dirs': TEXT_OR_TEXTS,
  policies: POLICIES,
  mandatory: TEXT_OR_TEXTS,
  'min-severity': SEVERITY,
  'fail-on': { enum: [...SEVERITIES, 'none'] },
  'fail-on-unknown': SEVERITY,
  strict: { type: 'boolean' },
  'allow-incomplete': { type: 'boolean' },
  include: {
    anyOf: [{ enum: [...INCLUDABLE] }, { type: 'array', items: { enum: [...INCLUDABLE] } }],
  },
  baseline: { type: 'string' },
  facts: { type: 'object' },
  suppress: {
    type: 'object',
    additionalProperties: false,
    properties: {
      inline: { type: 'boolean' },
      'require-reason': { enum: ['ours', 'all', 'none'] },
      'require-owner': { type: 'boolean' },
      'max-days': { type: 'integer', minimum: 1 },
    },
  },
  suppressions: { type: 'array', items: SUPPRESSION },
  roots: {
    type: 'array',
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['path'],
      properties: {
        path: { type: 'string' },
        name: { type: 'string' },
        workspace: { type: 'string' },
        'var-files': TEXT_OR_TEXTS,
      },
    },
  },
  overrides: {
    type: 'array',
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['paths'],
      properties: { paths: TEXT_OR_TEXTS, owner: { type: 'string' }, policies: POLICIES },
    },
  },
};

const CONFIGURATION_SCHEMA: JsonSchema = {
  $schema: DRAFT,
  $id: 'urn:trueline:schema:config:1',
  title: 'trueline.yaml',
  type: 'object',
  additionalProperties: false,
  properties: CONFIGURATION_PROPERTIES,
};

const EXPRESSION = { type: 'string', minLength: 1 };

const POLICY_SCHEMA: JsonSchema = {
  $schema: DRAFT,
  $id: 'urn:trueline:schema:policy:1',
  title: 'policy.yaml',
  type: 'object',
  additionalProperties: false,
  required: ['id', 'title', 'severity', 'assert', 'message', 'remediation'],
  oneOf: [{ required: ['resource'] }, { required: ['view'] }],
  properties: {
    id: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' },
    title: { type: 'string' },
    severity: SEVERITY,
    since: { type: 'string' },
    description: { type: 'string' },
    resource: TEXT_OR_TEXTS,
    view: { type: 'string' },
    parameters: { type: 'object' },
    variables: { type: 'object', additionalProperties: EXPRESSION },
    each: { anyOf: [EXPRESSION, { type: 'array', items: EXPRESSION }] },
    when: EXPRESSION,
    assert: EXPRESSION,
    message: { type: 'string' },
    remediation: { type: 'string' },
    references: TEXTS,
    controls: { type: 'object', additionalProperties: TEXTS },
    aliases: TEXTS,
    fix: { type: 'object' },
    notes: { type: 'string' },
    'renamed-from': TEXT_OR_TEXTS,
    default: { type: 'boolean' },
    deprecated: { type: 'string' },
  },
};

/** What `trueline schema NAME` prints. */
export const SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  config: CONFIGURATION_SCHEMA,
  findings: FINDINGS_SCHEMA,
  policy: POLICY_SCHEMA,
};
