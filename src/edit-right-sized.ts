import { comparePolicies } from './access/compare/compare.js';
import { toCodeChanges } from './access/right-size/code-changes.js';
import { isChanged, type PolicyDraft } from './access/right-size/draft-policy.js';
import { proveChanged } from './access/right-size/prove-changed.js';
import type { RightSized } from './access/right-size/right-size.js';
import type { AccessSources } from './access/stated-world.js';
import { editStatements } from './remediate/right-size/edit-statements.js';
import { renderPatch } from './report/patch.js';
import type { SourceFile } from './source/source-file.js';
import { applyEdits } from './source/text-edit.js';

/** The code with narrowed policies, as a patch, and why some of them are not edited. */
export interface EditedCode {
  readonly patch: string | null;
  readonly problems: readonly string[];
}

/**
 * Edits narrowed policies where they are written, and reads the edited code again: what is proven of the policies has to hold
 * for what it says, of everybody who has them, and nothing else may change. Where that fails for all together, those that can be
 * edited without it are. `readAgain`: the sources with texts in the place of files.
 */
export function editRightSized(sized: RightSized, readAgain: ReadAgain): EditedCode {
  const drafts = sized.drafts.filter(isChanged);
  const { elsewhere } = sized.sizing;
  if (elsewhere.length > 0) {
    const problem = `The code was not edited: it is deployed in other accounts too, and what ${elsewhere.join(', ')} did does not count here.`;
    return { patch: null, problems: drafts.length === 0 ? [] : [problem] };
  }
  const all = attempt(sized, drafts, readAgain);
  if (!hasFailed(all) || drafts.length < 2) return toEditedCode(all);
  const single = drafts.map((draft) => ({ draft, tried: attempt(sized, [draft], readAgain) }));
  const failed = single.filter(({ tried }) => hasFailed(tried));
  const rest = attempt(
    sized,
    drafts.filter((draft) => failed.every((one) => one.draft !== draft)),
    readAgain,
  );
  return toEditedCode({ ...rest, problems: [...rest.problems, ...failed.flatMap(({ tried }) => problemsOf(tried))] });
}

function hasFailed({ unproven, hasUnwritten }: Attempt): boolean {
  return unproven !== undefined || hasUnwritten;
}

type ReadAgain = (texts: ReadonlyMap<string, string>) => AccessSources;

interface Attempt {
  readonly texts: readonly { readonly file: SourceFile; readonly text: string }[];
  readonly problems: readonly string[];
  /** A file could not be edited, whatever of it was to be changed. */
  readonly hasUnwritten: boolean;
  /** Why the edited code does not hold; undefined where it does. */
  readonly unproven: string | undefined;
}

function attempt(sized: RightSized, drafts: readonly PolicyDraft[], readAgain: ReadAgain): Attempt {
  const { world, subject, sharers } = sized;
  const { files, problems } = toCodeChanges(world, drafts);
  const edited = [...files].map(([file, changes]) => editStatements(file, changes));
  const texts = edited
    .filter(({ problem }) => problem === undefined)
    .map(({ file, edits }) => ({ file, text: applyEdits(file, edits) }));
  const all = [...problems, ...edited.flatMap(({ problem }) => problem ?? [])];
  const hasUnwritten = texts.length < edited.length;
  if (texts.length === 0) return { texts, problems: all, hasUnwritten, unproven: undefined };
  const again = readAgain(new Map(texts.map(({ file, text }) => [file.path, text])));
  const others = drafts.flatMap(({ policy }) => sharers.get(policy.document) ?? []);
  const subjects = [...new Set([subject, ...others])];
  const unproven = proveChanged({ world, subjects, drafts }, again, comparePolicies);
  return { texts, problems: all, hasUnwritten, unproven };
}

function toEditedCode(tried: Attempt): EditedCode {
  const { texts, unproven } = tried;
  return {
    patch: texts.length === 0 || unproven !== undefined ? null : renderPatch(texts),
    problems: problemsOf(tried),
  };
}

function problemsOf({ problems, unproven }: Attempt): string[] {
  return unproven === undefined ? [...problems] : [...problems, `The code was not edited: read again, ${unproven}.`];
}
