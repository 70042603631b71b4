import type { RawResource } from '../model/raw-resource.js';
import type { Member, Resource, ResourceKey } from '../model/resource.js';
import type { ObjectValue } from '../model/value.js';
import type { TypeModel } from './type-model.js';

/** A resource on its way through the graph: lowered, then linked, folded, completed. */
export interface Node {
  readonly key: ResourceKey;
  readonly raw: RawResource;
  readonly model: TypeModel;
  readonly presence: Resource['presence'];
  values: ObjectValue;
  readonly members: Member[];
  readonly declaredIn: Map<string, string>;
}
