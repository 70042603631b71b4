import { defineResourceType, object } from '../../entries.js';

export const detector = defineResourceType({
  type: 'aws_guardduty_detector',
  cloudformation: {
    type: 'AWS::GuardDuty::Detector',
    ref: 'id',
    properties: {
      DataSources: object('datasources', {
        Kubernetes: object('kubernetes', { AuditLogs: object('audit_logs') }),
        MalwareProtection: object('malware_protection', {
          ScanEc2InstanceWithFindings: object('scan_ec2_instance_with_findings', {
            EbsVolumes: 'ebs_volumes.enable',
          }),
        }),
        S3Logs: object('s3_logs'),
      }),
    },
  },
  identity: { same: [['id'], ['arn']], unique: { id: 'region', arn: 'global' } },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
