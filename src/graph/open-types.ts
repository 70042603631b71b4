import type { AccountExtent, OmittedType, Unseen } from '../model/raw-resource.js';
import {
  type OpenTypes,
  type ResourceGraph,
  type ResourceKey,
  resourceKey,
  type UnseenType,
} from '../model/resource.js';
import type { ProviderSchemas } from '../schemas/schema.js';
import { cloudFormationModels } from './cloudformation-model.js';
import { SCOPE_TYPES } from './scopes.js';
import { modelOf } from './type-model.js';

/** What limits have left out, and what was seen of live accounts, by the names of the normal form. */
export function openTypesOf({
  omittedTypes = [],
  extents = [],
  schemas,
}: {
  readonly omittedTypes?: readonly OmittedType[] | undefined;
  readonly extents?: readonly AccountExtent[] | undefined;
  readonly schemas: ProviderSchemas;
}): Pick<ResourceGraph, 'openTypes' | 'unseen'> {
  const openTypes = new Map<string, OpenTypes & { readonly open: Map<string, Unseen> }>();
  for (const { root, type: native } of omittedTypes) {
    const { open } = openTypes.get(root) ?? { open: new Map<string, Unseen>() };
    const { type } = modelOf(schemas, native, 'managed');
    openTypes.set(root, { open: open.set(type, { reason: 'limit-reached', subject: type }) });
  }
  const unseen: UnseenType[] = [];
  for (const { root, scope: account, range, types } of extents) {
    const { open } = openTypes.get(root) ?? { open: new Map<string, Unseen>() };
    // Scopes are there without being listed.
    const complete = new Set<string>(SCOPE_TYPES);
    const openIn = new Map<string, Set<ResourceKey>>();
    openTypes.set(root, { open, complete, openIn, account: { scope: resourceKey(root, account), range } });
    for (const { type: native, unseen: missing } of types) {
      for (const type of normalTypes(schemas, native)) {
        if (missing === undefined) {
          complete.add(type);
          continue;
        }
        const { reason, subject, scope, isSelected, range: place } = missing;
        // What a limit has left out is open everywhere.
        const isOmitted = open.has(type) && !openIn.has(type);
        open.set(type, { reason, subject });
        if (!isOmitted) openIn.set(type, (openIn.get(type) ?? new Set()).add(resourceKey(root, scope)));
        if (isSelected) unseen.push({ type, scope: resourceKey(root, scope), reason, subject, range: place });
      }
    }
  }
  return { openTypes, unseen };
}

function normalTypes(schemas: ProviderSchemas, native: string): string[] {
  const models = native.includes('::') ? cloudFormationModels(schemas, native) : [modelOf(schemas, native, 'managed')];
  return [...new Set(models.map(({ type }) => type))];
}
