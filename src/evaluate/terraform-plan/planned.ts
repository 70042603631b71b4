import type { SecretNotes } from '../../model/secret-notes.js';
import type { ProviderSchemas } from '../../schemas/schema.js';
import type { SourceFile } from '../../source/source-file.js';
import type { JsonNode } from '../../syntax/json/ast.js';
import type { Stretch } from './json-outline.js';
import type { Plain } from './plain.js';
import type { PlanKind } from './result.js';

/** Which resource it is. */
export interface ResourceIdentity {
  readonly address: string;
  /** `module.a["x"]`, empty in the root module. */
  readonly module: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  /** `[0]`, `["x"]`, or empty. */
  readonly key: string;
}

/** A resource as it is after a run, or as a state has it. */
export interface PlannedResource extends ResourceIdentity {
  /** Where it stands. */
  readonly range: Stretch;
  /** Reads what is in it: of a large plan that is done one by one. Undefined where it cannot be read. */
  readonly read: () => ResourceContent | undefined;
  /** The key of its provider configuration, where it is said beside the resource. */
  readonly providerKey?: string | undefined;
}

/** What a resource holds. */
export interface ResourceContent {
  /** Its values; undefined where nothing of it is known. */
  readonly node: JsonNode | undefined;
  /** The shape of the values, true where one is not known. */
  readonly unknown: Plain;
  /** The shape of the values, true where one is sensitive. */
  readonly sensitive: Plain;
}

/** What resources are read for, and where what is found on the way goes. */
export interface PlanContext {
  readonly kind: PlanKind;
  readonly root: string;
  readonly source: SourceFile;
  /** Values stand in the source; those of a binary plan stand nowhere. */
  readonly hasPlaces: boolean;
  /** Values of type `any` lie in an object that says their type. */
  readonly wrapsDynamic: boolean;
  readonly schemas: ProviderSchemas;
  readonly secrets: SecretNotes;
  readonly written: Map<string, Plain>;
  /** What is wrong with one resource, so that the others are read. */
  reportBroken(range: Stretch): void;
}
