import type { PolicyMetadata } from '../findings/policy-metadata.js';
import type { ReportInput } from '../findings/report-input.js';
import { renderDiagnostics } from './diagnostic-text.js';
import { renderFindingBlock } from './finding-text.js';
import { maskInput, toMask } from './mask.js';
import { renderSummary } from './summary-text.js';
import { type TextOptions, toStyle } from './terminal-text.js';

/** The report for people: a block for each finding and each error, then what was read, judged and not known. */
export function renderText(input: ReportInput, options: TextOptions): string {
  const masked = maskInput(input);
  const style = toStyle(options);
  const mask = toMask(input.secrets);
  const policies = new Map(masked.policies.map((policy) => [policy.id, policy]));
  const explained = new Set<string>();
  const blocks = masked.findings.map((finding) => {
    // Why a policy matters is said once, at its first finding.
    const why: PolicyMetadata | undefined = explained.has(finding.policy) ? undefined : policies.get(finding.policy);
    explained.add(finding.policy);
    return renderFindingBlock(finding, { input: masked, style, mask, why });
  });
  const diagnostics = renderDiagnostics(masked, { style, mask });
  const summary = style.isQuiet ? [] : renderSummary(masked, style);
  return [...blocks, ...diagnostics, ...summary].map((lines) => `${lines.join('\n')}\n`).join('\n');
}
