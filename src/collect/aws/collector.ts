import type { SnapshotGap, SnapshotJson } from '../../model/snapshot.js';

/** An input of an operation. `{Name}` in a text is the item's member; a text of nothing else is that member as it is. */
export type Template = boolean | number | string | readonly Template[] | { readonly [name: string]: Template };

export interface Pages {
  /** The member of the input that takes the token, and that of the answer that gives it. */
  readonly input: string;
  readonly output: string;
  /** The member that says whether there is more, where a token alone does not. */
  readonly more?: string;
  readonly limit?: readonly [name: string, most: number];
}

/** An error by its code, and what its message says where the code has other meanings as well. */
export type OffError = string | { readonly code: string; readonly says: RegExp };

/** What has to be made before an operation gives it: a report. Nothing of the account is changed by it. */
export interface Job {
  readonly start: Operation;
  /** Member of the operation's input → path in what starting answers. */
  readonly gives?: Readonly<Record<string, string>>;
  /** How the operation says that it is not ready: by an error, or in its answer. */
  readonly isPending: { readonly code: string } | Condition;
  /** How its answer says that it never will be. */
  readonly isFailed?: Condition;
  readonly everyMs: number;
  readonly atMostMs: number;
}

/** One read operation of an API, and what its errors mean. */
export interface Operation {
  /** `s3:GetPublicAccessBlock`: client and operation. */
  readonly call: string;
  /** The IAM action that it needs, which is not always called like the operation; null where it needs none. */
  readonly permission: string | null;
  /** Others that it needs as well. */
  readonly alsoNeeds?: readonly string[];
  readonly input?: { readonly [name: string]: Template };
  readonly pages?: Pages;
  /** Error code → the value that it stands for. */
  readonly absent?: Readonly<Record<string, SnapshotJson>>;
  /** Errors that say that the service is off here: known to be empty. */
  readonly notEnabled?: readonly OffError[];
  /** What is started before it is asked. */
  readonly job?: Job;
}

/** What is asked once an account and region, and gives the items. */
export interface ListOperation extends Operation {
  /** Where the items are in an answer: `Reservations.*.Instances.*`. */
  readonly items: string;
  /** The member without which an answer is malformed, if not the items' first; null where an empty answer is well-formed. */
  readonly proof?: string | null;
  /**
   * The items are texts of tables, Base64 of comma-separated values: each of their rows is one, by the names of the columns.
   * `madeAt` is the member that says when, which each row has as `@made`.
   */
  readonly table?: { readonly madeAt: string };
  /** It is asked for each of some, one after the other; what it gives has the name of that one as `@parent`. */
  readonly per?: Per;
  /** Where an item has its name, if several askings may give the same one. */
  readonly distinct?: string;
}

export interface Per {
  /** The member of the input that names the one. */
  readonly input: string;
  readonly values?: readonly string[];
  /** Lists whose items they are. */
  readonly of?: readonly ListOperation[];
  /** Where an item has its name; of several lists, in their order. */
  readonly id?: string | readonly string[];
  /** Members of the input beside it → where the one has them: `{ cluster: '@parent' }`. */
  readonly with?: Readonly<Record<string, string>>;
  /** Asks for so many at once; each has to be among the items, by its name there. What is given has no `@parent` then. */
  readonly batch?: { readonly most: number; readonly name: string };
  /** Where it has the account or region that it belongs to: it is not asked of those of another. */
  readonly own?: Readonly<Record<string, 'account' | 'region'>>;
  /** It is asked for what it gives, too. */
  readonly isTree?: boolean;
}

/** A list of one item that names the account in which alone a collector is told anything. */
export interface Requirement {
  readonly list: ListOperation;
  readonly path: string;
  /** Another account is told as well if it is in this list, which the others may not have. */
  readonly or?: { readonly list: ListOperation; readonly path: string };
}

export type Condition =
  | { readonly path: string; readonly equals: SnapshotJson }
  | { readonly path: string; readonly differs: SnapshotJson }
  | { readonly path: string; readonly exists: true }
  | { readonly path: string; readonly notBegins: string }
  /** The same as another path, or not told. */
  | { readonly path: string; readonly sameAs: string };

/** What is asked for each item. */
export interface ItemOperation extends Operation {
  /** The member of the answer that is the part; the whole answer where none is named. */
  readonly answer?: string;
  /** Where the elements are that are the part, if it comes in pages. */
  readonly items?: string;
  /** The member that says that the answer is not all of it: it is truncated then. */
  readonly more?: string;
  /** Members of which a well-formed answer has at least one. */
  readonly proof?: readonly string[];
  /** What an answer without that member means; otherwise it is malformed. */
  readonly emptyMeans?: SnapshotJson;
  /** Error codes of an item that vanished since it was listed: it is dropped. */
  readonly gone?: readonly string[];
  /** Over the item and the parts before: `describe.KeyManager`. */
  readonly when?: readonly Condition[];
  /** Paths of the resource that are unknown without it. */
  readonly feeds: readonly string[];
  /** It costs a call or more for each item, and is asked only on request. */
  readonly isDeep?: boolean;
}

/** Asks for the region of an item; some have a name from before there were others. */
export interface Locating extends ItemOperation {
  readonly aliases?: Readonly<Record<string, string>>;
}

/** Another list of the region, of which each item takes what belongs to it. */
export interface Join {
  readonly from: ListOperation;
  /** Path of the item, path of the other: they belong together where a value is the same. The whole list where it is left out. */
  readonly on?: readonly [string, string];
  /** Every value of the item's path has to be in the other list. */
  readonly isWhole?: boolean;
  readonly feeds: readonly string[];
}

/** A member of an answer or of a projection: what is undefined is left out. */
export type Loose = SnapshotJson | undefined | readonly Loose[] | { readonly [name: string]: Loose };

export type Parts = Readonly<Record<string, SnapshotJson | undefined>>;

/** A resource in the shape of its CloudFormation type. */
export interface Projection {
  readonly properties: { readonly [name: string]: Loose };
  readonly live?: { readonly [name: string]: Loose };
  /** Resources of their own that the same answers hold. */
  readonly also?: readonly Companion[];
  /** What the answers say that they do not know. */
  readonly gaps?: readonly SnapshotGap[];
}

export interface Companion {
  readonly type: string;
  readonly id: string;
  readonly properties: { readonly [name: string]: Loose };
  /** What only the live one has. */
  readonly live?: { readonly [name: string]: Loose } | undefined;
}

export interface Collector {
  /** A type of CloudFormation; where it has none, a type of Terraform's or a scope (`aws_region`). */
  readonly type: string;
  readonly service: string;
  /** Of the projection: it changes where the same answers give other records. */
  readonly version: number;
  readonly scope: 'account' | 'region';
  /** Partitions that the service is not in, where the SDK would ask that of another. */
  readonly absentIn?: readonly string[];
  readonly requires?: Requirement;
  /** None where the item is the account or the region itself. */
  readonly list?: ListOperation;
  /** Which of the listed are resources of this type: over the item, `@account` and `@region`. */
  readonly only?: readonly Condition[];
  /** Path of the item's region, where the list is the account's and the items are the regions'. */
  readonly region?: string;
  /** What tells the region of an item that the list gives without one. */
  readonly locate?: Locating;
  readonly each?: Readonly<Record<string, ItemOperation>>;
  readonly joins?: Readonly<Record<string, Join>>;
  /** Types of the resources beside it, and what tells all of them. */
  readonly beside?: Readonly<Record<string, string>>;
  /** Which of the items are resources of this type, once their parts are known. */
  readonly keep?: readonly Condition[];
  /** Properties that the list tells; where it leaves one out, it does not apply. */
  readonly tells?: readonly string[];
  /** Path of what the service calls it. */
  readonly id: string;
  /** Over the item and `@partition`, `@region`, `@account`. */
  readonly arn?: string;
  /** Properties of the type that no operation tells: a test holds a type's properties to be here or told. */
  readonly unread?: readonly string[];
  /** Properties whose order means nothing. */
  readonly sets?: readonly string[];
  /** Facts beside the properties that change from day to day: they are written apart. */
  readonly usage?: readonly string[];
  /** Paths of properties whose texts are kept back: `Environment.Variables.*`. */
  readonly secrets?: readonly string[];
  /** Pure: never spreads an answer, so that what is written is what is named here. A part that failed is undefined. */
  readonly project: (item: SnapshotJson, parts: Parts) => Projection;
}

/** What an answer does not say, though all went well: that is no failure. */
export function notTold(path: string, operation: string): SnapshotGap {
  return { path, operation, state: 'not-enabled', permission: null, code: 'NotTold' };
}

/** All operations of a collector. */
export function operationsOf(collector: Collector): readonly Operation[] {
  const { locate, each = {}, joins = {} } = collector;
  const asked: readonly Operation[] = [
    ...listsOf(collector),
    ...(locate === undefined ? [] : [locate]),
    ...Object.values(joins).flatMap(({ from }) => withParents(from)),
    ...Object.values(each),
  ];
  return asked.flatMap((operation) => (operation.job === undefined ? operation : [operation.job.start, operation]));
}

/** What has to be listed to know which items there are. */
export function listsOf({ requires, list }: Collector): readonly ListOperation[] {
  return [...(requires === undefined ? [] : [requires.list]), ...(list === undefined ? [] : withParents(list))];
}

/** A list, and before it those whose items it is asked for. */
export function withParents(list: ListOperation): readonly ListOperation[] {
  return [...(list.per?.of ?? []).flatMap(withParents), list];
}
