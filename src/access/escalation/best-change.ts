import type { EscalationChange, EscalationStatement } from '../../findings/escalation.js';
import type { Value } from '../../model/value.js';
import { locationOf, removableOf, sidOf } from '../places.js';
import type { Usage } from '../usage/usage.js';
import type { Step } from './attempt.js';
import { removalOf } from './carried.js';
import type { Node } from './node.js';
import { type Found, findWays, type Search, stepsOf } from './search.js';
import { toStatement } from './to-report.js';

/** SAFETY: for so many statements it is found out what is left without them: those on most paths. */
const maxCandidates = 12;

interface Candidate {
  readonly source: Value;
  readonly statement: EscalationStatement;
  readonly nodes: Node[];
}

/** The statement without which most principals have no path any more. Null: there is no path. */
export function bestChange(search: Search, found: Found, usage?: Usage): EscalationChange | null {
  const own = [...found.reached.keys()].filter((node) => !search.freed.has(node));
  const all = candidatesOf(own, found).sort((some, other) => other.nodes.length - some.nodes.length);
  const candidates = all.slice(0, maxCandidates);
  let best: { readonly candidate: Candidate; readonly rid: readonly Node[] } | undefined;
  for (const candidate of candidates) {
    if (best !== undefined && candidate.nodes.length <= best.rid.length) break;
    const rid = ridBy(search, found, candidate);
    if (best === undefined || rid.length > best.rid.length) best = { candidate, rid };
  }
  if (best === undefined) return null;
  const next = all[maxCandidates];
  if (next !== undefined && next.nodes.length > best.rid.length)
    search.terrain.cuts.add(`the one change was sought among the ${maxCandidates} statements that are on most paths`);
  const removal = removalOf(search.terrain, best.candidate.source, usage);
  return {
    statement: best.candidate.statement,
    principals: namesOf(best.rid, own),
    of: own.length,
    carries: removal?.carries ?? null,
    document: removal?.document ?? null,
    patch: null,
  };
}

/** By address, with the root where others of other roots have the same one. */
function namesOf(nodes: readonly Node[], all: readonly Node[]): string[] {
  const roots = new Map<string, Set<string>>();
  for (const { name, resource } of all) roots.set(name, (roots.get(name) ?? new Set()).add(resource.root));
  const isAmbiguous = ({ name }: Node) => (roots.get(name)?.size ?? 0) > 1;
  return nodes.map((node) => (isAmbiguous(node) ? `${node.resource.root}/${node.name}` : node.name)).sort();
}

function candidatesOf(nodes: readonly Node[], { reached }: Found): Candidate[] {
  const bySource = new Map<Value, Candidate>();
  for (const node of nodes) {
    const seen = new Set<Value>();
    for (const step of stepsOf(node, reached)) {
      for (const [source, statement] of statementsOf(step)) {
        if (seen.has(source)) continue;
        seen.add(source);
        const known = bySource.get(source) ?? { source, statement, nodes: [] };
        known.nodes.push(node);
        bySource.set(source, known);
      }
    }
  }
  return [...bySource.values()];
}

function* statementsOf({ needs, sources, target }: Step): Iterable<readonly [Value, EscalationStatement]> {
  const named = new Set<Value>();
  for (const { need, judged } of needs) {
    for (const one of judged.statements) {
      named.add(removableOf(one));
      if (need.isGranted !== true) yield [removableOf(one), toStatement(one)];
    }
  }
  const policy = target.gains === undefined ? null : `trust policy of ${target.gains.address}`;
  for (const source of sources)
    if (!named.has(source))
      yield [source, { kind: 'resource', policy, sid: sidOf(source), location: locationOf(source) }];
}

/** Who has no path without the statement. The paths of all others are as they were. */
function ridBy(search: Search, { reached, admins }: Found, { source, nodes }: Candidate): readonly Node[] {
  const affected = new Set<Node>(nodes);
  for (const node of search.freed.keys())
    if (stepsOf(node, reached).some((step) => step.sources.includes(source))) affected.add(node);
  const seeds = [...admins.keys(), ...[...reached.keys()].filter((node) => !affected.has(node))];
  const left = findWays(search, { wanted: affected, seeds, mayDepend: true, without: source });
  return nodes.filter((node) => !left.has(node));
}
