import type { ReportInput } from '../findings/report-input.js';
import { renderCompact } from './compact.js';
import { renderCsv } from './csv.js';
import { renderGithub } from './github.js';
import { renderGitlab } from './gitlab.js';
import { jsonParts, renderJson } from './json.js';
import { renderJunit } from './junit.js';
import { renderMarkdown } from './markdown.js';
import { renderSarif } from './sarif.js';
import type { TextOptions } from './terminal-text.js';
import { renderText, textParts } from './text.js';

/** Every format there is; each is a file of this folder. */
const REPORTERS = {
  text: renderText,
  compact: renderCompact,
  json: renderJson,
  sarif: renderSarif,
  junit: renderJunit,
  markdown: renderMarkdown,
  github: renderGithub,
  gitlab: renderGitlab,
  csv: renderCsv,
} as const satisfies Record<string, (input: ReportInput, options: TextOptions) => string>;

export type ReportFormat = keyof typeof REPORTERS;

export const REPORT_FORMATS: readonly ReportFormat[] = [
  'text',
  'compact',
  'json',
  'sarif',
  'junit',
  'markdown',
  'github',
  'gitlab',
  'csv',
];

/** The report in one format. Formats for machines do not look at the options. */
export function renderReport(format: ReportFormat, input: ReportInput, options: TextOptions): string {
  return REPORTERS[format](input, options);
}

/** As `renderReport`, in pieces where it may be too long for one text. */
export function reportParts(format: ReportFormat, input: ReportInput, options: TextOptions): Iterable<string> {
  switch (format) {
    case 'text':
      return textParts(input, options);
    case 'json':
      return jsonParts(input);
    default:
      return [renderReport(format, input, options)];
  }
}

export { FINDINGS_SCHEMA } from './findings-schema.js';
export { type InputRoot, type InputsInput, renderInputs, renderInputsJson } from './inputs.js';
export {
  type ExplainInput,
  type PolicyListInput,
  renderExplain,
  renderExplainJson,
  renderPolicyList,
  renderPolicyListJson,
} from './policies.js';
export { type ResourcesInput, renderResources, renderResourcesJson } from './resources.js';
export type { TextOptions } from './terminal-text.js';
export { renderCompact, renderGithub, renderGitlab, renderJson, renderJunit, renderMarkdown, renderSarif, renderText };
