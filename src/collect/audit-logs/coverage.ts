import type { LogCoverage, UsageGap } from '../../model/usage.js';
import { compareText } from '../../source/compare-text.js';
import { fromSeconds } from './event-texts.js';

/** A file that was read, or was to be. */
export interface CoveringFile {
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly time: number | undefined;
  readonly management: number;
  readonly data: number;
  /** Not all of it was read. */
  readonly isDamaged: boolean;
}

/** A time of which CloudTrail says which files it wrote: seconds since 1970. */
export interface DigestWindow {
  readonly account: string;
  readonly region: string;
  readonly from: number;
  readonly to: number;
}

const HOUR = 3600;
/** Files that are further apart prove nothing of the time between them. */
const mostApart = 24 * HOUR;
/** What happened so long before the last file may be in one that comes later. */
const mostLate = HOUR;
/** A file holds events of the time before it, and few of after. */
const mostEarly = 15 * 60;

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * The stretches of time that files cover, by what their names say: from a region's first file to an hour before its last,
 * without the hours of files that are damaged. A day without files is a gap, unless a digest says that there were none.
 */
export function coverageOf(
  files: readonly CoveringFile[],
  digests: readonly DigestWindow[],
): { readonly coverage: readonly LogCoverage[]; readonly gaps: readonly UsageGap[] } {
  const coverage: LogCoverage[] = [];
  const gaps: UsageGap[] = [];
  for (const { account, region, own, windows } of byPlace(files, digests)) {
    const whole = own.filter(({ isDamaged }) => !isDamaged).map(({ time = 0 }) => ({ from: time, to: time }));
    const joined = joinStretches([...whole, ...windows]);
    for (const [index, { to }] of joined.slice(0, -1).entries())
      gaps.push(notCollected(account, region, { from: to, to: joined[index + 1]?.from ?? to }));
    const damaged = own
      .filter(({ isDamaged }) => isDamaged)
      .map(({ time = 0 }) => ({ from: time - mostLate, to: time + mostEarly }));
    const categories = categoriesOf(own);
    for (const { from, to } of cut(
      joined.map(({ from, to }) => ({ from, to: to - mostLate })),
      damaged,
    ))
      coverage.push({ account, region, categories, from: fromSeconds(from), to: fromSeconds(to) });
  }
  return { coverage, gaps };
}

/** Files that prove something, by account and region. */
function byPlace(files: readonly CoveringFile[], digests: readonly DigestWindow[]) {
  const places = new Map<string, { account: string; region: string; own: CoveringFile[]; windows: Stretch[] }>();
  const placeOf = (account: string, region: string) => {
    const key = `${account} ${region}`;
    const place = places.get(key) ?? { account, region, own: [], windows: [] };
    places.set(key, place);
    return place;
  };
  for (const file of files) {
    if (file.account !== undefined && file.region !== undefined && file.time !== undefined)
      placeOf(file.account, file.region).own.push(file);
  }
  for (const { account, region, from, to } of digests) placeOf(account, region).windows.push({ from, to });
  return [...places].sort(([a], [b]) => compareText(a, b)).map(([, place]) => place);
}

function categoriesOf(files: readonly CoveringFile[]): LogCoverage['categories'] {
  const hasData = files.some(({ data }) => data > 0);
  const hasManagement = files.some(({ management }) => management > 0) || !hasData;
  return [...(hasData ? (['data'] as const) : []), ...(hasManagement ? (['management'] as const) : [])];
}

function joinStretches(stretches: readonly Stretch[]): readonly Stretch[] {
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of [...stretches].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const last = joined.at(-1);
    if (last !== undefined && from - last.to <= mostApart) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

/** What is left of stretches without others; the empty ones are none. */
function cut(stretches: readonly Stretch[], without: readonly Stretch[]): readonly Stretch[] {
  let left = stretches;
  for (const { from, to } of without) {
    left = left.flatMap((stretch) =>
      stretch.to <= from || stretch.from >= to
        ? [stretch]
        : [
            { from: stretch.from, to: from },
            { from: to, to: stretch.to },
          ],
    );
  }
  return left.filter(({ from, to }) => from < to);
}

function notCollected(account: string, region: string, { from, to }: Stretch): UsageGap {
  const detail = `There are no files from ${fromSeconds(from)} to ${fromSeconds(to)}, and no digest says that there were none.`;
  return { account, region, reason: 'not-collected', detail };
}

/** The same stretches, each once and none touching another, of several sources. */
export function mergeCoverage(coverage: readonly LogCoverage[]): readonly LogCoverage[] {
  const places = new Map<string, LogCoverage[]>();
  for (const one of coverage) {
    const key = JSON.stringify([
      one.account,
      one.region,
      one.categories,
      one.isHistory === true,
      one.onlyWrites === true,
    ]);
    places.set(key, [...(places.get(key) ?? []), one]);
  }
  return [...places]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([, own]) => {
      const merged: LogCoverage[] = [];
      for (const one of [...own].sort((a, b) => compareText(a.from, b.from) || compareText(a.to, b.to))) {
        const last = merged.at(-1);
        if (last === undefined || one.from > last.to) merged.push(one);
        else if (one.to > last.to) merged.splice(-1, 1, { ...last, to: one.to });
      }
      return merged;
    });
}
