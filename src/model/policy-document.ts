/**
 * An IAM policy document in Terraform's words, as the graph decodes every document (`statement[]`). These are paths in
 * `Value`s, not a class: a statement may be partly unknown.
 */
export const STATEMENT_FIELDS = [
  'sid',
  'effect',
  'actions',
  'not_actions',
  'resources',
  'not_resources',
  'principals',
  'not_principals',
  'condition',
] as const;

export type StatementField = (typeof STATEMENT_FIELDS)[number];
