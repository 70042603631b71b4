import { evaluateTerraform } from '../../src/evaluate/terraform/evaluate-terraform.js';
import type { TerraformResult } from '../../src/evaluate/terraform/result.js';
import { mergePlanWithSource } from '../../src/evaluate/terraform-plan/merge-source.js';
import { readPlan } from '../../src/evaluate/terraform-plan/read-plan.js';
import type { PlanResult } from '../../src/evaluate/terraform-plan/result.js';
import { snapshotFileSystem } from '../../src/evaluate/terraform-plan/snapshot-file-system.js';
import { buildGraph } from '../../src/graph/build-graph.js';
import type { Evaluation } from '../../src/model/evaluation.js';
import type { ResourceGraph } from '../../src/model/resource.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';
import { memoryFileSystem } from './memory-file-system.js';
import type { Fixture } from './read-fixture.js';

/** What is evaluated of a plan or a state. A text is JSON, bytes are a plan file. */
export function readPlanOf(content: string | Uint8Array, path = 'plan.json', root?: string): PlanResult {
  const source = typeof content === 'string' ? { path, text: content } : { path, bytes: content };
  return readPlan({ source, schemas: providerSchemas, root });
}

/** A plan with its source merged in. */
export function mergedPlanOf(content: string, source: TerraformResult): PlanResult {
  return mergePlanWithSource(readPlanOf(content, 'plan.json', source.roots[0]?.root), source);
}

/** A plan file with the configuration that it holds; files that functions read come from the fixture. */
export function mergedBinaryPlanOf(bytes: Uint8Array, path: string, { files }: Pick<Fixture, 'files'>): PlanResult {
  const plan = readPlanOf(bytes, path);
  const { snapshot } = plan;
  if (snapshot === undefined) throw new Error('the plan holds no configuration');
  const source = evaluateTerraform({
    fileSystem: snapshotFileSystem(snapshot, memoryFileSystem(files)),
    schemas: providerSchemas,
    environment: { variables: new Map() },
    roots: [
      {
        folder: snapshot.folder,
        kind: 'deployment',
        varFiles: [snapshot.variableFile],
        variables: [],
        workspace: snapshot.workspace ?? 'default',
      },
    ],
  });
  return mergePlanWithSource(plan, source);
}

export function graphOf({ resources, unreadModules }: Pick<Evaluation, 'resources' | 'unreadModules'>): ResourceGraph {
  return buildGraph({ resources, unreadModules, schemas: providerSchemas }).graph;
}
