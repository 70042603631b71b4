import type { EscalationAdmin, EscalationHop, EscalationPath, EscalationStatement } from '../../findings/escalation.js';
import { isHole, nameOf, plainText, type Text } from '../../iam/index.js';
import type { Resource } from '../../model/resource.js';
import type { DecidingStatement } from '../evaluate-policies.js';
import { placeOf, sidOf } from '../places.js';
import { assumedOf } from '../policies-of-aws.js';
import type { Step, Way } from './attempt.js';
import { namesOf } from './judge.js';
import type { AdminProof, Node } from './node.js';
import { type Found, type Search, stepsOf, tryOnce } from './search.js';

/** The path of a principal, with others that it has. */
export function toPath(search: Search, node: Node, found: Found): EscalationPath {
  const steps = stepsOf(node, found.reached);
  const end = proofAtEnd(node, found);
  const causes = [...steps.flatMap((step) => step.causes), ...(end?.causes ?? [])];
  const granting = steps.flatMap(({ needs }) => needs.flatMap(({ judged }) => judged.statements));
  return {
    root: node.resource.root,
    principal: node.name,
    state: causes.length === 0 ? 'certain' : 'depends',
    dependsOn: namesOf(causes),
    hops: steps.map(toHop),
    assumed: assumedOf([...granting, ...(end?.statements ?? [])]),
    alternatives: alternativesTo(search, node, found, steps),
  };
}

/** What makes the last principal an administrator. */
function proofAtEnd(node: Node, { reached, admins }: Found): AdminProof | undefined {
  let at: Node | undefined = node;
  while (at !== undefined) {
    const proof = admins.get(at);
    if (proof !== undefined) return proof;
    at = reached.get(at)?.next;
  }
  return undefined;
}

const maxAlternatives = 3;
/** SAFETY: more ways are not tried for the others. */
const maxTried = 40;

/** Others, each beginning with another statement, that do not lead through the principal itself. */
function alternativesTo(search: Search, node: Node, found: Found, steps: readonly Step[]): EscalationHop[][] {
  const firstOf = (step: Step | undefined) => step?.needs[0]?.judged.statements[0]?.source ?? step?.sources[0];
  const taken = new Set([firstOf(steps[0])]);
  const tried = new Set(steps[0] === undefined ? [] : [steps[0].technique]);
  const others: EscalationHop[][] = [];
  let count = 0;
  for (const way of waysFrom(search, node, found)) {
    if (others.length === maxAlternatives || count === maxTried) break;
    if (tried.has(way.technique)) continue;
    count += 1;
    const step = tryOnce(search, node, way, undefined);
    if (step === undefined || step.causes.length > 0 || taken.has(firstOf(step))) continue;
    const target =
      way.technique.gain === 'grant-any' || way.target.gains === undefined
        ? undefined
        : search.nodeOf(way.target.gains);
    const rest = target === undefined ? [] : stepsOf(target, found.reached);
    if (rest.some(({ from }) => from.resource === node.resource)) continue;
    tried.add(way.technique);
    taken.add(firstOf(step));
    others.push([step, ...rest].map(toHop));
  }
  return others;
}

function* waysFrom({ ways, nodeOf }: Search, node: Node, { reached, admins }: Found): Iterable<Way> {
  for (const way of ways.granting) if (way.target.gains === undefined || way.target.gains === node.resource) yield way;
  for (const [, list] of ways.into)
    for (const way of list) {
      const target = way.target.gains === undefined ? undefined : nodeOf(way.target.gains);
      if (target === undefined || target.resource === node.resource) continue;
      if (admins.get(target)?.causes.length === 0 || reached.has(target)) yield way;
    }
}

export function toAdmin({ resource, name }: Node, { causes, statements }: AdminProof): EscalationAdmin {
  return {
    root: resource.root,
    principal: name,
    dependsOn: namesOf(causes),
    statements: statements.map(toStatement),
    assumed: assumedOf(statements),
  };
}

function toHop({ technique, target, from, needs, facts, causes, chosen }: Step): EscalationHop {
  return {
    technique: technique.id,
    title: technique.title,
    from: from.name,
    to: targetName(target.gains, from, target.removes),
    gain: technique.gain,
    actions: needs
      .filter(({ need }) => need.isGranted !== true)
      .map(({ need, thing, judged }) => ({
        action: need.action,
        resource: shownText(thing.text, thing.resource),
        statements: judged.statements.map(toStatement),
      })),
    prerequisites: facts,
    dependsOn: namesOf(causes),
    chosen,
  };
}

function targetName(gains: Resource | undefined, from: Node, removes: Way['target']['removes']): string {
  if (gains === undefined) return 'a new principal';
  if (removes === undefined) return gains.address;
  return removes === 'boundary' ? `${from.name} without its boundary` : `${from.name} without ${removes.policy}`;
}

export function toStatement(
  statement: Pick<DecidingStatement, 'kind' | 'policy' | 'source' | 'attachedBy'>,
): EscalationStatement {
  const { kind, policy, source } = statement;
  return { kind, policy: policy ?? null, sid: sidOf(source), location: placeOf(statement) };
}

function shownText(text: Text, resource: Resource | undefined): string {
  const plain = plainText(text);
  if (plain !== undefined) return plain;
  if (resource !== undefined && text.every(isHole)) return resource.address;
  return text
    .map((token) =>
      typeof token === 'number'
        ? (plainText([token]) ?? '')
        : `\${${nameOf(token.cause).replace(/ \([a-z-]+\)$/, '')}}`,
    )
    .join('');
}
