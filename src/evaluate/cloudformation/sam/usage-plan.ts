import { addResource, copied, diagnose, generate, knownText } from './expansion.js';
import type { Expansion, SamResource } from './model.js';
import type { Draft, DraftMapping } from './nodes.js';
import { entryOf, mappingOf, nodeAt, placeOf, ref, sequenceOf } from './nodes.js';
import type { ApiAuth } from './security.js';

const COPIED = ['Description', 'Quota', 'Tags', 'Throttle', 'UsagePlanName'];
const SHARED = 'Serverless';

/** `UsagePlan`: a plan, a key, and the key in the plan; of the API's own, or one for all APIs that share it. */
export function expandUsagePlan(
  expansion: Expansion,
  owner: SamResource,
  made: { readonly stageId: string; readonly auth: ApiAuth },
): void {
  const entry = entryOf(made.auth.settings, 'UsagePlan');
  if (entry === undefined) return;
  const settings = mappingOf(entry.value);
  const kind = knownText(expansion, nodeAt(settings, 'CreateUsagePlan'));
  if (kind === 'NONE') return;
  if (kind !== 'PER_API' && kind !== 'SHARED') {
    const message = `"UsagePlan" of "${owner.id}" needs "CreateUsagePlan": "PER_API", "SHARED" or "NONE".`;
    diagnose(expansion, 'sam-invalid', placeOf(entry), message);
    return;
  }
  const base = kind === 'SHARED' ? SHARED : owner.id;
  const planId = `${base}UsagePlan`;
  const keyId = `${base}ApiKey`;
  const present = kind === 'SHARED' ? expansion.generated.get(planId) : undefined;
  const stages = [...itemsAt(present?.value, 'ApiStages'), { ApiId: ref(owner.id), Stage: ref(made.stageId) }];
  const keys = expansion.generated.get(keyId);
  const stageKeys = [
    ...(kind === 'SHARED' ? itemsAt(keys?.value, 'StageKeys') : []),
    { RestApiId: ref(owner.id), StageName: ref(made.stageId) },
  ];
  const apis = kind === 'SHARED' ? [...dependenciesOf(present?.value), owner.id] : [owner.id];
  const add = (id: string, type: string, attributes: DraftMapping, properties: DraftMapping): void => {
    const resource = { id, type, place: placeOf(entry), attributes, properties };
    if (kind === 'SHARED') addResource(expansion, owner.declaredIn, resource);
    else generate(expansion, owner, resource);
  };
  add(planId, 'AWS::ApiGateway::UsagePlan', { DependsOn: apis }, { ...copied(settings, COPIED), ApiStages: stages });
  add(keyId, 'AWS::ApiGateway::ApiKey', { DependsOn: [planId] }, { Enabled: true, StageKeys: stageKeys });
  const link = { KeyId: ref(keyId), KeyType: 'API_KEY', UsagePlanId: ref(planId) };
  add(`${base}UsagePlanKey`, 'AWS::ApiGateway::UsagePlanKey', { DependsOn: [keyId] }, link);
}

type Node = Parameters<typeof mappingOf>[0];

function itemsAt(resource: Node, property: string): readonly Draft[] {
  const properties = mappingOf(nodeAt(mappingOf(resource), 'Properties'));
  return sequenceOf(nodeAt(properties, property))?.items ?? [];
}

function dependenciesOf(resource: Node): readonly Draft[] {
  return sequenceOf(nodeAt(mappingOf(resource), 'DependsOn'))?.items ?? [];
}
