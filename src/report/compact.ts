import type { ReportInput } from '../findings/report-input.js';
import { severityOf } from '../source/diagnostic.js';
import { toDisplayPath, toPlace } from './display-path.js';
import { maskInput } from './mask.js';
import { clean } from './terminal-text.js';

/**
 * One line a finding: `path:line:col: severity policy-id: message [address]`; what is not a failure has its outcome
 * before the severity. Errors follow as `path:line:col: error code: message`.
 */
export function renderCompact(input: ReportInput): string {
  const masked = maskInput(input);
  const findings = masked.findings.map((finding) => {
    const { location, severity, outcome, suppression, policy, message, title, resource, instances } = finding;
    const place = location === null ? resource.root : toPlace(masked, location);
    const state = suppression !== null ? 'suppressed ' : outcome === 'fail' ? '' : `${outcome} `;
    const more = instances.length > 1 ? ` and ${instances.length - 1} more` : '';
    return clean(`${place}: ${state}${severity} ${policy}: ${message || title} [${resource.address}${more}]`);
  });
  const errors = masked.diagnostics
    .filter(({ code }) => severityOf(code) === 'error')
    .map(({ code, message, range, path }) => {
      const place = range === undefined ? toDisplayPath(masked, path ?? '') : toPlace(masked, range);
      return clean(`${place}: error ${code}: ${message}`);
    });
  return [...findings, ...errors].map((line) => `${line}\n`).join('');
}
