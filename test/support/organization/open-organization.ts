import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccessSources } from '../../../src/access/stated-world.js';
import { accessSources } from '../../../src/access-sources.js';
import { openProject } from '../../../src/project.js';
import { askedRoots, readProject } from '../../../src/read-project.js';
import { walkProject } from '../../../src/walk.js';
import { writeOrganizationSnapshot } from './write-snapshot.js';

/** A folder with the snapshot of the organization in `snapshot`. */
export interface OrganizationFolder {
  readonly folder: string;
  readonly sources: AccessSources;
  readonly remove: () => void;
}

export async function openOrganization(): Promise<OrganizationFolder> {
  const folder = mkdtempSync(join(tmpdir(), 'trueline-granary-'));
  await writeOrganizationSnapshot(folder, 'snapshot');
  return { folder, sources: readSources(folder), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function readSources(workingDirectory: string): AccessSources {
  const project = openProject({ workingDirectory, paths: ['snapshot'], noConfig: true });
  const reading = readProject(project, walkProject(project, undefined), {
    environment: {},
    variables: [],
    varFiles: [],
  });
  return accessSources(reading.graph, new Set(askedRoots(project, reading.evaluation).map(({ root }) => root)));
}
