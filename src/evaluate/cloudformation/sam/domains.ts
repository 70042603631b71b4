import type { DataEntry, DataMapping, DataNode } from '../../../syntax/data/ast.js';
import { scalarText } from '../expression/nodes.js';
import { canonicalText } from './canonical-text.js';
import { addResource, shortHash } from './expansion.js';
import type { Expansion, SamResource } from './model.js';
import type { Draft, DraftMapping } from './nodes.js';
import { buildMapping, entryOf, mappingOf, nodeAt, placeOf, sequenceOf } from './nodes.js';

/**
 * An id that the service makes of a text by a hash: written without it, unless the template has several, which the hash
 * then tells apart.
 */
export function hashedId(expansion: Expansion, prefix: string, value: DataNode): string {
  const all = new Set<string>();
  for (const other of expansion.resources.values()) {
    const domain = mappingOf(nodeAt(other.properties, 'Domain'));
    const route53 = mappingOf(nodeAt(domain, 'Route53'));
    const named = prefix === RECORDS ? zoneOf(route53)?.value : nodeAt(domain, 'DomainName');
    if (named !== undefined && (prefix === RECORDS || prefix === domainPrefix(other, domain)))
      all.add(canonicalText(named));
  }
  return all.size > 1 ? `${prefix}${shortHash(canonicalText(value))}` : prefix;
}

const RECORDS = 'RecordSetGroup';

/** REST APIs and HTTP APIs have domain names of different types, and so have private ones. */
export function domainPrefix(owner: SamResource, domain: DataMapping | undefined): string {
  const isPrivate = scalarText(nodeAt(domain, 'EndpointConfiguration')) === 'PRIVATE';
  return owner.type === 'Api' && !isPrivate ? 'ApiGatewayDomainName' : 'ApiGatewayDomainNameV2';
}

function zoneOf(route53: DataMapping | undefined): DataEntry | undefined {
  return entryOf(route53, 'HostedZoneId') ?? entryOf(route53, 'HostedZoneName');
}

/** Adds the records of a domain to the group of its hosted zone. */
export function addRecords(
  expansion: Expansion,
  owner: SamResource,
  made: { readonly domain: DataMapping; readonly aliasTarget: DraftMapping },
): void {
  const { domain } = made;
  const entry = entryOf(domain, 'Route53');
  const route53 = mappingOf(entry?.value);
  const zone = zoneOf(route53);
  if (entry === undefined || zone === undefined) return;
  const id = hashedId(expansion, RECORDS, zone.value);
  const group = mappingOf(expansion.generated.get(id)?.value);
  const present = mappingOf(nodeAt(group, 'Properties'));
  const records: Draft[] = [...(sequenceOf(nodeAt(present, 'RecordSets'))?.items ?? [])];
  const isIpV6 = scalarText(nodeAt(route53, 'IpV6')) === 'true';
  for (const type of isIpV6 ? ['A', 'AAAA'] : ['A']) {
    const record = {
      Name: entryOf(domain, 'DomainName'),
      Type: type,
      AliasTarget: { ...made.aliasTarget, EvaluateTargetHealth: entryOf(route53, 'EvaluateTargetHealth') },
      Region: entryOf(route53, 'Region'),
      SetIdentifier: entryOf(route53, 'SetIdentifier'),
    };
    records.push(buildMapping(placeOf(entry), record));
  }
  addResource(expansion, owner.declaredIn, {
    id,
    type: 'AWS::Route53::RecordSetGroup',
    place: placeOf(entry),
    // The group has the condition of the first that needs it.
    attributes: { Condition: (group ?? owner.written).entries.get('Condition') },
    properties: { [zone.key]: zone, RecordSets: records },
  });
}
