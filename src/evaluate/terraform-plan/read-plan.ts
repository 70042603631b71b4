import { readBinaryPlan } from './binary-plan.js';
import { readJson } from './read-json.js';
import type { PlanInput, PlanResult } from './result.js';

/**
 * Reads a plan or a state: the JSON that `terraform show -json` prints of either, a state file of version 4, or a plan file
 * as `terraform plan -out` writes it. Never throws on input: what cannot be read is a diagnostic, and the rest is there.
 */
export function readPlan({ source, schemas, root, expected }: PlanInput): PlanResult {
  return 'bytes' in source ? readBinaryPlan({ source, schemas, root }) : readJson({ source, schemas, root, expected });
}
