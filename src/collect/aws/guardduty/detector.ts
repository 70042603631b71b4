import type { SnapshotJson } from '../../../model/snapshot.js';
import type { Collector, Loose } from '../collector.js';
import { each, get, pick, tagsOf, timeAt, where } from '../json.js';

export const detector: Collector = {
  type: 'AWS::GuardDuty::Detector',
  service: 'guardduty',
  version: 1,
  scope: 'region',
  list: {
    call: 'guardduty:ListDetectors',
    permission: 'guardduty:ListDetectors',
    pages: { input: 'NextToken', output: 'NextToken', limit: ['MaxResults', 50] },
    items: 'DetectorIds.*',
  },
  each: {
    detector: {
      call: 'guardduty:GetDetector',
      permission: 'guardduty:GetDetector',
      input: { DetectorId: '{@item}' },
      proof: ['Status'],
      feeds: ['DataSources', 'Enable', 'Features', 'FindingPublishingFrequency', 'Tags', '$created_at', '$status'],
    },
  },
  id: '',
  arn: 'arn:{@partition}:guardduty:{@region}:{@account}:detector/{@item}',
  sets: ['Tags'],
  project: (_, parts) => {
    const found = parts['detector'];
    if (found === undefined) return { properties: {} };
    return {
      properties: {
        Enable: get(found, 'Status') === 'ENABLED',
        FindingPublishingFrequency: get(found, 'FindingPublishingFrequency'),
        DataSources: where(get(found, 'DataSources'), toSources),
        Features: each(found, 'Features', (feature) => ({
          ...pick(feature, 'Name', 'Status'),
          AdditionalConfiguration: each(feature, 'AdditionalConfiguration', (more) => pick(more, 'Name', 'Status')),
        })),
        Tags: tagsOf(get(found, 'Tags')),
      },
      live: { created_at: timeAt(found, 'CreatedAt'), status: get(found, 'Status') },
    };
  },
};

function toSources(sources: SnapshotJson): Loose {
  return {
    Kubernetes: where(get(sources, 'Kubernetes.AuditLogs.Status'), (status) => ({
      AuditLogs: { Enable: isOn(status) },
    })),
    MalwareProtection: where(
      get(sources, 'MalwareProtection.ScanEc2InstanceWithFindings.EbsVolumes.Status'),
      (status) => ({ ScanEc2InstanceWithFindings: { EbsVolumes: isOn(status) } }),
    ),
    S3Logs: where(get(sources, 'S3Logs.Status'), (status) => ({ Enable: isOn(status) })),
  };
}

function isOn(status: SnapshotJson): boolean {
  return status === 'ENABLED';
}
