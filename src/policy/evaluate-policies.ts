import type { Evaluation } from '../findings/evaluation.js';
import type { AccessFacts } from '../model/access-facts.js';
import { openTypeOf, type Resource, type ResourceGraph, type UnseenType } from '../model/resource.js';
import type { ShapeCatalogue } from '../model/shape.js';
import { originAt } from '../model/values.js';
import { type CompiledPolicy, compilePolicy } from './compile-policy.js';
import { judgeResource } from './judge-resource.js';
import { parseTimestamp } from './language/times.js';
import { ownedElsewhere } from './owned-elsewhere.js';
import { type ParameterSetting, parametersOf } from './parameters.js';
import type { Policy } from './policy.js';

export interface EvaluateOptions {
  /** The date that expiry and ages are read at: `2026-11-22`, midnight UTC. */
  readonly now: string;
  /** In place of the policies' defaults; later ones win. */
  readonly parameters?: readonly ParameterSetting[] | undefined;
  readonly shapes: ShapeCatalogue;
  /** Who can do what: asked once at most, and only where a policy does. */
  readonly access?: (() => AccessFacts) | undefined;
}

/**
 * Judges every resource by every policy that applies to it: one evaluation a resource, or one an element where the
 * policy says `each`; what an account only sees, where it is owned. Ordered by resource as in the graph, then by policy as given.
 */
export function evaluatePolicies(
  graph: ResourceGraph,
  policies: readonly Policy[],
  options: EvaluateOptions,
): Evaluation[] {
  const byType = groupByType(policies);
  const compiledOf = compilerOf(options);
  const evaluations: Evaluation[] = [];
  const access = onlyOnce(options.access);
  const elsewhere = ownedElsewhere(graph);
  for (const resource of graph.resources.values()) {
    if (elsewhere.has(resource.key)) continue;
    const applying =
      resource.mode === 'managed' || resource.presence !== 'written' ? byType.get(resource.type) : undefined;
    if (applying === undefined) continue;
    const context = { graph, resource, touched: [] as Resource[], access };
    for (const policy of applying) {
      if (!policy.metadata.isOnlyLive || resource.language === 'live')
        judgeResource(compiledOf(policy), context, evaluations);
    }
  }
  for (const unseen of [...graph.unseen, ...neverAsked(graph, [...byType.keys()])]) {
    for (const policy of byType.get(unseen.type) ?? []) evaluations.push(unseenOutcome(policy, unseen));
  }
  return evaluations;
}

function onlyOnce(open: EvaluateOptions['access']): EvaluateOptions['access'] {
  if (open === undefined) return undefined;
  let facts: AccessFacts | undefined;
  return () => {
    facts ??= open();
    return facts;
  };
}

/** Types of which no one has asked a live account whether it has any. */
function neverAsked(graph: ResourceGraph, types: readonly string[]): UnseenType[] {
  const unseen: UnseenType[] = [];
  for (const [root, { account, open }] of graph.openTypes) {
    if (account === undefined) continue;
    const provider = graph.resources.get(account.scope)?.scope.provider ?? '';
    for (const type of types) {
      const missing = open.has(type) || !type.startsWith(`${provider}_`) ? undefined : openTypeOf(graph, root, type);
      if (missing !== undefined) unseen.push({ ...missing, ...account, type });
    }
  }
  return unseen;
}

/** Of resources that perhaps are there nothing passes by not being seen: the outcome is the scope's. */
function unseenOutcome({ metadata }: Policy, { type, scope, reason, subject, range }: UnseenType): Evaluation {
  const path = `${type}[]`;
  return {
    policy: metadata.id,
    severity: metadata.severity,
    resource: scope,
    element: { path, key: path },
    outcome: 'unknown',
    message: `a resource of type ${type} was not seen`,
    place: { resource: scope, path: '', origin: originAt(range, 'written'), block: undefined },
    also: [],
    unknowns: [{ path, reason, subject }],
    assumed: [],
    errors: [],
  };
}

function groupByType(policies: readonly Policy[]): ReadonlyMap<string, readonly Policy[]> {
  const byType = new Map<string, Policy[]>();
  for (const policy of policies) {
    for (const type of policy.types) {
      const group = byType.get(type);
      if (group === undefined) byType.set(type, [policy]);
      else group.push(policy);
    }
  }
  return byType;
}

/** Compiles a policy when it first has something to judge. */
function compilerOf(options: EvaluateOptions): (policy: Policy) => CompiledPolicy {
  const now = parseTimestamp(`${options.now.slice(0, 10)}T00:00:00Z`);
  const compiled = new Map<Policy, CompiledPolicy>();
  return (policy) => {
    const known = compiled.get(policy);
    if (known !== undefined) return known;
    const made = compilePolicy(policy, { now, parameters: parametersOf(policy, options.parameters ?? []) });
    compiled.set(policy, made);
    return made;
  };
}
