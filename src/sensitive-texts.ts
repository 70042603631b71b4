import type { ResourceGraph } from './model/resource.js';
import type { Value } from './model/value.js';

/** Every sensitive text in the graph, and what the environment gives to variables: no report shows them. */
export function sensitiveTexts(
  graph: ResourceGraph,
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  const texts = new Set<string>();
  const visit = (value: Value, isInside: boolean): void => {
    const isSensitive = isInside || value.sensitive === true;
    if (value.kind === 'string' && isSensitive) texts.add(value.value);
    else if (value.kind === 'list') for (const element of value.elements) visit(element, isSensitive);
    else if (value.kind === 'object') for (const entry of value.entries.values()) visit(entry, isSensitive);
  };
  for (const resource of graph.resources.values()) visit(resource.values, false);
  for (const [name, text] of Object.entries(environment)) {
    if (!name.startsWith('TF_VAR_') || text === undefined) continue;
    texts.add(text);
    // A list or a map of texts: each of them is one.
    if (/^\s*[[{]/.test(text)) for (const [, part = ''] of text.matchAll(/"((?:[^"\\]|\\.)*)"/g)) texts.add(part);
  }
  return [...texts].filter((text) => text !== '').sort();
}
