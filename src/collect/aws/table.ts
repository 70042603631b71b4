import type { SnapshotJson } from '../../model/snapshot.js';

/**
 * The rows of comma-separated values in Base64, by the names of the columns. A row that has not as many values as there are
 * columns is left out: which of them is which is not known.
 */
export function parseTable(base64: SnapshotJson, madeAt: SnapshotJson): readonly SnapshotJson[] {
  const text = Buffer.from(String(base64), 'base64').toString('utf8');
  const [names = [], ...rows] = text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map(toCells);
  return rows
    .filter((cells) => cells.length === names.length)
    .map((cells) => ({
      '@made': madeAt,
      ...Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])),
    }));
}

/** RFC 4180, in which a value in quotes may hold commas and doubled quotes. */
function toCells(line: string): readonly string[] {
  return [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain = '']) =>
    quoted === undefined ? plain : quoted.replaceAll('""', '"'),
  );
}
