import { describe, expect, test } from 'vitest';
import { evaluateSnapshot } from '../../src/evaluate/snapshot/evaluate-snapshot.js';
import { readHeader } from '../../src/evaluate/snapshot/read-header.js';
import { type Members, recordReadings, type Upgrades, upgradeHeader } from '../../src/evaluate/snapshot/upgrade.js';
import type { SnapshotVersions } from '../../src/model/snapshot.js';
import { cloudFormationSchemas } from '../../src/schemas/cloudformation-schemas.js';
import { providerSchemas } from '../../src/schemas/provider-schemas.js';
import type { JsonNode } from '../../src/syntax/json/ast.js';
import { parseJson } from '../../src/syntax/json/parse-json.js';
import { memoryFileSystem } from '../support/memory-file-system.js';
import { judgeSnapshot, readOrchard } from '../support/snapshot.js';
import { snapshotFeeds } from '../support/snapshot-feeds.js';

const ORCHARD = readOrchard();
const BUCKET = 'AWS::S3::Bucket';

/** The orchard as a release reads it that knows these versions. */
function read(versions: SnapshotVersions) {
  const reading = evaluateSnapshot({
    fileSystem: memoryFileSystem(ORCHARD),
    folder: 'snap',
    feeds: snapshotFeeds(),
    versions,
    cloudFormation: cloudFormationSchemas,
    terraform: providerSchemas,
    rootOf: (account) => account,
  });
  if ('unknownKind' in reading) throw new Error('It is no snapshot.');
  return reading.result;
}

const written: Readonly<Record<string, number>> = JSON.parse(ORCHARD['snap/snapshot.json'] ?? '').collectors;

function versionsWith(change: Readonly<Record<string, number>>): SnapshotVersions {
  return new Map(
    Object.entries({ ...written, ...change }).map(([type, version]) => [
      type,
      { version, beside: type === BUCKET ? ['AWS::S3::BucketPolicy'] : [] },
    ]),
  );
}

describe('a type that was collected as another version', () => {
  test('is kept as it is, and nothing of it is proven', () => {
    const result = read(versionsWith({ [BUCKET]: 99 }));
    const types = new Set(result.resources.map(({ type }) => type).filter((type) => type.startsWith('AWS::S3::')));
    expect(types).toEqual(new Set([`${BUCKET}@${written[BUCKET]}`, 'AWS::S3::BucketPolicy@other']));
    expect(result.diagnostics.filter(({ code }) => code === 'snapshot-newer')).toEqual([
      {
        code: 'snapshot-newer',
        message: `"${BUCKET}" was collected as version ${written[BUCKET]}, which this release does not read: its resources are not judged.`,
        path: 'snap/snapshot.json',
      },
    ]);
    const open = result.extents.flatMap(({ types }) =>
      types.flatMap(({ type, unseen }) => (type === BUCKET ? [unseen?.reason] : [])),
    );
    expect(open).toEqual(['not-collected']);
    const outcomes = judgeSnapshot(result).filter(({ policy }) => policy.startsWith('aws-s3-bucket-'));
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['unknown']));
  });

  test('that no collector of this release has is not judged either', () => {
    const versions = new Map([...versionsWith({})].filter(([type]) => type !== 'AWS::IAM::Role'));
    expect(read(versions).resources.map(({ type }) => type)).toContain(`AWS::IAM::Role@${written['AWS::IAM::Role']}`);
  });

  test('is read as ever where the versions are the same', () => {
    expect(read(versionsWith({})).diagnostics.filter(({ code }) => code === 'snapshot-newer')).toEqual([]);
  });
});

const nodeOf = (text: string): JsonNode => {
  const { root } = parseJson({ path: 'x.json', text });
  if (root === undefined) throw new Error('It is no JSON.');
  return root;
};

const rename =
  (from: string, to: string) =>
  (members: Members): Members =>
    new Map([...members].map(([name, node]) => [name === from ? to : name, node]));

const upgrades: Upgrades = {
  headers: new Map([
    [-1, (header) => new Map([...rename('owners', 'accounts')(header), ['schema', nodeOf('0')]])],
    [0, (header) => new Map([...header, ['schema', nodeOf('1')], ['minReader', nodeOf('1')]])],
  ]),
  records: new Map([
    [
      'Tree',
      new Map([
        [1, rename('Fruit', 'Fruits')],
        [2, rename('Fruits', 'Harvest')],
      ]),
    ],
  ]),
};

describe('what an older release has written', () => {
  test('is changed step by step to what this one writes', () => {
    const versions: SnapshotVersions = new Map([
      ['Tree', { version: 3, beside: ['Leaf'] }],
      ['Bush', { version: 2, beside: ['Berry'] }],
    ]);
    const readings = recordReadings(new Map(Object.entries({ Tree: 1, Bush: 1 })), versions, upgrades);
    const properties = new Map([
      ['Fruit', nodeOf('"pear"')],
      ['Height', nodeOf('3')],
    ]);
    expect([...readings].map(([type, reading]) => [type, [...(reading?.(properties).keys() ?? ['not read'])]])).toEqual(
      [
        ['Tree', ['Harvest', 'Height']],
        ['Bush', ['not read']],
        ['Berry', ['not read']],
      ],
    );
    const newer = recordReadings(new Map([['Tree', 4]]), versions, upgrades);
    expect([...newer]).toEqual([
      ['Tree', undefined],
      ['Leaf', undefined],
    ]);
  });

  test('has a header that is changed schema by schema', () => {
    const header = upgradeHeader(new Map([...membersOf('{"schema": -1, "owners": []}')]), upgrades);
    expect([...(header?.keys() ?? [])]).toEqual(['schema', 'accounts', 'minReader']);
    expect(readHeader({ path: 'snapshot.json', text: '{"schema": 1}' })).toMatchObject({
      diagnostics: [{ code: 'snapshot-invalid' }],
    });
  });
});

function membersOf(text: string): Members {
  const node = nodeOf(text);
  return new Map(node.kind === 'object' ? node.members.map(({ key, value }) => [key, value]) : []);
}
