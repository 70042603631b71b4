import { openAccessFacts } from './access-facts.js';
import { evaluateCloudFormation } from './evaluate/cloudformation/evaluate-cloudformation.js';
import { evaluateKubernetes } from './evaluate/kubernetes/evaluate-kubernetes.js';
import { evaluateTerraform } from './evaluate/terraform/evaluate-terraform.js';
import { buildGraph } from './graph/build-graph.js';
import type { Evaluation } from './model/evaluation.js';
import { type ExampleScan, evaluatePolicies, type Policy } from './policy/index.js';
import { policyShapes } from './read-project.js';
import { cloudFormationSchemas } from './schemas/cloudformation-schemas.js';
import { kubernetesSchemas } from './schemas/kubernetes-schemas.js';
import { providerSchemas } from './schemas/provider-schemas.js';
import { evaluateSnapshotExample, usageOfExample } from './snapshot-example.js';
import type { DirectoryEntry, FileSystem } from './source/file-system.js';
import { baseName } from './source/paths.js';
import type { SourceFile } from './source/source-file.js';
import { parseData } from './syntax/data/parse-data.js';

/** Examples are judged as on this day, so that what they show does not age. */
const EXAMPLE_DATE = '2026-01-01';

/** Judges one example by one policy, in a project that holds nothing else. What it is its name says: `kubernetes.yaml`. Throws `UsageError` for a `snapshot.json` that is none. */
export function scanExample(files: readonly SourceFile[], policy: Policy): ExampleScan {
  const { resources, unreadModules, extents } = evaluateExample(files);
  const { graph } = buildGraph({ resources, unreadModules, extents, schemas: providerSchemas });
  const [first] = files;
  const access = () => openAccessFacts(graph, first === undefined ? undefined : usageOfExample(first));
  const evaluations = evaluatePolicies(graph, [policy], { now: EXAMPLE_DATE, shapes: policyShapes(), access });
  return { graph, evaluations };
}

function evaluateExample(files: readonly SourceFile[]): Evaluation {
  const [first] = files;
  const name = baseName(first?.path ?? '');
  const fileSystem = filesOnly(files);
  if (/^cloudformation[^/]*\.(ya?ml|json)$/.test(name))
    return evaluateCloudFormation({ fileSystem, templates: [name], schemas: cloudFormationSchemas });
  if (first !== undefined && /^snapshot[^/]*\.json$/.test(name)) return evaluateSnapshotExample(first);
  if (/^kubernetes[^/]*\.(ya?ml|json)$/.test(name))
    return evaluateKubernetes({
      streams: files.map((file) => parseData({ ...file, path: baseName(file.path) }, 'kubernetes')),
      schemas: kubernetesSchemas,
    });
  return evaluateTerraform({
    fileSystem,
    schemas: providerSchemas,
    roots: [{ folder: '', kind: 'deployment', varFiles: [], variables: [] }],
    environment: { variables: new Map() },
  });
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
