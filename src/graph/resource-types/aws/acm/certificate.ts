import { because, defineResourceType, list } from '../../entries.js';

export const certificate = defineResourceType({
  type: 'aws_acm_certificate',
  cloudformation: {
    type: 'AWS::CertificateManager::Certificate',
    ref: 'arn',
    properties: {
      CertificateTransparencyLoggingPreference: 'options.certificate_transparency_logging_preference',
      DomainValidationOptions: list('validation_option'),
    },
  },
  identity: { same: [['arn', 'id']], unique: { arn: 'global', id: 'global' } },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
  terraformOnly: {
    ...because('no property', 'certificate_body', 'certificate_chain', 'private_key'),
    ...because('a switch of Terraform itself', 'early_renewal_duration'),
  },
});
