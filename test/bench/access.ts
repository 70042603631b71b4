import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

interface Measured {
  readonly rows: number;
  readonly rowsMs: number;
  readonly pathsMs: number;
  readonly excessMs: number;
  readonly unused: number;
  readonly paths: number;
  readonly mebibytes: number;
}

const SIZES = [500, 1_000, 2_000, 4_000] as const;

/** Effective grants and escalation paths of accounts of four sizes, each in a process of its own: lines of name, measured, limit. */
export function run(
  exponentOf: (points: readonly (readonly [number, number])[]) => number,
): readonly (readonly [string, string, string])[] {
  const script = join(import.meta.dirname, 'access-account.ts');
  const measured = SIZES.map((roles): readonly [number, Measured] => {
    const args = ['--import', 'tsx', script, String(roles)];
    return [roles, JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))];
  });
  const lines = measured.flatMap(([roles, one]) => [
    [
      `${roles} roles, ${roles * 2.5} policies: effective grants`,
      `${seconds(one.rowsMs)}, ${one.rows} rows`,
      roles === 2_000 ? 'at most 2 s' : 'printed',
    ] as const,
    [
      '  all escalation paths',
      `${seconds(one.pathsMs)}, ${one.paths} principals, ${one.mebibytes.toFixed(0)} MiB`,
      roles === 2_000 ? 'at most 3 s' : 'printed',
    ] as const,
    ['  what is not used', `${seconds(one.excessMs)}, ${one.unused} actions`, 'printed'] as const,
  ]);
  const growth = (name: 'rowsMs' | 'pathsMs' | 'excessMs') =>
    exponentOf(measured.map(([roles, one]) => [roles, one[name]])).toFixed(2);
  return [
    ...lines,
    [
      'growth with roles, exponents',
      `grants ${growth('rowsMs')}, paths ${growth('pathsMs')}, unused ${growth('excessMs')}`,
      'near 1',
    ],
  ];
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} CPU-s`;
}
