import type { IamAction } from '../../schemas/iam-action-table.js';

/** A resource as the catalogue writes it: the parts of an ARN that name it. */
export interface ArnForm {
  readonly service: string;
  /** `object`, `table`: the type's name in the catalogue. */
  readonly type: string;
  /** Up to the last name that it has: `arn:aws:s3:::orders/`. */
  readonly container: string;
  readonly leaf: string;
  /** What is behind the last name. */
  readonly end: string;
  /** The last name is one of a thing within a named one: an object of a bucket, an index of a table. */
  readonly isWithin: boolean;
  /** There are as many as work is done: objects, streams, tasks. */
  readonly isOfMany: boolean;
}

/** The form of an ARN, by the resource types of an action; undefined where none of them is like it. */
export function formOf(arn: string, { name, resourceTypes }: IamAction): ArnForm | undefined {
  const service = name.slice(0, name.indexOf(':'));
  for (const type of resourceTypes) {
    for (const template of type.arns) {
      const compiled = compile(template);
      const names = compiled.pattern.exec(arn);
      if (names === null) continue;
      const leaf = names[2] ?? '';
      const of = template.split(':')[2] ?? service;
      return {
        service: of,
        type: type.name,
        container: names[1] ?? '',
        leaf,
        end: names[3] ?? '',
        isWithin: compiled.nameCount > 1,
        isOfMany: OF_MANY.has(`${of}:${type.name.toLowerCase()}`),
      };
    }
  }
  return undefined;
}

interface CompiledTemplate {
  /** What is before the last name, that name, and what is behind it. */
  readonly pattern: RegExp;
  readonly nameCount: number;
}

const compiled = new Map<string, CompiledTemplate>();

function compile(template: string): CompiledTemplate {
  const known = compiled.get(template);
  if (known !== undefined) return known;
  const parts = template.split(/(\$\{[^}]+\})/);
  const names = parts.filter((part) => part.startsWith('${') && !(part.slice(2, -1) in PLACES));
  const last = parts.lastIndexOf(names.at(-1) ?? '');
  const text = parts.map((part) => (part.startsWith('${') ? classOf(part.slice(2, -1)) : escaped(part)));
  const [before, leaf, after] =
    names.length === 0
      ? [text.join(''), '', '']
      : [text.slice(0, last).join(''), text[last] ?? '', text.slice(last + 1).join('')];
  // The text of an ARN is matched by classes that end at delimiters: nothing is tried again and again.
  const made = { pattern: new RegExp(`^(${before})(${leaf})(${after})$`, 's'), nameCount: names.length };
  compiled.set(template, made);
  return made;
}

/** Parts of an ARN that say where, and not what. */
const PLACES: Readonly<Record<string, string>> = { Partition: '[a-z-]+', Region: '[a-z0-9-]*', Account: '[0-9]*' };

function classOf(variable: string): string {
  const place = PLACES[variable];
  if (place !== undefined) return place;
  if (WITH_ANYTHING.test(variable)) return '.+';
  // Its version or alias; the end of a group's ARN in policies.
  if (variable === 'FunctionName') return '[^:/]+(?::[^:/]+)?';
  if (variable === 'LogGroupName') return '[^:]+(?::\\*)?';
  return WITH_SLASHES.test(variable) ? '[^:]+' : '[^:/]+';
}

/** Names that may hold slashes, and those that may hold colons too. */
const WITH_ANYTHING = /^(ObjectName|LogStreamName)$/;
const WITH_SLASHES = /WithPath$|^(SecretId|ParameterName.*|RepositoryName|Alias|KeyAlias|.*Path)$/;

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * Types whose resources come and go with the work that is done: a list of those that were seen says nothing of those that
 * will be. Service Authorization Reference, "Resource types".
 */
const OF_MANY: ReadonlySet<string> = new Set([
  'batch:job',
  'cloudformation:changeset',
  'codebuild:build',
  'dynamodb:stream',
  'ecs:container-instance',
  'ecs:task',
  'ecs:task-definition',
  'elasticmapreduce:cluster',
  'logs:log-stream',
  's3:accesspointobject',
  's3:object',
  's3express:object',
  'sagemaker:processing-job',
  'sagemaker:training-job',
  'sagemaker:transform-job',
  'ssm:automation-execution',
  'ssm:session',
  'states:execution',
  'states:express',
]);

/** Types of which a call names one: an object or one behind an access point, a table or an index of it. */
const ONE_OF_TYPES: readonly ReadonlySet<string>[] = [
  'dynamodb:index dynamodb:table',
  'dynamodb:stream dynamodb:table',
  'events:event-bus events:event-busv2',
  'events:rule-on-custom-event-bus events:rule-on-default-event-bus',
  'kinesis:consumer kinesis:stream',
  'lambda:function\u00a0alias lambda:function\u00a0version',
  's3:accesspoint s3:bucket',
  's3:accesspointobject s3:object',
  's3express:accesspoint s3express:bucket',
  'states:execution states:express',
].map((types) => new Set(types.split(' ').map((type) => type.replace('\u00a0', ' '))));

/**
 * Whether a call is about one resource. Of other actions with several types a call may need one of each (an instance, its
 * subnet, its image), of which an event names some: the catalogue does not say which.
 */
export function isAboutOne({ name, level, resourceTypes }: IamAction): boolean {
  if (resourceTypes.length <= 1 || level === 'Tagging') return true;
  const service = name.slice(0, name.indexOf(':'));
  return ONE_OF_TYPES.some((types) => resourceTypes.every((type) => types.has(`${service}:${type.name}`)));
}
