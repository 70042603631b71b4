import { invariant } from '../source/invariant.js';
import type { Policy } from './policy.js';

/** The form of the data; another one is not read. */
const VERSION = 1;

/** Checked policies as one JSON text, so that start-up parses no YAML and checks no type. Places are left out. */
export function serializePolicies(policies: readonly Policy[]): string {
  const plain = policies.map((policy) => ({
    ...policy,
    metadata: { ...policy.metadata, controls: [...policy.metadata.controls] },
  }));
  return JSON.stringify({ version: VERSION, policies: plain }, (key, value: unknown) =>
    key === 'place' ? undefined : value,
  );
}

type Serialized = Omit<Policy, 'metadata'> & {
  readonly metadata: Omit<Policy['metadata'], 'controls'> & {
    readonly controls: readonly [string, readonly string[]][];
  };
};

/** Policies from the text that `serializePolicies` made: a file of our own build, so that its form is not checked again. */
export function deserializePolicies(text: string): readonly Policy[] {
  const data: { readonly version: number; readonly policies: readonly Serialized[] } = JSON.parse(text);
  invariant(data.version === VERSION, 'the shipped policies have another form');
  return data.policies.map((policy) => ({
    ...policy,
    metadata: { ...policy.metadata, controls: new Map(policy.metadata.controls) },
  }));
}
