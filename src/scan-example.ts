import { evaluateTerraform } from './evaluate/terraform/evaluate-terraform.js';
import { buildGraph } from './graph/build-graph.js';
import { type ExampleScan, evaluatePolicies, type Policy } from './policy/index.js';
import { policyShapes } from './read-project.js';
import { providerSchemas } from './schemas/provider-schemas.js';
import type { DirectoryEntry, FileSystem } from './source/file-system.js';
import type { SourceFile } from './source/source-file.js';

/** Examples are judged as on this day, so that what they show does not age. */
const EXAMPLE_DATE = '2026-01-01';

/** Judges one example by one policy, in a project that holds nothing else. */
export function scanExample(files: readonly SourceFile[], policy: Policy): ExampleScan {
  const fileSystem = filesOnly(files);
  const { resources, unreadModules, omittedTypes } = evaluateTerraform({
    fileSystem,
    schemas: providerSchemas,
    roots: [{ folder: '', kind: 'deployment', varFiles: [], variables: [] }],
    environment: { variables: new Map() },
  });
  const { graph } = buildGraph({ resources, unreadModules, omittedTypes, schemas: providerSchemas });
  return { graph, evaluations: evaluatePolicies(graph, [policy], { now: EXAMPLE_DATE, shapes: policyShapes() }) };
}

/** A folder that holds these files. */
function filesOnly(files: readonly SourceFile[]): FileSystem {
  const texts = new Map(files.map(({ path, text }) => [path.slice(path.lastIndexOf('/') + 1), text]));
  const entries = [...texts.keys()].sort().map((name): DirectoryEntry => ({ name, kind: 'file', isLink: false }));
  return {
    readFile: (path) => {
      const text = texts.get(path);
      return text === undefined
        ? { ok: false, failure: 'missing' }
        : { ok: true, value: new TextEncoder().encode(text) };
    },
    readDirectory: (path) => (path === '' ? { ok: true, value: entries } : { ok: false, failure: 'missing' }),
    kindOf: (path) => (path === '' ? 'folder' : texts.has(path) ? 'file' : undefined),
  };
}
