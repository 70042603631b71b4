import { defineResourceType, object, pairs } from '../../entries.js';

export const accessPoint = defineResourceType({
  type: 'aws_efs_access_point',
  cloudformation: {
    type: 'AWS::EFS::AccessPoint',
    ref: 'id',
    getAtt: { AccessPointId: 'id' },
    properties: {
      AccessPointTags: pairs('tags'),
      PosixUser: object('posix_user', { Gid: 'gid', SecondaryGids: 'secondary_gids', Uid: 'uid' }),
      RootDirectory: object('root_directory', {
        CreationInfo: object('creation_info', { OwnerGid: 'owner_gid', OwnerUid: 'owner_uid' }),
      }),
    },
  },
  identity: { same: [['id'], ['arn']], unique: { id: 'region', arn: 'global' } },
  links: { file_system_id: 'aws_efs_file_system' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
