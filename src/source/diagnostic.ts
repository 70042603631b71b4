import type { SourceRange } from './source-file.js';

/**
 * - `error`: something was not read, cut off, or nothing was found: the report is incomplete (exit code 3).
 * - `warning`: something is unknown because it is absent; counted, and an error under `--strict`.
 * - `info`: an oddity.
 */
export type DiagnosticSeverity = 'error' | 'warning' | 'info';

/** The closed union of codes; each code's severity is fixed here. */
export const DIAGNOSTIC_SEVERITIES = {
  // files
  'file-unreadable': 'error',
  'file-too-large': 'error',
  'file-not-utf8': 'error',
  'file-name-not-utf8': 'error',
  'folder-unreadable': 'error',
  'file-outside-root': 'warning',
  'nothing-read': 'error',
  'path-excluded': 'info',
  'kind-not-read': 'warning',
  'input-not-judged': 'info',
  'input-kind-not-supported': 'error',
  'path-not-an-input': 'info',
  'symlink-loop': 'error',
  // HCL and JSON syntax
  'hcl-invalid-character': 'error',
  'hcl-unterminated-string': 'error',
  'hcl-unterminated-comment': 'error',
  'hcl-unterminated-heredoc': 'error',
  'hcl-invalid-heredoc': 'error',
  'hcl-invalid-escape': 'error',
  'hcl-invalid-number': 'error',
  'hcl-unclosed-block': 'error',
  'hcl-unclosed-bracket': 'error',
  'hcl-unclosed-template': 'error',
  'hcl-unexpected-token': 'error',
  'hcl-missing-expression': 'error',
  'hcl-missing-newline': 'error',
  'hcl-invalid-directive': 'error',
  'hcl-duplicate-attribute': 'error',
  'hcl-nesting-too-deep': 'error',
  'json-invalid-syntax': 'error',
  'json-duplicate-key': 'error',
  'json-nesting-too-deep': 'error',
  'yaml-invalid-syntax': 'error',
  'yaml-under-indented': 'info',
  // Terraform configuration: what is wrong makes a value unknown, so it is a warning; what was not read is an error
  'terraform-block-not-read': 'error',
  'terraform-invalid-block': 'warning',
  'terraform-invalid-reference': 'warning',
  'terraform-unknown-variable': 'warning',
  'terraform-undeclared-variable': 'warning',
  'terraform-invalid-variable': 'warning',
  'terraform-invalid-value': 'warning',
  'terraform-function-failed': 'warning',
  'terraform-unknown-function': 'warning',
  'terraform-invalid-for-each': 'warning',
  'terraform-invalid-count': 'warning',
  'terraform-cycle': 'warning',
  'terraform-module-not-installed': 'warning',
  'terraform-module-missing': 'error',
  'terraform-module-manifest-stale': 'warning',
  'terraform-module-recursion': 'error',
  'terraform-duplicate-declaration': 'warning',
  'terraform-override-without-base': 'warning',
  'terraform-file-hidden': 'info',
  'terraform-var-files-not-loaded': 'info',
  'terraform-type-without-table': 'warning',
  'terraform-conflicting-declarations': 'warning',
  'document-invalid': 'warning',
  'more-than-one-block': 'warning',
  'limit-reached': 'error',
  // YAML and JSON that people write: what a service would take is taken
  'yaml-tab': 'error',
  'yaml-invalid-key': 'error',
  'yaml-invalid-value': 'warning',
  'yaml-duplicate-key': 'warning',
  'yaml-bad-alias': 'warning',
  'yaml-unusual-stream': 'info',
  'json-comment': 'info',
  // CloudFormation and SAM
  'cfn-not-a-mapping': 'error',
  'cfn-no-resources': 'error',
  'cfn-unknown-reference': 'warning',
  'cfn-missing-mapping': 'warning',
  'cfn-circular-reference': 'warning',
  'cfn-circular-condition': 'warning',
  'cfn-parameter-value': 'warning',
  'cfn-macro': 'warning',
  'cfn-invalid-intrinsic': 'warning',
  'cfn-nested-not-read': 'warning',
  'cfn-parameter-file-not-used': 'info',
  'sam-policy-template': 'warning',
  'sam-policies-ignored': 'warning',
  // SAM would refuse it: what was meant is expanded as far as it can be
  'sam-invalid': 'warning',
  'sam-not-expanded': 'warning',
  // Kubernetes
  'k8s-no-kind': 'warning',
  'k8s-unknown-field': 'warning',
  'k8s-invalid-value': 'warning',
  'k8s-old-version': 'info',
  'not-rendered': 'warning',
  'template-source': 'warning',
  'surroundings-not-read': 'warning',
  // plans and states
  'plan-invalid': 'error',
  'state-invalid': 'error',
  'source-differs': 'warning',
  // snapshots
  'snapshot-invalid': 'error',
  'snapshot-changed': 'error',
  'snapshot-newer': 'error',
  'snapshot-unfinished': 'error',
  'snapshot-gap': 'error',
  // policies and configuration
  'policy-invalid': 'error',
  'policy-doubtful': 'warning',
  'policy-error': 'warning',
  'policy-value-invalid': 'warning',
  'suppression-without-reason': 'warning',
  'suppression-expired': 'warning',
  'suppression-unused': 'info',
  'suppression-unknown-policy': 'info',
  'suppression-invalid': 'warning',
  // what hides findings and did not at the revision of --since
  'suppression-added': 'info',
  'policy-disabled': 'info',
  'baseline-entry-added': 'info',
  'baseline-stale': 'info',
  'baseline-invalid': 'error',
} as const satisfies Record<string, DiagnosticSeverity>;

export type DiagnosticCode = keyof typeof DIAGNOSTIC_SEVERITIES;

/** Something wrong in the input. One sentence; names in double quotes; the place is the range, never in the text. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly message: string;
  /** Absent where no text was read: then `path` says which file or folder. */
  readonly range?: SourceRange;
  readonly path?: string;
}

export function severityOf(code: DiagnosticCode): DiagnosticSeverity {
  return DIAGNOSTIC_SEVERITIES[code];
}
