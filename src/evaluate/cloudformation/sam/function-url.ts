import { scalarText } from '../expression/nodes.js';
import { copied, diagnose, generate } from './expansion.js';
import type { Expansion, FunctionTarget, SamResource } from './model.js';
import { build, entryOf, intrinsicOf, invalid, mappingOf, placeOf } from './nodes.js';

/**
 * `FunctionUrlConfig`: the URL, and where `AuthType` is written as NONE two permissions for everybody. An `AuthType` by a
 * parameter gets none, whatever its value is.
 */
export function expandFunctionUrl(expansion: Expansion, owner: SamResource, target: FunctionTarget): void {
  const config = entryOf(owner.properties, 'FunctionUrlConfig');
  if (config === undefined) return;
  const settings = mappingOf(config.value);
  const type = entryOf(settings, 'AuthType');
  const literal = scalarText(type?.value);
  if (intrinsicOf(type?.value) === undefined && literal !== 'NONE' && literal !== 'AWS_IAM') {
    const message = `"FunctionUrlConfig" of "${owner.id}" needs an "AuthType": "AWS_IAM" or "NONE".`;
    diagnose(expansion, 'sam-invalid', placeOf(type ?? config), message);
  }
  const place = placeOf(config);
  generate(expansion, owner, {
    id: `${owner.id}Url`,
    type: 'AWS::Lambda::Url',
    place,
    properties: {
      TargetFunctionArn: target.name,
      AuthType: type ?? invalid(place),
      ...copied(settings, ['Cors', 'InvokeMode']),
    },
  });
  if (type === undefined || literal !== 'NONE') return;
  generate(expansion, owner, {
    id: `${owner.id}UrlPublicPermissions`,
    type: 'AWS::Lambda::Permission',
    place: placeOf(type),
    properties: {
      Action: 'lambda:InvokeFunctionUrl',
      FunctionName: target.name,
      Principal: '*',
      FunctionUrlAuthType: build(type.value, 'NONE'),
    },
  });
  generate(expansion, owner, {
    id: `${owner.id}URLInvokeAllowPublicAccess`,
    type: 'AWS::Lambda::Permission',
    place: placeOf(type),
    properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: target.name,
      Principal: '*',
      InvokedViaFunctionUrl: true,
    },
  });
}
