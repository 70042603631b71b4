import { comparePolicies } from './access/compare/compare.js';
import { toCodeChanges } from './access/right-size/code-changes.js';
import { proveChanged, type RightSized } from './access/right-size/right-size.js';
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
 * for what it says. `readAgain`: the sources with texts in the place of files.
 */
export function editRightSized(
  sized: RightSized,
  readAgain: (texts: ReadonlyMap<string, string>) => AccessSources,
): EditedCode {
  const { files, problems } = toCodeChanges(sized.world, sized.drafts);
  const edited = [...files].map(([file, changes]) => editStatements(file, changes));
  const texts: { file: SourceFile; text: string }[] = edited
    .filter(({ problem }) => problem === undefined)
    .map(({ file, edits }) => ({ file, text: applyEdits(file, edits) }));
  const all = [...problems, ...edited.flatMap(({ problem }) => problem ?? [])];
  if (texts.length === 0) return { patch: null, problems: all };
  const again = readAgain(new Map(texts.map(({ file, text }) => [file.path, text])));
  const unproven = proveChanged(sized, again, comparePolicies);
  return unproven === undefined
    ? { patch: renderPatch(texts), problems: all }
    : { patch: null, problems: [...all, `The code was not edited: read again, ${unproven}.`] };
}
