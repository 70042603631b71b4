export { type EvaluateOptions, evaluatePolicies, type ParameterSetting } from './evaluate-policies.js';
export { type LoadedPolicies, type LoadOptions, loadPolicies } from './load-policies.js';
export type {
  FixPath,
  FixStep,
  FixTemplate,
  FixValue,
  ParameterValue,
  Policy,
  PolicyExpression,
  PolicyFix,
} from './policy.js';
export { deserializePolicies, serializePolicies } from './serialize-policies.js';
