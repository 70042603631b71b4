import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { HiveType } from '../../src/collect/aws/athena/hive-type.js';
import { type AthenaTable, isProjected } from '../../src/collect/aws/athena/table.js';

const DUCKDB = 'duckdb==2.0.1';

/** What Trino has and DuckDB calls otherwise. */
const MACROS = `
CREATE MACRO json_extract_scalar(j, p) AS CASE WHEN json_type(j, p) IN ('OBJECT', 'ARRAY') THEN NULL ELSE json_extract_string(j, p) END;
CREATE MACRO json_format(j) AS CAST(j AS VARCHAR);
CREATE MACRO array_join(l, s) AS array_to_string(l, s);
CREATE MACRO slice(l, a, n) AS list_slice(l, a, a + n - 1);
CREATE MACRO date_format(t, f) AS strftime(t, '%Y-%m-%dT%H:%M:%SZ');
`;

const PROGRAM = `
import json, sys, duckdb
given = json.load(sys.stdin)
db = duckdb.connect()
for statement in given['statements']: db.execute(statement)
result = db.execute(given['query'])
names = [column[0] for column in result.description]
rows = [['' if cell is None else str(cell) for cell in row] for row in result.fetchall()]
json.dump({'names': names, 'rows': rows}, sys.stdout)
`;

export interface QueryResult {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Runs a query for Athena by DuckDB on a table of these rows. Throws where DuckDB cannot be installed, or refuses it. */
export function queryTable(
  table: AthenaTable,
  rows: readonly Readonly<Record<string, unknown>>[],
  { query, folder }: { readonly query: string; readonly folder: string },
): QueryResult {
  const path = join(folder, `${table.name}.ndjson`);
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const columns = [...table.columns].map(([name, type]) => `'${name}': '${typeOf(type)}'`);
  const partitions = table.partitionKeys.map(({ name }) => `'${name}': 'VARCHAR'`);
  const statements = [
    ...MACROS.split('\n').filter((line) => line !== ''),
    `CREATE SCHEMA "${table.database}"`,
    `CREATE TABLE "${table.database}"."${table.name}" AS SELECT * FROM read_json('${path}', format = 'newline_delimited', columns = {${[...columns, ...partitions].join(', ')}})`,
  ];
  const translated = query
    .replaceAll('transform(resources, r -> ', 'list_transform(resources, lambda r: ')
    .replaceAll('element_at(', 'map_extract_value(');
  const { status, stdout, stderr } = spawnSync(installDuckdb(), ['-c', PROGRAM], {
    input: JSON.stringify({ statements, query: translated }),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`DuckDB refuses the query:\n${stderr}\n${translated}`);
  return JSON.parse(stdout);
}

function typeOf(type: HiveType): string {
  switch (type.kind) {
    case 'struct':
      return `STRUCT(${[...type.fields].map(([name, inner]) => `"${name}" ${typeOf(inner)}`).join(', ')})`;
    case 'array':
      return `${typeOf(type.of)}[]`;
    case 'map':
      return 'MAP(VARCHAR, VARCHAR)';
    case 'scalar':
      return type.name === 'timestamp' ? 'TIMESTAMP' : type.name === 'boolean' ? 'BOOLEAN' : 'VARCHAR';
  }
}

/** An event as a row of a table of events: names in lower case, and what is a text there as a text. */
export function toTableRow(
  table: AthenaTable,
  event: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const row = Object.entries(event).map(([name, value]) => {
    const column = name.toLowerCase();
    const type = table.columns.get(column);
    return [column, type === undefined ? undefined : toCell(type, value)];
  });
  const day = String(event['eventTime']).slice(0, 10).replaceAll('-', '/');
  return { ...Object.fromEntries(row), ...(isProjected(table) ? { timestamp: day } : {}) };
}

function toCell(type: HiveType, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (type.kind === 'scalar') {
    if (type.name === 'timestamp') return String(value).replace('T', ' ').replace('Z', '');
    return typeof value === 'object' ? JSON.stringify(value) : value;
  }
  if (type.kind === 'array') return (value as readonly unknown[]).map((element) => toCell(type.of, element));
  const members = Object.entries(value as object);
  if (type.kind === 'map')
    return Object.fromEntries(
      members.map(([name, one]) => [name, typeof one === 'object' ? JSON.stringify(one) : String(one)]),
    );
  const fields = members.map(([name, one]) => [name.toLowerCase(), type.fields.get(name.toLowerCase()), one] as const);
  return Object.fromEntries(
    fields.flatMap(([name, inner, one]) => (inner === undefined ? [] : [[name, toCell(inner, one)]])),
  );
}

/** The Python of a virtual environment of the user's cache that holds DuckDB; made where it is missing. */
function installDuckdb(): string {
  const folder = join(
    process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
    'trueline',
    DUCKDB.replaceAll('=', '-'),
  );
  const python = join(folder, 'bin', 'python');
  if (existsSync(join(folder, 'installed'))) return python;
  mkdirSync(folder, { recursive: true });
  run('python3', '-m', 'venv', folder);
  run(python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', DUCKDB);
  writeFileSync(join(folder, 'installed'), `${DUCKDB}\n`);
  return python;
}

function run(program: string, ...args: readonly string[]): void {
  const { error, status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${DUCKDB} cannot be installed: ${program} ${args.join(' ')}:\n${stderr}`);
}
