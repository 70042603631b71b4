export { type EvaluateOptions, evaluatePolicies } from './evaluate-policies.js';
export {
  checkExample,
  checkExamples,
  checkExpectedJson,
  type ExampleProblem,
  type ExampleScan,
  type Marker,
  parseMarkers,
  type ScanExample,
} from './examples.js';
export { type LoadedPolicies, type LoadOptions, loadPolicies } from './load-policies.js';
export { readsOnlyLive } from './only-live.js';
export { checkParameters, type ParameterSetting } from './parameters.js';
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
