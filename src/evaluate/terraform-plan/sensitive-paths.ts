/** A step of a path into a value: an attribute or key, or an index. */
export type PathStep = string | number;

/** A mask over a value that is built up path by path. */
type Mask = true | Map<PathStep, Mask>;

/** SAFETY: an index beyond this is none of a list that is there. */
const maxIndex = 1_000_000;

/** The paths as a mask in the shape of the value, true where it is sensitive. */
export function toMask(paths: readonly (readonly PathStep[])[]): unknown {
  let root: Mask = new Map();
  for (const path of paths) root = withPath(root, path, 0);
  return toPlain(root);
}

function withPath(mask: Mask, path: readonly PathStep[], at: number): Mask {
  const step = path[at];
  if (mask === true || step === undefined) return true;
  mask.set(step, withPath(mask.get(step) ?? new Map<PathStep, Mask>(), path, at + 1));
  return mask;
}

function toPlain(mask: Mask): unknown {
  if (mask === true) return true;
  const isList = mask.size > 0 && [...mask.keys()].every((step) => typeof step === 'number');
  if (!isList) {
    const record: Record<string, unknown> = Object.create(null);
    for (const [step, inner] of mask) record[String(step)] = toPlain(inner);
    return record;
  }
  const list: unknown[] = [];
  for (const [step, inner] of mask) {
    if (typeof step === 'number' && Number.isInteger(step) && step >= 0 && step < maxIndex) list[step] = toPlain(inner);
  }
  return list;
}
