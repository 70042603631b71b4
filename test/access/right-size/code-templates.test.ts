import { expect, test } from 'vitest';
import { comparePolicies } from '../../../src/access/compare/compare.js';
import { rightSize } from '../../../src/access/right-size/right-size.js';
import { editRightSized } from '../../../src/edit-right-sized.js';
import { invariant } from '../../../src/source/invariant.js';
import { sourcesOfTemplates } from '../../support/access-graph.js';
import { usageOf, use } from '../../support/right-size.js';

const ACCOUNT = '111122223333';
const QUEUE = `arn:aws:sqs:eu-west-1:${ACCOUNT}:loaves`;
const BAKER = `arn:aws:iam::${ACCOUNT}:role/baker`;
const USES = [`sqs:TagQueue ${QUEUE}`, 's3:ListBucket arn:aws:s3:::flour', 's3:GetObject arn:aws:s3:::flour/rye'].map(
  (one) => use(one, { principal: BAKER }),
);

function edit(path: string, text: string, principal = 'Baker') {
  const sized = rightSize(
    { principal, account: ACCOUNT, narrowsPassRole: false },
    usageOf(USES, { 'iam:PassRole': 'never-an-event' }),
    sourcesOfTemplates({ [path]: text }),
    comparePolicies,
  );
  invariant('sizing' in sized, 'a sizing');
  const { patch, problems } = editRightSized(sized, (texts) => sourcesOfTemplates({ [path]: texts.get(path) ?? text }));
  return { changed: (patch ?? '').split('\n').filter((line) => /^[-+]/.test(line)), problems };
}

const YAML = `AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Flour:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: flour
  Baker:
    Type: AWS::IAM::Role
    Properties:
      RoleName: baker
      AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [] }
      ManagedPolicyArns:
        - !Ref Work
      Policies:
        - PolicyName: bake
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              # Queues of loaves.
              - Sid: Queues
                Effect: Allow
                Action:
                  - sqs:TagQueue
                  - sqs:PurgeQueue
                  - iam:PassRole
                Resource: '*'
              - Effect: Allow
                Action: athena:*
                Resource: '*'
  Work:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: s3:*
            Resource:
              - !GetAtt Flour.Arn
              - !Sub '\${Flour.Arn}/*'
              - arn:aws:s3:::bran/*
`;

test('statements of templates in YAML are edited where they are written', () => {
  expect(edit('bakery.yaml', YAML)).toEqual({
    changed: [
      '--- a/bakery.yaml',
      '+++ b/bakery.yaml',
      '-                  - sqs:PurgeQueue',
      `+                Resource: ${QUEUE}`,
      '+              # Kept, for its uses are not seen (iam:PassRole): No event shows iam:PassRole.',
      '+              - Sid: QueuesUnseen',
      '+                Effect: Allow',
      '+                Action:',
      '-              - Effect: Allow',
      '-                Action: athena:*',
      "-                Resource: '*'",
      '-            Action: s3:*',
      '+            Action: [s3:GetObject, s3:ListBucket]',
      '-              - arn:aws:s3:::bran/*',
    ],
    problems: [],
  });
});

test('statements of templates in JSON are edited where they are written', () => {
  const template = JSON.stringify(
    {
      Resources: {
        Flour: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'flour' } },
        Baker: {
          Type: 'AWS::IAM::Role',
          Properties: { RoleName: 'baker', AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } },
        },
        Work: {
          Type: 'AWS::IAM::Policy',
          Properties: {
            PolicyName: 'work',
            Roles: [{ Ref: 'Baker' }],
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                { Effect: 'Allow', Action: 's3:ListBucket', Resource: [{ 'Fn::GetAtt': ['Flour', 'Arn'] }, '*'] },
                { Effect: 'Allow', Action: 'athena:*', Resource: '*' },
              ],
            },
          },
        },
      },
    },
    null,
    2,
  );
  const { changed, problems } = edit('bakery.json', template);
  expect({ problems, changed: changed.map((line) => line.replace(/ +/g, ' ')) }).toEqual({
    problems: [],
    changed: [
      '--- a/bakery.json',
      '+++ b/bakery.json',
      '- },',
      '- "*"',
      '+ }',
      '- },',
      '- {',
      '- "Effect": "Allow",',
      '- "Action": "athena:*",',
      '- "Resource": "*"',
    ],
  });
});
