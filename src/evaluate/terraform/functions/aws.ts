import { STRING, type Type } from '../../../model/type.js';
import type { UnknownValue, Value } from '../../../model/value.js';
import { objectOf } from '../values/collections.js';
import { concatTexts, knownPrefix, unknownFrom } from '../values/unknown.js';
import { argumentAt, define, textFunction, textOf, textParameter, textValue } from './define.js';
import { FunctionFailure, type TerraformFunction } from './function.js';

const SECTIONS = ['partition', 'service', 'region', 'account_id', 'resource'] as const;
const ARN_TYPE: Type = { kind: 'object', attributes: new Map([...SECTIONS].sort().map((name) => [name, STRING])) };

/** The five sections after `arn:`; the resource keeps its colons. */
function parseArn(text: string): readonly string[] {
  if (!text.startsWith('arn:')) throw new FunctionFailure('arn: invalid prefix', 0);
  const sections = text.slice('arn:'.length).split(':');
  if (sections.length < SECTIONS.length) throw new FunctionFailure('arn: not enough sections', 0);
  return [...sections.slice(0, 4), sections.slice(4).join(':')];
}

const arnParse = define({
  name: 'provider::aws::arn_parse',
  parameters: [textParameter('arn', 'u')],
  returns: ARN_TYPE,
  call(args) {
    const arn = argumentAt(args, 0);
    if (arn.kind === 'unknown') return parsePartly(arn);
    const sections = parseArn(textOf(arn));
    return objectOf(SECTIONS.map((name, index) => [name, textValue(sections[index] ?? '')] as const));
  },
});

/** The sections that the known beginning of an ARN holds; what comes after is unknown. */
function parsePartly(arn: UnknownValue): Value {
  const prefix = knownPrefix(arn);
  if (!'arn:'.startsWith(prefix.slice(0, 4))) throw new FunctionFailure('arn: invalid prefix', 0);
  const found = prefix.slice('arn:'.length).split(':');
  const complete = Math.min(found.length - 1, SECTIONS.length - 1);
  return objectOf(
    SECTIONS.map((name, index): readonly [string, Value] => {
      if (index < complete) return [name, textValue(found[index] ?? '')];
      // All that follows the fourth colon is the resource, its unknown parts among it.
      if (name === 'resource' && complete === SECTIONS.length - 1) {
        const start = 'arn:'.length + found.slice(0, complete).join(':').length + 1;
        return [name, concatTexts([textValue(prefix.slice(start)), ...(arn.parts ?? []).slice(1).map(partValue)])];
      }
      return [name, unknownFrom([arn], STRING, { notNull: true })];
    }),
  );
}

function partValue(part: string | UnknownValue): Value {
  return typeof part === 'string' ? textValue(part) : part;
}

const arnBuild = define({
  name: 'provider::aws::arn_build',
  parameters: SECTIONS.map((name) => textParameter(name, 'um')),
  returns: STRING,
  call: (args) => concatTexts([textValue('arn'), ...args.flatMap((section) => [textValue(':'), section])]),
});

const trimIamRolePath = textFunction('provider::aws::trim_iam_role_path', ['arn'], (arn = '') => {
  const sections = parseArn(arn);
  const [partition, service, region, account, resource = ''] = sections;
  if (service !== 'iam') throw new FunctionFailure(`expected service iam, got ${service}`, 0);
  if (region !== '') throw new FunctionFailure(`expected empty region, got ${region}`, 0);
  if (!resource.startsWith('role/')) throw new FunctionFailure('expected a resource that begins with role/', 0);
  const name = resource.slice(resource.lastIndexOf('/') + 1);
  return `arn:${partition}:${service}:${region}:${account}:role/${name}`;
});

export const awsFunctions: readonly TerraformFunction[] = [arnBuild, arnParse, trimIamRolePath];
