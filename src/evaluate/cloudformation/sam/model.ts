import type { Diagnostic } from '../../../source/diagnostic.js';
import type { SourceFile } from '../../../source/source-file.js';
import type { DataEntry, DataMapping, DataNode } from '../../../syntax/data/ast.js';
import type { Draft, DraftMapping, Place } from './nodes.js';

export interface SamContext {
  readonly source: SourceFile;
  /** The text of the parameters whose value is known: given, or by default. The others decide nothing. */
  readonly parameters: ReadonlyMap<string, string>;
  /** The partition of the region, where it is known; `aws` else. */
  readonly partition?: string | undefined;
  /** The data in a file, by its path from the template's folder; undefined where there is none that can be read. */
  readonly readDocument?: ((path: string) => DataNode | undefined) | undefined;
}

/** One SAM resource with the properties that Globals add. */
export interface SamResource {
  readonly id: string;
  /** `Function` for `AWS::Serverless::Function`. */
  readonly type: string;
  /** Where its logical id is written: the place of everything that no property caused. */
  readonly place: Place;
  /** The resource as it is written. */
  readonly written: DataMapping;
  readonly properties: DataMapping;
  /** The SAM resource of the template that it belongs to: itself, but for APIs that events imply. */
  readonly declaredIn: string;
}

export interface Expansion {
  readonly context: SamContext;
  readonly template: DataMapping;
  /** What is written under `Resources`, later with changes that events and connectors make to it. */
  readonly written: Map<string, DataEntry>;
  readonly resources: Map<string, SamResource>;
  readonly generated: Map<string, DataEntry>;
  readonly conditions: Map<string, DataEntry>;
  readonly declaredIn: Map<string, string>;
  /** `F.Alias` → the logical id of the generated resource. */
  readonly names: Map<string, string>;
  /** The role that was generated for a resource. */
  readonly roles: Map<string, string>;
  /** By the sort and the logical id of the API: its routes by method and path. */
  readonly routes: Map<string, Map<string, Route>>;
  /** What several resources add to one, set when all are read. */
  readonly gathered: Map<string, Gathered>;
  /** The texts of which ids are made by a hash, by the id's beginning. */
  readonly hashedTexts: Map<string, Set<string>>;
  /** How many entries and items merging with Globals has made. */
  readonly merged: { count: number };
  readonly diagnostics: Diagnostic[];
}

export interface Gathered {
  readonly lists: Map<string, Draft[]>;
  readonly finish: (listOf: (name: string) => readonly Draft[]) => void;
}

export interface Generated {
  readonly id: string;
  readonly type: string;
  readonly place: Place;
  readonly properties?: DraftMapping | undefined;
  /** `DependsOn`, `Metadata`, `UpdatePolicy`; and what replaces the owner's `Condition` and `DeletionPolicy`. */
  readonly attributes?: DraftMapping | undefined;
}

/** What a role is to hold; filled by `Policies`, by properties that need rights, and by events. */
export interface RolePolicies {
  readonly managed: Draft[];
  readonly inline: Draft[];
}

/** What an event starts. */
export interface EventTarget {
  readonly kind: 'function' | 'state-machine';
  /** The logical id that is invoked: the alias, where one is published. */
  readonly id: string;
  readonly arn: Draft;
  /** The owner's tags, where `PropagateTags` hands them on. */
  readonly propagatedTags: readonly DataEntry[] | undefined;
}

export interface FunctionTarget extends EventTarget {
  readonly kind: 'function';
  readonly name: Draft;
  /** As it stands in an `Fn::Sub`. */
  readonly uri: string;
  readonly policies: RolePolicies;
}

export interface StateMachineTarget extends EventTarget {
  readonly kind: 'state-machine';
}

export interface SamEvent<Target extends EventTarget = EventTarget> {
  readonly owner: SamResource;
  /** As it is written under `Events`. */
  readonly name: string;
  /** The logical id that the service makes of it. */
  readonly id: string;
  readonly type: string;
  /** Where the event's name is written. */
  readonly place: Place;
  readonly properties: DataMapping;
  readonly target: Target;
  /** The condition that the event has beside its owner's, with that one. */
  readonly condition?: string | undefined;
}

export type EventExpander<Target extends EventTarget> = (expansion: Expansion, event: SamEvent<Target>) => void;

/** One path and method that an event adds to an API. */
export interface Route {
  readonly kind: 'Api' | 'HttpApi';
  /** The logical id of the SAM resource that is the API. */
  readonly apiId: string;
  readonly path: string;
  /** In lower case, `x-amazon-apigateway-any-method` for every method. */
  readonly method: string;
  readonly event: SamEvent;
  /** The operation, without its security. */
  readonly operation: DraftMapping;
  /** The integration calls with the role of a state machine's event, not with the caller's rights. */
  readonly hasRole: boolean;
}
