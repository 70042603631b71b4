import { plainText, type Text, textOf } from '../../iam/index.js';
import type { Resource } from '../../model/resource.js';
import { splitText } from '../stated-world.js';
import { accountTextOf, arnTextOf, attributeOf } from '../world.js';
import { firstUnseen, targetOf } from './prerequisites.js';
import { plainOf } from './references.js';
import type { Prerequisite, Target } from './technique.js';
import { declared, notSeen, type Terrain, type Thing, thingLike, thingNear } from './terrain.js';

const SET = 'aws_ssoadmin_permission_set';

/** IAM Identity Center: whoever came in by it can be assigned what it makes. */
export function identityCenter(terrain: Terrain): Prerequisite {
  const sets = terrain.ofType(SET);
  if (sets.length === 0) return { targets: [], unseen: firstUnseen(terrain, [SET]) };
  const targets = [...terrain.users, ...terrain.roles].flatMap((principal): Target[] => {
    const set = sets.find((one) => mayAdminister(terrain, principal, one));
    if (set === undefined) return [];
    const instance = instanceOf(terrain, set);
    const things = {
      instance,
      set: { text: [...setPrefix(instance), ...textOf('/ps-any')], resource: undefined },
      account: accountThing(terrain, principal),
    };
    return [
      targetOf(principal, things, {
        callers: [principal],
        facts: [declared(set, `${set.address} is of an instance of IAM Identity Center`)],
        causes:
          nameOfSet(terrain, principal) === undefined
            ? [notSeen(`whether ${principal.address} is a user of IAM Identity Center`)]
            : [],
      }),
    ];
  });
  return { targets };
}

/** Roles that IAM Identity Center made of permission sets of the graph: who has one can change its set. */
export function ownPermissionSets(terrain: Terrain): Prerequisite {
  const sets = terrain.ofType(SET);
  const targets = terrain.roles.flatMap((role): Target[] => {
    const name = nameOfSet(terrain, role);
    return sets.flatMap((set): Target[] => {
      const isOwn = name !== undefined && plainOf(attributeOf(terrain.world, set, 'name')) === name;
      if (!isOwn || !mayAdminister(terrain, role, set)) return [];
      const things = {
        instance: instanceOf(terrain, set),
        set: thingLike(terrain, set, 'arn:{partition}:sso:::permissionSet/{instance_id}/{id}'),
        account: accountThing(terrain, role),
      };
      return [
        targetOf(role, things, { callers: [role], facts: [declared(set, `${role.address} is of ${set.address}`)] }),
      ];
    });
  });
  return { targets, unseen: firstUnseen(terrain, [SET]) };
}

/** The permission set of a role, by the name that its service gives it: `AWSReservedSSO_Bakers_0123456789abcdef`. */
function nameOfSet({ world }: Terrain, role: Resource): string | undefined {
  const path = plainOf(attributeOf(world, role, 'path'));
  if (path?.startsWith('/aws-reserved/sso.amazonaws.com/') !== true) return undefined;
  return /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(plainOf(attributeOf(world, role, 'name')) ?? '')?.[1];
}

/**
 * Sets are changed in the account that manages the instance. IAM Identity Center User Guide, "Delegated administration".
 */
function mayAdminister({ world }: Terrain, principal: Resource, set: Resource): boolean {
  const own = accountTextOf(world, principal);
  const other = accountTextOf(world, set);
  const [one, two] = [own, other].map((text) => (text === undefined ? undefined : plainText(text)));
  return one === undefined || two === undefined || one === two;
}

/** The instance of a set: its id stands in the set's ARN. */
function instanceOf(terrain: Terrain, set: Resource): Thing {
  const written = plainOf(attributeOf(terrain.world, set, 'instance_arn'));
  if (written?.startsWith('arn:') === true) return { text: textOf(written), resource: undefined };
  const [, id] = /:permissionSet\/([^/]+)\//.exec(plainText(arnTextOf(terrain.world, set) ?? []) ?? '') ?? [];
  if (id !== undefined) return thingNear(terrain, set, `arn:{partition}:sso:::instance/${id}`);
  return thingNear(terrain, set, 'arn:{partition}:sso:::instance/{instance_id}');
}

/** `arn:aws:sso:::permissionSet/ssoins-1` of the ARN of an instance. */
function setPrefix({ text }: Thing): Text {
  const parts = splitText(text);
  const last = parts[5] ?? [];
  const id = last.slice('instance'.length);
  return [...parts.slice(0, 5).flatMap((part) => [...part, COLON]), ...textOf('permissionSet'), ...id];
}

function accountThing(terrain: Terrain, principal: Resource): Thing {
  return thingNear(terrain, principal, 'arn:{partition}:sso:::account/{account}');
}

const COLON = 58;
