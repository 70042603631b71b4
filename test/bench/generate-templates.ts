import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes templates as people write them: parameters, conditions, intrinsics, a handful of resources each. */
export function generateTemplates(folder: string, count: number): { readonly lines: number } {
  let lines = 0;
  for (let index = 0; index < count; index++) {
    const text = template(index);
    const place = join(folder, `stacks/s${index % 50}`);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, `template-${index}.yaml`), text);
    lines += text.split('\n').length - 1;
  }
  return { lines };
}

function template(index: number): string {
  return `AWSTemplateFormatVersion: '2010-09-09'
Description: The store of orchard ${index}
Parameters:
  Environment:
    Type: String
    AllowedValues: [dev, prod]
    Default: ${index % 2 === 0 ? 'dev' : 'prod'}
  VpcId:
    Type: AWS::EC2::VPC::Id
Conditions:
  IsProd: !Equals [!Ref Environment, prod]
Mappings:
  Sizes:
    dev: { Class: db.t3.medium }
    prod: { Class: db.m5.large }
Resources:
  Store:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Sub 'orchard-\${Environment}-${index}'
      VersioningConfiguration:
        Status: !If [IsProd, Enabled, Suspended]
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: true
        IgnorePublicAcls: true
        RestrictPublicBuckets: ${index % 7 !== 0}
  StorePolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Store
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Deny
            Principal: '*'
            Action: 's3:*'
            Resource: [!GetAtt Store.Arn, !Sub '\${Store.Arn}/*']
            Condition: { Bool: { 'aws:SecureTransport': 'false' } }
  Gate:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web
      VpcId: !Ref VpcId
      SecurityGroupIngress:
        - { IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.${index % 250}.0.0/16 }
        - { IpProtocol: tcp, FromPort: ${index % 9 === 0 ? 22 : 8443}, ToPort: ${index % 9 === 0 ? 22 : 8443}, CidrIp: 0.0.0.0/0 }
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      DBInstanceClass: !FindInMap [Sizes, !Ref Environment, Class]
      Engine: postgres
      AllocatedStorage: '${20 + (index % 80)}'
      StorageEncrypted: ${index % 3 !== 0}
      PubliclyAccessible: false
      MasterUsername: baker
      ManageMasterUserPassword: true
      VPCSecurityGroups: [!Ref Gate]
  Queue:
    Type: AWS::SQS::Queue
    Condition: IsProd
    Properties:
      QueueName: !Join ['-', [orchard, !Ref Environment, '${index}']]
      SqsManagedSseEnabled: true
Outputs:
  StoreArn:
    Value: !GetAtt Store.Arn
    Export: { Name: !Sub 'store-${index}-\${AWS::StackName}' }
`;
}
