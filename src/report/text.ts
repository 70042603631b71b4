import type { Finding } from '../findings/finding.js';
import type { PolicyMetadata } from '../findings/policy-metadata.js';
import type { ReportInput } from '../findings/report-input.js';
import { compareText } from '../source/compare-text.js';
import { renderDiagnostics } from './diagnostic-text.js';
import { renderFindingBlock } from './finding-text.js';
import { maskInput, toMask } from './mask.js';
import { renderSummary } from './summary-text.js';
import { clean, type TextOptions, toStyle } from './terminal-text.js';

/** The report for people: a block for each finding and each error, then what was read, judged and not known. */
export function renderText(input: ReportInput, options: TextOptions): string {
  return [...textParts(input, options)].join('');
}

/** As `renderText`, piece by piece: the whole of it may be too long for one text. */
export function* textParts(input: ReportInput, options: TextOptions): Iterable<string> {
  let isFirst = true;
  for (const lines of blocksOf(input, options)) {
    yield `${isFirst ? '' : '\n'}${lines.join('\n')}\n`;
    isFirst = false;
  }
}

interface PlacedFinding {
  /** The account and region that begin with it. */
  readonly heading?: string | undefined;
  readonly finding: Finding;
}

/** In their order; where they are of several live accounts, each account's together, a region after the other. */
function byAccount(findings: readonly Finding[]): readonly PlacedFinding[] {
  const isLive = ({ resource }: Finding) => resource.language === 'live';
  const accountOf = ({ resource }: Finding) => resource.account ?? resource.root;
  const live = findings.filter(isLive);
  if (new Set(live.map(accountOf)).size < 2) return findings.map((finding) => ({ finding }));
  const groups = new Map<string, Finding[]>();
  for (const finding of live) {
    const heading = `${accountOf(finding)}  ${finding.resource.region ?? 'global'}`;
    const others = groups.get(heading);
    if (others === undefined) groups.set(heading, [finding]);
    else others.push(finding);
  }
  const ordered = [...groups].sort(([a], [b]) => compareText(a, b));
  return [
    ...findings.filter((finding) => !isLive(finding)).map((finding) => ({ finding })),
    ...ordered.flatMap(([heading, own]) =>
      own.map((finding, index) => ({ heading: index === 0 ? `account ${clean(heading)}` : undefined, finding })),
    ),
  ];
}

function* blocksOf(input: ReportInput, options: TextOptions): Iterable<readonly string[]> {
  const masked = maskInput(input);
  const style = toStyle(options);
  const mask = toMask(input.secrets);
  const policies = new Map(masked.policies.map((policy) => [policy.id, policy]));
  const explained = new Set<string>();
  for (const { heading, finding } of byAccount(masked.findings)) {
    if (heading !== undefined) yield [style.bold(heading)];
    // Why a policy matters is said once, at its first finding.
    const why: PolicyMetadata | undefined = explained.has(finding.policy) ? undefined : policies.get(finding.policy);
    explained.add(finding.policy);
    yield renderFindingBlock(finding, { input: masked, style, mask, why });
  }
  yield* renderDiagnostics(masked, { style, mask });
  if (!style.isQuiet) yield* renderSummary(masked, style);
}
