import { type Answer, open } from '../answer.js';
import { causesIn, plainText, type Text } from '../text.js';

/** Whether a value of the request passes the operator for one value of the policy, which may hold wildcards. */
export type OperatorTest = (policy: Text, request: Text) => Answer;

/** A test of whole values: where one of them is partly unknown, so is the answer. */
export function ofPlain(
  test: (policy: string, request: string) => boolean | undefined,
  leftOpen?: string,
): OperatorTest {
  return (policy, request) => {
    const value = plainText(policy);
    const given = plainText(request);
    if (value === undefined || given === undefined) return open(...causesIn(policy, request));
    return test(value, given) ?? open({ kind: 'construct', name: leftOpen ?? `value:${value}` });
  };
}
