import type { PolicyMetadata } from '../findings/policy-metadata.js';
import type { ReportInput } from '../findings/report-input.js';
import { renderDiagnostics } from './diagnostic-text.js';
import { renderFindingBlock } from './finding-text.js';
import { maskInput, toMask } from './mask.js';
import { renderSummary } from './summary-text.js';
import { type TextOptions, toStyle } from './terminal-text.js';

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

function* blocksOf(input: ReportInput, options: TextOptions): Iterable<readonly string[]> {
  const masked = maskInput(input);
  const style = toStyle(options);
  const mask = toMask(input.secrets);
  const policies = new Map(masked.policies.map((policy) => [policy.id, policy]));
  const explained = new Set<string>();
  for (const finding of masked.findings) {
    // Why a policy matters is said once, at its first finding.
    const why: PolicyMetadata | undefined = explained.has(finding.policy) ? undefined : policies.get(finding.policy);
    explained.add(finding.policy);
    yield renderFindingBlock(finding, { input: masked, style, mask, why });
  }
  yield* renderDiagnostics(masked, { style, mask });
  if (!style.isQuiet) yield* renderSummary(masked, style);
}
