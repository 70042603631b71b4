import { expect, test } from 'vitest';
import { answerQuestion } from '../../src/access/question.js';
import { sourcesOfTemplates } from '../support/access-graph.js';

function may(template: string, action: string, resource: string) {
  const answer = answerQuestion(
    { principal: 'Baker', action, resource, context: new Map(), account: undefined },
    sourcesOfTemplates({ 'bakery.yaml': template }),
  );
  if ('problem' in answer) throw new Error(answer.problem);
  const { outcome, dependsOn, assumed } = answer;
  return { outcome, dependsOn, assumed: assumed.filter((text) => /partition/i.test(text)) };
}

const baker = (...statements: readonly string[]) => `
  Baker:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] }
      ManagedPolicyArns: [!Sub 'arn:\${AWS::Partition}:iam::aws:policy/AmazonSNSReadOnlyAccess']
      Policies:
        - PolicyName: bake
          PolicyDocument:
            Statement:
${statements.map((one) => `              - ${one}`).join('\n')}
  Loaves: { Type: AWS::S3::Bucket, Properties: { BucketName: orchard-loaves } }
  Orders: { Type: AWS::SQS::Queue, Properties: { QueueName: orders } }
  Bells: { Type: AWS::SNS::Topic, Properties: { TopicName: bells } }
`;

const READ = "{ Effect: Allow, Action: 's3:GetObject', Resource: !Sub 'arn:${AWS::Partition}:s3:::orchard-loaves/*' }";
const SEND =
  "{ Effect: Allow, Action: 'sqs:SendMessage', Resource: !Sub 'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:orders' }";

test('a template that is for several partitions is asked about in the usual one, which is said', () => {
  const template = `Description: also for aws-cn and aws-us-gov\nResources:${baker(READ, SEND)}`;
  const usual = { dependsOn: [], assumed: ['AWS::Partition is aws'] };
  expect(may(template, 's3:GetObject', 'Loaves/rye')).toEqual({ outcome: 'allowed', ...usual });
  expect(may(template, 'sqs:SendMessage', 'Orders')).toEqual({ outcome: 'allowed', ...usual });
  expect(may(template, 'sqs:ReceiveMessage', 'Orders')).toEqual({ outcome: 'implicit-deny', ...usual });
  expect(may(template, 'sns:GetTopicAttributes', 'Bells')).toEqual({ outcome: 'allowed', ...usual });
  expect(may(template, 's3:GetObject', 'arn:aws-cn:s3:::orchard-loaves/rye')).toEqual({
    outcome: 'depends',
    dependsOn: ['arn:aws-cn:iam::aws:policy/AmazonSNSReadOnlyAccess (outside-input)'],
    assumed: ['AWS::Partition is aws-cn'],
  });
});

test('texts that begin alike by different choices of one parameter are not one text', () => {
  const template = (key: string) => `
Parameters:
  Stage: { Type: String, AllowedValues: [dev, live] }
Mappings:
  Queues:
    dev: { Own: orders-1, Other: orders-2 }
    live: { Own: orders-2, Other: orders-1 }
Resources:
  Baker:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] }
      Policies:
        - PolicyName: bake
          PolicyDocument:
            Statement:
              Effect: Allow
              Action: s3:GetObject
              Resource: !Sub ['arn:aws:s3:::\${Name}/*', { Name: !FindInMap [Queues, !Ref Stage, ${key}] }]
  Loaves: { Type: AWS::S3::Bucket, Properties: { BucketName: !FindInMap [Queues, !Ref Stage, Own] } }
`;
  const stage = { outcome: 'depends', dependsOn: ['Stage (variable-without-value)'], assumed: [] };
  expect(may(template('Other'), 's3:GetObject', 'Loaves/rye')).toEqual(stage);
});
