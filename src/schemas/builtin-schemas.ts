import { DYNAMIC, mapOf, STRING, type Type } from '../model/type.js';
import type { AttributeSchema, ProviderSchemas, ResourceSchema } from './schema.js';

const NO_FLAGS: Omit<AttributeSchema, 'type'> = {
  isRequired: false,
  isOptional: false,
  isComputed: false,
  isSensitive: false,
  isWriteOnly: false,
  isDeprecated: false,
};

const required = (type: Type): AttributeSchema => ({ ...NO_FLAGS, type, isRequired: true });
const optional = (type: Type): AttributeSchema => ({ ...NO_FLAGS, type, isOptional: true, isNullWhenUnset: true });
const computed = (type: Type): AttributeSchema => ({ ...NO_FLAGS, type, isComputed: true });

/** [`terraform_data`](https://developer.hashicorp.com/terraform/language/resources/terraform-data). */
const terraformData = flat('terraform_data', {
  id: computed(STRING),
  input: optional(DYNAMIC),
  output: computed(DYNAMIC),
  triggers_replace: optional(DYNAMIC),
});

/** [`terraform_remote_state`](https://developer.hashicorp.com/terraform/language/state/remote-state-data). */
const terraformRemoteState = flat('terraform_remote_state', {
  backend: required(STRING),
  config: optional(DYNAMIC),
  defaults: optional(DYNAMIC),
  outputs: computed(DYNAMIC),
  workspace: optional(STRING),
});

/** [`null_resource`](https://registry.terraform.io/providers/hashicorp/null/latest/docs/resources/resource). */
const nullResource = flat('null_resource', {
  id: computed(STRING),
  triggers: optional(mapOf(STRING)),
});

/** [`null_data_source`](https://registry.terraform.io/providers/hashicorp/null/latest/docs/data-sources/data_source). */
const nullDataSource = flat('null_data_source', {
  has_computed_default: { ...NO_FLAGS, type: STRING, isOptional: true, isComputed: true },
  id: computed(STRING),
  inputs: optional(mapOf(STRING)),
  outputs: computed(mapOf(STRING)),
  random: computed(STRING),
});

const RESOURCES = new Map([terraformData, nullResource].map((schema) => [schema.type, schema]));
const DATA_SOURCES = new Map([terraformRemoteState, nullDataSource].map((schema) => [schema.type, schema]));

/** The types of Terraform's built-in provider and of `hashicorp/null`. */
export const builtinSchemas: ProviderSchemas = {
  resource: (type) => RESOURCES.get(type),
  dataSource: (type) => DATA_SOURCES.get(type),
};

function flat(type: string, attributes: Readonly<Record<string, AttributeSchema>>): ResourceSchema {
  return { type, attributes: new Map(Object.entries(attributes)), blocks: new Map() };
}
