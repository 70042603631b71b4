import type { ChangedResource, ChangedStatement, StatementChange } from '../../findings/right-sizing.js';
import { plainText, toDocument } from '../../iam/index.js';
import { originChain, type Resource } from '../../model/resource.js';
import type { Value } from '../../model/value.js';
import { LineIndex } from '../../source/line-index.js';
import { folderOf } from '../../source/paths.js';
import type { SourceFile, SourceRange } from '../../source/source-file.js';
import { identityPoliciesOf } from '../identity-policies.js';
import { isPrincipalType } from '../names.js';
import { locationOf } from '../places.js';
import { arnTextOf, namedResources, type World } from '../world.js';
import type { NewStatement } from './build-document.js';
import { isChanged, type PolicyDraft } from './draft-policy.js';
import { notesOf } from './notes.js';
import { ownPattern } from './source-statement.js';

/** What of narrowed policies is to be changed in code, by the file in which it is written. */
export interface CodeChanges {
  readonly files: ReadonlyMap<SourceFile, readonly StatementChange[]>;
  /** Why policies that are written in code are not edited there, a sentence each. */
  readonly problems: readonly string[];
}

/** The changes of code that make narrowed policies of those that are written there. */
export function toCodeChanges(world: World, drafts: readonly PolicyDraft[]): CodeChanges {
  const files = new Map<SourceFile, StatementChange[]>();
  const problems: string[] = [];
  const code: Code = { uses: placesInUse(world), generated: generatedFiles(world) };
  const referenceTo = references(world);
  for (const draft of drafts) {
    const places = draft.narrowed.map(({ source }) => locationOf(source.value));
    if (!isChanged(draft)) continue;
    const attached = problemOfAttached(draft, code);
    if (attached !== undefined) problems.push(`${draft.policy.name ?? 'A policy'}: ${attached}.`);
    if (attached !== undefined || !places.some((place) => isCode(place, code))) continue;
    const problem = problemOf(draft, code);
    if (problem !== undefined) {
      problems.push(`${draft.policy.name ?? 'A policy'}: ${problem}.`);
      continue;
    }
    const made = draft.documents[0]?.statements ?? [];
    for (const { kind, source } of draft.narrowed) {
      const location = locationOf(source.value);
      if (kind === 'kept' || location === null) continue;
      const statements = made
        .filter((one) => one.source === source)
        .map((one) => toChangedStatement(one, location, referenceTo));
      const changes = files.get(location.file) ?? [];
      files.set(location.file, [...changes, { location, statements }]);
    }
  }
  return { files, problems };
}

interface Code {
  /** Place → how many statements of users' and roles' policies are written there. */
  readonly uses: ReadonlyMap<string, number>;
  /** The paths of plans, states and snapshots. */
  readonly generated: ReadonlySet<string>;
}

const WRITTEN: ReadonlySet<string> = new Set(['terraform', 'cloudformation']);

function generatedFiles({ graph }: World): Set<string> {
  const others = [...graph.resources.values()].filter(({ language }) => !WRITTEN.has(language));
  return new Set(others.flatMap(({ range }) => range?.file.path ?? []).filter((path) => !path.endsWith('.tf')));
}

function isCode(place: SourceRange | null, { generated }: Code): place is SourceRange {
  return place !== null && !generated.has(place.file.path);
}

/** A policy that is only attached in code, as those of AWS are: its content is not written there. */
function problemOfAttached({ documents, policy }: PolicyDraft, code: Code): string | undefined {
  if (policy.attachedBy === undefined) return undefined;
  const place = locationOf(policy.attachedBy);
  if (!isCode(place, code)) return undefined;
  const line = new LineIndex(place.file.text).position(place.start).line;
  const where = `where ${place.file.path}:${line} attaches it`;
  return documents.length === 0
    ? `nothing of it is needed, it is to be detached ${where}`
    : `it is not of this code: the new one, which "--format policy" has, is to take its place ${where}`;
}

function problemOf({ documents, narrowed }: PolicyDraft, code: Code): string | undefined {
  if (documents.length === 0) return 'nothing of it is needed, it is to be removed with its attachments';
  if (documents.length > 1) return `it becomes ${documents.length} policies, "--format policy" has them`;
  const isOfNot = narrowed.some(
    ({ kind, source }) =>
      kind === 'narrowed' &&
      (source.actions.some(({ isComplement }) => isComplement) ||
        source.resources.some(({ allBut }) => allBut !== undefined)),
  );
  if (isOfNot) return 'what was used takes the place of a NotAction or NotResource, "--format policy" has it';
  const changed = narrowed.filter(({ kind }) => kind !== 'kept').map(({ source }) => locationOf(source.value));
  if (changed.some((place) => !isCode(place, code) || place.file.external === true))
    return 'some of its statements are not written in files that are edited here';
  if (changed.some((place) => place !== null && (code.uses.get(keyOf(place)) ?? 0) > 1))
    return 'what is written once stands for several statements';
  return undefined;
}

function keyOf({ file, start }: SourceRange): string {
  return `${file.path}\0${start}`;
}

function placesInUse(world: World): Map<string, number> {
  const documents = new Set(
    namedResources(world)
      .filter(isPrincipalType)
      .flatMap((principal) => identityPoliciesOf(world, principal).map(({ document }) => document)),
  );
  const uses = new Map<string, number>();
  for (const document of documents)
    for (const { source } of toDocument(document).statements) {
      const place = locationOf(source);
      if (place !== null) uses.set(keyOf(place), (uses.get(keyOf(place)) ?? 0) + 1);
    }
  return uses;
}

type ReferenceTo = (text: string, file: SourceFile) => string | null;

function toChangedStatement(
  { sid, source, part }: NewStatement,
  location: SourceRange,
  referenceTo: ReferenceTo,
): ChangedStatement {
  const own = new Map(source.resources.map((pattern, index) => [ownPattern(pattern, index), pattern.value]));
  return {
    sid,
    actions: part?.actions ?? [],
    resources: (part?.resources ?? []).map((text): ChangedResource => {
      const written = own.get(text);
      if (written !== undefined) return { text, places: placesOf(written, location), reference: null };
      return { text, places: [], reference: referenceTo(text, location.file) };
    }),
    comments: notesOf(part),
  };
}

/** From the use of a value to where it comes from, in the file of its statement; the statement itself where nothing is told. */
function placesOf({ origin }: Value, location: SourceRange): SourceRange[] {
  const places = origin === undefined ? [] : originChain(origin);
  return places.length === 0 ? [location] : places.filter(({ file }) => file === location.file);
}

/** Expressions for ARNs of resources of the same module, which is called once, and of what is in them. */
function references(world: World): ReferenceTo {
  const byArn = new Map<string, Resource[]>();
  const declared = new Map<string, number>();
  for (const resource of namedResources(world)) {
    if (resource.language !== 'terraform' || resource.mode !== 'managed' || resource.presence !== 'written') continue;
    const place = `${resource.folder}\0${resource.declaration}`;
    declared.set(place, (declared.get(place) ?? 0) + 1);
    const arn = arnTextOf(world, resource);
    const text = arn === undefined ? undefined : plainText(arn);
    if (text !== undefined) byArn.set(text, [...(byArn.get(text) ?? []), resource]);
  }
  return (text, file) => {
    for (let end = text.length; end > 0; end = lastDelimiter(text, end - 1)) {
      const [resource, ...others] = byArn.get(text.slice(0, end)) ?? [];
      if (resource === undefined || others.length > 0) continue;
      const { folder, declaration, address } = resource;
      const isOne = declared.get(`${folder}\0${declaration}`) === 1 && !address.endsWith(']');
      if (!isOne || folder !== folderOf(file.path)) continue;
      const rest = text.slice(end);
      return rest === '' ? `${declaration}.arn` : `"\${${declaration}.arn}${rest}"`;
    }
    return null;
  };
}

function lastDelimiter(text: string, before: number): number {
  return Math.max(text.lastIndexOf('/', before), text.lastIndexOf(':', before));
}
