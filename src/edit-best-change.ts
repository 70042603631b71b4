import { escalationsOf } from './access/escalation/escalations.js';
import type { AccessSources } from './access/stated-world.js';
import type { EscalationReport } from './findings/escalation.js';
import { editStatements } from './remediate/right-size/edit-statements.js';
import { renderPatch } from './report/patch.js';
import { applyEdits } from './source/text-edit.js';

/**
 * The report with the one change as a patch, where its statement is written in Terraform's code and is not the only one there.
 * The edited code is read again: whoever is said to lose its paths has none, and nobody has others than before.
 * `readAgain`: the sources with texts in the place of files.
 */
export function withPatch(
  report: EscalationReport,
  readAgain: (texts: ReadonlyMap<string, string>) => AccessSources,
): EscalationReport {
  const { change } = report;
  const location = change?.statement.location ?? null;
  if (change === null || location === null || change.principals.length === 0) return report;
  const { file } = location;
  if (!file.path.endsWith('.tf') || file.external === true) return report;
  const { edits, problem } = editStatements(file, [{ location, statements: [] }]);
  if (problem !== undefined) return report;
  const text = applyEdits(file, edits);
  const again = escalationsOf(readAgain(new Map([[file.path, text]])));
  const left = new Set(again.paths.map(({ principal }) => principal));
  const before = new Set(report.paths.map(({ principal }) => principal));
  const isClosed = change.principals.every((principal) => !left.has(principal));
  if (!isClosed || [...left].some((principal) => !before.has(principal))) return report;
  return { ...report, change: { ...change, patch: renderPatch([{ file, text }]) } };
}
