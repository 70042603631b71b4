import {
  type Answer,
  fits,
  holeOf,
  type Request,
  type Text,
  textOf,
  toDocument,
  toLowerCase,
} from '../../iam/index.js';
import type { Value } from '../../model/value.js';
import { unknownValue } from '../../model/values.js';
import type { AccessRequest, PolicyInForce } from '../request.js';
import type { Visibility } from '../usage/usage.js';
import type { Call } from './calls.js';

/** A principal whose policies, or one of them, are narrowed, with what it did. */
export interface Subject {
  readonly name: string;
  /** Its identity policies, in the order in which they are written. */
  readonly policies: readonly PolicyInForce[];
  readonly calls: readonly Call[];
  /** Of an action on a resource, as a policy writes it; without one: on any. */
  readonly visibilityOf: (action: string, resource?: string) => Visibility;
  /** The request that a call was, with these identity policies and all others that are in force. */
  readonly requestOf: (call: Call, policies: readonly PolicyInForce[]) => AccessRequest;
}

/** The resource of a call of which no event shows it: any. */
export function unseenResource(action: string): Text {
  const subject = `resource of ${action}`;
  return [
    holeOf(unknownValue('outside-input', { type: { kind: 'string' }, subject, identity: subject, notNull: true })),
  ];
}

/** A request as identity policies look at it. */
export function toIdentityRequest({ caller, action, resource, context }: AccessRequest): Request {
  return { caller, hasBoundary: false, action: toLowerCase(textOf(action)), resource, context };
}

/**
 * The statements that a call needs: the first Allow that certainly lets it, in the order of policies and statements, and those
 * before it that perhaps do.
 */
export function attribute(subject: Subject, call: Call): Value[] {
  const request = toIdentityRequest(subject.requestOf(call, subject.policies));
  const found: Value[] = [];
  for (const { document, perhaps } of subject.policies) {
    for (const statement of toDocument(document).statements) {
      if (statement.isAllow === false) continue;
      const answer: Answer = fits(statement, request);
      if (answer === false) continue;
      found.push(statement.source);
      if (answer === true && statement.isAllow === true && perhaps === undefined) return found;
    }
  }
  return found;
}
