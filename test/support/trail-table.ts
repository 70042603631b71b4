import type { HiveType } from '../../src/collect/aws/athena/hive-type.js';
import { assumedTable, type TableForm } from '../../src/collect/aws/athena/table-forms.js';
import type { SnapshotJson } from '../../src/model/snapshot.js';

type Described = { readonly [name: string]: SnapshotJson };

const ACCOUNT = '111122223333';
const ROOT = `AWSLogs/${ACCOUNT}/CloudTrail/eu-west-1/`;

/** The table of a form as the catalogue describes it. */
export function trailTable(form: TableForm = 'projection', over: Described = {}): Described {
  const columns = columnsOf(form);
  const location = `s3://trails/${form === 'projection' ? ROOT : `AWSLogs/${ACCOUNT}/CloudTrail/`}`;
  const isProjected = form === 'projection';
  return {
    Name: 'events',
    StorageDescriptor: { Columns: columns, ...(form === 'lake' ? {} : { Location: location }) },
    PartitionKeys: isProjected ? [{ Name: 'timestamp', Type: 'string' }] : [],
    Parameters: isProjected
      ? {
          'projection.enabled': 'true',
          'projection.timestamp.type': 'date',
          'projection.timestamp.format': 'yyyy/MM/dd',
          'projection.timestamp.range': '2026/01/01,NOW',
          'storage.location.template': `s3://trails/${ROOT}\${timestamp}`,
        }
      : {},
    ...over,
  };
}

function columnsOf(form: TableForm): SnapshotJson[] {
  return [...assumedTable(form, 'logs', 'events').columns].map(([Name, type]) => ({ Name, Type: written(type) }));
}

function written(type: HiveType): string {
  if (type.kind === 'struct')
    return `struct<${[...type.fields].map(([name, of]) => `${name}:${written(of)}`).join(',')}>`;
  if (type.kind === 'array') return `array<${written(type.of)}>`;
  return type.kind === 'map' ? 'map<string,string>' : type.name;
}
