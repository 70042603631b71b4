/** The public API: what a library user may import, and nothing else. */

export type { Finding } from './findings/finding.js';
export type { ReportInput, Summary } from './findings/report-input.js';
export { UsageError } from './project.js';
export { type ScanOptions, type ScanResult, scan } from './scan.js';
