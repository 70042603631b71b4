import { expect, test } from 'vitest';
import { keepBack, secretKeyOf } from '../../src/collect/aws/secrets.js';

const KEY = secretKeyOf(Buffer.from('orchard', 'utf8'));
const TYPE = 'AWS::Lambda::Function';

test('texts at the paths are kept back: of long ones length and hash, of short ones the length', () => {
  const value = { Environment: { Variables: { TOKEN: 'a-long-enough-token', PIN: '1234' } }, Handler: 'index.handler' };
  expect(keepBack(value, TYPE, ['Environment.Variables.*'], KEY)).toEqual({
    Environment: {
      Variables: {
        TOKEN: { $secret: { length: 19, hash: expect.stringMatching(/^k1:[0-9a-f]{20}$/) } },
        PIN: { $secret: { length: 4 } },
      },
    },
    Handler: 'index.handler',
  });
});

test('what looks like a secret is kept back wherever it stands', () => {
  const secrets = [
    'key AKIAIOSFODNN7EXAMPLE here',
    '-----BEGIN RSA PRIVATE KEY-----\nx',
    'postgres://clerk:hunter22@db.example/ledger',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl',
    'redis://:hunter22@cache.example:6379',
    'HTTPS://clerk:hunt:er22@hooks.example/x',
    'Server=db.example;User Id=clerk;Password=hunter22;',
    'jdbc:mysql://db.example/ledger?user=clerk&password=hunter22',
    `pull with ghp_${'a1B2'.repeat(9)}`,
    `github_pat_${'a1B2'.repeat(6)}`,
    `glpat-${'a1B2'.repeat(5)}`,
    `npm_${'a1B2'.repeat(9)}`,
    `xoxb-${'1234567890'}-abc`,
    `https://hooks.slack.com/services/${'T0/B0/abc'}`,
    `sk_live_${'a1B2'.repeat(4)}`,
    `AIza${'a1B2c'.repeat(7)}`,
  ];
  const plain = [
    'https://db.example/ledger',
    'https://db.example:8443/ledger?by=clerk@orchard.example',
    'arn:aws:iam::123456789012:role/a',
    'the password of the press',
    'ghp_short',
  ];
  const kept = keepBack([...secrets, ...plain], TYPE, [], KEY);
  expect(kept).toEqual([...secrets.map(({ length }) => ({ $secret: { length, hash: expect.any(String) } })), ...plain]);
});

test('the same secret has the same hash under the same key only', () => {
  const value = { Token: 'a-long-enough-token', Same: 'a-long-enough-token' };
  const underKey = (key: string) => keepBack(value, TYPE, ['*'], secretKeyOf(Buffer.from(key)));
  const [first, second] = [underKey('a'), underKey('b')] as unknown as Record<string, unknown>[];
  expect(first?.['Token']).toEqual(first?.['Same']);
  expect(second?.['Token']).not.toEqual(first?.['Token']);
});
