import { UsageError } from './project.js';

export interface NewPolicy {
  readonly folder: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** The files of a new policy, to be filled in: `aws s3 bucket-something`. Throws `UsageError`. */
export function newPolicy(words: readonly string[], folder: string): NewPolicy {
  const [provider, service, name] = words;
  if (provider === undefined || service === undefined || name === undefined || words.length > 3) {
    throw new UsageError(
      'A policy has a provider, a service and a name: trueline policies new aws s3 bucket-something',
    );
  }
  const wrong = words.find((word) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(word));
  if (wrong !== undefined) throw new UsageError(`"${wrong}" must be of lower-case letters, digits and single dashes.`);
  const place = [folder, provider, service, name].filter((part) => part !== '').join('/');
  return {
    folder: place,
    files: [
      { path: `${place}/policy.yaml`, text: policyText(`${provider}-${service}-${name}`) },
      { path: `${place}/examples/terraform.tf`, text: EXAMPLE },
    ],
  };
}

function policyText(id: string): string {
  return `id: ${id}
title: What holds when all is well
severity: medium
since: "0.1"
description: >-
  What happens if it does not hold.
resource: aws_s3_bucket
assert: resource.versioning.status == "Enabled"
message: "{{ resource }} is not as it should be"
remediation: What to do.
references: []
controls: {}
aliases: []
fix:
  none: why no edit can be proposed
`;
}

const EXAMPLE = `# expect: fail
resource "aws_s3_bucket" "bare" {
  bucket = "orchard-bare"
}

# expect: pass
resource "aws_s3_bucket" "good" {
  bucket = "orchard-good"

  versioning {
    enabled = true
  }
}

variable "enabled" {
  type = bool
}

# expect: unknown
resource "aws_s3_bucket" "asked" {
  bucket = "orchard-asked"

  versioning {
    enabled = var.enabled
  }
}
`;
