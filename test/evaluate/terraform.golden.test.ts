import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { evaluateTerraform } from '../../src/evaluate/terraform/evaluate-terraform.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';
import { dumpTerraform } from '../support/dump-terraform.js';
import { memoryFileSystem } from '../support/memory-file-system.js';
import { readFixture } from '../support/read-fixture.js';

/** `UPDATE=1` rewrites the goldens. */
const fixtures = new URL('../../fixtures/terraform/', import.meta.url).pathname;

describe.each(readdirSync(fixtures))('%s', (name) => {
  test('is evaluated as expected', () => {
    const folder = join(fixtures, name);
    const { files, roots, variables, workspace, environment } = readFixture(folder);
    const result = evaluateTerraform({
      fileSystem: memoryFileSystem(files),
      schemas: providerSchemas,
      environment: { variables: new Map(Object.entries(environment)) },
      roots: roots.map((root) => ({ folder: root, kind: 'deployment', varFiles: [], variables, workspace })),
    });
    const actual = `${JSON.stringify(dumpTerraform(result), null, 1)}\n`;
    const golden = join(folder, 'expected.json');
    if (process.env['UPDATE'] === '1') writeFileSync(golden, actual);
    expect(existsSync(golden)).toBe(true);
    expect(JSON.parse(actual)).toEqual(JSON.parse(readFileSync(golden, 'utf8')));
  });
});
