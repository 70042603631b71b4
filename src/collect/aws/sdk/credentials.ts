export { fromNodeProviderChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
