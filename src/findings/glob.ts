/**
 * Whether a text matches a glob: `*` and `?` stay within a path segment, `**` crosses them, `[ab]` and `{a,b}` are plain
 * text. A folder's glob (`teams/data/`) holds everything in it.
 */
export function matchesGlob(glob: string, text: string): boolean {
  const steps = toSteps(glob.endsWith('/') ? `${glob}**` : glob);
  // SAFETY: all ways to match are gone through side by side: one after the other they could be more than anyone has time for.
  let reached = withSkipped(steps, [0]);
  for (let at = 0; at < text.length && reached.size > 0; at++) {
    const next: number[] = [];
    for (const index of reached) {
      const step = steps[index];
      if (step !== undefined) advance(step, index, text.charAt(at), next);
    }
    reached = withSkipped(steps, next);
  }
  return reached.has(steps.length);
}

/** `folders`: any number of whole segments, none among them; `inFolders`: within the first of them. */
type Step =
  | { readonly kind: 'star' | 'any' | 'all' | 'folders' | 'inFolders' }
  | { readonly kind: 'text'; readonly character: string };

const known = new Map<string, readonly Step[]>();

function toSteps(glob: string): readonly Step[] {
  const present = known.get(glob);
  if (present !== undefined) return present;
  const steps = [...glob.replace(/\*{2,}/g, '**').matchAll(/\*\*\/|\*\*|[\s\S]/g)].flatMap(([part]): Step[] => {
    if (part === '**/') return [{ kind: 'folders' }, { kind: 'inFolders' }];
    if (part === '**') return [{ kind: 'all' }];
    if (part === '*') return [{ kind: 'star' }];
    return part === '?' ? [{ kind: 'any' }] : [{ kind: 'text', character: part }];
  });
  known.set(glob, steps);
  return steps;
}

/** Where one character leads from a step. */
function advance(step: Step, index: number, character: string, next: number[]): void {
  switch (step.kind) {
    case 'text':
      if (character === step.character) next.push(index + 1);
      break;
    case 'any':
      if (character !== '/') next.push(index + 1);
      break;
    case 'star':
      if (character !== '/') next.push(index);
      break;
    case 'all':
      next.push(index);
      break;
    case 'folders':
      next.push(index + 1);
      if (character === '/') next.push(index + 2);
      break;
    case 'inFolders':
      next.push(index);
      if (character === '/') next.push(index + 1);
      break;
  }
}

/** The steps, and those behind such as may match nothing. */
function withSkipped(steps: readonly Step[], indexes: readonly number[]): Set<number> {
  const reached = new Set<number>();
  for (const start of indexes) {
    for (let index = start; !reached.has(index); ) {
      reached.add(index);
      const kind = steps[index]?.kind;
      if (kind === 'star' || kind === 'all') index += 1;
      else if (kind === 'folders') index += 2;
    }
  }
  return reached;
}
