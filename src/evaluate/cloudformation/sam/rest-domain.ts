import { scalarText } from '../expression/nodes.js';
import { addRecords, domainPrefix, hashedId } from './domains.js';
import { copied, diagnose, generate, knownText, propagatedTags, tagList } from './expansion.js';
import type { Expansion, SamResource } from './model.js';
import type { DraftMapping } from './nodes.js';
import { build, entryOf, getAtt, itemsOf, mappingOf, nodeAt, placeOf, ref } from './nodes.js';

/** The hosted zone of CloudFront, which serves edge-optimised endpoints. */
const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';

/** `Domain` of a REST API: the domain name, its mappings to the API's stage, and its records. */
export function expandRestDomain(expansion: Expansion, owner: SamResource, stageId: string): void {
  const entry = entryOf(owner.properties, 'Domain');
  if (entry === undefined) return;
  const domain = mappingOf(entry.value);
  const name = entryOf(domain, 'DomainName');
  const certificate = entryOf(domain, 'CertificateArn');
  if (domain === undefined || name === undefined || certificate === undefined) {
    const message = `"Domain" of "${owner.id}" needs "DomainName" and "CertificateArn".`;
    diagnose(expansion, 'sam-invalid', placeOf(entry), message);
    return;
  }
  const endpoint = knownText(expansion, nodeAt(domain, 'EndpointConfiguration')) ?? 'REGIONAL';
  const isPrivate = endpoint === 'PRIVATE';
  const domainId = hashedId(expansion, domainPrefix(owner, domain), name.value);
  generate(expansion, owner, {
    id: domainId,
    type: isPrivate ? 'AWS::ApiGateway::DomainNameV2' : 'AWS::ApiGateway::DomainName',
    place: placeOf(entry),
    properties: {
      DomainName: name,
      [endpoint === 'REGIONAL' ? 'RegionalCertificateArn' : 'CertificateArn']: certificate,
      EndpointConfiguration: { Types: [entryOf(domain, 'EndpointConfiguration') ?? 'REGIONAL'] },
      ...copied(domain, ['MutualTlsAuthentication', 'OwnershipVerificationCertificateArn', 'Policy', 'SecurityPolicy']),
      Tags: tagList(propagatedTags(owner)),
    },
  });
  expansion.names.set(`${owner.id}.DomainName`, domainId);
  generateMappings(expansion, owner, { domainId, stageId, isPrivate });
  addRecords(expansion, owner, { domain, aliasTarget: aliasTarget({ domain, domainId, endpoint }) });
}

interface Mapped {
  readonly domainId: string;
  readonly stageId: string;
  readonly isPrivate: boolean;
}

function generateMappings(expansion: Expansion, owner: SamResource, mapped: Mapped): void {
  const domain = mappingOf(nodeAt(owner.properties, 'Domain'));
  const written = entryOf(domain, 'BasePath');
  const isNormalized = scalarText(nodeAt(domain, 'NormalizeBasePath')) !== 'false';
  const place = written === undefined ? owner.place : placeOf(written);
  const paths = written === undefined ? [undefined] : itemsOf(written.value);
  for (const path of paths) {
    const text = scalarText(path);
    const letters = (text ?? '').replaceAll(/[^A-Za-z0-9]/g, '');
    const basePath =
      path === undefined || text === '/' ? undefined : isNormalized && text !== undefined ? build(path, letters) : path;
    generate(expansion, owner, {
      id: `${owner.id}${letters}BasePathMapping`,
      type: mapped.isPrivate ? 'AWS::ApiGateway::BasePathMappingV2' : 'AWS::ApiGateway::BasePathMapping',
      place,
      properties: {
        [mapped.isPrivate ? 'DomainNameArn' : 'DomainName']: ref(mapped.domainId),
        RestApiId: ref(owner.id),
        Stage: ref(mapped.stageId),
        BasePath: basePath,
      },
    });
  }
}

function aliasTarget(made: {
  readonly domain: ReturnType<typeof mappingOf>;
  readonly domainId: string;
  readonly endpoint: string;
}): DraftMapping {
  const { domain, domainId, endpoint } = made;
  const route53 = mappingOf(nodeAt(domain, 'Route53'));
  if (endpoint === 'PRIVATE') {
    return {
      HostedZoneId: entryOf(route53, 'VpcEndpointHostedZoneId'),
      DNSName: entryOf(route53, 'VpcEndpointDomainName'),
    };
  }
  if (endpoint !== 'EDGE') return regionalTarget(domainId);
  const distribution = entryOf(route53, 'DistributionDomainName');
  return { HostedZoneId: CLOUDFRONT_ZONE, DNSName: distribution ?? getAtt(domainId, 'DistributionDomainName') };
}

/** The names by which a regional domain is reached. */
export function regionalTarget(domainId: string): DraftMapping {
  return { HostedZoneId: getAtt(domainId, 'RegionalHostedZoneId'), DNSName: getAtt(domainId, 'RegionalDomainName') };
}
