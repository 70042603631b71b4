import { toDocument } from '../../iam/index.js';
import type { Resource } from '../../model/resource.js';
import type { Value } from '../../model/value.js';
import { unknownValue } from '../../model/values.js';
import { iamActions } from '../../schemas/iam-actions.js';
import { ADMINISTRATOR, documentOf, textsOf } from '../documents.js';
import type { PolicyInForce } from '../request.js';
import type { World } from '../world.js';
import {
  type ControlKind,
  FULL_ACCESS,
  mayAllow,
  nameOfTarget,
  policyAt,
  type WrittenAttachment,
  writtenAttachments,
} from '../written-controls.js';
import { isOfSameOrganization, isRoot } from '../written-organization.js';
import type { CompareAnswer } from './answer.js';
import { answersOf, type CompareOptions, compareSides, isSameSide } from './compare.js';
import { GONE, keyOfAttachment, type Node, nodesOf, type Place, type Sides, UNATTACHED } from './control-targets.js';
import { contentOf } from './literals.js';
import { distinguishSide, wayOf } from './open-parts.js';
import { inRootOf } from './same-root.js';
import type { Side } from './sides.js';

/** What a control policy in code lets through that it did not before, by one of its statements. */
export interface ComparedControl {
  /** The policy, or what attaches one that the input does not hold: of the second side where it is there. */
  readonly resource: Resource;
  readonly answer: CompareAnswer;
  /** What denied it, of a `yes`. */
  readonly denied: { readonly policy: string; readonly source: Value } | undefined;
}

/** What is on the second side, with what it was on the first. */
interface Found {
  readonly resource: Resource;
  readonly earlier: Resource | undefined;
}

/**
 * Of each control policy in code that is other, or attached to something else, what it newly lets through: what is attached to a
 * target, and above it, is compared as a whole, for a caller who may do everything. None of those that are as they were.
 */
export function compareControls(
  found: readonly Found[],
  old: World,
  now: World,
  options: CompareOptions,
): ComparedControl[] {
  const [before, after] = [writtenAttachments(old), writtenAttachments(now)];
  if (before.length === 0 && after.length === 0) return [];
  const kept = found.flatMap(({ resource, earlier: was }) => (was === undefined ? [] : [[resource, was] as const]));
  const later = new Map(kept.map(([resource, was]) => [was, resource]));
  const roots = new Map(kept.map(([resource, was]) => [was.root, resource.root]));
  const sides: Sides = { old, now, later, earlier: new Map(kept), roots, before, after, options };
  const answers = [
    ...KINDS.flatMap((kind) => nodesOf(sides).flatMap((node) => compareNode(node, kind, sides))),
    ...goneOf(sides),
  ];
  return [...answers, ...unchangedBut(changedOf(sides), answers)];
}

const KINDS: readonly ControlKind[] = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'];

interface Attached {
  readonly policy: PolicyInForce;
  readonly attachment: WrittenAttachment;
}

/** By level, what is attached there. */
type Levels = ReadonlyMap<string, readonly Attached[]>;

function levelsOf(place: Place, kind: ControlKind, world: World, sides: Sides): Levels {
  const attachments = world === sides.old ? sides.before : sides.after;
  const levels = new Map<string, Attached[]>();
  for (const attachment of attachments) {
    const asWritten = policyAt(attachment, kind) ?? unseenPolicy(attachment);
    if (asWritten === undefined) continue;
    const { root } = attachment.control?.resource ?? attachment.by;
    const [own = asWritten] =
      world === sides.old ? inRootOf([asWritten], root, sides.roots.get(root) ?? root) : [asWritten];
    const isOther = own.perhaps !== undefined && world === sides.now && !isUnderSameCondition(attachment, sides);
    const policy = isOther ? { ...own, name: `${own.name}, as it is now` } : own;
    const key = keyOfAttachment(attachment, world, sides);
    const isAbove =
      place.keys.includes(key) ||
      (attachment.target !== undefined &&
        isRoot(attachment.target.value) &&
        !place.keys[0]?.startsWith(UNATTACHED) &&
        isOfSameOrganization(world, attachment.by, place.of));
    if (isAbove) levels.set(key, [...(levels.get(key) ?? []), { policy, attachment }]);
  }
  return levels;
}

/** Whether what is perhaps there is there now wherever it was before. */
function isUnderSameCondition({ by }: WrittenAttachment, { earlier }: Sides): boolean {
  const was = earlier.get(by);
  return was !== undefined && conditionOf(was) === conditionOf(by);
}

/** Where no condition is known, it is as it is written. */
function conditionOf({ existence, range, values }: Resource): string {
  const isKnown = existence.kind === 'unknown' && existence.condition !== undefined;
  const text = isKnown || range === undefined ? '' : range.file.text.slice(range.start, range.end);
  const { origin: _, ...plain } = existence.kind === 'unknown' ? existence : { ...existence, origin: undefined };
  return [JSON.stringify(plain), ...wayOf(existence), contentOf(values.entries.get('TargetIds')), text].join('\n');
}

/** A policy that is attached and in no input may be of either kind. */
function unseenPolicy({ control, id, target, perhaps }: WrittenAttachment): PolicyInForce | undefined {
  if (control !== undefined || id === undefined || target === undefined) return undefined;
  const name = `policy ${nameOfTarget(id)}`;
  return { document: unknownValue('outside-input', { subject: name, identity: contentOf(id) }), name, perhaps };
}

/** What the node's levels let through that they did not, by the policies that say so. */
function compareNode(node: Node, kind: ControlKind, sides: Sides): ComparedControl[] {
  const { old, now } = sides;
  const was = levelsOf(node.before, kind, old, sides);
  const is = withUnattached(node, kind, levelsOf(node.after, kind, now, sides), sides);
  const keys = [...new Set([...was.keys(), ...is.keys()])].sort();
  const levels = keys.map((key): Level => ({ key, old: was.get(key) ?? [], now: is.get(key) ?? [] }));
  const asked = { levels, kind, sides };
  const plain = sideOf(asked, 'old', NEITHER);
  if (isSameSide(plain, distinguishSide(plain, sideOf(asked, 'now', NEITHER)))) return [];
  const isOpened = (answer: CompareAnswer) => answer.kind !== 'no';
  const found: ComparedControl[] = [];
  const certainOld = sideOf(asked, 'old', EVERYWHERE);
  const certainNow = distinguishSide(certainOld, sideOf(asked, 'now', WHERE_NONE_ALLOWS));
  for (const { target, answer } of answersOf(certainOld, certainNow, sides.options)) {
    const source = target?.statement?.source;
    if (isOpened(answer)) found.push(toControl(source, answer, asked));
  }
  if (found.length > 0) return found;
  const lists = kind === 'RESOURCE_CONTROL_POLICY' ? [] : levels.filter(hasOtherList);
  for (const list of [undefined, ...lists]) {
    const beside: Beside = (level) => level !== list;
    const side = sideOf(asked, 'old', beside);
    const answer = compareSides(side, distinguishSide(side, sideOf(asked, 'now', beside)), sides.options);
    if (!isOpened(answer)) continue;
    const constructs =
      answer.kind === 'unknown' ? answer.constructs : [`whether FullAWSAccess is attached to ${node.name}`];
    found.push(toControl(undefined, { kind: 'unknown', constructs }, { ...asked, levels: list ? [list] : levels }));
  }
  return found;
}

/** A policy that nothing attached before is the same one, wherever it is attached now. */
function withUnattached(node: Node, kind: ControlKind, levels: Levels, { after }: Sides): Levels {
  const [own = ''] = node.before.keys;
  if (!own.startsWith(UNATTACHED) || levels.has(own)) return levels;
  const key = own.slice(UNATTACHED.length);
  const attachment = after.find(({ control }) => control?.resource.key === key);
  const policy = attachment === undefined ? undefined : policyAt({ ...attachment, target: undefined }, kind);
  return attachment === undefined || policy === undefined ? levels : new Map([[own, [{ policy, attachment }]]]);
}

interface Level {
  readonly key: string;
  readonly old: readonly Attached[];
  readonly now: readonly Attached[];
}

interface Asked {
  readonly levels: readonly Level[];
  readonly kind: ControlKind;
  readonly sides: Sides;
}

/** At which levels something else allows everything: `FullAWSAccess` is attached from the beginning. */
type Beside = (level: Level, policies: readonly Attached[]) => boolean;

const NEITHER: Beside = () => false;
const EVERYWHERE: Beside = () => true;
const WHERE_NONE_ALLOWS: Beside = (_, policies) => !policies.some(({ policy }) => mayAllow(policy));

function sideOf({ levels, kind }: Asked, which: 'old' | 'now', isBeside: Beside): Side {
  const limits = levels.map((level) => {
    const policies = level[which];
    const own = policies.map(({ policy }) => policy);
    const isFull = kind === 'RESOURCE_CONTROL_POLICY' ? isBeside !== NEITHER : isBeside(level, policies);
    return [`control policies of ${level.key}`, isFull ? [FULL_ACCESS, ...own] : own] as const;
  });
  return { grants: [kind === 'RESOURCE_CONTROL_POLICY' ? ofBoundServices() : ADMINISTRATOR], limits: new Map(limits) };
}

let bound: PolicyInForce | undefined;

/** Everything in the services that resource control policies bind. */
function ofBoundServices(): PolicyInForce {
  const { services, isBoundByRcps } = iamActions();
  bound ??= {
    name: ADMINISTRATOR.name,
    document: documentOf([
      ['effect', { kind: 'string', value: 'Allow' }],
      ['actions', textsOf(...services.filter(isBoundByRcps).map((service) => `${service}:*`))],
      ['resources', textsOf('*')],
    ]),
  };
  return bound;
}

/** Whether other things are allowed by the policies of a level. */
function hasOtherList({ old, now }: Level): boolean {
  const allowsOf = (attached: readonly Attached[]) =>
    attached
      .map(({ policy }) => policy.document)
      .flatMap((document) => {
        const { statements, isOpen } = toDocument(document);
        const allows = statements.filter(({ isAllow }) => isAllow !== false).map(({ source }) => contentOf(source));
        return isOpen ? [...allows, contentOf(document)] : allows;
      })
      .sort()
      .join('\n');
  return allowsOf(old) !== allowsOf(now);
}

function toControl(source: Value | undefined, answer: CompareAnswer, { levels, sides }: Asked): ComparedControl {
  const all = levels.flatMap((level) => [...level.old, ...level.now]);
  const holds = ({ policy }: Attached) => toDocument(policy.document).statements.some((one) => one.source === source);
  const holder = source === undefined ? undefined : all.find(holds);
  const contents = (some: readonly Attached[]) => some.map(({ policy }) => contentOf(policy.document));
  // What no single statement says is told at what is other.
  const changed = levels.flatMap(({ old, now }) => {
    const [was, is] = [contents(old), contents(now)];
    return [
      ...now.filter(({ policy }) => !was.includes(contentOf(policy.document))),
      ...old.filter(({ policy }) => !is.includes(contentOf(policy.document))),
    ];
  });
  const attached = holder ?? changed[0] ?? all[0];
  const resource = attached?.attachment.control?.resource ?? attached?.attachment.by;
  if (resource === undefined) throw new Error('a level has policies');
  const isUnsure = answer.kind === 'yes' && attached?.attachment.control?.kind === undefined;
  return {
    resource: sides.later.get(resource) ?? resource,
    answer: isUnsure
      ? { kind: 'unknown', constructs: [`the type of ${resource.address}`] }
      : answer.kind === 'yes'
        ? { ...answer, assumes: [...answer.assumes, LET_THROUGH] }
        : answer,
    denied:
      answer.kind === 'yes' && holder !== undefined && source !== undefined
        ? { policy: holder.policy.name ?? resource.address, source }
        : undefined,
  };
}

const LET_THROUGH = 'other control policies let it through, and the caller has a policy that allows it';

/** Attachments of targets that are in the code no more, and policies that nothing attached: whom they bound is not known. */
function goneOf(sides: Sides): ComparedControl[] {
  const { before, old, later } = sides;
  return before
    .filter((one) => keyOfAttachment(one, old, sides).includes(GONE))
    .map(({ by, control }) => {
      const resource = control?.resource ?? by;
      return {
        resource: later.get(resource) ?? resource,
        answer: { kind: 'unknown', constructs: [`whom ${by.address} binds`] },
        denied: undefined,
      };
    });
}

/** The policies that are other, new or gone, or that something else attaches. */
function changedOf(sides: Sides): Resource[] {
  const { old, now, later, before, after } = sides;
  const contentsOf = (attachments: readonly WrittenAttachment[], world: World) =>
    new Map(
      attachments.map((one) => {
        const { control, by, id, perhaps } = one;
        const resource = control?.resource ?? by;
        const policy = control === undefined ? contentOf(id) : `${control.kind} ${contentOf(control.document)}`;
        const key = (world === old ? later.get(resource)?.key : undefined) ?? resource.key;
        const condition = perhaps === undefined ? '' : conditionOf(by);
        const content = [key, keyOfAttachment(one, world, sides), policy, condition].join(' ');
        return [content, later.get(resource) ?? resource] as const;
      }),
    );
  const [was, is] = [contentsOf(before, old), contentsOf(after, now)];
  const changed = [
    ...[...is].filter(([content]) => !was.has(content)),
    ...[...was].filter(([content]) => !is.has(content)),
  ];
  return [...new Set(changed.map(([, resource]) => resource))];
}

function unchangedBut(changed: readonly Resource[], answers: readonly ComparedControl[]): ComparedControl[] {
  const answered = new Set(answers.map(({ resource }) => resource));
  return changed
    .filter((resource) => !answered.has(resource))
    .map((resource) => ({
      resource,
      answer: { kind: 'no', assumes: [`actions of ${iamActions().version}`] },
      denied: undefined,
    }));
}
