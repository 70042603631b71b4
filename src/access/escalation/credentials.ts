import type { Resource } from '../../model/resource.js';
import { attributeOf } from '../world.js';
import { targetOf } from './prerequisites.js';
import { named, plainOf, referredIn, valueAt } from './references.js';
import type { Need, Prerequisite, Target } from './technique.js';
import { declared, notSeen, type Terrain, type Thing, thingLike } from './terrain.js';

const KEY = 'aws_iam_access_key';
const KMS_ARN = 'arn:{partition}:kms:{region}:{account}:key/{key_id}';

/** A place where something secret is kept. */
interface Store {
  readonly place: Resource;
  readonly thing: Thing;
  /** The key that it is encrypted with. */
  readonly key: string;
  readonly what: string;
}

/** Secrets whose value is written with an access key of a user, by the user. The values of snapshots are never read. */
export function keysInSecrets(terrain: Terrain): Prerequisite {
  const { world } = terrain;
  return {
    targets: terrain.ofType('aws_secretsmanager_secret_version').flatMap((version) => {
      const place = named(terrain, attributeOf(world, version, 'secret_id'), 'aws_secretsmanager_secret', [
        'id',
        'arn',
        'name',
      ]);
      if (place === undefined) return [];
      const thing = thingLike(
        terrain,
        place,
        'arn:{partition}:secretsmanager:{region}:{account}:secret:{name}-{suffix}',
      );
      return usersIn(terrain, version, 'secret_string', { place, thing, key: 'kms_key_id', what: place.address });
    }),
  };
}

/** Parameters of Systems Manager with an access key of a user, by the user. */
export function keysInParameters(terrain: Terrain): Prerequisite {
  return {
    targets: terrain.ofType('aws_ssm_parameter').flatMap((place) => {
      const name = plainOf(attributeOf(terrain.world, place, 'name'));
      const last = name === undefined ? '{name}' : name.replace(/^\//, '');
      const thing = thingLike(terrain, place, `arn:{partition}:ssm:{region}:{account}:parameter/${last}`);
      return usersIn(terrain, place, 'value', { place, thing, key: 'key_id', what: place.address });
    }),
  };
}

function usersIn(terrain: Terrain, holder: Resource, path: string, store: Store): Target[] {
  const { world } = terrain;
  const value = valueAt(world, holder, path);
  const isSecret = (value?.refersTo ?? []).some(
    ({ attribute }) => attribute === undefined || /^secret|^ses_/.test(attribute),
  );
  return referredIn(terrain, value, KEY).flatMap((key): Target[] => {
    const user = named(terrain, attributeOf(world, key, 'user'), 'aws_iam_user', ['name', 'id']);
    if (user === undefined || !isSecret) return [];
    const status = attributeOf(world, key, 'status');
    if (status?.kind === 'string' && status.value !== 'Active') return [];
    const { causes, also, things } = encryptionOf(terrain, store);
    const facts = [declared(holder, `${store.what} has the access key ${key.address} of ${user.address}`)];
    return [targetOf(user, { store: store.thing, ...things }, { facts, causes, also })];
  });
}

/** What reading needs of the key that encrypts it: AWS's own lets in whoever may read. */
function encryptionOf(terrain: Terrain, { place, key: path }: Store) {
  const value = attributeOf(terrain.world, place, path);
  const none = { causes: [], also: [] as readonly Need[], things: {} as Readonly<Record<string, Thing>> };
  if (value === undefined || plainOf(value)?.startsWith('alias/aws/') === true) return none;
  const key = named(terrain, value, 'aws_kms_key', ['arn', 'key_id', 'id']);
  if (key === undefined) return { ...none, causes: [notSeen(`the key of ${place.address}`)] };
  const also: readonly Need[] = [{ action: 'kms:Decrypt', on: 'key' }];
  return { ...none, also, things: { key: thingLike(terrain, key, KMS_ARN) } };
}
