import type { DataNode } from '../../../syntax/data/ast.js';
import { scalarText } from '../expression/nodes.js';
import type { DraftMapping } from './nodes.js';
import { build, entryOf, mappingOf } from './nodes.js';

export interface LocationNames {
  readonly bucket: string;
  readonly key: string;
  readonly version: string;
}

const S3_URI = /^s3:\/\/([^/?]+)\/([^?]+)(?:\?versionId=(.+))?$/;

/**
 * An object in a bucket under the names that its resource has for it. A path of the local folder is uploaded by the tool that
 * deploys, nobody knows where: nothing is said then.
 */
export function s3Location(location: DataNode, names: LocationNames): DraftMapping {
  const settings = mappingOf(location);
  if (settings !== undefined) {
    return {
      [names.bucket]: entryOf(settings, 'Bucket'),
      [names.key]: entryOf(settings, 'Key'),
      [names.version]: entryOf(settings, 'Version'),
    };
  }
  const [, bucket, key, version] = S3_URI.exec(scalarText(location) ?? '') ?? [];
  if (bucket === undefined || key === undefined) return {};
  return {
    [names.bucket]: build(location, bucket),
    [names.key]: build(location, key),
    [names.version]: version === undefined ? undefined : build(location, version),
  };
}
