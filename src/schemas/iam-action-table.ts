import { invariant } from '../source/invariant.js';

/** How much an action can do: AWS Service Authorization Reference. */
export const ACCESS_LEVELS = ['List', 'Read', 'Write', 'Tagging', 'Permissions management'] as const;
export type AccessLevel = (typeof ACCESS_LEVELS)[number];

/** An action of a service. */
export interface IamAction {
  /** `s3:GetObject` */
  readonly name: string;
  readonly level: AccessLevel;
  /** The resources that it is about; none: its resource is `*`. */
  readonly resourceTypes: readonly IamResourceType[];
  /** Condition keys of the action and of its resource types, as written: `aws:ResourceTag/${TagKey}`. */
  readonly conditionKeys: readonly IamConditionKey[];
}

export interface IamResourceType {
  readonly name: string;
  /** `arn:${Partition}:s3:::${BucketName}/${ObjectName}`; some types have several. */
  readonly arns: readonly string[];
}

export interface IamConditionKey {
  readonly name: string;
  readonly isMultivalued: boolean;
  /** What its values are; ARNs and addresses are texts. */
  readonly kind: KeyKind;
}

export type KeyKind = 'text' | 'number' | 'date' | 'bool';

/** The mark before a key whose values are no single text. */
export const KEY_MARKS: ReadonlyMap<string, Omit<IamConditionKey, 'name'>> = new Map([
  ['*', { isMultivalued: true, kind: 'text' }],
  ['#', { isMultivalued: false, kind: 'number' }],
  ['@', { isMultivalued: false, kind: 'date' }],
  ['?', { isMultivalued: false, kind: 'bool' }],
]);

/** The actions of all services. */
export interface IamActions {
  /** The release of the data. */
  readonly version: string;
  /** Prefixes of services: `s3`. */
  readonly services: readonly string[];
  /** The actions of a service, by their names in lower case without its prefix; undefined for a service that is not known. */
  readonly actionsOf: (service: string) => ReadonlyMap<string, IamAction> | undefined;
  /** An action by its whole name, `s3:GetObject`, in any case. */
  readonly actionNamed: (name: string) => IamAction | undefined;
  /** Condition keys that the service publishes for some action. */
  readonly keysOf: (service: string) => readonly IamConditionKey[];
  /** Whether resource control policies bind the service. */
  readonly isBoundByRcps: (service: string) => boolean;
}

/**
 * A table of actions as text: the release, then a line a service, sorted, its parts divided by tabs: prefix, `r` where
 * resource control policies bind it; condition keys, divided by spaces, with a mark of `KEY_MARKS` before some; resource types
 * `name=arn|arn=keys`; actions `name.level.types.keys`. In ARNs `$P`, `$R` and `$A` stand for partition, region and account;
 * keys and types are places in their lists, in base 36, divided by commas; levels are places in `ACCESS_LEVELS`. Blanks, `=` and `%` are written `%20`, `%3D` and `%25`.
 *
 * `scripts/generate-iam-actions.ts` writes it. A service is decoded when it is first asked for.
 */
export function parseIamActions(text: string): IamActions {
  const [version = '', ...rows] = text.split('\n');
  const lines = new Map(rows.map((row) => [row.slice(0, row.indexOf('\t')), row]));
  const decoded = new Map<string, Service>();
  const serviceOf = (prefix: string): Service | undefined => {
    const known = decoded.get(prefix);
    const line = lines.get(prefix);
    if (known !== undefined || line === undefined) return known;
    const made = decodeService(line);
    decoded.set(prefix, made);
    return made;
  };
  return {
    version,
    services: [...lines.keys()],
    actionsOf: (service) => serviceOf(service)?.actions,
    actionNamed: (action) => {
      const [service = '', name = ''] = action.toLowerCase().split(':');
      return serviceOf(service)?.actions.get(name);
    },
    keysOf: (service) => serviceOf(service)?.keys ?? [],
    isBoundByRcps: (service) => serviceOf(service)?.isBoundByRcps === true,
  };
}

interface Service {
  readonly isBoundByRcps: boolean;
  readonly keys: readonly IamConditionKey[];
  readonly actions: ReadonlyMap<string, IamAction>;
}

function decodeService(line: string): Service {
  const [prefix = '', flags = '', keyList = '', typeList = '', actionList = ''] = line.split('\t');
  const keys = words(keyList).map((word): IamConditionKey => {
    const mark = KEY_MARKS.get(word.charAt(0));
    return {
      name: unescaped(mark === undefined ? word : word.slice(1)),
      ...(mark ?? { isMultivalued: false, kind: 'text' }),
    };
  });
  const types = words(typeList).map((word) => {
    const [name = '', arn = '', places = ''] = word.split('=');
    return { name: unescaped(name), arns: arn.split('|').map(expandArn), keys: pick(keys, places) };
  });
  const actions = words(actionList).map((word): IamAction => {
    const [name = '', level = '', typePlaces = '', keyPlaces = ''] = word.split('.');
    const own = pick(types, typePlaces);
    const accessLevel = ACCESS_LEVELS[Number(level)];
    invariant(accessLevel !== undefined, `"${word}" has no access level`);
    return {
      name: `${prefix}:${name}`,
      level: accessLevel,
      resourceTypes: own.map((type) => ({ name: type.name, arns: type.arns })),
      conditionKeys: [...new Set([...pick(keys, keyPlaces), ...own.flatMap((type) => type.keys)])],
    };
  });
  return {
    isBoundByRcps: flags.includes('r'),
    keys,
    actions: new Map(actions.map((action) => [action.name.slice(prefix.length + 1).toLowerCase(), action])),
  };
}

function words(list: string): string[] {
  return list === '' ? [] : list.split(' ');
}

function unescaped(word: string): string {
  return word.includes('%') ? decodeURIComponent(word) : word;
}

function pick<T>(list: readonly T[], places: string): T[] {
  if (places === '') return [];
  return places.split(',').map((place) => {
    const found = list[Number.parseInt(place, 36)];
    invariant(found !== undefined, `there is no place "${place}"`);
    return found;
  });
}

/** Short forms in the ARNs of the table. */
export const ARN_PARTS: readonly (readonly [string, string])[] = [
  ['$P', '\u0024{Partition}'],
  ['$R', '\u0024{Region}'],
  ['$A', '\u0024{Account}'],
];

function expandArn(arn: string): string {
  let expanded = unescaped(arn);
  for (const [short, long] of ARN_PARTS) expanded = expanded.replaceAll(short, long);
  return expanded;
}
