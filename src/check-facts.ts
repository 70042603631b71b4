import type { Configuration } from './config.js';
import type { ConfigurationProblem } from './configuration-reader.js';
import type { Shape, ShapeCatalogue } from './model/shape.js';
import { suggest } from './source/suggest.js';

/** Facts that speak of nothing there is: they would do nothing, and nobody would notice. */
export function factProblems({ facts, places }: Configuration, shapes: ShapeCatalogue): ConfigurationProblem[] {
  const range = places.get('facts');
  if (range === undefined) return [];
  const scopes = shapes.typeNames().filter((type) => shapes.typeShape(type)?.isScope === true);
  const messages = [...facts].flatMap(([type, stated]) => {
    const found = scopes.includes(type) ? shapes.typeShape(type) : undefined;
    const known = `There are no facts of "${type}", but of ${scopes.join(', ')}.${suggest(type, scopes)}`;
    return found === undefined ? [known] : wrongParts(found.shape, stated, type);
  });
  return messages.map((message) => ({ message, range }));
}

function wrongParts(shape: Shape, stated: unknown, path: string): string[] {
  if (stated === null || shape.kind === 'any') return [];
  if (shape.kind === 'list' || shape.kind === 'set') {
    if (!Array.isArray(stated)) return [`The fact "${path}" is a list.`];
    return stated.flatMap((element: unknown) => wrongParts(shape.element, element, path));
  }
  if (shape.kind === 'map' || shape.kind === 'object') {
    if (typeof stated !== 'object' || Array.isArray(stated)) return [`The fact "${path}" has keys and values.`];
    return Object.entries(stated).flatMap(([name, value]: [string, unknown]) => {
      const part = shape.kind === 'map' ? shape.element : shape.fields.get(name);
      if (part !== undefined) return wrongParts(part, value, `${path}.${name}`);
      const names = shape.kind === 'object' ? [...shape.fields.keys()] : [];
      return [`The fact "${path}" has no "${name}".${suggest(name, names)}`];
    });
  }
  const wanted = shape.kind === 'bool' ? 'boolean' : shape.kind;
  return typeof stated === wanted ? [] : [`The fact "${path}" is a ${wanted}.`];
}
