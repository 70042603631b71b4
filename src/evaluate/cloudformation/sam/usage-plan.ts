import type { DataMapping } from '../../../syntax/data/ast.js';
import { addResource, copied, diagnose, gather, generate, knownText } from './expansion.js';
import type { Expansion, Generated, SamResource } from './model.js';
import type { Draft, DraftMapping, Place } from './nodes.js';
import { entryOf, mappingOf, nodeAt, placeOf, ref, refTarget } from './nodes.js';
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
  if (kind === undefined && refTarget(nodeAt(settings, 'CreateUsagePlan')) !== undefined) {
    const message = `Whether "UsagePlan" of "${owner.id}" makes a plan is not known: it is not judged.`;
    diagnose(expansion, 'sam-not-expanded', placeOf(entry), message);
    return;
  }
  if (kind !== 'PER_API' && kind !== 'SHARED') {
    const message = `"UsagePlan" of "${owner.id}" needs "CreateUsagePlan": "PER_API", "SHARED" or "NONE".`;
    diagnose(expansion, 'sam-invalid', placeOf(entry), message);
    return;
  }
  const stage = { api: ref(owner.id), stage: ref(made.stageId) };
  if (kind === 'PER_API') {
    const lists = { apis: [owner.id], stages: [stageOf(stage)], keys: [keyStageOf(stage)] };
    generatePlan(settings, lists, {
      base: owner.id,
      place: placeOf(entry),
      add: (made) => generate(expansion, owner, made),
    });
    return;
  }
  const add = (made: Generated): void => addResource(expansion, owner.declaredIn, made);
  const into = gather(expansion, `${SHARED}UsagePlan`, (listOf) => {
    const lists = { apis: listOf('apis'), stages: listOf('stages'), keys: listOf('keys') };
    generatePlan(settings, lists, { base: SHARED, place: placeOf(entry), add });
  });
  into('apis', owner.id);
  into('stages', stageOf(stage));
  into('keys', keyStageOf(stage));
}

interface PlanStage {
  readonly api: Draft;
  readonly stage: Draft;
}

function stageOf({ api, stage }: PlanStage): DraftMapping {
  return { ApiId: api, Stage: stage };
}

function keyStageOf({ api, stage }: PlanStage): DraftMapping {
  return { RestApiId: api, StageName: stage };
}

interface PlanLists {
  readonly apis: readonly Draft[];
  readonly stages: readonly Draft[];
  readonly keys: readonly Draft[];
}

interface PlanParts {
  readonly base: string;
  readonly place: Place;
  readonly add: (made: Generated) => void;
}

function generatePlan(settings: DataMapping | undefined, lists: PlanLists, { base, place, add }: PlanParts): void {
  const planId = `${base}UsagePlan`;
  const keyId = `${base}ApiKey`;
  add({
    id: planId,
    type: 'AWS::ApiGateway::UsagePlan',
    place,
    attributes: { DependsOn: lists.apis },
    properties: { ...copied(settings, COPIED), ApiStages: lists.stages },
  });
  add({
    id: keyId,
    type: 'AWS::ApiGateway::ApiKey',
    place,
    attributes: { DependsOn: [planId] },
    properties: { Enabled: true, StageKeys: lists.keys },
  });
  add({
    id: `${base}UsagePlanKey`,
    type: 'AWS::ApiGateway::UsagePlanKey',
    place,
    attributes: { DependsOn: [keyId] },
    properties: { KeyId: ref(keyId), KeyType: 'API_KEY', UsagePlanId: ref(planId) },
  });
}
