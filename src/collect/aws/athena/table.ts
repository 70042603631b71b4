import type { SnapshotJson } from '../../../model/snapshot.js';
import { all, get, isObject, textAt } from '../json.js';
import { type HiveType, parseHiveType } from './hive-type.js';

/** A table of events as the catalogue describes it. */
export interface AthenaTable {
  readonly database: string;
  readonly name: string;
  /** `s3://…`; empty where it has none. */
  readonly location: string;
  /** By names in lower case; without those of partitions. */
  readonly columns: ReadonlyMap<string, HiveType>;
  readonly partitionKeys: readonly PartitionKey[];
  readonly parameters: Readonly<Record<string, string>>;
}

export interface PartitionKey {
  readonly name: string;
  readonly isNumber: boolean;
}

/** What can stand in quotes: federated databases and stores have colons and dashes. */
const IDENTIFIER = /^[A-Za-z0-9_:-]{1,255}$/;

export function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text);
}

/** Of an answer of `glue:GetTable`. */
export function toAthenaTable(database: string, answer: SnapshotJson): AthenaTable | undefined {
  const described = get(answer, 'Table');
  const name = textAt(described, 'Name');
  if (name === '') return undefined;
  const parameters = get(described, 'Parameters');
  return {
    database,
    name,
    location: textAt(described, 'StorageDescriptor.Location'),
    columns: toColumns(all(described, 'StorageDescriptor.Columns.*')),
    partitionKeys: all(described, 'PartitionKeys.*').map((key) => ({
      name: textAt(key, 'Name').toLowerCase(),
      isNumber: /^(tinyint|smallint|int|integer|bigint)$/i.test(textAt(key, 'Type')),
    })),
    parameters: isObject(parameters)
      ? Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, String(value)]))
      : {},
  };
}

function toColumns(columns: readonly SnapshotJson[]): ReadonlyMap<string, HiveType> {
  return new Map(
    columns.flatMap((column) => {
      const type = parseHiveType(textAt(column, 'Type'));
      return type === undefined ? [] : [[textAt(column, 'Name').toLowerCase(), type] as const];
    }),
  );
}

export function isProjected({ parameters }: AthenaTable): boolean {
  return parameters['projection.enabled']?.toLowerCase() === 'true';
}

/** The type at a path of names: `useridentity.sessioncontext.sessionissuer.arn`; undefined where there is no such field. */
export function typeAt({ columns }: AthenaTable, path: string): HiveType | undefined {
  const [column = '', ...fields] = path.split('.');
  return fields.reduce<HiveType | undefined>(
    (type, field) => (type?.kind === 'struct' ? type.fields.get(field) : undefined),
    columns.get(column),
  );
}

const REQUIRED = [
  'awsregion',
  'errorcode',
  'errormessage',
  'eventid',
  'eventname',
  'eventsource',
  'eventtime',
  'recipientaccountid',
  'requestparameters',
  'useridentity.arn',
  'useridentity.invokedby',
  'useridentity.principalid',
  'useridentity.sessioncontext.sessionissuer.arn',
  'useridentity.sessioncontext.sessionissuer.principalid',
  'useridentity.sessioncontext.sessionissuer.type',
  'useridentity.type',
];

/** What a table lacks to be one of events: names of columns and fields, and columns of another type than they have there. */
export function missingColumns(table: AthenaTable): readonly string[] {
  const isString = (type: HiveType | undefined) => type?.kind === 'scalar' && /^(string|varchar)/.test(type.name);
  return REQUIRED.filter((path) => {
    const type = typeAt(table, path);
    if (path === 'eventtime') return !isString(type) && !(type?.kind === 'scalar' && type.name.startsWith('timestamp'));
    if (path === 'requestparameters') return !isString(type) && type?.kind !== 'map';
    return !isString(type);
  });
}
