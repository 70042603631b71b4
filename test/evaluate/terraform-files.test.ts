import { describe, expect, test } from 'vitest';
import { evaluateFiles } from '../support/evaluate-files.js';

const show = (files: Record<string, string | Uint8Array>) => {
  const { resources, outputs, diagnostics } = evaluateFiles(files);
  return { resources, outputs, diagnostics };
};

describe('override files', () => {
  test('replace attributes, and all blocks of a type', () => {
    expect(
      show({
        'main.tf': `resource "aws_launch_template" "l" {
  name     = "base"
  key_name = "kept"
  metadata_options {
    http_tokens   = "optional"
    http_endpoint = "disabled"
  }
}
resource "aws_security_group" "g" {
  ingress {
    from_port = 1
    to_port   = 1
    protocol  = "tcp"
  }
  dynamic "ingress" {
    for_each = [2]
    content {
      from_port = ingress.value
      to_port   = ingress.value
      protocol  = "tcp"
    }
  }
  egress {
    from_port = 3
    to_port   = 3
    protocol  = "tcp"
  }
}
`,
        'x_override.tf': `resource "aws_launch_template" "l" {
  name = "over"
  metadata_options { http_tokens = "required" }
}
resource "aws_security_group" "g" {
  ingress {
    from_port = 9
    to_port   = 9
    protocol  = "tcp"
  }
}
`,
      }),
    ).toMatchInlineSnapshot(`
      {
        "diagnostics": [],
        "outputs": {},
        "resources": {
          "aws_launch_template.l": {
            "key_name": "kept",
            "metadata_options": [
              {
                "http_tokens": "required",
              },
            ],
            "name": "over",
          },
          "aws_security_group.g": {
            "egress": [
              {
                "from_port": 3,
                "protocol": "tcp",
                "to_port": 3,
              },
            ],
            "ingress": [
              {
                "from_port": 9,
                "protocol": "tcp",
                "to_port": 9,
              },
            ],
          },
        },
      }
    `);
  });

  test('apply in one order over native and JSON syntax', () => {
    const base = { 'main.tf': 'locals {\n  v = "base"\n}\noutput "o" { value = local.v }\n' };
    const value = (files: Record<string, string>) => show({ ...base, ...files }).outputs['o'];
    expect([
      value({ 'b_override.tf.json': '{"locals": {"v": "json"}}', 'override.tf': 'locals {\n  v = "native"\n}\n' }),
      value({ 'b_override.tf': 'locals {\n  v = "native"\n}\n', 'override.tf.json': '{"locals": {"v": "json"}}' }),
    ]).toEqual(['native', 'json']);
  });

  test('change variables, outputs, calls, providers and lifecycles argument by argument', () => {
    const { result, ...rest } = evaluateFiles({
      'main.tf': `variable "n" {
  type    = number
  default = 1
}
output "o" {
  value     = var.n
  sensitive = true
}
module "m" {
  source = "./m"
  a      = "base"
  b      = "base"
}
provider "aws" {
  region = "eu-west-1"
  default_tags { tags = { Team = "bakers", Crop = "pear" } }
}
resource "aws_sqs_queue" "q" {
  lifecycle {
    ignore_changes        = [tags]
    create_before_destroy = true
  }
}
`,
      'override.tf': `variable "n" { type = string }
output "o" { value = "\${var.n}!" }
module "m" { a = "over" }
provider "aws" {
  default_tags { tags = { Team = "growers" } }
}
resource "aws_sqs_queue" "q" {
  lifecycle { ignore_changes = [name] }
}
`,
      'm/main.tf': 'variable "a" {}\nvariable "b" {}\nresource "aws_sqs_queue" "m" { name = "${var.a}-${var.b}" }\n',
    });
    const [queue] = result.resources;
    expect({
      resources: rest.resources,
      outputs: rest.outputs,
      diagnostics: rest.diagnostics,
      ignored: queue?.ignoreChanges,
      region: queue?.scope.region.kind === 'string' ? queue.scope.region.value : undefined,
      sensitive: result.roots[0]?.outputs.get('o')?.sensitive,
    }).toMatchInlineSnapshot(`
      {
        "diagnostics": [],
        "ignored": [
          "name",
        ],
        "outputs": {
          "o": "1!",
        },
        "region": "eu-west-1",
        "resources": {
          "aws_sqs_queue.q": {
            "tags_all": {
              "Team": "growers",
            },
          },
          "module.m.aws_sqs_queue.m": {
            "name": "over-base",
            "tags_all": {
              "Team": "growers",
            },
          },
        },
        "sensitive": true,
      }
    `);
  });

  test('need something to override', () => {
    expect(
      show({
        'main.tf': 'locals {\n  a = 1\n}\n',
        'override.tf':
          'locals {\n  b = 1\n}\nvariable "v" {}\noutput "o" { value = 1 }\nresource "aws_sqs_queue" "q" {}\nmodule "m" { source = "./m" }\nprovider "aws" { alias = "west" }\nprovider "aws" { region = "eu-west-1" }\n',
      }).diagnostics,
    ).toMatchInlineSnapshot(`
      [
        "terraform-override-without-base override.tf:2:3-2:4 There is no "local.b" that this could override.",
        "terraform-override-without-base override.tf:4:1-4:15 There is no "var.v" that this could override.",
        "terraform-override-without-base override.tf:5:1-5:13 There is no "output.o" that this could override.",
        "terraform-override-without-base override.tf:6:1-6:31 There is no "aws_sqs_queue.q" that this could override.",
        "terraform-override-without-base override.tf:7:1-7:13 There is no "module.m" that this could override.",
        "terraform-override-without-base override.tf:8:1-8:17 There is no "provider.aws.west" that this could override.",
      ]
    `);
  });
});

describe('OpenTofu files', () => {
  test('hide the Terraform file of the same name and syntax, primary and override files apart', () => {
    const local = (name: string) => `locals {\n  ${name} = 1\n}\n`;
    const { diagnostics, result } = evaluateFiles({
      'x.tf': local('hidden'),
      'x.tofu': local('a'),
      'x.tf.json': '{"locals": {"b": 1}}',
      'y.tf': local('c'),
      'x_override.tf': local('a'),
      'x_override.tofu': local('a'),
      '.z.tf': local('d'),
      'z.tf~': local('e'),
      '#z.tf#': local('f'),
    });
    expect([result.files.map(({ path }) => path), diagnostics]).toMatchInlineSnapshot(`
      [
        [
          "x.tf.json",
          "x.tofu",
          "y.tf",
          "x_override.tofu",
        ],
        [
          "terraform-file-hidden x.tf "x.tf" is not loaded: a .tofu file of the same name takes its place.",
          "terraform-file-hidden x_override.tf "x_override.tf" is not loaded: a .tofu file of the same name takes its place.",
        ],
      ]
    `);
  });
});

describe('JSON syntax', () => {
  test('texts are templates in expressions, and blocks are told from attributes by the schema', () => {
    expect(
      show({
        'main.tf.json': JSON.stringify({
          '//': 'a comment',
          locals: { a: 'pear', sum: '${1+1}', text: 'local.a', escaped: '$${x}' },
          resource: {
            aws_security_group: {
              g: [
                {
                  '//': 'a comment',
                  name: '${local.a}',
                  tags: { '//': 'a key', '${local.a}': 'x' },
                  ingress: [
                    {
                      from_port: '22',
                      to_port: 22,
                      protocol: 'tcp',
                      cidr_blocks: ['10.0.0.0/8'],
                      description: '',
                      ipv6_cidr_blocks: [],
                      prefix_list_ids: [],
                      security_groups: [],
                      self: false,
                    },
                  ],
                },
              ],
            },
            aws_route_table: {
              t: {
                dynamic: {
                  route: { for_each: [1, 2], iterator: 'r', content: { cidr_block: '10.${r.value}.0.0/16' } },
                },
              },
            },
            aws_instance: {
              i: {
                root_block_device: { encrypted: 'true' },
                ebs_block_device: [{ device_name: 'a' }, { device_name: 'b' }],
                count: 1,
                lifecycle: { ignore_changes: ['ami', 'tags["x"]'] },
                provider: 'aws.west',
              },
            },
          },
          provider: {
            aws: [
              { region: 'eu-west-1' },
              { alias: 'west', region: 'us-west-2', default_tags: { tags: { Team: 'bakers' } } },
            ],
          },
          output: { o: { value: ['${local.sum}', '${local.text}', '${local.escaped}'] } },
        }),
      }),
    ).toMatchInlineSnapshot(`
      {
        "diagnostics": [],
        "outputs": {
          "o": [
            2,
            "local.a",
            "\${x}",
          ],
        },
        "resources": {
          "aws_instance.i[0]": {
            "ebs_block_device": [
              {
                "device_name": "a",
              },
              {
                "device_name": "b",
              },
            ],
            "root_block_device": [
              {
                "encrypted": true,
              },
            ],
            "tags_all": {
              "Team": "bakers",
            },
          },
          "aws_route_table.t": {
            "route": [
              {
                "cidr_block": "10.1.0.0/16",
              },
              {
                "cidr_block": "10.2.0.0/16",
              },
            ],
          },
          "aws_security_group.g": {
            "ingress": [
              {
                "cidr_blocks": [
                  "10.0.0.0/8",
                ],
                "description": "",
                "from_port": 22,
                "ipv6_cidr_blocks": [],
                "prefix_list_ids": [],
                "protocol": "tcp",
                "security_groups": [],
                "self": false,
                "to_port": 22,
              },
            ],
            "name": "pear",
            "tags": {
              "//": "a key",
              "pear": "x",
            },
          },
        },
      }
    `);
  });

  test('a key that is written twice is an error', () => {
    expect(
      show({ 'main.tf.json': '{"locals": {"a": 1, "a": 2}, "output": {"o": {"value": "${local.a}"}}}' }),
    ).toMatchInlineSnapshot(`
      {
        "diagnostics": [
          "json-duplicate-key main.tf.json:1:21-1:24 The argument "a" is already set in this body.",
        ],
        "outputs": {
          "o": 1,
        },
        "resources": {},
      }
    `);
  });
});

describe('files that are not whole', () => {
  test('not UTF-8, with a byte order mark, broken', () => {
    expect(
      show({
        'a.tf': new Uint8Array([108, 111, 99, 0xff, 10]),
        'b.tf': '\uFEFFlocals {\n  b = 1\n}\n',
        'c.tf': 'locals {\n  c = \n}\nresource "aws_sqs_queue" "q" {\n  name = "x\n}\n',
        'd.tf': 'a = 1\nblok "x" {}\nvariable "a" "b" {}\nresource "x" {}\n',
        'e.tf.json': '{"locals":',
      }),
    ).toMatchInlineSnapshot(`
      {
        "diagnostics": [
          "file-not-utf8 a.tf "a.tf" is not UTF-8: byte 3 is not valid.",
          "hcl-missing-expression c.tf:2:7-3:1 A value is missing here.",
          "hcl-unterminated-string c.tf:5:10-5:12 The string is not closed on its line.",
          "json-invalid-syntax e.tf.json:1:11-1:11 Expected a value, found the end of the text.",
          "terraform-invalid-block d.tf:1:1-1:2 "a" is no block: a configuration file holds blocks only.",
          "terraform-block-not-read d.tf:2:1-2:5 "blok" is not a block of Terraform's.",
          "terraform-invalid-block d.tf:3:1-3:19 A "variable" block has one label, not 2.",
          "terraform-block-not-read d.tf:4:1-4:15 A "resource" block has 2 labels, not 1.",
        ],
        "outputs": {},
        "resources": {
          "aws_sqs_queue.q": {
            "name": "?invalid-expression",
          },
        },
      }
    `);
  });

  test('blocks that are not what they are taken for', () => {
    expect(
      show({
        'main.tf': `resuorce "aws_sqs_queue" "pear" {}
resource "aws_sqs_queue" {}
module {}
module "none" {}
data "aws_region" "here" "there" {}
resource "aws_security_group" "g" {
  dynamic {
    for_each = [1]
    content {}
  }
}
output "o" { value = [try(aws_sqs_queue.pear.id, "none"), can(local.ripe)] }
`,
        'known.tf': `check "a" {}
check {}
import {}
moved "x" {}
removed {}
ephemeral "aws_kms_secrets" "s" {}
action "aws_lambda_invoke" "a" {}
list "aws_instance" "l" {}
language {}
`,
        'json.tf.json': '{ "resuorce": { "aws_sqs_queue": { "fig": {} } }, "locls": [{}], "comment": "fig", "//": {} }',
      }),
    ).toMatchInlineSnapshot(`
      {
        "diagnostics": [
          "terraform-block-not-read json.tf.json:1:3-1:13 "resuorce" is no block: a configuration file holds blocks only.",
          "terraform-block-not-read json.tf.json:1:51-1:58 "locls" is no block: a configuration file holds blocks only.",
          "terraform-invalid-block json.tf.json:1:66-1:75 "comment" is no block: a configuration file holds blocks only.",
          "terraform-invalid-block known.tf:2:1-2:8 A "check" block has one label, not 0.",
          "terraform-invalid-block known.tf:4:1-4:12 A "moved" block has no label, not 1.",
          "terraform-block-not-read main.tf:1:1-1:9 "resuorce" is not a block of Terraform's. Did you mean "resource"?",
          "terraform-block-not-read main.tf:2:1-2:27 A "resource" block has 2 labels, not 1.",
          "terraform-block-not-read main.tf:3:1-3:9 A "module" block has one label, not 0.",
          "terraform-invalid-block main.tf:5:1-5:35 A "data" block has 2 labels, not 3.",
          "terraform-block-not-read main.tf:7:3-7:12 A "dynamic" block has one label, not 0.",
          "terraform-block-not-read main.tf:4:1-4:16 "module.none" has no "source".",
        ],
        "outputs": {
          "o": [
            "?invalid-expression aws_sqs_queue.pear.id",
            "?invalid-expression local.ripe",
          ],
        },
        "resources": {
          "aws_security_group.g": {
            "": [
              "...invalid-expression",
            ],
          },
          "data.aws_region.here": {
            "id": "?provider-configuration provider.aws region",
            "name": "?provider-configuration provider.aws region",
          },
        },
      }
    `);
  });

  test('what files that cannot be read may declare is not missed', () => {
    expect(
      show({
        'main.tf': 'module "m" {\n  source = "./m"\n  extra  = 1\n}\noutput "o" { value = module.m.lost }\n',
        'm/broken.tf': new Uint8Array([0xff]),
        'm/main.tf': 'output "o" { value = 1 }\n',
      }),
    ).toMatchInlineSnapshot(`
      {
        "diagnostics": [
          "file-not-utf8 m/broken.tf "m/broken.tf" is not UTF-8: byte 0 is not valid.",
        ],
        "outputs": {
          "o": "?invalid-expression module.m.lost",
        },
        "resources": {},
      }
    `);
  });
});

test('what is declared twice is said, and resources are both judged', () => {
  const { result, diagnostics } = evaluateFiles({
    'a.tf':
      'resource "aws_sqs_queue" "q" { name = "a" }\nlocals {\n  x = 1\n}\nvariable "v" { default = 1 }\noutput "o" { value = [local.x, var.v] }\nmodule "m" { source = "./m" }\n',
    'b.tf':
      'resource "aws_sqs_queue" "q" { name = "b" }\nlocals {\n  x = 2\n}\nvariable "v" { default = 2 }\noutput "o" { value = 3 }\nmodule "m" { source = "./m" }\n',
    'm/main.tf': 'resource "aws_sqs_queue" "q" {}\n',
  });
  expect([
    result.resources.map(({ address, range }) => [address, range.file.path]),
    diagnostics,
  ]).toMatchInlineSnapshot(`
    [
      [
        [
          "aws_sqs_queue.q",
          "a.tf",
        ],
        [
          "aws_sqs_queue.q#2",
          "b.tf",
        ],
        [
          "module.m.aws_sqs_queue.q",
          "m/main.tf",
        ],
      ],
      [
        "terraform-duplicate-declaration b.tf:1:1-1:31 "aws_sqs_queue.q" is declared twice.",
        "terraform-duplicate-declaration b.tf:3:3-3:4 "local.x" is declared twice.",
        "terraform-duplicate-declaration b.tf:5:1-5:15 "var.v" is declared twice.",
        "terraform-duplicate-declaration b.tf:6:1-6:13 "output.o" is declared twice.",
        "terraform-duplicate-declaration b.tf:7:1-7:13 "module.m" is declared twice.",
      ],
    ]
  `);
});
