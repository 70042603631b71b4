const stateless = new WeakMap<RegExp, RegExp>();

/** The pattern without the state of `g` and `y`: it begins anew with each text. */
export function statelessPattern(pattern: RegExp): RegExp {
  const known = stateless.get(pattern) ?? new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
  stateless.set(pattern, known);
  return known;
}
