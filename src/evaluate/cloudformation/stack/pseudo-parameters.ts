import { dnsSuffixOf, partitionOf } from '../../../model/partitions.js';
import { STRING } from '../../../model/type.js';
import { originAt, stringValue, unknownValue } from '../../../model/values.js';
import { sectionOf, type Template } from '../templates/template.js';
import type { ChoiceSubject } from '../terms/choice.js';
import { makeChoice } from '../terms/choice.js';
import type { Logic } from '../terms/formula.js';
import { type PlainTerm, sequenceTerm, type Term } from '../terms/term.js';
import { concatTexts } from '../terms/text.js';

/** What is known of the place to which a root is deployed. */
export interface Deployment {
  readonly region?: PlainTerm | undefined;
  readonly account?: PlainTerm | undefined;
  readonly stackName?: PlainTerm | undefined;
}

/** Names of regions and partitions other than the commercial one: then the partition is not assumed. */
const OTHER_PARTITIONS: readonly (readonly [string, RegExp])[] = [
  ['aws-cn', /\bcn-(?:north|northwest)-\d\b|\baws-cn\b/],
  ['aws-us-gov', /\bus-gov-(?:east|west)-\d\b|\baws-us-gov\b/],
];

/** The pseudo parameters of one root: its nested stacks share them, but for their names. */
export class PseudoParameters {
  readonly #terms = new Map<string, Term>();

  constructor(
    private readonly root: string,
    private readonly deployment: Deployment,
    private readonly template: Template,
    private readonly logic: Logic,
  ) {}

  /** Those of the stacks that a stack set makes, in accounts and regions that are not known. */
  ofStackSet(address: string): PseudoParameters {
    return new PseudoParameters(`${this.root}\0${address}`, {}, this.template, this.logic);
  }

  /** Equal for resources of one account and region. */
  get configuration(): string {
    return this.root;
  }

  /** Undefined for names that are none; `AWS::NoValue` is none, and what a stack is called is its own. */
  value(name: string): Term | undefined {
    const known = this.#terms.get(name);
    if (known !== undefined) return known;
    const term = this.#evaluate(name);
    if (term !== undefined) this.#terms.set(name, term);
    return term;
  }

  get region(): Term {
    return this.value('AWS::Region') ?? this.#unknown('AWS::Region');
  }

  get account(): Term {
    return this.value('AWS::AccountId') ?? this.#unknown('AWS::AccountId');
  }

  get partition(): Term {
    return this.value('AWS::Partition') ?? this.#unknown('AWS::Partition');
  }

  #evaluate(name: string): Term | undefined {
    switch (name) {
      case 'AWS::Region':
        return this.deployment.region ?? this.#unknown(name);
      case 'AWS::AccountId':
        return this.deployment.account ?? this.#unknown(name);
      case 'AWS::StackName':
        return this.deployment.stackName ?? this.#unknown(name);
      case 'AWS::Partition':
        return this.#byPartition((partition) => partition);
      case 'AWS::URLSuffix':
        return this.#byPartition((partition) => dnsSuffixOf(stringValue(partition)) ?? 'amazonaws.com');
      case 'AWS::NotificationARNs': {
        const why = { reason: 'variable-without-value', subject: name } as const;
        return sequenceTerm([], undefined, why, `${this.root}\0${name}`);
      }
      default:
        return undefined;
    }
  }

  #unknown(name: string): PlainTerm {
    const reason = name === 'AWS::StackName' ? 'variable-without-value' : 'provider-configuration';
    return unknownValue(reason, { subject: name, type: STRING, identity: `${this.root}\0${name}`, notNull: true });
  }

  /** By the region; else assumed, unless the template shows that it is for several partitions. */
  #byPartition(text: (partition: string) => string): Term {
    const { region } = this.deployment;
    if (region?.kind === 'string') return stringValue(text(partitionOf(region.value)), region.origin);
    const written = writtenText(this.template);
    const others = OTHER_PARTITIONS.filter(([, pattern]) => pattern.test(written)).map(([name]) => name);
    const start = { file: this.template.source, start: 0, end: 0 };
    if (others.length === 0) return stringValue(text('aws'), originAt(start, 'assumed-default', 'AWS::Partition'));
    const subject: ChoiceSubject = {
      cause: { reason: 'provider-configuration', subject: 'AWS::Partition' },
      label: 'AWS::Partition',
    };
    const names = ['aws', ...others];
    const variable = this.logic.variable(`${this.root}\0AWS::Partition`, subject.cause, names);
    const branches = names.map((name) => ({ guard: this.logic.is(variable, name), term: stringValue(text(name)) }));
    return makeChoice(branches, subject, this.logic);
  }
}

/** What CDK adds to each template to count itself names every region, and says nothing of the template. */
const METADATA_CONDITION = 'CDKMetadataAvailable';

function writtenText({ source: { text }, root }: Template): string {
  const condition = sectionOf(root, 'Conditions').get(METADATA_CONDITION)?.value;
  return condition === undefined ? text : text.slice(0, condition.start) + text.slice(condition.end);
}

/** The ARN of a stack: its last segment is made by CloudFormation. */
export function stackId(
  { partition, region, account }: Record<'partition' | 'region' | 'account', PlainTerm>,
  name: PlainTerm,
  identity: string,
): PlainTerm {
  const id = unknownValue('computed-by-provider', { subject: 'AWS::StackId', type: STRING, identity, notNull: true });
  const text = (value: string) => stringValue(value);
  const parts = [text('arn:'), partition, text(':cloudformation:'), region, text(':'), account, text(':stack/'), name];
  return concatTexts([...parts, text('/'), id], undefined);
}
