import type { Resource, ResourceGraph, ResourceKey } from '../model/resource.js';

/**
 * Live resources that an account only sees, and whose owner is among the accounts that were read: the trail of an
 * organization is in every member. They are judged where they are owned; in the others nobody could change them.
 */
export function ownedElsewhere({ resources }: ResourceGraph): ReadonlySet<ResourceKey> {
  const seen: { readonly key: ResourceKey; readonly owner: string }[] = [];
  for (const resource of resources.values()) {
    if (resource.language !== 'live') continue;
    const arn = arnOf(resource);
    const owner = arn?.split(':')[4] ?? '';
    if (arn !== undefined && owner !== '' && owner !== accountOf(resource))
      seen.push({ key: resource.key, owner: `${owner} ${arn}` });
  }
  if (seen.length === 0) return new Set();
  const wanted = new Set(seen.map(({ owner }) => owner));
  const owners = new Set<string>();
  for (const resource of resources.values()) {
    const id = `${accountOf(resource)} ${arnOf(resource)}`;
    if (resource.language === 'live' && wanted.has(id)) owners.add(id);
  }
  return new Set(seen.filter(({ owner }) => owners.has(owner)).map(({ key }) => key));
}

function arnOf({ values }: Resource): string | undefined {
  const arn = values.entries.get('arn');
  return arn?.kind === 'string' ? arn.value : undefined;
}

function accountOf({ scope }: Resource): string | undefined {
  return scope.account.kind === 'string' ? scope.account.value : undefined;
}
