import type { Collector, ItemOperation } from '../collector.js';
import { lift, where } from '../json.js';

const of = (call: string, answer: string, feed: string): ItemOperation => ({
  call: `ec2:${call}`,
  permission: `ec2:${call}`,
  answer,
  feeds: [feed],
});

/** What a region of an account does by default. */
export const regionDefaults: Collector = {
  type: 'aws_region',
  service: 'ec2',
  version: 1,
  scope: 'region',
  each: {
    encryption: of('GetEbsEncryptionByDefault', 'EbsEncryptionByDefault', 'ebs_encryption_by_default'),
    key: of('GetEbsDefaultKmsKeyId', 'KmsKeyId', 'ebs_default_kms_key'),
    snapshots: of('GetSnapshotBlockPublicAccessState', 'State', 'ebs_snapshot_block_public_access'),
    images: of('GetImageBlockPublicAccessState', 'ImageBlockPublicAccessState', 'ec2_image_block_public_access'),
    serialConsole: of('GetSerialConsoleAccessStatus', 'SerialConsoleAccessEnabled', 'serial_console_access'),
    metadata: of('GetInstanceMetadataDefaults', 'AccountLevel', 'instance_metadata_defaults'),
  },
  id: '@region',
  project: (_, parts) => ({
    properties: {
      ebs_encryption_by_default: where(parts['encryption'], (enabled) => ({ enabled })),
      ebs_default_kms_key: where(parts['key'], (key_arn) => ({ key_arn })),
      ebs_snapshot_block_public_access: where(parts['snapshots'], (state) => ({ state })),
      ec2_image_block_public_access: where(parts['images'], (state) => ({ state })),
      serial_console_access: where(parts['serialConsole'], (enabled) => ({ enabled })),
      instance_metadata_defaults: where(parts['metadata'], (defaults) =>
        lift(defaults, {
          http_endpoint: 'HttpEndpoint',
          http_put_response_hop_limit: 'HttpPutResponseHopLimit',
          http_tokens: 'HttpTokens',
          instance_metadata_tags: 'InstanceMetadataTags',
        }),
      ),
    },
  }),
};
