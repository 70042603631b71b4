import { evaluateCidr } from './cidr.js';
import { evaluateIf } from './conditions.js';
import type { Intrinsic } from './context.js';
import { evaluateGetAzs, evaluateLength } from './lists.js';
import {
  evaluateFindInMap,
  evaluateGetAtt,
  evaluateImportValue,
  evaluateRef,
  evaluateTransform,
} from './references.js';
import {
  evaluateBase64,
  evaluateJoin,
  evaluateSelect,
  evaluateSplit,
  evaluateSub,
  evaluateToJsonString,
} from './texts.js';

/** Every intrinsic function by its long name. */
export const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['Ref', evaluateRef],
  ['Fn::GetAtt', evaluateGetAtt],
  ['Fn::Sub', evaluateSub],
  ['Fn::Join', evaluateJoin],
  ['Fn::Split', evaluateSplit],
  ['Fn::Select', evaluateSelect],
  ['Fn::FindInMap', evaluateFindInMap],
  ['Fn::If', evaluateIf],
  ['Fn::Base64', evaluateBase64],
  ['Fn::Cidr', evaluateCidr],
  ['Fn::GetAZs', evaluateGetAzs],
  ['Fn::ImportValue', evaluateImportValue],
  ['Fn::Length', evaluateLength],
  ['Fn::ToJsonString', evaluateToJsonString],
  ['Fn::Transform', evaluateTransform],
]);
