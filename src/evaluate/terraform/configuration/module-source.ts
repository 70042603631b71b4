import { joinPath } from '../../../source/paths.js';
import type { ModuleConfiguration, PlacedAttribute } from './declarations.js';
import { NO_BLOCKS, readDeclaration } from './read-body.js';

/** Whether a source is a folder of the same project: those are followed on disk. */
export function isLocalSource(source: string): boolean {
  return (
    source === '.' ||
    source === '..' ||
    source.startsWith('./') ||
    source.startsWith('../') ||
    source.startsWith('.\\') ||
    source.startsWith('..\\')
  );
}

/** The literal text of a call's source. */
export function sourceText(placed: PlacedAttribute | undefined): string | undefined {
  const expression = placed?.attribute.expression;
  if (expression?.kind !== 'template' || expression.parts.length > 1) return undefined;
  const [part] = expression.parts;
  return part?.kind === 'text' ? part.value : undefined;
}

/** The folders that a module calls by local paths. */
export function localTargets(configuration: ModuleConfiguration): string[] {
  return [...configuration.calls.values()].flatMap((declaration) => {
    const { attributes } = readDeclaration(declaration, NO_BLOCKS, () => undefined);
    const source = sourceText(attributes.get('source'));
    if (source === undefined || !isLocalSource(source)) return [];
    return [joinPath(configuration.folder, source.replace(/\\/g, '/'))];
  });
}
