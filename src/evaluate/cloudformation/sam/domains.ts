import type { DataEntry, DataMapping, DataNode } from '../../../syntax/data/ast.js';
import { scalarText } from '../expression/nodes.js';
import { canonicalText } from './canonical-text.js';
import { addResource, gather, shortHash } from './expansion.js';
import type { Expansion, SamResource } from './model.js';
import type { DraftMapping } from './nodes.js';
import { buildMapping, entryOf, mappingOf, nodeAt, placeOf } from './nodes.js';

/** Notes the texts of which ids are made by a hash: all of them are known before the first id is made. */
export function noteHashedTexts(expansion: Expansion): void {
  const note = (prefix: string, node: DataNode | undefined): void => {
    if (node === undefined) return;
    const texts = expansion.hashedTexts.get(prefix) ?? new Set<string>();
    expansion.hashedTexts.set(prefix, texts.add(canonicalText(node)));
  };
  for (const resource of expansion.resources.values()) {
    const domain = mappingOf(nodeAt(resource.properties, 'Domain'));
    note(domainPrefix(resource, domain), nodeAt(domain, 'DomainName'));
    note(RECORDS, zoneOf(mappingOf(nodeAt(domain, 'Route53')))?.value);
  }
}

/** An id with a hash of a text: it is written without it, unless there are several, which the hash then tells apart. */
export function hashedId(expansion: Expansion, prefix: string, value: DataNode): string {
  const texts = expansion.hashedTexts.get(prefix);
  return texts !== undefined && texts.size > 1 ? `${prefix}${shortHash(canonicalText(value))}` : prefix;
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
  // The group has the condition of the first that needs it.
  const condition = owner.written.entries.get('Condition');
  const into = gather(expansion, id, (listOf) => {
    addResource(expansion, owner.declaredIn, {
      id,
      type: 'AWS::Route53::RecordSetGroup',
      place: placeOf(entry),
      attributes: { Condition: condition },
      properties: { [zone.key]: zone, RecordSets: listOf('records') },
    });
  });
  const isIpV6 = scalarText(nodeAt(route53, 'IpV6')) === 'true';
  for (const type of isIpV6 ? ['A', 'AAAA'] : ['A']) {
    const record = {
      Name: entryOf(domain, 'DomainName'),
      Type: type,
      AliasTarget: { ...made.aliasTarget, EvaluateTargetHealth: entryOf(route53, 'EvaluateTargetHealth') },
      Region: entryOf(route53, 'Region'),
      SetIdentifier: entryOf(route53, 'SetIdentifier'),
    };
    into('records', buildMapping(placeOf(entry), record));
  }
}
