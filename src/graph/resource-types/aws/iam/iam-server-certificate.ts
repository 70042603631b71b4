import { because, defineResourceType } from '../../entries.js';

export const iamServerCertificate = defineResourceType({
  type: 'aws_iam_server_certificate',
  cloudformation: {
    type: 'AWS::IAM::ServerCertificate',
    ref: 'name',
    properties: { ServerCertificateName: 'name' },
  },
  identity: {
    same: [['name'], ['arn'], ['id']],
    unique: { name: 'account', arn: 'global', id: 'global' },
    arn: 'arn:{partition}:iam::{account}:server-certificate{path}{name}',
  },
  live: { expiration: 'string' },
  nothing: ['name', 'name_prefix'],
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: { ...because('Terraform makes up the rest of the name', 'name_prefix') },
});
