import { selectsPolicy } from '../findings/rules.js';
import { suggest } from '../source/suggest.js';
import { isOfType, toParameterValue } from './check-policy.js';
import type { ParameterValue, Policy } from './policy.js';

/** Values of parameters for the policies of an id, alias or glob, as configuration gives them. */
export interface ParameterSetting {
  readonly policy: string;
  readonly values: ReadonlyMap<string, unknown>;
}

/** The values that the settings give to a policy's parameters; what does not fit is left out (`checkParameters`). */
export function parametersOf(
  policy: Policy,
  settings: readonly ParameterSetting[],
): Readonly<Record<string, ParameterValue>> {
  const values: Record<string, ParameterValue> = {};
  for (const setting of settings) {
    if (!selectsPolicy(setting.policy, policy.metadata)) continue;
    for (const { name, type } of policy.parameters) {
      const value = toParameterValue(setting.values.get(name));
      if (value !== undefined && isOfType(value, type)) values[name] = value;
    }
  }
  return values;
}

/** What is wrong with the settings: a parameter that no chosen policy has, or a value of another type. */
export function checkParameters(policies: readonly Policy[], settings: readonly ParameterSetting[]): readonly string[] {
  const problems: string[] = [];
  for (const setting of settings) {
    const chosen = policies.filter(({ metadata }) => selectsPolicy(setting.policy, metadata));
    const known = chosen.flatMap(({ parameters }) => parameters);
    if (chosen.length === 0) continue;
    for (const [name, value] of setting.values) {
      const found = known.filter((parameter) => parameter.name === name);
      const names = known.map((parameter) => parameter.name);
      if (found.length === 0) problems.push(`"${setting.policy}" has no parameter "${name}".${suggest(name, names)}`);
      const parameter = toParameterValue(value);
      const wrong = found.find(({ type }) => parameter === undefined || !isOfType(parameter, type));
      if (wrong !== undefined)
        problems.push(`The parameter "${name}" of "${setting.policy}" must be of type ${wrong.type}.`);
    }
  }
  return problems;
}
