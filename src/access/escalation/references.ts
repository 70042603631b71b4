import { plainText, type Text } from '../../iam/index.js';
import type { Resource } from '../../model/resource.js';
import type { Value } from '../../model/value.js';
import { asText, attributeOf, type World } from '../world.js';
import { firstUnseen, targetOf, untold } from './prerequisites.js';
import type { Prerequisite, Target } from './technique.js';
import { declared, type Terrain, thingLike } from './terrain.js';

/** A value within blocks and objects of a resource: `instance_configuration.instance_role_arn`. */
export function valueAt(world: World, resource: Resource, path: string): Value | undefined {
  const [first = '', ...rest] = path.split('.');
  let value = attributeOf(world, resource, first);
  for (const name of rest) value = entryOf(value, name);
  return value?.kind === 'null' ? undefined : value;
}

/** An entry of an object, or of the only object of a list. */
export function entryOf(value: Value | undefined, name: string): Value | undefined {
  const [only, ...others] = value?.kind === 'list' ? value.elements : [value];
  return only?.kind === 'object' && others.length === 0 ? only.entries.get(name) : undefined;
}

/** The resources of a type that a value, or a part of it, refers to. */
export function referredIn({ world }: Terrain, value: Value | undefined, type: string): readonly Resource[] {
  const found = partsOf(value).flatMap(({ refersTo = [] }) =>
    refersTo.flatMap(({ root, address }) => world.graph.resources.get(`${root}\0${address}`) ?? []),
  );
  return [...new Set(found)].filter((one) => one.type === type);
}

/** A value, and what it is put together of. */
function partsOf(value: Value | undefined): readonly Value[] {
  if (value === undefined) return [];
  const parts = value.kind === 'unknown' ? (value.parts ?? []) : [];
  return [value, ...parts.filter((part) => typeof part !== 'string')];
}

/** Whether a text certainly has a piece in it. */
export function hasPiece(value: Value | undefined, piece: string): boolean {
  if (value?.kind === 'string') return value.value.includes(piece);
  return (
    value?.kind === 'unknown' && (value.parts ?? []).some((part) => typeof part === 'string' && part.includes(piece))
  );
}

/** The resource of a type that a value names, by a reference or by a text that is one of its attributes'. */
export function named(
  terrain: Terrain,
  value: Value | undefined,
  type: string,
  attributes: readonly string[],
): Resource | undefined {
  const [referred, ...others] = referredIn(terrain, value, type);
  if (referred !== undefined && others.length === 0) return referred;
  const text = plainOf(value);
  if (text === undefined) return undefined;
  return terrain
    .ofType(type)
    .find((one) => attributes.some((name) => plainOf(attributeOf(terrain.world, one, name)) === text));
}

export function plainOf(value: Value | undefined): string | undefined {
  const text: Text | undefined = value === undefined ? undefined : asText(value);
  return text === undefined ? undefined : plainText(text);
}

/** A form in which something that has a role is written. */
export interface CarrierForm {
  readonly type: string;
  /** Where its role is named, by ARN or by name. */
  readonly role: string;
  /** Its ARN: see `thingLike`. */
  readonly arn: string;
}

/** The role that something names at a path, by reference, ARN or name. */
export function roleAt(terrain: Terrain, carrier: Resource, path: string): Resource | undefined {
  const value = valueAt(terrain.world, carrier, path);
  return terrain.roleNamed(carrier, path, value) ?? roleBy(terrain, carrier, value);
}

/** The role that a value names. */
export function roleBy(terrain: Terrain, near: Resource, value: Value | undefined): Resource | undefined {
  const [referred, ...others] = referredIn(terrain, value, 'aws_iam_role');
  if (referred !== undefined && others.length === 0) return terrain.roles.includes(referred) ? referred : undefined;
  if (value?.kind !== 'string' || value.value.includes(':')) return terrain.roleNamed(near, '', value);
  const name = value.value.slice(value.value.lastIndexOf('/') + 1);
  const same = terrain.roles.filter((one) => plainOf(attributeOf(terrain.world, one, 'name')) === name);
  return same.find(({ root }) => root === near.root) ?? (same.length === 1 ? same[0] : undefined);
}

/** Resources that have a role, in each of the forms in which they are written: Terraform's, and CloudFormation's. */
export function carriersIn(terrain: Terrain, forms: readonly CarrierForm[]): Prerequisite {
  const targets = forms.flatMap(({ type, role: path, arn }) =>
    terrain.ofType(type).flatMap((carrier): Target[] => {
      const role = roleAt(terrain, carrier, path);
      if (role === undefined) return [];
      const facts = [declared(carrier, `${carrier.address} has ${role.address}`)];
      return [targetOf(role, { carrier: thingLike(terrain, carrier, arn) }, { facts })];
    }),
  );
  const untoldRoles = forms.map(({ type, role }) => untold(terrain, terrain.ofType(type), role.split('.')[0] ?? role));
  return { targets, unseen: unseenForms(terrain, forms) ?? untoldRoles.find((one) => one !== undefined) };
}

/** Something is seen if it is in one of its forms. */
export function unseenForms(terrain: Terrain, forms: readonly { readonly type: string }[]): string | undefined {
  const unseen = forms.map(({ type }) => firstUnseen(terrain, [type]));
  return unseen.every((one) => one !== undefined) ? unseen[0] : undefined;
}
