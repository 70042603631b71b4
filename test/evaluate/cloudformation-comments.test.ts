import { describe, expect, test } from 'vitest';
import { suppressionPattern } from '../../src/findings/suppressions.js';
import { showRange } from '../support/evaluate-files.js';
import { evaluateTemplates } from '../support/evaluate-templates.js';

/** `place content → target` of every comment that may be a suppression. */
function comments(text: string): readonly string[] {
  const { result } = evaluateTemplates(text, { commentPattern: suppressionPattern });
  return result.comments.map(
    (comment) =>
      `${showRange(comment)} ${comment.content} → ${comment.target === undefined ? 'nothing' : showRange(comment.target)}`,
  );
}

describe('comments of a template', () => {
  test('are about what they stand above, beside, or at the end of', () => {
    expect(
      comments(`# trueline:ignore top reason="at the top"

Resources:
  # trueline:ignore above reason="above"
  # a word about crates
  Crates: # trueline:ignore behind reason="behind the name"
    Type: AWS::S3::Bucket # trueline:ignore type reason="beside"
    Properties:
      # trueline:ignore name reason="above an attribute"
      BucketName: pears
      Tags:
        # trueline:ignore tag reason="above an item"
        - {Key: a, Value: b} # trueline:ignore item reason="beside an item"
    # trueline:ignore end reason="at the end of a body"

  # trueline:ignore apart reason="apart from what follows"

  # nothing to see
  Topic: {Type: AWS::SNS::Topic} # trueline:ignore topic reason="beside"
  # trueline:ignore last reason="at the end of a section"
`),
    ).toEqual([
      'main.yaml:1:1-1:42 trueline:ignore top reason="at the top" → nothing',
      'main.yaml:4:3-4:41 trueline:ignore above reason="above" → main.yaml:6:3-13:29',
      'main.yaml:6:11-6:60 trueline:ignore behind reason="behind the name" → main.yaml:6:3-13:29',
      'main.yaml:7:27-7:65 trueline:ignore type reason="beside" → main.yaml:7:5-7:26',
      'main.yaml:9:7-9:57 trueline:ignore name reason="above an attribute" → main.yaml:10:7-10:24',
      'main.yaml:12:9-12:53 trueline:ignore tag reason="above an item" → main.yaml:13:11-13:29',
      'main.yaml:13:30-13:76 trueline:ignore item reason="beside an item" → main.yaml:13:11-13:29',
      'main.yaml:14:5-14:56 trueline:ignore end reason="at the end of a body" → main.yaml:6:3-13:29',
      'main.yaml:16:3-16:59 trueline:ignore apart reason="apart from what follows" → main.yaml:3:1-19:33',
      'main.yaml:19:34-19:73 trueline:ignore topic reason="beside" → main.yaml:19:3-19:33',
      'main.yaml:20:3-20:58 trueline:ignore last reason="at the end of a section" → main.yaml:3:1-19:33',
    ]);
  });

  test('may be those of other scanners, and of JSON', () => {
    expect(comments('Resources:\n  # checkov:skip=CKV_AWS_18:no\n  A: {Type: AWS::SNS::Topic}\n')).toEqual([
      'main.yaml:2:3-2:31 checkov:skip=CKV_AWS_18:no → main.yaml:3:3-3:29',
    ]);
    const json =
      '{"Resources": {\n  // trueline:ignore a reason="x"\n  "A": {"Type": "AWS::SNS::Topic"} /* trueline:ignore b reason="y" */\n}}\n';
    expect(comments(json)).toEqual([
      'main.yaml:2:3-2:34 trueline:ignore a reason="x" → main.yaml:3:3-3:35',
      'main.yaml:3:36-3:70 trueline:ignore b reason="y" → main.yaml:3:3-3:35',
    ]);
  });

  test('may be written as metadata of a resource, or of the template', () => {
    expect(
      comments(`Metadata:
  trueline:
    ignore:
      - {id: bucket-logging, reason: 'nobody "reads" it', until: 2030-01-31, owner: pickers}
Resources:
  Crates:
    Type: AWS::S3::Bucket
    Metadata:
      trueline: {ignore: {id: [a, b], reason: x}}
      checkov: {skip: [{id: CKV_AWS_18, comment: 'two
        lines'}, {id: CKV_AWS_21}]}
      cfn_nag: {rules_to_suppress: [{id: W35, reason: no logs}]}
  Boxes:
    Type: AWS::S3::Bucket
    Metadata: {trueline: {ignore: [{policy: c, reason: y}, {reason: nothing}]}}
`),
    ).toEqual([
      'main.yaml:4:9-4:93 trueline:ignore bucket-logging reason="nobody \\"reads\\" it" until="2030-01-31" owner="pickers" → main.yaml:1:1-16:1',
      'main.yaml:9:26-9:49 trueline:ignore a,b reason="x" → main.yaml:6:3-12:65',
      'main.yaml:10:24-11:16 checkov:skip=CKV_AWS_18:two lines → main.yaml:6:3-12:65',
      'main.yaml:11:18-11:34 checkov:skip=CKV_AWS_21 → main.yaml:6:3-12:65',
      'main.yaml:12:37-12:63 checkov:skip=W35:no logs → main.yaml:6:3-12:65',
      'main.yaml:15:36-15:58 trueline:ignore c reason="y" → main.yaml:13:3-15:80',
      'main.yaml:15:60-15:77 trueline:ignore  reason="nothing" → main.yaml:13:3-15:80',
    ]);
  });
});
