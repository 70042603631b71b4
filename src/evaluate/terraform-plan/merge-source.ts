import type { Evaluation } from '../../model/evaluation.js';
import type { RawResource } from '../../model/raw-resource.js';
import { SecretNotes } from '../../model/secret-notes.js';
import { type Diagnostic, severityOf } from '../../source/diagnostic.js';
import { type Differences, mergeResource } from './merge-values.js';
import type { PlanResult } from './result.js';
import { SourceInstances } from './source-instances.js';

/**
 * A plan (or state) with what only its source has: places, comments, references and the way of every value. The exact
 * values are the plan's; where the source has another, the plan's counts and stands in the plan. The source must have been
 * evaluated under the same root name.
 */
export function mergePlanWithSource(plan: PlanResult, source: Evaluation): PlanResult {
  const own = source.resources.filter(({ root }) => root === plan.root);
  const language = plan.kind === 'terraform-state' ? 'terraform-state' : 'terraform-plan';
  const differences: Differences = { values: 0, resources: 0, first: undefined };
  const instances = new SourceInstances(own, plan.resources);
  const resources = plan.resources.map((planned) => {
    const written = instances.sourceOf(planned);
    if (written !== undefined) return mergeResource(planned, written, { plan, instances, differences });
    if (planned.mode === 'managed' && !isUnread(planned, source)) countResource(differences, planned);
    return planned;
  });
  for (const written of instances.notPlanned()) {
    // What a plan shows of data sources are those that were read; whether there are others decides nothing.
    if (written.mode === 'data') resources.push({ ...written, language });
    else if (written.existence.kind === 'certain' && !written.isPrototype && plan.kind !== 'terraform-state')
      countResource(differences, written);
  }
  const secrets = new SecretNotes();
  secrets.add(plan.secrets);
  secrets.add(source.secrets);
  return {
    ...plan,
    resources,
    comments: source.comments,
    diagnostics: [
      ...plan.diagnostics,
      ...source.diagnostics.filter(({ code }) => severityOf(code) === 'error'),
      ...reportDifferences(plan, differences),
    ],
    files: [...plan.files, ...source.files],
    secrets: secrets.secrets(),
  };
}

/** In a module that was not read, which is reported already. */
function isUnread({ address }: RawResource, { unreadModules }: Evaluation): boolean {
  return unreadModules.some(
    (module) => address.startsWith(`${module.address}.`) || address.startsWith(`${module.address}[`),
  );
}

function countResource(differences: Differences, { address }: RawResource): void {
  differences.resources++;
  differences.first ??= address;
}

function reportDifferences(plan: PlanResult, { values, resources, first }: Differences): Diagnostic[] {
  if (values + resources === 0) return [];
  const [path = ''] = plan.files.map((file) => file.path);
  const counts = [countOf(values, 'value'), countOf(resources, 'resource')].filter((text) => text !== '').join(' and ');
  return [
    {
      code: 'source-differs',
      message: `The source of "${path}" is not what was planned: ${counts} differ (first: "${first}"). What was planned is judged.`,
      path,
    },
  ];
}

function countOf(count: number, what: string): string {
  return count === 0 ? '' : `${count} ${what}${count === 1 ? '' : 's'}`;
}
