import type { ReportInput } from '../findings/report-input.js';
import { renderCompact } from './compact.js';
import { renderJson } from './json.js';
import type { TextOptions } from './terminal-text.js';
import { renderText } from './text.js';

/** Every format there is; each is a file of this folder. */
const REPORTERS = {
  text: renderText,
  compact: renderCompact,
  json: renderJson,
} as const satisfies Record<string, (input: ReportInput, options: TextOptions) => string>;

export type ReportFormat = keyof typeof REPORTERS;

export const REPORT_FORMATS: readonly ReportFormat[] = ['text', 'compact', 'json'];

/** The report in one format. Formats for machines do not look at the options. */
export function renderReport(format: ReportFormat, input: ReportInput, options: TextOptions): string {
  return REPORTERS[format](input, options);
}

export type { TextOptions } from './terminal-text.js';
export { renderCompact, renderJson, renderText };
