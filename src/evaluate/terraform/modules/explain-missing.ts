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
  /** ` Did you mean "x"?` with the nearest of the names, or nothing where none is near. */
  hint(name: string, names: Iterable<string>): string;
}

/** Says in a sentence why a traversal leads to nothing. */
export function explainMissing(name: string, steps: readonly ReferenceStep[], module: Referable): string {
  const [first, second] = steps.map((step) => (step.kind === 'attribute' ? step.name : undefined));
  const { variables, locals, calls, resourceByAddress } = module.configuration;
  if (name === 'each' || name === 'count' || name === 'self') return `"${name}" has no meaning here.`;
  if (first === undefined) return `There is no value named "${name}" here.`;
  if (name === 'resource') return explainMissing(first, steps.slice(1), module);
  const missing = (known: Iterable<string>) => explainName(`${name}.${first}`, `${name}.`, known, module);
  if (name === 'var') return missing(variables.keys());
  if (name === 'local') return missing(locals.keys());
  if (name === 'path') return missing(['cwd', 'module', 'root']);
  if (name === 'terraform' || name === 'tofu') return missing(['workspace']);
  if (name === 'module') {
    if (!calls.has(first)) return missing(calls.keys());
    return explainGroup(`module.${first}`, module.calls.reference(first, steps.slice(1)), (output) =>
      module.hint(output, module.outputsOf(first)),
    );
  }
  const isPrefixed = name === 'data' || name === 'ephemeral';
  const address = isPrefixed ? `${name}.${first}.${second ?? ''}` : `${name}.${first}`;
  if (!resourceByAddress.has(address)) return explainName(address, '', resourceByAddress.keys(), module);
  const reference = module.resources.reference(address, steps.slice(isPrefixed ? 2 : 1));
  return explainGroup(address, reference, () => '');
}

function explainName(address: string, prefix: string, known: Iterable<string>, module: Referable): string {
  return `There is no "${address}" here.${module.hint(address, prefixed(prefix, known))}`;
}

function* prefixed(prefix: string, names: Iterable<string>): Iterable<string> {
  for (const name of names) yield `${prefix}${name}`;
}

function explainGroup(
  address: string,
  reference: GroupReference | undefined,
  hint: (output: string) => string,
): string {
  if (reference?.kind === 'attribute-missing')
    return `"${address}" has no output "${reference.name}".${hint(reference.name)}`;
  if (reference?.kind === 'key-missing')
    return `"${address}" has instances: name one of them by its key, or all by "[*]".`;
  return `"${address}" leads to nothing here.`;
}
