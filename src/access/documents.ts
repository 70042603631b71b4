import { DYNAMIC } from '../model/type.js';
import type { Value } from '../model/value.js';
import { listValue, objectValue, stringValue } from '../model/values.js';
import type { PolicyInForce } from './request.js';

/** `*` on `*`. */
export const ADMINISTRATOR: PolicyInForce = {
  name: 'AdministratorAccess',
  document: documentOf([
    ['effect', stringValue('Allow')],
    ['actions', textsOf('*')],
    ['resources', textsOf('*')],
  ]),
};

/** A document of one statement. */
export function documentOf(statement: readonly (readonly [string, Value])[]): Value {
  const type = { kind: 'object', attributes: new Map() } as const;
  const statements = listValue({ kind: 'list', element: DYNAMIC }, [objectValue(type, new Map(statement))]);
  return objectValue(
    type,
    new Map<string, Value>([
      ['version', stringValue('2012-10-17')],
      ['statement', statements],
    ]),
  );
}

export function textsOf(...texts: readonly string[]): Value {
  return listValue(
    { kind: 'list', element: DYNAMIC },
    texts.map((text) => stringValue(text)),
  );
}
