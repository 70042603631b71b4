import { SNAPSHOT_SCHEMA, type SnapshotHeader } from '../../model/snapshot.js';
import type { Diagnostic } from '../../source/diagnostic.js';
import type { SourceFile } from '../../source/source-file.js';
import type { JsonNode } from '../../syntax/json/ast.js';
import { parseJson } from '../../syntax/json/parse-json.js';
import { elementsOf, membersOf, numberOf, textOf } from './json-members.js';
import { upgradeHeader } from './upgrade.js';

/** What reading needs of a header, and where its accounts and regions stand. */
export interface ReadHeader {
  readonly source: SourceFile;
  readonly partition: string;
  readonly accounts: readonly AccountName[];
  /** Type → version of its projection. */
  readonly collectors: ReadonlyMap<string, number>;
  readonly files: SnapshotHeader['files'];
}

export interface ScopeName {
  readonly name: string;
  readonly range: { readonly start: number; readonly end: number };
}

export interface AccountName extends ScopeName {
  /** Those of the header, where it has none of its own. */
  readonly regions: readonly RegionName[];
}

export interface RegionName extends ScopeName {
  /** The account uses it, as far as is known. */
  readonly isEnabled: boolean;
  /** It was not left out on purpose. */
  readonly isSelected: boolean;
}

export type HeaderReading = { readonly header: ReadHeader } | { readonly diagnostics: readonly Diagnostic[] };

/** The kind of what a header describes; undefined where it says none. */
export function kindOfHeader(source: SourceFile): string | undefined {
  return textOf(membersOf(parseJson(source).root)?.get('kind'));
}

/** Reads a `snapshot.json` of the kind `trueline-snapshot`. */
export function readHeader(source: SourceFile): HeaderReading {
  const { root, diagnostics } = parseJson(source);
  if (diagnostics.length > 0) return { diagnostics };
  const members = upgradeHeader(membersOf(root));
  const [schema, minReader] = [numberOf(members?.get('schema')), numberOf(members?.get('minReader'))];
  if (minReader !== undefined && minReader > SNAPSHOT_SCHEMA) return newer(source, minReader);
  const header = members === undefined ? undefined : toHeader(source, members);
  if (header === undefined || schema === undefined || minReader === undefined)
    return broken(source, `The header "${source.path}" lacks what a snapshot says of itself; nothing of it is read.`);
  return { header };
}

function newer({ path }: SourceFile, minReader: number): HeaderReading {
  const message = `The snapshot "${path}" was made by a newer version: it needs a reader of schema ${minReader}, and this release reads ${SNAPSHOT_SCHEMA}.`;
  return { diagnostics: [{ code: 'snapshot-newer', message, path }] };
}

function broken({ path }: SourceFile, message: string): HeaderReading {
  return { diagnostics: [{ code: 'snapshot-invalid', message, path }] };
}

function toHeader(source: SourceFile, members: ReadonlyMap<string, JsonNode>): ReadHeader | undefined {
  const partition = textOf(members.get('partition'));
  const files = toFiles(members.get('files'));
  const accounts = namedBy(members.get('accounts'), 'id');
  const regions = namedBy(members.get('regions'), 'name');
  const selected = membersOf(members.get('selection'))?.get('regions');
  if (partition === undefined || files === undefined || accounts === undefined || regions === undefined)
    return undefined;
  const chosen = selected?.kind === 'array' ? new Set(selected.elements.map(textOf)) : undefined;
  const toRegions = (named: readonly Named[]) =>
    named.map(({ name, range, own }) => ({
      name,
      range,
      isEnabled: textOf(own.get('optIn')) !== 'not-opted-in',
      isSelected: chosen?.has(name) ?? true,
    }));
  const usual = toRegions(regions);
  return {
    source,
    partition,
    accounts: accounts.map(({ name, range, own }) => {
      // Regions of its own that cannot be read: the usual ones then, of which nothing is proven that is not in the ledger.
      const named = namedBy(own.get('regions'), 'name');
      return { name, range, regions: named === undefined ? usual : toRegions(named) };
    }),
    collectors: new Map(
      [...(membersOf(members.get('collectors')) ?? [])].map(([type, version]) => [type, numberOf(version) ?? -1]),
    ),
    files,
  };
}

type Named = ScopeName & { readonly own: ReadonlyMap<string, JsonNode> };

/** Undefined where one of them has no name. */
function namedBy(node: JsonNode | undefined, member: string): readonly Named[] | undefined {
  if (node?.kind !== 'array') return undefined;
  const named = elementsOf(node).flatMap((element): Named[] => {
    const own = membersOf(element);
    const name = textOf(own?.get(member));
    const { start, end } = element;
    return own === undefined || name === undefined ? [] : [{ name, own, range: { start, end } }];
  });
  return named.length === node.elements.length ? named : undefined;
}

function toFiles(node: JsonNode | undefined): SnapshotHeader['files'] | undefined {
  const members = membersOf(node);
  if (members === undefined) return undefined;
  return Object.fromEntries(
    [...members].map(([path, value]) => {
      const own = membersOf(value);
      return [path, { lines: numberOf(own?.get('lines')) ?? -1, sha256: textOf(own?.get('sha256')) ?? '' }];
    }),
  );
}
