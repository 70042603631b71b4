import { evaluateKubernetes } from '../../src/evaluate/kubernetes/evaluate-kubernetes.js';
import { suppressionPattern } from '../../src/findings/suppressions.js';
import { buildGraph } from '../../src/graph/build-graph.js';
import type { Resource } from '../../src/model/resource.js';
import { resourceKey } from '../../src/model/resource.js';
import { kubernetesSchemas } from '../../src/schemas/kubernetes-schemas.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';
import { compareText } from '../../src/source/compare-text.js';
import type { Diagnostic } from '../../src/source/diagnostic.js';
import { LineIndex } from '../../src/source/line-index.js';
import type { SourceRange } from '../../src/source/source-file.js';
import { parseData } from '../../src/syntax/data/parse-data.js';

/** Evaluates manifests, path → text, and builds their graph. */
export function evaluateManifests(files: Readonly<Record<string, string>>) {
  const sorted = Object.entries(files).sort(([a], [b]) => compareText(a, b));
  const streams = sorted.map(([path, text]) => parseData({ path, text }, 'kubernetes'));
  const result = evaluateKubernetes({ streams, schemas: kubernetesSchemas, commentPattern: suppressionPattern });
  const { graph } = buildGraph({ resources: result.resources, unreadModules: [], schemas: providerSchemas });
  const at = (address: string, root = '.'): Resource | undefined => graph.resources.get(resourceKey(root, address));
  return { result, graph, at };
}

/** `main.yaml:4:3-4:18`. */
export function placeOf({ file, start, end }: SourceRange): string {
  const lines = new LineIndex(file.text);
  const [from, to] = [lines.position(start), lines.position(end)];
  return `${file.path}:${from.line}:${from.column}-${to.line}:${to.column}`;
}

/** `code place message`, as diagnostics are expected. */
export function describeDiagnostics(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(
    ({ code, message, range }) => `${code} ${range === undefined ? '' : placeOf(range)} ${message}`,
  );
}
