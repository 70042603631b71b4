import type {
  EscalationAdmin,
  EscalationHop,
  EscalationPath,
  EscalationStatement,
  OutsidePath,
} from '../../findings/escalation.js';
import { isHole, nameOf, plainText, type Text } from '../../iam/index.js';
import type { Resource } from '../../model/resource.js';
import type { DecidingStatement } from '../evaluate-policies.js';
import { placeOf, sidOf } from '../places.js';
import { assumedOf } from '../policies-of-aws.js';
import type { AdminProof } from './administrators.js';
import type { Alternatives } from './alternatives.js';
import type { Step, Way } from './attempt.js';
import { namesOf } from './judge.js';
import type { Node } from './node.js';
import type { Entry } from './outsiders.js';
import { type Found, stepsOf } from './search.js';

/** The path of a principal, with others that it has. */
export function toPath(node: Node, found: Found, others: Alternatives): EscalationPath {
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
    alternatives: others.paths.map((path) => path.map(toHop)),
    hasMore: others.isCut,
  };
}

/** The path of somebody from outside, who takes a role on that is an administrator or has a path. */
export function toOutsidePath(
  { role, technique, title, who, action, thing, judged }: Entry,
  node: Node,
  found: Found,
): OutsidePath {
  const steps = stepsOf(node, found.reached);
  const end = proofAtEnd(node, found);
  const causes = [...judged.causes, ...steps.flatMap((step) => step.causes), ...(end?.causes ?? [])];
  const entry: EscalationHop = {
    ...{ technique, title, from: who, to: role.address, gain: 'become', prerequisites: [] },
    actions: [
      { action, resource: shownText(thing.text, thing.resource), statements: judged.statements.map(toStatement) },
    ],
    dependsOn: namesOf(judged.causes),
    chosen: judged.chosen,
  };
  return {
    ...{ root: role.root, who, role: role.address, state: causes.length === 0 ? 'certain' : 'depends' },
    dependsOn: namesOf(causes),
    hops: [entry, ...steps.map(toHop)],
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
