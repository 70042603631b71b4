import type { SnapshotFeed, SnapshotFeeds, SnapshotVersions } from '../../model/snapshot.js';
import { COLLECTORS } from './collectors.js';

/** What each operation tells: the other side of the gaps. */
export function collectedFeeds(): SnapshotFeeds {
  const feeds = new Map<string, SnapshotFeed[]>();
  const add = (call: string, type: string, paths: readonly (string | null)[]) => {
    const told = paths.map((path) => ({ type, path }));
    feeds.set(call, [...(feeds.get(call) ?? []), ...told]);
  };
  for (const { type, list, tells = [], each = {}, joins = {}, beside = {} } of COLLECTORS) {
    // A fact beside the properties is known where it is written: that it is not there says nothing.
    const lasting = (paths: readonly string[]) => paths.filter((path) => !path.startsWith('$'));
    if (list !== undefined) add(list.call, type, [null, ...tells]);
    for (const { from, feeds: paths } of Object.values(joins)) add(from.call, type, lasting(paths));
    for (const { call, feeds: paths } of Object.values(each)) add(call, type, lasting(paths));
    for (const [other, call] of Object.entries(beside)) {
      if (list !== undefined) add(list.call, other, [null]);
      add(call, other, [null, '*']);
    }
  }
  return feeds;
}

/** The version of each collector's projection, with the types that it writes beside its own. */
export function collectedVersions(): SnapshotVersions {
  return new Map(
    COLLECTORS.map(({ type, version, beside = {} }) => [type, { version, beside: Object.keys(beside) }] as const),
  );
}
