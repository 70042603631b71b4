/**
 * What the file of one resource type says, as plain data (`defineResourceType`). Keys of `Entries` are native names inside
 * their scope; the entry says where the value lives in normal form. What no entry names keeps its name: scalars as they
 * are, a block that may occur at most once as an object, every other block as a list.
 */
export interface ResourceType {
  /** Terraform's name; of a scope without a Terraform type, the scope's own (`aws_account`). */
  readonly type: string;
  readonly terraform?: { readonly attributes: Entries } | undefined;
  /** Several where several native types, or parts of one, are this type. */
  readonly cloudformation?: CloudFormationSide | readonly CloudFormationSide[] | undefined;
  readonly identity?: Identity | undefined;
  readonly companions?: readonly Mount[] | undefined;
  /** Path → what the attribute is when unset. Terraform's certain defaults come with the provider's schema instead. */
  readonly defaults?: Readonly<Record<string, Default>> | undefined;
  /** Path → why it cannot be said what the attribute is when unset. */
  readonly undetermined?: Readonly<Record<string, Undetermined>> | undefined;
  /** Paths of optional and computed attributes for which unset means that nothing happens: they read as null. */
  readonly nothing?: readonly string[] | undefined;
  /**
   * Paths whose change makes the provider destroy the resource and make another. The schema does not say which; those
   * that policies fix are held to plans of the provider by test/live/replacement.test.ts.
   */
  readonly replaces?: readonly string[] | undefined;
  readonly views?: Readonly<Record<string, View>> | undefined;
  /** Path (indexes left out) → the types that its value names. */
  readonly links?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /**
   * What only a live resource has, or is of use only there: in code it is not known, and a policy that it decides skips
   * what is written.
   */
  readonly live?: Readonly<Record<string, FieldShape>> | undefined;
  /** Other native types that are this one, with what they say by being another type. */
  readonly aliases?: Readonly<Record<string, Alias>> | undefined;
  readonly inherits?: readonly Inheritance[] | undefined;
  /** What CloudFormation has no word for, and why; a path stands for everything in it. */
  readonly terraformOnly?: Readonly<Record<string, string>> | undefined;
  readonly shape?: ShapeCorrections | undefined;
  /** The account, a region: it is there without being written, and resources lie in it. */
  readonly scope?: { readonly attributes: Readonly<Record<string, FieldShape>> } | undefined;
}

export interface CloudFormationSide {
  /** `AWS::S3::Bucket`; several where several native types are written alike. */
  readonly type: string | readonly string[];
  /** Scalars, lists of scalars and tags that no entry names are taken by their names where both schemas agree on the type. */
  readonly properties?: Entries | undefined;
  /** The attribute that `Ref` gives. Absent: where the schema's own answer is. */
  readonly ref?: string | undefined;
  /** What `Fn::GetAtt` gives. Absent: the attribute of that name. */
  readonly getAtt?: Readonly<Record<string, string>> | undefined;
  /** The native type is this one only where the property is there, or is not, or has one of the values. */
  readonly when?: { readonly property: string; readonly is: 'set' | 'unset' | readonly string[] } | undefined;
  /** One resource for each element of a list. */
  readonly each?: FanOut | undefined;
  /** Attributes that name the native resource itself, which is another type as well: `{ policy_arn: 'arn' }`. */
  readonly own?: Readonly<Record<string, string>> | undefined;
  readonly silent?: Silence | undefined;
  /** What it says by being this native type. */
  readonly set?: Readonly<Record<string, string | number | boolean>> | undefined;
  /** What CloudFormation takes where the property is not there, or an empty list, as the property's own value. */
  readonly absent?: Readonly<Record<string, AbsentProperty>> | undefined;
}

/** `to`: each element is the value of an attribute; without, its fields are properties besides the resource's own. */
export interface FanOut {
  readonly property: string;
  readonly to?: string | undefined;
}

export interface AbsentProperty {
  readonly value: PlainValue;
  readonly reference: string;
}

export type PlainValue = string | number | boolean | readonly PlainValue[] | { readonly [name: string]: PlainValue };

export interface Identity {
  /** Groups of attributes that are equal by definition. */
  readonly same: readonly (readonly string[])[];
  /** How far a value of the attribute is unique; attributes that are not named are not. */
  readonly unique?: Readonly<Record<string, 'global' | 'account' | 'region'>> | undefined;
  /** `arn:{partition}:s3:::{bucket}`; placeholders are attributes, `partition`, `account` and `region`. */
  readonly arn?: string | undefined;
}

export interface Default {
  /** Undetermined: versions of the provider differ in what they take. */
  readonly terraform?: DefaultValue | Undetermined | undefined;
  /**
   * `nothing`: unset means that nothing happens, though Terraform has a default. Where this says nothing and Terraform has
   * one, an unset attribute is unknown.
   */
  readonly cloudformation?: DefaultValue | OwnAttribute | Undetermined | 'nothing' | undefined;
  /**
   * Paths beside it one of which decides instead, where it is set, whatever the language: what is restored of a snapshot is
   * as encrypted as the snapshot.
   */
  readonly unless?: readonly string[] | undefined;
}

export interface DefaultValue {
  readonly value: string | number | boolean;
  readonly certainty: 'certain' | 'assumed';
  /** The page that says so. */
  readonly reference: string;
  /** It applies only where the sibling has one of these values. */
  readonly when?: { readonly sibling: string; readonly equals: readonly (string | number | boolean)[] } | undefined;
}

/** Unset means the resource itself: a bucket that logs into no named one logs into itself. */
export interface OwnAttribute {
  readonly own: string;
  readonly reference: string;
}

export interface Undetermined {
  readonly reason: string;
  /** The scope resource, or the attribute, that would decide. */
  readonly decidedBy?: string | undefined;
}

export interface Alias {
  readonly set?: Readonly<Record<string, string | number | boolean>> | undefined;
}

export interface Inheritance {
  /** The attributes of this type that name the other resource, first that is set: `launch_template.id`. */
  readonly from: readonly string[];
  readonly type: string;
  readonly attributes: readonly string[];
}

export interface ShapeCorrections {
  /** Native paths of blocks that mean at most one thing though the schema publishes no maximum. */
  readonly single?: readonly string[] | undefined;
  /** Native paths of blocks that are lists though the schema publishes a maximum of one. */
  readonly list?: readonly string[] | undefined;
  /** Native path → values that mean unset. */
  readonly unset?: Readonly<Record<string, readonly (string | number | boolean)[]>> | undefined;
}

/** `value`: the first of the paths at which something is. `list`: the values at all of them. */
export interface View {
  readonly kind: 'value' | 'list';
  readonly from: readonly ViewSource[];
}

export interface ViewSource {
  /** List elements are walked: `inline_policy.policy`. */
  readonly path: string;
}

/**
 * How companions are folded: into an object, a list (path ends in `[]`), or a list whose elements are told apart by a
 * name.
 */
export interface Mount {
  readonly kind: 'object' | 'list' | 'named';
  readonly path: string;
  readonly type: string;
  /** The companion's attribute that names the parent, in normal form; `roles[]`: each element names one. Absent: the scope. */
  readonly link?: string | undefined;
  /** The parent's attribute that it names. */
  readonly to?: string | undefined;
  /** The attribute of the companion that is the value; absent: all attributes but the link. */
  readonly value?: string | undefined;
  /** Attributes of the companion that are its value: the others stay away. Absent: all but the link and its own id. */
  readonly only?: readonly string[] | undefined;
  /** Only companions with one of these values of an attribute are folded here; absent counts as `unset`. */
  readonly when?: { readonly attribute: string; readonly equals: string | boolean; readonly unset?: string | boolean };
  /** The companion is a statement of the parent's policy. */
  readonly statement?: StatementForm | undefined;
  /** The companion makes several elements. */
  readonly explode?: Explosion | undefined;
  /** The element's attribute that tells elements apart. */
  readonly name?: string | undefined;
  /** Whether inline and standalone declarations fight (`conflict`, the default of objects) or add up. */
  readonly both?:
    | { readonly terraform?: 'conflict' | 'union'; readonly cloudformation?: 'conflict' | 'union' }
    | undefined;
}

/** Which attributes make up an Allow statement. */
export interface StatementForm {
  readonly sid?: string | undefined;
  readonly action: string;
  /** `*`, a service's name, an account's id or an ARN. */
  readonly principal: string;
  readonly conditions: readonly { readonly attribute: string; readonly test: string; readonly variable: string }[];
}

export interface Entries {
  readonly [native: string]: Entry;
}

/** A text is a rename, or a path where a scalar is lifted or lowered into objects. */
export type Entry =
  | string
  | ScalarEntry
  | BlockEntry
  | ExplodeEntry
  | DocumentEntry
  | PairsEntry
  | OtherSpellingEntry
  | NativeOnlyEntry
  | KeyedEntry
  | MapEntry
  | SplitEntry
  | UntranslatedEntry;

export interface ScalarEntry {
  readonly kind: 'scalar';
  readonly to: string;
  readonly convert: Conversion;
}

export type Conversion =
  | { readonly kind: 'words'; readonly words: Readonly<Record<string, string>> }
  | { readonly kind: 'normalise'; readonly words: Readonly<Record<string, string>>; readonly lower: boolean }
  /** A scalar is a list of one; with `field`, scalars are objects that have it. */
  | { readonly kind: 'list'; readonly field?: string | undefined }
  /** The only element of a list; with `field`, that field of it. */
  | { readonly kind: 'only'; readonly field?: string | undefined }
  /** A list of objects is a list of their fields. */
  | { readonly kind: 'fields'; readonly field: string }
  | { readonly kind: 'base64' }
  /** Chosen from the two schemas: `"8080"` is 8080. */
  | { readonly kind: 'type'; readonly to: 'string' | 'number' | 'bool' }
  | { readonly kind: 'chain'; readonly steps: readonly Conversion[] };

/**
 * `object`: at most one. `list`: any number. `single`: a native list that means at most one. `one`: a native object that
 * is a list of one. `hoist`: the fields are the parent's. `counted`: `{ Quantity, Items }`. `alike`: built the same way on
 * both sides, so that the blocks inside are taken by their names as well.
 */
export interface BlockEntry {
  readonly kind: 'object' | 'hoist' | 'list' | 'single' | 'one' | 'counted' | 'alike';
  readonly to?: string | undefined;
  readonly fields: Entries;
  readonly silent?: Silence | undefined;
}

/** Fields that say nothing where another has this value: ports of a rule for all protocols. */
export interface Silence {
  readonly attribute: string;
  readonly equals: string;
  readonly fields: readonly string[];
}

export interface ExplodeEntry extends Explosion {
  readonly kind: 'explode';
  readonly to: string;
  readonly fields: Entries;
}

export interface Explosion {
  /** Native attribute → the attribute of the element; each value gives one element. `own-id`: true gives the own id. */
  readonly from: Readonly<Record<string, string | { readonly ownId: string }>>;
  readonly silent?: Silence | undefined;
}

export interface DocumentEntry {
  readonly kind: 'document';
  readonly to?: string | undefined;
  readonly document: 'iam-policy' | 'json';
  /** `camel`: keys are recased to a lower first letter, except in the user's own maps. */
  readonly keys?: 'camel' | undefined;
  readonly freeMaps?: readonly string[] | undefined;
  /** What a JSON document holds, for policies that read it. */
  readonly fields?: FieldShape | undefined;
}

/** `string`, `number`, `bool`, `any`; `[x]` a list; `{ '*': x }` a map; an object of fields. */
export type FieldShape =
  | 'string'
  | 'number'
  | 'bool'
  | 'any'
  | readonly [FieldShape]
  | { readonly [field: string]: FieldShape };

export interface PairsEntry {
  readonly kind: 'pairs';
  readonly to: string;
  readonly key: string;
  readonly value: string;
}

export interface OtherSpellingEntry {
  readonly kind: 'otherSpelling';
  /** The native name of the canonical spelling. */
  readonly of: string;
  readonly entry: Entry;
}

export interface NativeOnlyEntry {
  readonly kind: 'nativeOnly';
  readonly reason?: string | undefined;
}

/** CloudFormation's `[{ Key, Value }]` with known keys ↔ attributes. */
export interface KeyedEntry {
  readonly kind: 'keyed';
  readonly key: string;
  readonly value: string;
  readonly entries: Readonly<Record<string, string | ScalarEntry>>;
}

/** A native map that is a list in normal form: `Key`, and `Value` or the fields of its objects, are lowered by `fields`. */
export interface MapEntry {
  readonly kind: 'map';
  readonly to: string;
  readonly fields: Entries;
}

/** Said in another way on both sides: what is written stays native, and the attribute is unknown where it is. */
export interface UntranslatedEntry {
  readonly kind: 'untranslated';
  readonly to: string;
}

/** One native list ↔ several attributes, first match wins. */
export interface SplitEntry {
  readonly kind: 'split';
  readonly cases: readonly SplitCase[];
}

export interface SplitCase {
  /** The field has one of these values; without values, it is there. The other field is not there. */
  readonly when?:
    | { readonly field: string; readonly in?: readonly string[] | undefined; readonly without?: string | undefined }
    | undefined;
  readonly entry: BlockEntry;
}
