import type { SnapshotJson } from '../../../model/snapshot.js';
import type { Collector } from '../collector.js';
import { get, lift, pick, textAt, where } from '../json.js';

export const openIdProvider: Collector = {
  type: 'AWS::IAM::OIDCProvider',
  service: 'iam',
  version: 1,
  scope: 'account',
  list: {
    call: 'iam:ListOpenIDConnectProviders',
    permission: 'iam:ListOpenIDConnectProviders',
    items: 'OpenIDConnectProviderList.*',
  },
  each: {
    provider: {
      call: 'iam:GetOpenIDConnectProvider',
      permission: 'iam:GetOpenIDConnectProvider',
      input: { OpenIDConnectProviderArn: '{Arn}' },
      proof: ['Url'],
      gone: ['NoSuchEntity', 'NoSuchEntityException'],
      feeds: ['ClientIdList', 'Tags', 'ThumbprintList', 'Url', '$create_date'],
    },
  },
  id: 'Arn',
  arn: '{Arn}',
  sets: ['ClientIdList', 'Tags'],
  project: (_, parts) => ({
    properties: {
      ...pick(parts['provider'], 'Tags', 'ThumbprintList'),
      ClientIdList: get(parts['provider'], 'ClientIDList'),
      Url: where(get(parts['provider'], 'Url'), withScheme),
    },
    live: lift(parts['provider'], { create_date: 'CreateDate' }),
  }),
};

/** A template has it with its scheme, which is always the same, an answer without. */
function withScheme(url: SnapshotJson): string {
  return /^https:\/\//.test(String(url)) ? String(url) : `https://${url}`;
}

/** Its metadata is not asked for: the list says until when it is valid. */
export const samlProvider: Collector = {
  type: 'AWS::IAM::SAMLProvider',
  service: 'iam',
  version: 1,
  scope: 'account',
  list: { call: 'iam:ListSAMLProviders', permission: 'iam:ListSAMLProviders', items: 'SAMLProviderList.*' },
  tells: ['Name'],
  id: 'Arn',
  arn: '{Arn}',
  unread: [
    'AddPrivateKey',
    'AssertionEncryptionMode',
    'PrivateKeyList',
    'RemovePrivateKey',
    'SamlMetadataDocument',
    'Tags',
  ],
  project: (item) => ({
    properties: { Name: nameOf(textAt(item, 'Arn')) },
    live: lift(item, { create_date: 'CreateDate', valid_until: 'ValidUntil' }),
  }),
};

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

export const serverCertificate: Collector = {
  type: 'AWS::IAM::ServerCertificate',
  service: 'iam',
  version: 1,
  scope: 'account',
  list: {
    call: 'iam:ListServerCertificates',
    permission: 'iam:ListServerCertificates',
    pages: { input: 'Marker', output: 'Marker', more: 'IsTruncated', limit: ['MaxItems', 1000] },
    items: 'ServerCertificateMetadataList.*',
  },
  tells: ['Path', 'ServerCertificateName'],
  id: 'ServerCertificateName',
  arn: '{Arn}',
  unread: ['CertificateBody', 'CertificateChain', 'PrivateKey', 'Tags'],
  project: (item) => ({
    properties: pick(item, 'Path', 'ServerCertificateName'),
    live: lift(item, { expiration: 'Expiration', upload_date: 'UploadDate' }),
  }),
};
