import { describe, expect, test } from 'vitest';
import { evaluateFiles } from '../support/evaluate-files.js';

const variables = `variable "u" {}
variable "ports" { type = list(number) }
variable "on" { type = bool }
`;
const show = (text: string | Record<string, string>) => {
  const { resources, outputs, diagnostics } = evaluateFiles(typeof text === 'string' ? variables + text : text);
  return { resources, outputs, diagnostics };
};

describe('blocks', () => {
  test('are lists of objects, their values in the types of the schema', () => {
    expect(
      show(`resource "aws_instance" "i" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  ebs_optimized = "true"
  root_block_device {
    encrypted   = true
    volume_size = "8"
  }
  timeouts { create = "1h" }
  lifecycle {
    ignore_changes = [ami, tags["x"], root_block_device[0].volume_size]
  }
  provisioner "local-exec" { command = "true" }
  depends_on = []
}
output "o" { value = [aws_instance.i.root_block_device[0].encrypted, aws_instance.i.root_block_device[0].volume_size] }
`),
    ).toMatchInlineSnapshot(`
      {
        "diagnostics": [],
        "outputs": {
          "o": [
            true,
            8,
          ],
        },
        "resources": {
          "aws_instance.i": {
            "ami": "ami-1",
            "ebs_optimized": true,
            "instance_type": "t3.micro",
            "root_block_device": [
              {
                "encrypted": true,
                "volume_size": 8,
              },
            ],
            "timeouts": [
              {
                "create": "1h",
              },
            ],
          },
        },
      }
    `);
  });

  test('of a type without a schema are kept as they are written', () => {
    expect(
      show(`resource "orchard_tree" "t" {
  age = "4"
  branch {
    length = 2
    leaf { green = true }
  }
  branch { length = var.u }
}
output "o" { value = [orchard_tree.t.age, orchard_tree.t.branch[0].length, orchard_tree.t.height] }
`),
    ).toMatchInlineSnapshot(`
      {
        "diagnostics": [],
        "outputs": {
          "o": [
            "4",
            2,
            "?computed-by-provider orchard_tree.t.height",
          ],
        },
        "resources": {
          "orchard_tree.t": {
            "age": "4",
            "branch": [
              {
                "leaf": [
                  {
                    "green": true,
                  },
                ],
                "length": 2,
              },
              {
                "length": "?variable-without-value var.u",
              },
            ],
          },
        },
      }
    `);
  });

  test('an attribute that does not suit its type is unknown', () => {
    expect(
      show('resource "aws_security_group_rule" "r" {\n  from_port = "many"\n  to_port   = [1]\n}\n'),
    ).toMatchInlineSnapshot(`
      {
        "diagnostics": [
          "terraform-invalid-value main.tf:5:15-5:21 "from_port" a number is required.",
          "terraform-invalid-value main.tf:6:15-6:18 "to_port" number required.",
        ],
        "outputs": {},
        "resources": {
          "aws_security_group_rule.r": {
            "from_port": "?invalid-expression",
            "to_port": "?invalid-expression",
          },
        },
      }
    `);
  });
});

describe('blocks that are attributes', () => {
  test.each([
    [
      'blocks',
      'ingress {\n    from_port = "22"\n    to_port   = 22\n    protocol  = "tcp"\n  }\n  ingress {\n    from_port = 80\n    to_port   = 80\n    protocol  = "tcp"\n  }',
    ],
    ['an empty list', 'ingress = []'],
    ['nothing', ''],
    [
      'a list of objects',
      'ingress = [{ from_port = "22", to_port = 22, protocol = "tcp", cidr_blocks = ["10.0.0.0/8"], description = null, ipv6_cidr_blocks = null, prefix_list_ids = null, security_groups = null, self = null }]',
    ],
    ['a list of incomplete objects', 'ingress = [{ from_port = "22", to_port = 22 }]'],
    ['a list that is not known', 'ingress = var.u'],
    [
      'a dynamic',
      'dynamic "ingress" {\n    for_each = [443, "8443"]\n    content {\n      from_port = ingress.value\n      to_port   = ingress.value\n      protocol  = "tcp"\n    }\n  }',
    ],
  ])('%s', (_, written) => {
    expect(
      show(
        `resource "aws_security_group" "g" {\n  ${written}\n}\noutput "o" { value = aws_security_group.g.ingress[*].from_port }\noutput "n" { value = length(aws_security_group.g.ingress) }\n`,
      ),
    ).toMatchSnapshot();
  });
});

describe('dynamic blocks', () => {
  test.each([
    [
      'a list, a map and a set, with an iterator',
      'dynamic "route" {\n    for_each = ["a"]\n    content {\n      cidr_block = "${route.key}-${route.value}"\n    }\n  }\n  dynamic "route" {\n    for_each = { k = "v" }\n    iterator = r\n    content {\n      cidr_block = "${r.key}-${r.value}"\n    }\n  }\n  dynamic "route" {\n    for_each = toset(["s"])\n    content {\n      cidr_block = "${route.key}-${route.value}"\n    }\n  }',
    ],
    ['nothing', 'dynamic "route" {\n    for_each = []\n    content {}\n  }'],
    ['null', 'dynamic "route" {\n    for_each = null\n    content {}\n  }'],
    ['without content', 'dynamic "route" {\n    for_each = [1]\n  }'],
  ])('over %s', (_, written) => {
    expect(show(`resource "aws_route_table" "t" {\n  ${written}\n}\n`)).toMatchSnapshot();
  });

  test('over what is not known stand where they are written, beside those that are', () => {
    expect(
      show(`resource "aws_lb_listener" "l" {
  dynamic "default_action" {
    for_each = var.ports
    content {
      type  = "forward"
      order = default_action.value
    }
  }
  default_action {
    type = "redirect"
  }
  dynamic "default_action" {
    for_each = var.on ? [1] : []
    content {
      type = "fixed-response"
    }
  }
}
output "first" { value = aws_lb_listener.l.default_action[0].type }
output "count" { value = length(aws_lb_listener.l.default_action) }
`),
    ).toMatchInlineSnapshot(`
      {
        "diagnostics": [],
        "outputs": {
          "count": "?variable-without-value var.ports",
          "first": "?variable-without-value var.ports",
        },
        "resources": {
          "aws_lb_listener.l": {
            "default_action": [
              {
                "any-number": {
                  "order": "?variable-without-value var.ports",
                  "type": "forward",
                },
              },
              {
                "type": "redirect",
              },
              {
                "perhaps": {
                  "type": "fixed-response",
                },
              },
            ],
          },
        },
      }
    `);
  });

  test('nested, with both iterators, and a wrong name', () => {
    expect(
      show(`resource "aws_s3_bucket_lifecycle_configuration" "c" {
  dynamic "rule" {
    for_each = { a = [30, 60], b = [] }
    content {
      id     = rule.key
      status = "Enabled"
      dynamic "transition" {
        for_each = rule.value
        content {
          days          = transition.value
          storage_class = "\${rule.key}-\${transition.key}-\${transitions.value}"
        }
      }
    }
  }
}
`),
    ).toMatchInlineSnapshot(`
      {
        "diagnostics": [
          "terraform-invalid-reference main.tf:14:60-14:77 There is no "transitions.value" here.",
        ],
        "outputs": {},
        "resources": {
          "aws_s3_bucket_lifecycle_configuration.c": {
            "rule": [
              {
                "id": "a",
                "status": "Enabled",
                "transition": [
                  {
                    "days": 30,
                    "storage_class": "a-0-{undefined}",
                  },
                  {
                    "days": 60,
                    "storage_class": "a-1-{undefined}",
                  },
                ],
              },
              {
                "id": "b",
                "status": "Enabled",
              },
            ],
          },
        },
      }
    `);
  });
});

describe('attributes as references see them', () => {
  test('written, by default, null, computed', () => {
    expect(
      show(`resource "aws_kms_key" "k" {}
resource "aws_db_instance" "d" {
  instance_class = "db.t3.micro"
  kms_key_id     = null
}
resource "aws_launch_template" "l" {
  metadata_options {
    http_tokens = "required"
  }
  block_device_mappings {
    ebs { encrypted = true }
  }
}
resource "aws_instance" "i" {}
output "o" {
  value = {
    rotation  = aws_kms_key.k.enable_key_rotation
    policy    = aws_kms_key.k.policy
    encrypted = aws_db_instance.d.storage_encrypted
    kms       = aws_db_instance.d.kms_key_id
    endpoint  = aws_launch_template.l.metadata_options[0].http_endpoint
    ebs       = aws_launch_template.l.block_device_mappings[0].ebs[0].encrypted
    nested    = aws_launch_template.l.block_device_mappings[0].ebs[0].iops
    none      = aws_launch_template.l.monitoring
    count     = length(aws_launch_template.l.monitoring)
    inner     = length(aws_launch_template.l.block_device_mappings)
    computed  = aws_db_instance.d.replicas
    some      = aws_instance.i.root_block_device
    other     = aws_kms_key.k.nothing_that_we_know
    not_null  = aws_kms_key.k.id != null
  }
}
`),
    ).toMatchInlineSnapshot(`
      {
        "diagnostics": [],
        "outputs": {
          "o": {
            "computed": "?computed-by-provider aws_db_instance.d.replicas",
            "count": 0,
            "ebs": "true",
            "encrypted": null,
            "endpoint": "?computed-by-provider aws_launch_template.l.metadata_options.http_endpoint",
            "inner": 1,
            "kms": "?computed-by-provider aws_db_instance.d.kms_key_id",
            "nested": "?computed-by-provider aws_launch_template.l.block_device_mappings.ebs.iops",
            "none": [],
            "not_null": true,
            "other": "?computed-by-provider aws_kms_key.k.nothing_that_we_know",
            "policy": "?computed-by-provider aws_kms_key.k.policy",
            "rotation": false,
            "some": [
              "...computed-by-provider",
            ],
          },
        },
        "resources": {
          "aws_db_instance.d": {
            "instance_class": "db.t3.micro",
            "kms_key_id": null,
          },
          "aws_instance.i": {},
          "aws_kms_key.k": {},
          "aws_launch_template.l": {
            "block_device_mappings": [
              {
                "ebs": [
                  {
                    "encrypted": "true",
                  },
                ],
              },
            ],
            "metadata_options": [
              {
                "http_tokens": "required",
              },
            ],
          },
        },
      }
    `);
  });

  test('identities have their known parts', () => {
    expect(
      show(`provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["123456789012"]
}
provider "aws" {
  alias  = "china"
  region = "cn-north-1"
}
resource "aws_s3_bucket" "b" { bucket = "orchard" }
resource "aws_s3_bucket" "c" {
  bucket   = "orchard"
  provider = aws.china
}
resource "aws_sqs_queue" "q" { name = "pears" }
resource "aws_iam_role" "r" {
  name = "baker"
  path = "/shop/"
  assume_role_policy = "{}"
}
resource "aws_iam_role" "p" { name_prefix = "baker" }
output "o" {
  value = [aws_s3_bucket.b.arn, aws_s3_bucket.b.bucket_domain_name, aws_s3_bucket.c.arn, aws_s3_bucket.c.bucket_domain_name, aws_sqs_queue.q.arn, aws_iam_role.r.arn, aws_iam_role.p.arn, aws_iam_role.p.id]
}
`),
    ).toMatchInlineSnapshot(`
      {
        "diagnostics": [],
        "outputs": {
          "o": [
            "arn:aws:s3:::orchard",
            "orchard.s3.amazonaws.com",
            "arn:aws-cn:s3:::orchard",
            "orchard.s3.amazonaws.com.cn",
            "arn:aws:sqs:eu-west-1:123456789012:pears",
            "arn:aws:iam::123456789012:role/shop/baker",
            "arn:aws:iam::123456789012:role/{aws_iam_role.p.name}",
            "{aws_iam_role.p.name}",
          ],
        },
        "resources": {
          "aws_iam_role.p": {
            "name_prefix": "baker",
          },
          "aws_iam_role.r": {
            "assume_role_policy": "{}",
            "name": "baker",
            "path": "/shop/",
          },
          "aws_s3_bucket.b": {
            "bucket": "orchard",
          },
          "aws_s3_bucket.c": {
            "bucket": "orchard",
          },
          "aws_sqs_queue.q": {
            "name": "pears",
          },
        },
      }
    `);
  });

  test('secrets are marked by the schema', () => {
    const { output } = evaluateFiles(
      'resource "aws_db_instance" "d" {\n  password = "s3cret"\n}\noutput "o" { value = "x-${aws_db_instance.d.password}" }\nresource "terraform_data" "t" { input = aws_db_instance.d.password }\noutput "t" { value = terraform_data.t.output }\n',
    );
    expect([output('o').sensitive, output('t').sensitive]).toEqual([true, true]);
  });
});
