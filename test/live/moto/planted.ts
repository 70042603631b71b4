/** What is wrong in `account`: address → policies. Nothing else in it is. */
export const PLANTED: Readonly<Record<string, readonly string[]>> = {
  'aws_cloudtrail.footsteps': ['aws-cloudtrail-trail-log-validated', 'aws-cloudtrail-trail-multi-region'],
  'aws_db_instance.books': ['aws-rds-instance-not-public'],
  'aws_db_instance.ledgers': ['aws-rds-instance-encrypted'],
  'aws_dynamodb_table.ledger["weights"]': ['aws-dynamodb-table-recoverable'],
  'aws_ebs_volume.barrel["unsealed"]': ['aws-ec2-ebs-volume-encrypted'],
  'aws_ecr_repository.press["mutable"]': ['aws-ecr-repository-tags-immutable'],
  'aws_ecr_repository.press["unscanned"]': ['aws-ecr-repository-scanned-on-push'],
  'aws_eks_cluster.farm["public"]': ['aws-eks-cluster-endpoint-not-public'],
  'aws_iam_account_password_policy.short': ['aws-iam-account-password-length'],
  'aws_iam_group.masters': ['aws-iam-administrator-access-not-attached'],
  'aws_iam_policy.any_role': ['aws-iam-policy-pass-role-restricted'],
  'aws_iam_policy.everything': ['aws-iam-policy-not-administrator'],
  'aws_iam_role.any_repository': ['aws-iam-role-github-oidc-subject'],
  'aws_iam_role.for_everyone': ['aws-iam-role-not-assumable-by-everyone'],
  'aws_instance.press["old"]': ['aws-ec2-instance-imdsv2-required'],
  'aws_lambda_function.sorter["public"]': ['aws-lambda-function-not-public'],
  'aws_launch_template.press["old"]': ['aws-ec2-launch-template-imdsv2-required'],
  'aws_lb.gate["lenient"]': ['aws-elb-load-balancer-drops-invalid-headers'],
  'aws_lb_listener.gate["lenient"]': ['aws-elb-listener-tls-current'],
  'aws_network_acl.shell': ['aws-ec2-network-acl-remote-access-not-open'],
  'aws_rds_cluster.archive["unsealed"]': ['aws-rds-cluster-encrypted'],
  'aws_s3_bucket.harvest["cleartext"]': ['aws-s3-bucket-tls-only'],
  'aws_s3_bucket.harvest["forgetful"]': ['aws-s3-bucket-versioning-enabled'],
  'aws_s3_bucket.harvest["plain"]': ['aws-s3-bucket-encrypted-with-kms'],
  'aws_s3_bucket.harvest["public"]': ['aws-s3-bucket-not-public', 'aws-s3-bucket-public-access-blocked'],
  'aws_s3_bucket.harvest["unblocked"]': ['aws-s3-bucket-public-access-blocked'],
  'aws_s3_bucket.harvest["unlogged"]': ['aws-s3-bucket-logging-enabled'],
  'aws_security_group.open["desktop"]': ['aws-ec2-security-group-rdp-not-open'],
  'aws_security_group.open["everything"]': ['aws-ec2-security-group-all-ports-not-open'],
  'aws_security_group.open["shell"]': ['aws-ec2-security-group-ssh-not-open'],
  'aws_sns_topic.bells["public"]': ['aws-sns-topic-not-public'],
  'aws_sqs_queue.crates["public"]': ['aws-sqs-queue-not-public'],
};

/** What is wrong as well and may not be decided, and why. */
export const UNDECIDED: Readonly<Record<string, { readonly policy: string; readonly why: string }>> = {
  'aws_kms_key.seal["unturned"]': {
    policy: 'aws-kms-key-rotated',
    why: 'whether a key is in a key store of its own is not collected',
  },
  'aws_vpc.farm["unwatched"]': {
    policy: 'aws-ec2-vpc-flow-logs-enabled',
    why: 'the flow logs of the regions that were not asked for may be of it',
  },
};
