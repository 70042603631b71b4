import { type ConfigurationProblem, ConfigurationReader } from './configuration-reader.js';
import { SEVERITIES, type Severity } from './findings/severity.js';
import type { SourceFile, SourceRange } from './source/source-file.js';
import type { YamlNode } from './syntax/yaml/ast.js';
import { parseYaml } from './syntax/yaml/parse-yaml.js';
import { resolveScalar } from './syntax/yaml/resolve-scalar.js';

export const CONFIGURATION_FILE = 'trueline.yaml';

/** Plain data as YAML has it. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/** What one file of configuration says of a policy. */
export interface PolicySetting {
  /** Id, alias or glob. */
  readonly policy: string;
  readonly severity?: Severity | 'none' | undefined;
  readonly parameters: ReadonlyMap<string, Plain>;
  readonly reason?: string | undefined;
  readonly range: SourceRange;
}

export interface ConfiguredSuppression {
  readonly policy: string;
  readonly address?: string | undefined;
  readonly arn?: string | undefined;
  readonly tag?: { readonly key: string; readonly value: string } | undefined;
  readonly root?: string | undefined;
  readonly reason?: string | undefined;
  readonly until?: string | undefined;
  readonly owner?: string | undefined;
  readonly range: SourceRange;
}

export interface ConfiguredRoot {
  readonly path: string;
  readonly name?: string | undefined;
  readonly workspace?: string | undefined;
  readonly varFiles: readonly string[];
  /** Of a template. */
  readonly parameters: ReadonlyMap<string, ConfiguredParameter>;
  /** Files with values of a template's parameters. */
  readonly parameterFiles: readonly string[];
  readonly region?: string | undefined;
  readonly account?: string | undefined;
  readonly stackName?: string | undefined;
  /** Something is said that only templates have. */
  readonly hasTemplateKeys: boolean;
  readonly range: SourceRange;
}

export interface ConfiguredParameter {
  readonly value: string | readonly string[];
  readonly range: SourceRange;
}

/** Settings for some paths only; a nested `trueline.yaml` is one for its folder. */
export interface ConfigurationOverride {
  readonly paths: readonly string[];
  readonly owner?: string | undefined;
  readonly policies: readonly PolicySetting[];
}

/** One `trueline.yaml`, read. Every key is optional. */
export interface Configuration {
  readonly source?: SourceFile | undefined;
  readonly isRoot: boolean;
  readonly exclude: readonly string[];
  readonly policySets: readonly string[];
  readonly policiesAsOf?: string | undefined;
  readonly policyDirs: readonly string[];
  readonly policies: readonly PolicySetting[];
  readonly mandatory: readonly string[];
  readonly minSeverity?: Severity | undefined;
  readonly failOn?: Severity | 'none' | undefined;
  readonly failOnUnknown?: Severity | undefined;
  readonly strict?: boolean | undefined;
  readonly allowIncomplete?: boolean | undefined;
  readonly include: readonly (typeof INCLUDABLE)[number][];
  readonly gitignore?: boolean | undefined;
  readonly baseline?: string | undefined;
  readonly facts: ReadonlyMap<string, Plain>;
  readonly suppress: SuppressSettings;
  readonly suppressions: readonly ConfiguredSuppression[];
  readonly roots: readonly ConfiguredRoot[];
  readonly overrides: readonly ConfigurationOverride[];
  /** Top-level key → where it is written, for `config show`. */
  readonly places: ReadonlyMap<string, SourceRange>;
}

export interface SuppressSettings {
  readonly inline: boolean;
  /** Whose inline suppressions need a reason: only ours, everyone's, nobody's. */
  readonly requireReason: 'ours' | 'all' | 'none';
  readonly requireOwner: boolean;
  readonly maxDays?: number | undefined;
}

const DEFAULT_SUPPRESS: SuppressSettings = { inline: true, requireReason: 'ours', requireOwner: false };

/** Outcomes that are listed on request. */
export const INCLUDABLE = ['pass', 'unknown', 'skip', 'suppressed'] as const;

export const NO_CONFIGURATION: Configuration = {
  isRoot: false,
  exclude: [],
  policySets: [],
  policyDirs: [],
  policies: [],
  mandatory: [],
  include: [],
  facts: new Map(),
  suppress: DEFAULT_SUPPRESS,
  suppressions: [],
  roots: [],
  overrides: [],
  places: new Map(),
};

export const CONFIGURATION_KEYS = [
  'version',
  'root',
  'exclude',
  'gitignore',
  'policy-sets',
  'policies-as-of',
  'policy-dirs',
  'policies',
  'mandatory',
  'min-severity',
  'fail-on',
  'fail-on-unknown',
  'strict',
  'allow-incomplete',
  'include',
  'baseline',
  'facts',
  'suppress',
  'suppressions',
  'roots',
  'overrides',
] as const;

/** Reads one `trueline.yaml`. Anything wrong in it is a problem; what is right is read all the same. */
export function parseConfiguration(source: SourceFile): {
  readonly configuration: Configuration;
  readonly problems: readonly ConfigurationProblem[];
} {
  const stream = parseYaml(source);
  const reader = new ConfigurationReader(source);
  for (const { message, range } of stream.diagnostics) {
    reader.problems.push({ message, range: range ?? { file: source, start: 0, end: 0 } });
  }
  const node = stream.documents[0];
  if (node === undefined || reader.isNull(node))
    return { configuration: { ...NO_CONFIGURATION, source }, problems: reader.problems };
  const fields = reader.fields(node, CONFIGURATION_KEYS, CONFIGURATION_FILE);
  checkVersion(reader, fields.get('version'));
  return { configuration: readConfiguration(reader, fields), problems: reader.problems };
}

function checkVersion(reader: ConfigurationReader, node: YamlNode | undefined): void {
  const version = reader.number(node, 'version');
  if (node !== undefined && version !== undefined && version !== 1) {
    reader.problem(
      node,
      `Version ${version} of ${CONFIGURATION_FILE} is not known here; this release reads version 1.`,
    );
  }
}

function readConfiguration(reader: ConfigurationReader, fields: ReadonlyMap<string, YamlNode>): Configuration {
  const text = (key: string) => reader.text(fields.get(key), key);
  const texts = (key: string) => reader.texts(fields.get(key), key);
  const flag = (key: string) => reader.boolean(fields.get(key), key);
  const level = (key: string) => reader.oneOf(fields.get(key), SEVERITIES, key);
  return {
    source: reader.source,
    isRoot: flag('root') ?? false,
    exclude: texts('exclude'),
    policySets: texts('policy-sets'),
    policiesAsOf: readVersion(reader, fields.get('policies-as-of')),
    policyDirs: texts('policy-dirs'),
    policies: readPolicies(reader, fields.get('policies')),
    mandatory: texts('mandatory'),
    minSeverity: level('min-severity'),
    failOn: reader.oneOf(fields.get('fail-on'), [...SEVERITIES, 'none'], 'fail-on'),
    failOnUnknown: level('fail-on-unknown'),
    strict: flag('strict'),
    allowIncomplete: flag('allow-incomplete'),
    include: texts('include').flatMap(
      (outcome) => reader.choice(fields.get('include'), outcome, INCLUDABLE, 'include') ?? [],
    ),
    gitignore: flag('gitignore'),
    baseline: text('baseline'),
    facts: readPlainMap(reader, fields.get('facts'), 'facts'),
    suppress: readSuppress(reader, fields.get('suppress')),
    suppressions: reader
      .items(fields.get('suppressions'), 'suppressions')
      .flatMap((item) => readSuppression(reader, item) ?? []),
    roots: reader.items(fields.get('roots'), 'roots').flatMap((item) => readRoot(reader, item) ?? []),
    overrides: reader.items(fields.get('overrides'), 'overrides').map((item) => readOverride(reader, item)),
    places: new Map([...fields].map(([key, node]) => [key, rangeOf(reader, node)])),
  };
}

function readVersion(reader: ConfigurationReader, node: YamlNode | undefined): string | undefined {
  const version = reader.text(node, 'policies-as-of');
  if (node === undefined || version === undefined || /^\d+(\.\d+){0,2}$/.test(version)) return version;
  return reader.problem(node, '"policies-as-of" must be a release such as "1.4".');
}

function rangeOf(reader: ConfigurationReader, node: YamlNode): SourceRange {
  return { file: reader.source, start: node.start, end: node.end };
}

function readPolicies(reader: ConfigurationReader, node: YamlNode | undefined): PolicySetting[] {
  if (node === undefined) return [];
  return reader.entries(node, 'policies').map(({ key, value }) => {
    const policy = reader.text(key, 'policies') ?? '';
    const setting = readSetting(reader, value, policy);
    const severity = reader.oneOf(setting.severity, [...SEVERITIES, 'none'], `policies.${policy}`);
    const reason = reader.text(setting.reason, 'reason');
    if (severity === 'none' && (reason ?? '').trim() === '') {
      reader.problem(value, `"${policy}" is switched off without a reason. Write { severity: none, reason: "…" }.`);
    }
    return {
      policy,
      severity,
      reason,
      parameters: readPlainMap(reader, setting.parameters, 'parameters'),
      range: rangeOf(reader, key),
    };
  });
}

/** A policy's setting: only a severity, or a mapping. */
function readSetting(reader: ConfigurationReader, node: YamlNode, policy: string) {
  const isSeverity = node.kind === 'scalar' && !reader.isNull(node);
  const fields = isSeverity
    ? new Map<string, YamlNode>([['severity', node]])
    : reader.fields(node, ['severity', 'parameters', 'reason'], `policies.${policy}`);
  return { severity: fields.get('severity'), reason: fields.get('reason'), parameters: fields.get('parameters') };
}

function readSuppress(reader: ConfigurationReader, node: YamlNode | undefined): SuppressSettings {
  if (node === undefined) return DEFAULT_SUPPRESS;
  const fields = reader.fields(node, ['inline', 'require-reason', 'require-owner', 'max-days'], 'suppress');
  return {
    inline: reader.boolean(fields.get('inline'), 'inline') ?? true,
    requireReason: reader.oneOf(fields.get('require-reason'), ['ours', 'all', 'none'], 'require-reason') ?? 'ours',
    requireOwner: reader.boolean(fields.get('require-owner'), 'require-owner') ?? false,
    maxDays: reader.number(fields.get('max-days'), 'max-days'),
  };
}

const SUPPRESSION_KEYS = ['policy', 'address', 'arn', 'tag', 'root', 'reason', 'until', 'owner'];

function readSuppression(reader: ConfigurationReader, node: YamlNode): ConfiguredSuppression | undefined {
  const fields = reader.fields(node, SUPPRESSION_KEYS, 'a suppression');
  const text = (key: string) => reader.text(fields.get(key), key);
  const policy = text('policy');
  if (policy === undefined) return reader.problem(node, 'A suppression needs a "policy".');
  const tag = text('tag')?.split('=');
  if (/[*?]/.test(policy))
    return reader.problem(node, 'A suppression names one policy; to change several, write them under "policies".');
  const suppression = {
    policy,
    address: text('address'),
    arn: text('arn'),
    tag: tag === undefined ? undefined : { key: tag[0] ?? '', value: tag.slice(1).join('=') },
    root: text('root'),
    reason: text('reason'),
    until: reader.date(fields.get('until'), 'until'),
    owner: text('owner'),
    range: rangeOf(reader, node),
  };
  if ((suppression.reason ?? '').trim() === '') return reader.problem(node, 'A suppression needs a "reason".');
  if (suppression.address === undefined && suppression.arn === undefined && suppression.tag === undefined) {
    return reader.problem(node, 'A suppression needs an "address", an "arn" or a "tag".');
  }
  return suppression;
}

const TEMPLATE_KEYS = ['parameters', 'region', 'account', 'stack-name'];
const ROOT_KEYS = ['path', 'name', 'workspace', 'var-files', ...TEMPLATE_KEYS];

function readRoot(reader: ConfigurationReader, node: YamlNode): ConfiguredRoot | undefined {
  const fields = reader.fields(node, ROOT_KEYS, 'a root');
  const path = reader.text(fields.get('path'), 'path');
  const parameters = fields.get('parameters');
  const isMapping = parameters?.kind === 'mapping';
  if (path === undefined) return reader.problem(node, 'A root needs a "path".');
  return {
    path,
    name: reader.text(fields.get('name'), 'name'),
    workspace: reader.text(fields.get('workspace'), 'workspace'),
    varFiles: reader.texts(fields.get('var-files'), 'var-files'),
    parameters: isMapping ? readParameters(reader, parameters) : new Map(),
    parameterFiles: isMapping ? [] : reader.texts(parameters, 'parameters'),
    region: reader.text(fields.get('region'), 'region'),
    account: reader.text(fields.get('account'), 'account'),
    stackName: reader.text(fields.get('stack-name'), 'stack-name'),
    hasTemplateKeys: TEMPLATE_KEYS.some((key) => fields.has(key)),
    range: rangeOf(reader, node),
  };
}

/** Values as texts or lists of texts, as CloudFormation is given them. */
function readParameters(reader: ConfigurationReader, node: YamlNode): Map<string, ConfiguredParameter> {
  const parameters = new Map<string, ConfiguredParameter>();
  for (const { key, value } of reader.entries(node, 'parameters')) {
    const name = reader.text(key, 'parameters') ?? '';
    const given = value.kind === 'sequence' ? reader.texts(value, name) : reader.text(value, name);
    if (given !== undefined) parameters.set(name, { value: given, range: rangeOf(reader, value) });
  }
  return parameters;
}

function readOverride(reader: ConfigurationReader, node: YamlNode): ConfigurationOverride {
  const fields = reader.fields(node, ['paths', 'owner', 'policies'], 'an override');
  const paths = reader.texts(fields.get('paths'), 'paths');
  if (paths.length === 0) reader.problem(node, 'An override needs "paths".');
  return {
    paths,
    owner: reader.text(fields.get('owner'), 'owner'),
    policies: readPolicies(reader, fields.get('policies')),
  };
}

function readPlainMap(reader: ConfigurationReader, node: YamlNode | undefined, what: string): Map<string, Plain> {
  if (node === undefined) return new Map();
  return new Map(
    reader.entries(node, what).map(({ key, value }) => [reader.text(key, what) ?? '', toPlainValue(value)]),
  );
}

function toPlainValue(node: YamlNode): Plain {
  switch (node.kind) {
    case 'sequence':
      return node.items.map(toPlainValue);
    case 'mapping':
      // Without a prototype, so that a key such as `__proto__` is a key.
      return Object.assign(
        Object.create(null),
        Object.fromEntries(
          node.entries.map(({ key, value }) => [key.kind === 'scalar' ? key.text : '', toPlainValue(value)]),
        ),
      );
    default: {
      const scalar = resolveScalar(node, 'core');
      if (scalar.kind === 'null') return null;
      return scalar.kind === 'number' ? Number(scalar.text) : scalar.value;
    }
  }
}
