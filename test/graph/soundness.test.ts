import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CERTAIN } from '../../src/model/raw-resource.js';
import type { Value } from '../../src/model/value.js';
import { raw, reference, toPlain, toReference } from '../support/raw-resource.js';
import { unknown } from '../support/to-value.js';
import { build } from './build.js';

type LinkKind = 'reference a' | 'reference b' | 'literal a' | 'literal z' | 'unknown x' | 'unknown y' | 'either';

interface Companion {
  readonly link: LinkKind;
  readonly status: 'Enabled' | 'Suspended';
  /** The companion is perhaps not there. */
  readonly isUnsure: boolean;
}

interface Configuration {
  readonly inline: readonly (boolean | undefined)[];
  readonly companions: readonly Companion[];
}

/** How everything unknown turns out. */
interface Outcome {
  readonly x: string;
  readonly y: string;
  readonly either: 'a' | 'b';
  readonly exists: readonly boolean[];
}

const configurations: fc.Arbitrary<Configuration> = fc.record({
  inline: fc.tuple(fc.constantFrom(undefined, true, false), fc.constantFrom(undefined, undefined, true)),
  companions: fc.array(
    fc.record({
      link: fc.constantFrom<LinkKind>(
        'reference a',
        'reference b',
        'literal a',
        'literal z',
        'unknown x',
        'unknown y',
        'either',
      ),
      status: fc.constantFrom('Enabled' as const, 'Suspended' as const),
      isUnsure: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
});

const names = fc.constantFrom('a', 'b', 'z');
const outcomes: fc.Arbitrary<Outcome> = fc.record({
  x: names,
  y: names,
  either: fc.constantFrom('a' as const, 'b' as const),
  exists: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
});

/** The graph's two buckets; with an outcome, nothing in the configuration is unknown. */
function versioningOf({ inline, companions }: Configuration, outcome?: Outcome): readonly (Value | undefined)[] {
  const buckets = ['a', 'b'].map((name, index) => {
    const enabled = inline[index];
    return raw(`aws_s3_bucket.${name}`, { bucket: name, ...(enabled !== undefined && { versioning: [{ enabled }] }) });
  });
  const resources = companions.flatMap(({ link, status, isUnsure }, index) => {
    if (outcome !== undefined && isUnsure && outcome.exists[index] !== true) return [];
    const existence =
      isUnsure && outcome === undefined
        ? ({ kind: 'unknown', reason: 'variable-without-value', subject: `var.e${index}` } as const)
        : CERTAIN;
    const values = { bucket: linkValue(link, outcome), versioning_configuration: [{ status }] };
    return [raw(`aws_s3_bucket_versioning.c${index}`, values, { existence })];
  });
  const { at } = build([...buckets, ...resources]);
  return ['a', 'b'].map((name) => at(`aws_s3_bucket.${name}`)?.values.entries.get('versioning'));
}

function linkValue(link: LinkKind, outcome: Outcome | undefined): unknown {
  switch (link) {
    case 'reference a':
    case 'reference b':
      return reference(`aws_s3_bucket.${link.slice(-1)}.id`);
    case 'literal a':
    case 'literal z':
      return link.slice(-1);
    case 'unknown x':
      return outcome === undefined ? unknown('x') : outcome.x;
    case 'unknown y':
      return outcome === undefined ? unknown('y') : outcome.y;
    case 'either':
      return outcome === undefined
        ? unknown('either', { refersTo: ['a', 'b'].map((name) => toReference(`aws_s3_bucket.${name}.id`)) })
        : reference(`aws_s3_bucket.${outcome.either}.id`);
  }
}

/** Whether what is said of a value holds for what it turns out to be. */
function covers(said: Value | undefined, real: Value | undefined): boolean {
  // Two declarations that fight are unknown even when everything else is known. That a companion which may be another
  // bucket's fights with this one's own is not expected.
  if (real?.kind === 'unknown') return true;
  if (said?.kind === 'unknown') {
    if (said.alternatives === undefined) return true;
    return said.alternatives.some((alternative) =>
      alternative.kind === 'absent' ? real === undefined : covers(alternative, real),
    );
  }
  return JSON.stringify(toPlain(said)) === JSON.stringify(toPlain(real));
}

describe('the value of a mount', () => {
  it('holds for every way in which links and existence can turn out', () => {
    fc.assert(
      fc.property(configurations, outcomes, (configuration, outcome) => {
        const said = versioningOf(configuration);
        const real = versioningOf(configuration, outcome);
        said.forEach((value, index) => {
          expect(covers(value, real[index]), JSON.stringify([toPlain(value), toPlain(real[index])])).toBe(true);
        });
      }),
      { numRuns: 400 },
    );
  });
});

interface Rule {
  readonly port: number;
  readonly link: 'own' | 'other' | 'either';
  readonly isUnsure: boolean;
  readonly type: 'ingress' | 'egress' | 'unknown';
  readonly sources: 'one' | 'none' | 'unknown';
}

const rules = fc.array(
  fc.record({
    port: fc.constantFrom(22, 443),
    link: fc.constantFrom('own' as const, 'other' as const, 'either' as const),
    isUnsure: fc.boolean(),
    type: fc.constantFrom('ingress' as const, 'egress' as const, 'unknown' as const),
    sources: fc.constantFrom('one' as const, 'none' as const, 'unknown' as const),
  }),
  { maxLength: 3 },
);

interface RuleOutcome {
  readonly exists: boolean;
  readonly isOwn: boolean;
  readonly isIngress: boolean;
  readonly sources: readonly string[];
}

const ruleOutcomes = fc.array(
  fc.record({
    exists: fc.boolean(),
    isOwn: fc.boolean(),
    isIngress: fc.boolean(),
    sources: fc.constantFrom([], ['10.0.0.0/8'], ['10.0.0.0/8', '0.0.0.0/0']),
  }),
  { minLength: 3, maxLength: 3 },
);

function ingressOf(configured: readonly Rule[], turned?: readonly RuleOutcome[]): Value | undefined {
  const resources = configured.flatMap(({ port, link, isUnsure, type, sources }, index) => {
    const outcome = turned?.[index];
    if (outcome !== undefined && isUnsure && !outcome.exists) return [];
    const values = {
      type:
        type === 'unknown'
          ? outcome === undefined
            ? unknown(`t${index}`)
            : outcome.isIngress
              ? 'ingress'
              : 'egress'
          : type,
      security_group_id: groupOf(link, outcome),
      protocol: 'tcp',
      from_port: port,
      to_port: port,
      cidr_blocks: sourcesOf(sources, index, outcome),
    };
    const existence =
      isUnsure && outcome === undefined ? ({ kind: 'unknown', reason: 'variable-without-value' } as const) : CERTAIN;
    return [raw(`aws_security_group_rule.r${index}`, values, { existence })];
  });
  const { at } = build([raw('aws_security_group.own', {}), raw('aws_security_group.other', {}), ...resources]);
  return at('aws_security_group.own')?.values.entries.get('ingress');
}

function groupOf(link: Rule['link'], outcome: RuleOutcome | undefined): Value {
  if (link !== 'either') return reference(`aws_security_group.${link}.id`);
  if (outcome !== undefined) return reference(`aws_security_group.${outcome.isOwn ? 'own' : 'other'}.id`);
  return unknown('group', { refersTo: ['own', 'other'].map((name) => toReference(`aws_security_group.${name}.id`)) });
}

function sourcesOf(sources: Rule['sources'], index: number, outcome: RuleOutcome | undefined): unknown {
  if (sources === 'one') return ['10.0.0.0/8'];
  // A rule without any source is no rule of Terraform's; it is one element all the same.
  if (sources === 'none') return [];
  return outcome === undefined
    ? unknown(`s${index}`, { type: { kind: 'list', element: { kind: 'string' } } })
    : outcome.sources.length === 0
      ? ['172.16.0.0/12']
      : outcome.sources;
}

describe('the elements of a list mount', () => {
  it('hold for every way in which links, existence and sources can turn out', () => {
    fc.assert(
      fc.property(rules, ruleOutcomes, (configured, turned) => {
        const said = ingressOf(configured);
        const real = ingressOf(configured, turned);
        const elements = real?.kind === 'list' ? real.elements : [];
        const known = said?.kind === 'list' ? said : undefined;
        const sure = (known?.elements ?? []).filter((_, index) => known?.existence?.get(index) === undefined);
        expect(sure.every((element) => elements.some((one) => coversElement(element, one)))).toBe(true);
        const isExplained = (one: Value) => (known?.elements ?? []).some((element) => coversElement(element, one));
        expect(known?.rest !== undefined || elements.every(isExplained)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});

function coversElement(said: Value, real: Value): boolean {
  if (said.kind === 'unknown') return true;
  if (said.kind !== 'object' || real.kind !== 'object') return covers(said, real);
  const fields = new Set([...said.entries.keys(), ...real.entries.keys()]);
  return [...fields].every((name) => covers(said.entries.get(name), real.entries.get(name)));
}
