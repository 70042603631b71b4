import { expect, test } from 'vitest';
import type { UsageSummary } from '../../src/findings/usage-summary.js';
import { renderUsage } from '../../src/report/usage.js';

test('kinds of principals are words, of one and of several', () => {
  const summary = (number: number): UsageSummary => ({
    events: 0,
    outcomes: { succeeded: 0, denied: 0, failed: 0, 'dry-run': 0 },
    principals: {
      'federated-user': number,
      'identity-center-user': number,
      role: number,
      root: number,
      saml: number,
      unknown: number,
      'web-identity': number,
    },
    sources: [],
    coverage: [],
    gaps: [],
  });
  const shown = [1, 2].map((number) =>
    renderUsage(summary(number), { color: false, width: 200 }).replaceAll(/\n +/g, ' '),
  );
  expect(shown).toEqual([
    `0 events of 0 services.
principals  1 federated user, 1 Identity Center user, 1 role, 1 root, 1 SAML user, 1 unknown, 1 web identity
`,
    `0 events of 0 services.
principals  2 federated users, 2 Identity Center users, 2 roles, 2 root, 2 SAML users, 2 unknown, 2 web identities
`,
  ]);
});
