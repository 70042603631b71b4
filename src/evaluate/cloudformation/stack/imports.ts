import { mergeReferences, unknownValue } from '../../../model/values.js';
import type { Place, Scope } from '../expression/context.js';
import { blur } from '../terms/choice.js';
import { type PlainTerm, referencesOf, type Term, throughStep } from '../terms/term.js';
import type { World } from './world.js';

/** SAFETY: an import has at most so many candidates. */
const maxCandidates = 8;

/** `Fn::ImportValue`: the output that exactly one root of the project exports under this name. */
export function importedValue(name: PlainTerm, world: World, scope: Scope, at: Place): Term {
  const origin = scope.origin(at);
  const text = name.kind === 'string' ? name.value : undefined;
  const found = text === undefined ? [] : world.exports.find(text);
  const [only, ...more] = found;
  if (only !== undefined && more.length === 0) return throughStep(only.value(), scope.origin(at, 'import', text));
  const candidates = found.length > maxCandidates ? [] : found.map(({ value }) => value());
  const subject = text ?? (name.kind === 'unknown' ? name.subject : undefined);
  return unknownValue('cross-stack-import', {
    subject,
    notNull: true,
    origin,
    identity: text === undefined ? undefined : `export\0${text}`,
    refersTo: mergeReferences(...candidates.map((one) => referencesOf(blur(one)))),
  });
}
