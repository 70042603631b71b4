import { describe, expect, test } from 'vitest';
import { toFingerprint } from '../../src/findings/fingerprint.js';
import type { FindingPlaces } from '../../src/findings/places.js';

function fingerprint(path: string, language: string): string {
  const cause = { file: { path, text: '' }, start: 0, end: 0 };
  const places: FindingPlaces = {
    location: cause,
    isMissing: false,
    cause,
    causeName: 'versioning',
    causeStep: 'written',
    causeDepth: 0,
    resourceLocation: cause,
    via: [],
    declaring: { address: 'Crates', range: cause, header: cause, calls: [] },
    suppressible: [],
  };
  return toFingerprint({ policy: 'crates', places, root: '.', address: 'Crates', language, elementKey: '' });
}

describe('a fingerprint', () => {
  test('of a template stays when YAML becomes JSON, and tells templates of one folder apart', () => {
    expect(fingerprint('app/orchard.yaml', 'cloudformation')).toBe(fingerprint('app/orchard.json', 'cloudformation'));
    expect(fingerprint('app/orchard.yaml', 'cloudformation')).not.toBe(fingerprint('app/shed.yaml', 'cloudformation'));
    expect(fingerprint('app/a.tf', 'terraform')).toBe(fingerprint('app/b.tf', 'terraform'));
  });
});
