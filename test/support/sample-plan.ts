/** What is said of one change of a plan that is written by hand. */
export interface SampleChange {
  readonly address: string;
  readonly after?: unknown;
  readonly unknown?: unknown;
  readonly sensitive?: unknown;
  readonly actions?: readonly string[];
  readonly before?: unknown;
  readonly beforeSensitive?: unknown;
  readonly more?: Readonly<Record<string, unknown>>;
}

export interface SamplePlan {
  readonly changes?: readonly SampleChange[];
  /** `configuration.root_module`. */
  readonly module?: unknown;
  readonly providers?: unknown;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Resources of the root module in `prior_state`. */
  readonly prior?: readonly unknown[];
  readonly more?: Readonly<Record<string, unknown>>;
}

/** The JSON of a plan, a member a line, so that places in it can be read. */
export function samplePlan(plan: SamplePlan): string {
  return `${JSON.stringify(
    {
      format_version: '1.2',
      terraform_version: '1.11.4',
      variables: Object.fromEntries(Object.entries(plan.variables ?? {}).map(([name, value]) => [name, { value }])),
      planned_values: { root_module: {} },
      resource_changes: (plan.changes ?? []).map(toChange),
      prior_state: { format_version: '1.0', values: { root_module: { resources: plan.prior ?? [] } } },
      configuration: { provider_config: plan.providers ?? {}, root_module: plan.module ?? {} },
      complete: true,
      errored: false,
      ...plan.more,
    },
    undefined,
    1,
  )}\n`;
}

const ADDRESS = /^(?:(module\..*?)\.)?(data\.)?([a-z_0-9]+)\.([\w-]+)(?:\[("?)(.*?)\5\])?$/;

/** The parts of an address as a plan's JSON names them. */
export function identityOf(address: string) {
  const [, module, data, type = '', name = '', quote, key] = ADDRESS.exec(address) ?? [];
  return {
    address,
    ...(module === undefined ? {} : { module_address: module }),
    mode: data === undefined ? 'managed' : 'data',
    type,
    name,
    ...(key === undefined ? {} : { index: quote === '"' ? key : Number(key) }),
  };
}

function toChange(change: SampleChange) {
  return {
    ...identityOf(change.address),
    ...change.more,
    change: {
      actions: change.actions ?? ['create'],
      before: change.before ?? null,
      after: change.after === undefined ? {} : change.after,
      after_unknown: change.unknown ?? {},
      before_sensitive: change.beforeSensitive ?? false,
      after_sensitive: change.sensitive ?? {},
    },
  };
}

/** A resource of `configuration`: `written('aws_s3_bucket.b', { bucket: constant('b') })`. */
export function written(address: string, expressions: unknown, more: Readonly<Record<string, unknown>> = {}) {
  const { mode, type, name } = identityOf(address);
  return { address, mode, type, name, provider_config_key: 'aws', expressions, ...more };
}

export const constant = (value: unknown) => ({ constant_value: value });
export const references = (...names: string[]) => ({ references: names });
