import { type HiveType, parseHiveType } from './hive-type.js';
import type { AthenaTable } from './table.js';

/**
 * The tables that AWS's documentation makes: `console`: as CloudTrail's console makes it, without partitions; `projection`:
 * with days that are projected; `lake`: an event data store of CloudTrail Lake.
 */
export type TableForm = 'console' | 'projection' | 'lake';

export const TABLE_FORMS: readonly TableForm[] = ['projection', 'console', 'lake'];

const TRAIL_COLUMNS: Readonly<Record<string, string>> = {
  eventversion: 'string',
  useridentity:
    'struct<type:string,principalid:string,arn:string,accountid:string,invokedby:string,accesskeyid:string,' +
    'username:string,onbehalfof:struct<userid:string,identitystorearn:string>,sessioncontext:struct<attributes:struct<' +
    'mfaauthenticated:string,creationdate:string>,sessionissuer:struct<type:string,principalid:string,arn:string,' +
    'accountid:string,username:string>,ec2roledelivery:string,webidfederationdata:struct<federatedprovider:string,' +
    'attributes:map<string,string>>>>',
  eventtime: 'string',
  eventsource: 'string',
  eventname: 'string',
  awsregion: 'string',
  sourceipaddress: 'string',
  useragent: 'string',
  errorcode: 'string',
  errormessage: 'string',
  requestparameters: 'string',
  responseelements: 'string',
  additionaleventdata: 'string',
  requestid: 'string',
  eventid: 'string',
  readonly: 'string',
  resources: 'array<struct<arn:string,accountid:string,type:string>>',
  eventtype: 'string',
  apiversion: 'string',
  recipientaccountid: 'string',
  serviceeventdetails: 'string',
  sharedeventid: 'string',
  vpcendpointid: 'string',
  vpcendpointaccountid: 'string',
  eventcategory: 'string',
};

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-supported-event-schemas.html */
const LAKE_COLUMNS: Readonly<Record<string, string>> = {
  ...TRAIL_COLUMNS,
  useridentity:
    'struct<type:string,principalid:string,arn:string,accountid:string,accesskeyid:string,username:string,' +
    'sessioncontext:struct<attributes:struct<creationdate:timestamp,mfaauthenticated:string>,sessionissuer:struct<' +
    'type:string,principalid:string,arn:string,accountid:string,username:string>,webidfederationdata:struct<' +
    'federatedprovider:string,attributes:map<string,string>>,sourceidentity:string,ec2roledelivery:string,' +
    'ec2issuedinvpc:string>,onbehalfof:struct<userid:string,identitystorearn:string>,invokedby:string,' +
    'identityprovider:string>',
  eventtime: 'timestamp',
  requestparameters: 'map<string,string>',
  responseelements: 'map<string,string>',
  additionaleventdata: 'map<string,string>',
  readonly: 'boolean',
};

/** A table of one of the forms that nothing was asked about. */
export function assumedTable(form: TableForm, database: string, name: string): AthenaTable {
  const columns = form === 'lake' ? LAKE_COLUMNS : TRAIL_COLUMNS;
  return {
    database,
    name,
    location: '',
    columns: new Map(
      Object.entries(columns).flatMap(([column, text]): [string, HiveType][] => {
        const type = parseHiveType(text);
        return type === undefined ? [] : [[column, type]];
      }),
    ),
    partitionKeys: form === 'projection' ? [{ name: 'timestamp', isNumber: false }] : [],
    parameters:
      form === 'projection'
        ? {
            'projection.enabled': 'true',
            'projection.timestamp.type': 'date',
            'projection.timestamp.format': 'yyyy/MM/dd',
          }
        : {},
  };
}

/**
 * A statement that makes a table that can be asked.
 * https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table-partition-projection.html
 */
export function tableStatement(database: string, name: string): string {
  const columns = Object.entries(TRAIL_COLUMNS).map(([column, type]) => `  ${column} ${type}`);
  const root = 's3://BUCKET/AWSLogs/ACCOUNT/CloudTrail/REGION/';
  return `CREATE EXTERNAL TABLE ${database}.${name} (
${columns.join(',\n')}
)
PARTITIONED BY (\`timestamp\` string)
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
STORED AS INPUTFORMAT 'com.amazon.emr.cloudtrail.CloudTrailInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION '${root}'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.timestamp.format' = 'yyyy/MM/dd',
  'projection.timestamp.interval' = '1',
  'projection.timestamp.interval.unit' = 'DAYS',
  'projection.timestamp.range' = '2026/01/01,NOW',
  'projection.timestamp.type' = 'date',
  'storage.location.template' = '${root}\${timestamp}'
);
`;
}
