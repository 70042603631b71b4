import type { Finding } from '../findings/finding.js';
import type { PolicyMetadata } from '../findings/policy-metadata.js';
import type { ReportInput } from '../findings/report-input.js';
import { compareText } from '../source/compare-text.js';
import { renderDiagnostics } from './diagnostic-text.js';
import { renderFindingBlock, renderLiveBlock } from './finding-text.js';
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

interface Group {
  /** The account and region that begin with it. */
  readonly heading?: string | undefined;
  /** One; of live resources all that one policy says the same of. */
  readonly findings: readonly [Finding, ...Finding[]];
}

/**
 * In their order. Of what is live a policy's findings are one; where there are several accounts, each account's are
 * together, a region after the other.
 */
function groupsOf(findings: readonly Finding[]): readonly Group[] {
  const live = findings.filter(isLive);
  if (live.length === 0) return findings.map((finding) => ({ findings: [finding] }));
  const written = findings.filter((finding) => !isLive(finding)).map((finding): Group => ({ findings: [finding] }));
  const accountOf = ({ resource }: Finding) => resource.account ?? resource.root;
  if (new Set(live.map(accountOf)).size < 2) return [...written, ...byPolicy(live)];
  const places = groupBy(live, (finding) => `${accountOf(finding)}  ${finding.resource.region ?? 'global'}`);
  const ordered = [...places].sort(([a], [b]) => compareText(a, b));
  return [
    ...written,
    ...ordered.flatMap(([place, own]) =>
      byPolicy(own).map((group, index) => ({ ...group, heading: index === 0 ? `account ${clean(place)}` : undefined })),
    ),
  ];
}

function isLive({ resource }: Finding): boolean {
  return resource.language === 'live';
}

function byPolicy(findings: readonly Finding[]): readonly Group[] {
  const groups = groupBy(findings, ({ policy, outcome, severity, suppression }) =>
    [policy, outcome, severity, suppression === null].join('\0'),
  );
  return [...groups.values()].map((own) => ({ findings: own }));
}

function groupBy(
  findings: readonly Finding[],
  keyOf: (finding: Finding) => string,
): ReadonlyMap<string, [Finding, ...Finding[]]> {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = keyOf(finding);
    const others = groups.get(key);
    if (others === undefined) groups.set(key, [finding]);
    else others.push(finding);
  }
  return groups;
}

function* blocksOf(input: ReportInput, options: TextOptions): Iterable<readonly string[]> {
  const masked = maskInput(input);
  const style = toStyle(options);
  const mask = toMask(input.secrets);
  const policies = new Map(masked.policies.map((policy) => [policy.id, policy]));
  const explained = new Set<string>();
  for (const { heading, findings } of groupsOf(masked.findings)) {
    if (heading !== undefined) yield [style.bold(heading)];
    const [first] = findings;
    // Why a policy matters is said once, at its first finding.
    const why: PolicyMetadata | undefined = explained.has(first.policy) ? undefined : policies.get(first.policy);
    explained.add(first.policy);
    const context = { input: masked, style, mask, why };
    yield isLive(first) ? renderLiveBlock(findings, context) : renderFindingBlock(first, context);
  }
  yield* renderDiagnostics(masked, { style, mask });
  if (!style.isQuiet) yield* renderSummary(masked, style);
}
