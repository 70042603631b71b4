import type { Type } from '../model/type.js';

/** What a provider says of one resource or data source type. */
export interface ResourceSchema extends BlockSchema {
  readonly type: string;
}

export interface BlockSchema {
  readonly attributes: ReadonlyMap<string, AttributeSchema>;
  readonly blocks: ReadonlyMap<string, NestedBlockSchema>;
}

export interface AttributeSchema {
  readonly type: Type;
  readonly isRequired: boolean;
  readonly isOptional: boolean;
  readonly isComputed: boolean;
  readonly isSensitive: boolean;
  readonly isWriteOnly: boolean;
  readonly isDeprecated: boolean;
  /** What the provider plans when the attribute is not written (certain, extracted from real plans). */
  readonly default?: string | number | boolean | undefined;
  /** Where it is there, the default holds only under it, and otherwise the provider plans null. */
  readonly defaultWhen?: DefaultCondition | undefined;
  /**
   * Plans show null when the attribute is not written. An optional attribute that has neither this nor a default was seen
   * unset in no plan (or was planned differently): what it is when unset is not certain.
   */
  readonly isNullWhenUnset?: boolean | undefined;
}

/** A sibling has one of the values, its own default counted; null: the attribute or block is not written. */
export interface DefaultCondition {
  readonly sibling: string;
  readonly equals: readonly (string | null)[];
}

export interface NestedBlockSchema {
  readonly nesting: 'single' | 'group' | 'list' | 'set' | 'map';
  readonly minItems: number;
  /** 0: no maximum is published. */
  readonly maxItems: number;
  readonly isDeprecated?: boolean | undefined;
  /**
   * Plans have none when none is written. A list or set of blocks without this was seen unset in no plan, or the provider
   * computes it.
   */
  readonly isEmptyWhenUnset?: boolean | undefined;
  readonly block: BlockSchema;
}

/** Look-ups in the generated tables; undefined for what they do not know. */
export interface ProviderSchemas {
  resource(type: string): ResourceSchema | undefined;
  dataSource(type: string): ResourceSchema | undefined;
  /** The names of all resource types, sorted. */
  readonly resourceTypes?: readonly string[] | undefined;
}
