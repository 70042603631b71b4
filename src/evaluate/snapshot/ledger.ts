import { COVERAGE_STATES, type CoverageState } from '../../model/snapshot.js';
import type { Diagnostic } from '../../source/diagnostic.js';
import type { SourceFile, SourceRange } from '../../source/source-file.js';
import { textOf } from './json-members.js';
import { type ReadLine, readLines } from './read-lines.js';

/** What a line of the ledger says, as far as reading needs it. */
export interface LedgerEntry {
  readonly account: string;
  readonly region: string;
  readonly operation: string;
  readonly state: CoverageState;
  readonly permission: string | undefined;
  /** The id of the item that it was asked for. */
  readonly parent: string | undefined;
  readonly range: SourceRange;
}

/** The lines of a ledger; one that cannot be read is reported, and what it would have told is not known. */
export function readLedger(source: SourceFile, diagnostics: Diagnostic[]): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  for (const line of readLines(source, diagnostics)) {
    const entry = toEntry(line);
    if (entry !== undefined) entries.push(entry);
    else {
      const message = 'The line is none of a ledger: what it would tell is not known.';
      diagnostics.push({ code: 'snapshot-invalid', message, range: line.range });
    }
  }
  return entries;
}

function toEntry({ members, range }: ReadLine): LedgerEntry | undefined {
  const text = (name: string) => textOf(members.get(name));
  const [account, region, operation, state] = [text('account'), text('region'), text('operation'), text('state')];
  if (account === undefined || region === undefined || operation === undefined || state === undefined) return undefined;
  return {
    account,
    region,
    operation,
    state: toState(state),
    permission: text('permission'),
    parent: text('parent'),
    range,
  };
}

/** A state that this release does not know proves nothing. */
export function toState(text: string | undefined): CoverageState {
  return COVERAGE_STATES.find((state) => state === text) ?? 'failed';
}
