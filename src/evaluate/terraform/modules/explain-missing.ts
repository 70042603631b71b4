import { suggest } from '../../../source/suggest.js';
import type { ModuleConfiguration } from '../configuration/declarations.js';
import type { ReferenceStep } from '../expression/context.js';
import type { GroupReference } from './instance-group.js';

/** What a module instance can be asked for to explain a reference that leads nowhere. */
export interface Referable {
  readonly configuration: ModuleConfiguration;
  readonly resources: { reference(address: string, steps: readonly ReferenceStep[]): GroupReference | undefined };
  readonly calls: { reference(name: string, steps: readonly ReferenceStep[]): GroupReference | undefined };
  /** The names of the outputs of the module that a call leads to. */
  outputsOf(call: string): Iterable<string>;
}

/** Says in a sentence why a traversal leads to nothing. */
export function explainMissing(name: string, steps: readonly ReferenceStep[], module: Referable): string {
  const [first, second] = steps.map((step) => (step.kind === 'attribute' ? step.name : undefined));
  const { variables, locals, calls, resourceByAddress } = module.configuration;
  if (name === 'each' || name === 'count' || name === 'self') return `"${name}" has no meaning here.`;
  if (first === undefined) return `There is no value named "${name}" here.`;
  if (name === 'resource') return explainMissing(first, steps.slice(1), module);
  if (name === 'var') return missing('var', first, variables.keys());
  if (name === 'local') return missing('local', first, locals.keys());
  if (name === 'path') return missing('path', first, ['cwd', 'module', 'root']);
  if (name === 'terraform' || name === 'tofu') return missing(name, first, ['workspace']);
  if (name === 'module') {
    if (!calls.has(first)) return missing('module', first, calls.keys());
    const reference = module.calls.reference(first, steps.slice(1));
    return explainGroup(`module.${first}`, reference, module.outputsOf(first));
  }
  const isPrefixed = name === 'data' || name === 'ephemeral';
  const address = isPrefixed ? `${name}.${first}.${second ?? ''}` : `${name}.${first}`;
  if (!resourceByAddress.has(address))
    return `There is no "${address}" here.${suggest(address, resourceByAddress.keys())}`;
  const reference = module.resources.reference(address, steps.slice(isPrefixed ? 2 : 1));
  return explainGroup(address, reference, []);
}

function missing(prefix: string, name: string, known: Iterable<string>): string {
  const address = `${prefix}.${name}`;
  return `There is no "${address}" here.${suggest(
    address,
    [...known].map((key) => `${prefix}.${key}`),
  )}`;
}

function explainGroup(address: string, reference: GroupReference | undefined, outputs: Iterable<string>): string {
  if (reference?.kind === 'attribute-missing')
    return `"${address}" has no output "${reference.name}".${suggest(reference.name, outputs)}`;
  if (reference?.kind === 'key-missing')
    return `"${address}" has instances: name one of them by its key, or all by "[*]".`;
  return `"${address}" leads to nothing here.`;
}
