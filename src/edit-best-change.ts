import type { EscalationReport } from './findings/escalation.js';
import { editStatements } from './remediate/right-size/edit-statements.js';
import { renderPatch } from './report/patch.js';
import { applyEdits } from './source/text-edit.js';

/** The report with the one change as a patch, where its statement is written in Terraform's code and is not the only one there. */
export function withPatch(report: EscalationReport): EscalationReport {
  const { change } = report;
  const location = change?.statement.location ?? null;
  if (change === null || location === null || change.principals.length === 0) return report;
  const { file } = location;
  if (!file.path.endsWith('.tf') || file.external === true) return report;
  const { edits, problem } = editStatements(file, [{ location, statements: [] }]);
  if (problem !== undefined) return report;
  const text = applyEdits(file, edits);
  return { ...report, change: { ...change, patch: renderPatch([{ file, text }]) } };
}
