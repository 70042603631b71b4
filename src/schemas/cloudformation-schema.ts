import type { Type } from '../model/type.js';

/** What CloudFormation's registry says of one resource type. */
export interface CloudFormationSchema {
  readonly type: string;
  readonly properties: ReadonlyMap<string, PropertySchema>;
  /** What `Fn::GetAtt` gives, by its name: `Arn`, `Endpoint.Address`. */
  readonly attributes: ReadonlyMap<string, Type>;
  /**
   * The properties or attributes whose value `Ref` returns: one is exactly that value, several make up a text whose form
   * the schema does not say, none is an id of CloudFormation's own.
   */
  readonly ref: readonly string[];
}

export interface PropertySchema {
  /** Objects for definitions; `dynamic` for JSON and where a definition holds itself. */
  readonly type: Type;
  readonly isRequired: boolean;
  /** CloudFormation answers its change by replacing the resource. */
  readonly isCreateOnly?: boolean | undefined;
  /** The words that are allowed, where the schema names them. */
  readonly enum?: readonly string[] | undefined;
}

/** Look-ups in the generated table; undefined for what it does not know. */
export interface CloudFormationSchemas {
  resource(type: string): CloudFormationSchema | undefined;
  /** The names of all resource types, sorted. */
  readonly resourceTypes: readonly string[];
}
