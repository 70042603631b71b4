import { type Cause, elementsOf, identityOf, type Text, toDocument } from '../iam/index.js';
import type { Resource } from '../model/resource.js';
import type { Value } from '../model/value.js';
import { ADMINISTRATOR } from './documents.js';
import type { PolicyInForce, WrittenGate } from './request.js';
import { shown } from './shown-text.js';
import { attributeOf, resourceBehind, type World } from './world.js';
import { type ControlTarget, isWritten, standingOf } from './written-organization.js';

export type ControlKind = 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';

const WORDS: Readonly<Record<ControlKind, string>> = {
  SERVICE_CONTROL_POLICY: 'service control policy',
  RESOURCE_CONTROL_POLICY: 'resource control policy',
};

/** A control policy of an organization, as code writes it. */
export interface WrittenControl {
  readonly resource: Resource;
  /** Undefined where it is not known. */
  readonly kind: ControlKind | undefined;
  readonly document: Value;
}

/** A control policy at what it is attached to; without a target where no attachment of it is in the input. */
export interface WrittenAttachment {
  /** Undefined for a policy that the input does not hold. */
  readonly control: WrittenControl | undefined;
  readonly target: ControlTarget | undefined;
  /** What attaches it, or it itself. */
  readonly by: Resource;
  /** Why it is perhaps not attached. */
  readonly perhaps: Cause | undefined;
  /** The policy's id, where the policy is not in the input. */
  readonly id: Value | undefined;
}

export const POLICY_TYPES: ReadonlySet<string> = new Set(['aws_organizations_policy', 'AWS::Organizations::Policy']);
export const ATTACHMENT_TYPE = 'aws_organizations_policy_attachment';

/** The policy that is attached to everything from the beginning. */
export const FULL_ACCESS: PolicyInForce = { ...ADMINISTRATOR, name: 'FullAWSAccess' };
const FULL_ACCESS_ID = 'p-FullAWSAccess';

const known = new WeakMap<World, Map<string, readonly WrittenGate[]>>();
const attachmentsOf = new WeakMap<World, readonly WrittenAttachment[]>();

/** The attachments of control policies that code writes. */
export function writtenAttachments(world: World): readonly WrittenAttachment[] {
  let found = attachmentsOf.get(world);
  if (found === undefined) {
    found = readAttachments(world);
    attachmentsOf.set(world, found);
  }
  return found;
}

/**
 * The control policies of code that bind an account, or perhaps do, by what they are attached to. AWS Organizations User Guide, "SCP
 * evaluation". What is attached beside them is not known: `FullAWSAccess` is from the beginning.
 */
export function writtenGates(world: World, account: Text | undefined, kind: ControlKind): readonly WrittenGate[] {
  const attachments = writtenAttachments(world);
  if (attachments.length === 0) return NONE;
  let gates = known.get(world);
  if (gates === undefined) {
    gates = new Map();
    known.set(world, gates);
  }
  const key = `${kind} ${account === undefined ? '' : account.map((token) => (typeof token === 'number' ? token : token.identity)).join()}`;
  let found = gates.get(key);
  if (found === undefined) {
    found = makeGates(world, attachments, account, kind);
    gates.set(key, found);
  }
  return found;
}

const NONE: readonly WrittenGate[] = [];

function makeGates(
  world: World,
  attachments: readonly WrittenAttachment[],
  account: Text | undefined,
  kind: ControlKind,
): WrittenGate[] {
  const levels = new Map<string, { readonly name: string; readonly policies: PolicyInForce[] }>();
  for (const attachment of attachments) {
    const { target, by, control } = attachment;
    const policy = policyAt(attachment, kind);
    const standing = target === undefined ? 'perhaps' : standingOf(world, target, account);
    if (policy === undefined || standing === 'elsewhere') continue;
    const doubt: Cause | undefined =
      standing === 'perhaps' ? { kind: 'construct', name: `whom ${by.address} binds` } : undefined;
    const unsure: Cause | undefined =
      control !== undefined && control.kind === undefined
        ? { kind: 'construct', name: `the type of ${control.resource.address}` }
        : undefined;
    const key = target === undefined ? `of ${by.key}` : keyOf(target.value);
    const level = levels.get(key) ?? {
      name: target === undefined ? by.address : nameOfTarget(target.value),
      policies: [],
    };
    level.policies.push({ ...policy, perhaps: policy.perhaps ?? doubt ?? unsure });
    levels.set(key, level);
  }
  return [...levels.values()].map(
    ({ name, policies }): WrittenGate => ({
      policies,
      others: policies.some(mayAllow)
        ? { kind: 'construct', name: `whether FullAWSAccess is attached to ${name}` }
        : undefined,
    }),
  );
}

function keyOf(target: Value): string {
  return target.kind === 'unknown' ? `?${identityOf(target)}` : shown(target);
}

/** A target as reports name it. */
export function nameOfTarget(target: Value): string {
  return target.kind === 'unknown' ? (target.subject ?? target.reason) : shown(target);
}

export function mayAllow({ document }: PolicyInForce): boolean {
  const { statements, isOpen } = toDocument(document);
  return isOpen || statements.some(({ isAllow }) => isAllow !== false);
}

/** The policy of an attachment; undefined for one of another kind, and one that the input does not hold. */
export function policyAt(
  { control, target, perhaps, id }: WrittenAttachment,
  kind: ControlKind,
): PolicyInForce | undefined {
  const where = target === undefined ? '' : ` on ${nameOfTarget(target.value)}`;
  if (control === undefined)
    return id?.kind === 'string' && id.value === FULL_ACCESS_ID
      ? { ...FULL_ACCESS, name: `${FULL_ACCESS.name}${where}`, attachedBy: id, perhaps }
      : undefined;
  if ((control.kind ?? kind) !== kind) return undefined;
  return { document: control.document, name: `${WORDS[kind]} ${control.resource.address}${where}`, perhaps };
}

function readAttachments(world: World): WrittenAttachment[] {
  const all = [...world.graph.resources.values()].filter(isWritten);
  const controls = new Map(
    all.flatMap((resource) => {
      const control = POLICY_TYPES.has(resource.type) ? controlOf(world, resource) : undefined;
      return control === undefined ? [] : [[resource, control] as const];
    }),
  );
  const policies = new Set(all.filter(({ type }) => POLICY_TYPES.has(type)));
  const found: WrittenAttachment[] = [];
  for (const resource of all) {
    if (resource.type !== ATTACHMENT_TYPE) continue;
    const id = attributeOf(world, resource, 'policy_id');
    const target = attributeOf(world, resource, 'target_id');
    const policy = id === undefined ? undefined : policyBehind(world, resource, id, policies);
    const control = policy === undefined ? undefined : controls.get(policy);
    // One of another type: of tags, of backups.
    if (policy !== undefined && control === undefined) continue;
    found.push({
      control,
      target: target === undefined ? undefined : { value: target, by: resource },
      by: resource,
      perhaps: existenceOf(resource),
      id,
    });
  }
  for (const control of controls.values()) found.push(...ownTargets(world, control, found));
  return found;
}

function policyBehind(
  world: World,
  attachment: Resource,
  id: Value,
  policies: ReadonlySet<Resource>,
): Resource | undefined {
  const linked = resourceBehind(world, attachment, 'policy_id', id);
  if (linked !== undefined && policies.has(linked)) return linked;
  if (id.kind !== 'string') return undefined;
  return [...policies].find((policy) => {
    const own = attributeOf(world, policy, 'id');
    return policy.root === attachment.root && own?.kind === 'string' && own.value === id.value;
  });
}

/** What a policy itself is attached to, as templates have it; nothing is known of one that nothing attaches. */
function ownTargets(
  world: World,
  control: WrittenControl,
  attached: readonly WrittenAttachment[],
): WrittenAttachment[] {
  const { resource } = control;
  const perhaps = existenceOf(resource);
  const given = attributeOf(world, resource, 'TargetIds');
  const { elements, isOpen } = elementsOf(given);
  const own = elements.map(
    ({ value, existence }): WrittenAttachment => ({
      control,
      target: { value, by: resource },
      by: resource,
      perhaps: existence === 'once' ? perhaps : (perhaps ?? attachmentOf(resource)),
      id: undefined,
    }),
  );
  const isAttached = own.length > 0 || attached.some((one) => one.control === control);
  if (isAttached && !isOpen) return own;
  return [...own, { control, target: undefined, by: resource, perhaps: undefined, id: undefined }];
}

function existenceOf(resource: Resource): Cause | undefined {
  return resource.existence.kind === 'certain' && !resource.isPrototype ? undefined : attachmentOf(resource);
}

function attachmentOf({ address }: Resource): Cause {
  return { kind: 'construct', name: `attachment of ${address}` };
}

/** Undefined for a policy of another type, which decides nothing about access. */
function controlOf(world: World, resource: Resource): WrittenControl | undefined {
  const isTemplate = resource.type.startsWith('AWS::');
  const [type, content] = (isTemplate ? ['Type', 'Content'] : ['type', 'content']).map((name) =>
    attributeOf(world, resource, name),
  );
  const native = type === undefined && !isTemplate ? 'SERVICE_CONTROL_POLICY' : plainValue(type);
  if (native !== undefined && !(native in WORDS)) return undefined;
  const document = content === undefined ? undefined : world.facts.policyDocumentOf(content);
  if (document === undefined) return undefined;
  return { resource, kind: native as ControlKind | undefined, document };
}

function plainValue(value: Value | undefined): string | undefined {
  return value?.kind === 'string' ? value.value : undefined;
}
