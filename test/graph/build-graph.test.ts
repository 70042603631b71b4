import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../src/graph/build-graph.js';
import type { RawResource, UnreadModule } from '../../src/model/raw-resource.js';
import { resourceKey } from '../../src/model/resource.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';
import { raw, reference, written } from '../support/raw-resource.js';

function build(resources: readonly RawResource[], unreadModules: readonly UnreadModule[] = []) {
  const { graph, diagnostics } = buildGraph({ resources, unreadModules, schemas: providerSchemas });
  const at = (address: string) => graph.resources.get(resourceKey('.', address));
  return { graph, diagnostics, at };
}

describe('a bucket and its companions', () => {
  it('has the versioning that a companion declares by reference', () => {
    const { graph, diagnostics, at } = build([
      raw('aws_s3_bucket.orchard', { bucket: 'orchard' }),
      raw('aws_s3_bucket_versioning.orchard', {
        bucket: reference('aws_s3_bucket.orchard.id'),
        versioning_configuration: [{ status: 'Enabled' }],
      }),
    ]);
    expect(diagnostics).toEqual([]);
    expect([...graph.resources.values()].map(({ address }) => address)).toEqual([
      'aws_account/aws',
      'aws_region/aws/aws',
      'aws_s3_bucket.orchard',
    ]);
    expect(written(at('aws_s3_bucket.orchard'))).toEqual({ bucket: 'orchard', versioning: { status: 'Enabled' } });
    expect(at('aws_s3_bucket.orchard')?.members.map(({ address, path }) => [address, path])).toEqual([
      ['aws_s3_bucket_versioning.orchard', 'versioning'],
    ]);
  });
});
