import { toDocument } from '../iam/index.js';
import type { Resource } from '../model/resource.js';
import type { Value } from '../model/value.js';
import type { SourceRange } from '../source/source-file.js';
import { placeOf, sidOf } from './places.js';
import { assumedOf } from './policies-of-aws.js';
import { principalOf } from './principals.js';
import type { AccessSources } from './stated-world.js';

/** A statement as reports name it. */
export interface NamedStatement {
  readonly policy: string | null;
  readonly sid: string | null;
  readonly location: SourceRange | null;
}

/** The statements of a principal's own policies, as values of the graph, that reports name; of a policy of AWS what attaches it. */
export function decidingValues(
  sources: AccessSources,
  principal: Resource,
  statements: readonly NamedStatement[],
): readonly Value[] {
  const { identity, boundary } = principalOf({ ...sources, bindings: new Map() }, principal);
  const wanted = new Map(statements.map((statement) => [keyOf(statement), statement]));
  const found = new Map<string, Value>();
  for (const { document, name = null, attachedBy } of boundary === undefined ? identity : [...identity, boundary]) {
    for (const { source } of toDocument(document).statements) {
      const key = keyOf({ policy: name, sid: sidOf(source), location: placeOf({ source, attachedBy }) });
      if (wanted.has(key) && !found.has(key)) found.set(key, attachedBy ?? source);
    }
  }
  return [...wanted.keys()].flatMap((key) => found.get(key) ?? []);
}

/** What is taken for granted of the content of the policies that reports name. */
export function assumedBehind(
  sources: AccessSources,
  principal: Resource,
  statements: readonly NamedStatement[],
): readonly string[] {
  const names = new Set(statements.map(({ policy }) => policy));
  const { identity } = principalOf({ ...sources, bindings: new Map() }, principal);
  return assumedOf(identity.filter(({ name = null }) => names.has(name)));
}

function keyOf({ policy, sid, location }: NamedStatement): string {
  return JSON.stringify([policy, sid, location?.file.path, location?.start, location?.end]);
}
