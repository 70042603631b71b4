import { describe, expect, test } from 'vitest';
import { showOrigin, showRange } from '../support/evaluate-files.js';
import { evaluateTemplates } from '../support/evaluate-templates.js';

const ORCHARD = `AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Season:
    Type: String
    Default: autumn
  Keep:
    Type: String
    Default: 'true'
Resources:
  Crates:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Sub 'crates-\${Season}'
      VersioningConfiguration:
        Status: !Ref Season
      ObjectLockEnabled: !Ref Keep
  Labels:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Crates
      PolicyDocument:
        Version: 2012-10-17
        Statement: []
`;

describe('a template', () => {
  test('gives its resources, values converted to the types of their properties', () => {
    const { resources, diagnostics } = evaluateTemplates(ORCHARD);
    expect(diagnostics).toEqual([]);
    expect(resources).toEqual({
      Crates: {
        BucketName: 'crates-autumn',
        ObjectLockEnabled: true,
        VersioningConfiguration: { Status: 'autumn' },
      },
      Labels: { Bucket: 'crates-autumn', PolicyDocument: { Statement: [], Version: '2012-10-17' } },
    });
  });

  test('says of every value where it is used and where it is set', () => {
    const { value, resource } = evaluateTemplates(ORCHARD);
    expect(showRange(resource('Crates').range)).toBe('main.yaml:10:3-16:35');
    expect(showRange(resource('Crates').header)).toBe('main.yaml:10:3-10:9');
    expect(showOrigin(value('Crates.ObjectLockEnabled').origin)).toEqual([
      'parameter main.yaml:16:31-16:35',
      'variable-default main.yaml:8:14-8:20',
    ]);
    expect(showOrigin(value('Labels.Bucket').origin)).toEqual([
      'resource main.yaml:20:20-20:26',
      'written main.yaml:13:24-13:42',
    ]);
    expect(value('Labels.Bucket').refersTo).toEqual([{ root: 'main.yaml', address: 'Crates', attribute: 'Ref' }]);
  });
});
