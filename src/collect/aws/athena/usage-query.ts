import { REQUEST_TRAITS } from '../../../model/usage.js';
import { MOST_RESOURCES } from '../../audit-logs/counted-events.js';
import type { TimeRange } from './partition-filter.js';
import { type AthenaTable, typeAt } from './table.js';

/** Parameters of requests that tell a role which is handed to a service. */
export const ROLE_PARAMETERS = [
  'executionRoleArn',
  'iamInstanceProfile.arn',
  'role',
  'roleARN',
  'roleArn',
  'serviceRole',
  'serviceRoleArn',
  'taskRoleArn',
] as const;

/** Parameters of requests that tell on what something was done. */
export const RESOURCE_PARAMETERS = [
  'bucketName',
  'functionName',
  'groupName',
  'indexName',
  'key',
  'keyId',
  'policyArn',
  'qualifier',
  'queueUrl',
  'registryId',
  'repositoryName',
  'roleName',
  'stateMachineArn',
  'streamName',
  'tableName',
  'topicArn',
  'userName',
] as const;

/** People behind a count. */
export const MOST_PEOPLE = 5;

/** Stands between what is put together in one text; no name and no ARN has it. */
export const SEPARATOR = '\u001f';
const SEPARATED = 'chr(31)';

/** A column of the result: what it is of an event. */
interface Column {
  readonly name: string;
  readonly sql: string;
}

/** What events that are counted together have in common, in the order of the result. */
export const KIND_COLUMNS = [
  'account',
  'region',
  'event_source',
  'event_name',
  'event_type',
  'event_category',
  'error_code',
  'error_says',
  'who',
  'who_id',
  'who_arn',
  'who_account',
  'who_name',
  'who_provider',
  'behalf_of',
  'issuer',
  'issuer_id',
  'issuer_arn',
  'invoked_by',
  'traits',
  'roles',
] as const;

/** On what it was done; `*`: on others than are kept, which are the first. */
export const RESOURCE_COLUMNS = ['parameters', 'resources'] as const;

export const COUNT_COLUMNS = ['events', 'first_time', 'last_time', 'sample_id', 'sample_arn', 'people'] as const;

const NONE = 'CAST(NULL AS varchar)';
/** Only the sessions of these have the name of the session after their id. */
const SESSIONS = "('AssumedRole', 'AWSAccount', 'Role')";

/**
 * A query that counts the events of a time where they are: a row for each kind of event and what it was done on. Events that
 * are in the table twice are counted once. Values in it are times and checked names only.
 */
export function usageQuery(table: AthenaTable, range: TimeRange, conditions: readonly string[]): string {
  const kinds = KIND_COLUMNS.map((name): Column => ({ name, sql: kindExpression(table, name) }));
  const time = timeExpression(table);
  const others: readonly Column[] = [
    { name: 'parameters', sql: parametersExpression(table, RESOURCE_PARAMETERS) },
    { name: 'resources', sql: resourcesExpression(table) },
    { name: 'at_time', sql: time },
    { name: 'id', sql: 'eventid' },
    { name: 'arn', sql: 'useridentity.arn' },
    { name: 'person', sql: personExpression(table) },
  ];
  const selected = [...kinds, ...others].map(({ name, sql }) => `    ${sql} AS ${name}`);
  const names = KIND_COLUMNS.join(', ');
  const keys = KIND_COLUMNS.map((_, index) => index + 1).join(', ');
  const before = KIND_COLUMNS.length;
  const cap = (name: string) => `CASE WHEN place > ${MOST_RESOURCES} THEN '*' ELSE ${name} END AS ${name}`;
  const people = `slice(array_sort(array_agg(DISTINCT person) FILTER (WHERE person IS NOT NULL)), 1, ${MOST_PEOPLE})`;
  return `WITH events AS (
  SELECT
${selected.join(',\n')}
  FROM "${table.database}"."${table.name}"
  WHERE ${[...conditions, ...timeConditions(table, range), ...callConditions(table)].join('\n    AND ')}
),
counted AS (
  SELECT ${names}, parameters, resources,
    count(DISTINCT id) AS events, min(at_time) AS first_time, max(at_time) AS last_time,
    max_by(id, at_time) AS sample_id, max_by(arn, at_time) AS sample_arn,
    ${people} AS people
  FROM events
  GROUP BY ${keys}, ${before + 1}, ${before + 2}
),
ordered AS (
  SELECT *, row_number() OVER (PARTITION BY ${names} ORDER BY resources, parameters) AS place
  FROM counted
),
capped AS (
  SELECT ${names},
    ${RESOURCE_COLUMNS.map(cap).join(',\n    ')},
    events, first_time, last_time, sample_id, sample_arn, coalesce(array_join(people, ${SEPARATED}), '') AS people
  FROM ordered
)
SELECT ${names}, parameters, resources,
  sum(events) AS events, min(first_time) AS first_time, max(last_time) AS last_time,
  max_by(sample_id, last_time) AS sample_id, max_by(sample_arn, last_time) AS sample_arn,
  array_join(slice(array_sort(array_agg(DISTINCT people)), 1, ${MOST_PEOPLE}), ${SEPARATED}) AS people
FROM capped
GROUP BY ${keys}, ${before + 1}, ${before + 2}
`;
}

function kindExpression(table: AthenaTable, name: (typeof KIND_COLUMNS)[number]): string {
  const at = (path: string) => (typeAt(table, path)?.kind === 'scalar' ? `nullif(${path}, '')` : NONE);
  const identity = (field: string) => at(`useridentity.${field}`);
  const issuer = (field: string) => identity(`sessioncontext.sessionissuer.${field}`);
  const id = identity('principalid');
  const expressions: Readonly<Record<(typeof KIND_COLUMNS)[number], string>> = {
    account: 'recipientaccountid',
    region: 'awsregion',
    event_source: 'eventsource',
    event_name: 'eventname',
    event_type: at('eventtype'),
    event_category: at('eventcategory'),
    error_code: 'errorcode',
    error_says: saysExpression(table),
    who: identity('type'),
    who_id: `CASE WHEN ${identity('type')} IN ${SESSIONS} THEN split_part(${id}, ':', 1) ELSE ${id} END`,
    who_arn: `CASE WHEN ${issuer('arn')} IS NULL THEN ${identity('arn')} END`,
    who_account: identity('accountid'),
    who_name: identity('username'),
    who_provider: identity('identityprovider'),
    behalf_of: identity('onbehalfof.userid'),
    issuer: issuer('type'),
    issuer_id: issuer('principalid'),
    issuer_arn: issuer('arn'),
    invoked_by: identity('invokedby'),
    traits: traitsExpression(table),
    roles: parametersExpression(table, ROLE_PARAMETERS),
  };
  return expressions[name];
}

/** An error that has no code, or a sign-in that failed. */
function saysExpression(table: AthenaTable): string {
  const login = isMap(table)
    ? "element_at(responseelements, 'ConsoleLogin')"
    : "json_extract_scalar(responseelements, '$.ConsoleLogin')";
  const failed = typeAt(table, 'responseelements') === undefined ? '' : ` OR ${login} = 'Failure'`;
  return `CASE WHEN nullif(errormessage, '') IS NOT NULL${failed} THEN 'failed' END`;
}

function isMap(table: AthenaTable): boolean {
  return typeAt(table, 'requestparameters')?.kind === 'map';
}

/** A parameter's text; none for one that is a list or an object. */
function parameterExpression(table: AthenaTable, path: string): string {
  if (!isMap(table)) return `json_extract_scalar(requestparameters, '$.${path}')`;
  const [name = '', inner] = path.split('.');
  const value = `element_at(requestparameters, '${name}')`;
  return inner === undefined ? value : `json_extract_scalar(${value}, '$.${inner}')`;
}

/** `name=value` of each parameter that is there, separated. */
function parametersExpression(table: AthenaTable, paths: readonly string[]): string {
  const pairs = paths.map((path) => `'${path}=' || ${parameterExpression(table, path)}`);
  return `concat_ws(${SEPARATED},\n      ${pairs.join(',\n      ')})`;
}

function traitsExpression(table: AthenaTable): string {
  const traits = REQUEST_TRAITS.map((trait) => {
    const value = isMap(table)
      ? `element_at(requestparameters, '${trait}')`
      : `json_format(json_extract(requestparameters, '$.${trait}'))`;
    return `CASE WHEN ${value} NOT IN ('null', '[]') THEN '${trait}' END`;
  });
  return `concat_ws(',',\n      ${traits.join(',\n      ')})`;
}

/** `ARN=type` of each resource that the event names, separated. */
function resourcesExpression(table: AthenaTable): string {
  const type = typeAt(table, 'resources');
  if (type?.kind !== 'array' || type.of.kind !== 'struct' || !type.of.fields.has('arn')) return "''";
  const kind = type.of.fields.has('type') ? "coalesce(r.type, '')" : "''";
  return `coalesce(array_join(transform(resources, r -> coalesce(r.arn, '') || '=' || ${kind}), ${SEPARATED}), '')`;
}

/** Who is behind a session: a source identity, or else the session's name. */
function personExpression(table: AthenaTable): string {
  const session =
    "CASE WHEN nullif(useridentity.sessioncontext.sessionissuer.arn, '') IS NOT NULL THEN split_part(useridentity.arn, '/', 3) END";
  const source = 'useridentity.sessioncontext.sourceidentity';
  return typeAt(table, source) === undefined ? session : `coalesce(nullif(${source}, ''), ${session})`;
}

function isTimestamp(table: AthenaTable): boolean {
  const type = typeAt(table, 'eventtime');
  return type?.kind === 'scalar' && type.name.startsWith('timestamp');
}

function timeExpression(table: AthenaTable): string {
  return isTimestamp(table) ? "date_format(eventtime, '%Y-%m-%dT%H:%i:%sZ')" : 'eventtime';
}

function timeConditions(table: AthenaTable, { from, to }: TimeRange): readonly string[] {
  const literal = (ms: number) => {
    const [text = ''] = new Date(ms).toISOString().split('.');
    return isTimestamp(table) ? `timestamp '${text.replace('T', ' ')}'` : `'${text}Z'`;
  };
  return [`eventtime >= ${literal(from)}`, `eventtime < ${literal(to)}`];
}

/** Insights and events of endpoints say nothing of use. */
function callConditions(table: AthenaTable): readonly string[] {
  const conditions: string[] = [];
  if (typeAt(table, 'eventtype') !== undefined)
    conditions.push("coalesce(eventtype, '') NOT IN ('AwsCloudTrailInsight', 'AwsVpceEvent')");
  if (typeAt(table, 'eventcategory') !== undefined)
    conditions.push("coalesce(eventcategory, '') NOT IN ('Insight', 'NetworkActivity')");
  return conditions;
}
