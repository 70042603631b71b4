import { expect, test } from 'vitest';
import { buildGraph } from '../../src/graph/build-graph.js';
import { valuesAt } from '../../src/graph/value-paths.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';
import { evaluateSnapshotExample } from '../../src/snapshot-example.js';

/** What a live resource of a type has at a path. */
function kindsAt(type: string, path: string, properties: object): readonly string[] {
  const example = { records: [{ type, id: 'orchard', region: 'eu-central-1', properties }] };
  const { resources, extents } = evaluateSnapshotExample({ path: 'snapshot.json', text: JSON.stringify(example) });
  const { graph } = buildGraph({ resources, unreadModules: [], schemas: providerSchemas, extents });
  const found = [...graph.resources.values()].find(({ address }) => address === `${type}/eu-central-1/orchard`);
  return valuesAt(found?.values, path.split('.')).map((value) =>
    value.kind === 'unknown' ? `unknown: ${value.reason}` : value.kind,
  );
}

test.each([
  [
    'AWS::Redshift::Cluster',
    'logging.enable',
    { LoggingProperties: { BucketName: 'logs' } },
    ['unknown: not-collected'],
  ],
  ['AWS::Redshift::Cluster', 'logging.bucket_name', { LoggingProperties: { BucketName: 'logs' } }, ['string']],
  ['AWS::Redshift::Cluster', 'logging', { LoggingProperties: { $none: true } }, ['null']],
  [
    'AWS::S3::Bucket',
    'versioning.mfa_delete',
    { BucketName: 'orchard', VersioningConfiguration: { Status: 'Enabled' } },
    ['unknown: not-collected'],
  ],
  [
    'AWS::RDS::DBParameterGroup',
    'parameter.apply_method',
    { Parameters: { 'rds.force_ssl': '1', work_mem: '64' } },
    ['unknown: not-collected', 'unknown: not-collected'],
  ],
] as const)('of a live %s "%s" is known where a property tells it', (type, path, properties, expected) => {
  expect(kindsAt(type, path, properties)).toEqual(expected);
});
