import type { SourceFile } from '../../source/source-file.js';
import type { JsonNode } from '../../syntax/json/ast.js';
import { membersOf, textOf } from './json-members.js';
import type { ReadLine } from './read-lines.js';
import { type ReadRecord, readGaps } from './read-record.js';

/** A line of `usage/…`, its values still as they stand. */
export interface ReadUsage {
  readonly live: ReadonlyMap<string, JsonNode>;
  readonly gaps: ReadRecord['gaps'];
  readonly file: SourceFile;
}

/** What names the record that a line of usage is of. */
export function usageKey({ type, id }: Pick<ReadRecord, 'type' | 'id'>): string {
  return `${type}\0${id}`;
}

/** The line with the name of its record; undefined for what is none of usage in this account and region. */
export function readUsage(
  { members, range: { file } }: ReadLine,
  place: { readonly account: string; readonly region: string },
): readonly [key: string, usage: ReadUsage] | undefined {
  const [type, id] = [textOf(members.get('type')), textOf(members.get('id'))];
  const live = membersOf(members.get('live'));
  if (type === undefined || id === undefined || live === undefined) return undefined;
  if (textOf(members.get('account')) !== place.account || textOf(members.get('region')) !== place.region)
    return undefined;
  const gaps = readGaps(members.get('gaps'), { ...place, parent: id, file });
  return gaps === undefined ? undefined : [usageKey({ type, id }), { live, gaps, file }];
}
