import { defineResourceType } from '../../entries.js';

export const mountTarget = defineResourceType({
  type: 'aws_efs_mount_target',
  cloudformation: { type: 'AWS::EFS::MountTarget', ref: 'id' },
  identity: { same: [['id']], unique: { id: 'region' } },
  links: { file_system_id: 'aws_efs_file_system', subnet_id: 'aws_subnet', security_groups: 'aws_security_group' },
});
