import { describe, expect, test } from 'vitest';
import { evaluateFiles, showOrigin } from '../support/evaluate-files.js';

const declared = `variable "crop" {
  type    = string
  default = "apple"
}
output "crop" { value = var.crop }
`;

describe('where the value of a variable comes from', () => {
  const files = {
    'main.tf': declared,
    'terraform.tfvars': 'crop = "pear"\n',
    'terraform.tfvars.json': '{"crop": "plum"}',
    'a.auto.tfvars': 'crop = "quince"\n',
    'b.auto.tfvars.json': '{"crop": "fig"}',
    'spare.tfvars': 'crop = "cherry"\n',
  };
  const without = (...names: string[]) =>
    Object.fromEntries(Object.entries(files).filter(([name]) => !names.includes(name)));
  const environment = { variables: new Map([['crop', 'grape']]) };

  test.each([
    ['its default', { 'main.tf': declared }, {}, 'apple'],
    ['the environment over the default', { 'main.tf': declared }, { environment }, 'grape'],
    [
      'terraform.tfvars over the environment',
      without('terraform.tfvars.json', 'a.auto.tfvars', 'b.auto.tfvars.json'),
      { environment },
      'pear',
    ],
    ['terraform.tfvars.json over terraform.tfvars', without('a.auto.tfvars', 'b.auto.tfvars.json'), {}, 'plum'],
    ['automatic files over these', without('b.auto.tfvars.json'), {}, 'quince'],
    ['automatic files in lexical order', files, {}, 'fig'],
    ['a file that is given', files, { root: { varFiles: ['spare.tfvars'] } }, 'cherry'],
    [
      'a value that is given',
      files,
      { root: { varFiles: ['spare.tfvars'], variables: [{ name: 'crop', text: 'kiwi' }] } },
      'kiwi',
    ],
    [
      'the last of several',
      files,
      {
        root: {
          variables: [
            { name: 'crop', text: 'kiwi' },
            { name: 'crop', text: 'lime' },
          ],
        },
      },
      'lime',
    ],
  ])('%s', (_, given, options, expected) => {
    const { outputs, diagnostics } = evaluateFiles(given, options);
    expect({ outputs, diagnostics }).toEqual({ outputs: { crop: expected }, diagnostics: [] });
  });

  test('is remembered', () => {
    const { output } = evaluateFiles(files, { root: { varFiles: ['spare.tfvars'] } });
    expect(showOrigin(output('crop').origin)).toMatchInlineSnapshot(`
      [
        "variable main.tf:5:25-5:33",
        "tfvars spare.tfvars:1:8-1:16",
      ]
    `);
    expect(showOrigin(evaluateFiles(declared).output('crop').origin)).toMatchInlineSnapshot(`
      [
        "variable main.tf:5:25-5:33",
        "variable-default main.tf:3:13-3:20",
      ]
    `);
  });
});

test('names that no variable has', () => {
  const { diagnostics } = evaluateFiles(
    { 'main.tf': declared, 'terraform.tfvars': 'corp = "pear"\nharvest {\n}\n' },
    { environment: { variables: new Map([['corp', 'x']]) }, root: { variables: [{ name: 'corp', text: 'x' }] } },
  );
  expect(diagnostics).toMatchInlineSnapshot(`
    [
      "terraform-block-not-read terraform.tfvars:2:1-2:10 A variable file holds values only, no blocks.",
      "terraform-undeclared-variable terraform.tfvars:1:1-1:5 There is no variable "corp" that this could be the value of.",
    ]
  `);
});

describe('a variable file that is not wholly read', () => {
  const main = 'variable "a" { default = 1 }\nvariable "b" { default = 2 }\noutput "o" { value = [var.a, var.b] }\n';
  const lost = '?outside-input terraform.tfvars';
  test.each<[string, string | Uint8Array, unknown]>([
    ['a block may be meant as a value', 'a {\n}\n', [lost, 2]],
    ['what is cut off may give any value', 'a = 5\n}\n', [5, lost]],
    ['what is not UTF-8 may give any value', new Uint8Array([0xff]), [lost, lost]],
  ])('%s', (_, text, values) => {
    const { outputs, diagnostics } = evaluateFiles({ 'main.tf': main, 'terraform.tfvars': text });
    expect([outputs['o'], diagnostics.length]).toEqual([values, 1]);
  });

  test('and what is given over it', () => {
    const { outputs } = evaluateFiles(
      { 'main.tf': main, 'terraform.tfvars': new Uint8Array([0xff]) },
      { root: { variables: [{ name: 'a', text: '7' }] } },
    );
    expect(outputs['o']).toEqual(['7', lost]);
  });
});

test('a variable file holds literals', () => {
  const { outputs, diagnostics } = evaluateFiles({
    'main.tf': 'variable "a" {}\nvariable "b" {}\noutput "o" { value = [var.a, var.b] }\n',
    'terraform.tfvars': 'a = upper("x")\nb = var.a\n',
  });
  expect({ outputs, diagnostics }).toMatchInlineSnapshot(`
    {
      "diagnostics": [
        "terraform-unknown-function terraform.tfvars:1:5-1:10 There is no function named "upper".",
        "terraform-invalid-reference terraform.tfvars:2:5-2:10 Names have no meaning here, so not "var".",
      ],
      "outputs": {
        "o": [
          "?unsupported-function upper",
          "?invalid-expression",
        ],
      },
    }
  `);
});

test('texts of a JSON variable file and of defaults in JSON syntax are no templates', () => {
  const { outputs, diagnostics } = evaluateFiles({
    'main.tf.json': JSON.stringify({
      variable: {
        a: {},
        b: { default: { '${k}': ['${x}', 1, true, null, {}] } },
        c: { default: '${literal}', type: 'string' },
      },
      output: { o: { value: ['${var.a}', '${var.b}', '${var.c}'] } },
    }),
    'terraform.tfvars.json': '{"a": {"${k}": ["%{if}", "$${x}"]}}',
  });
  expect({ outputs, diagnostics }).toMatchInlineSnapshot(`
    {
      "diagnostics": [],
      "outputs": {
        "o": [
          {
            "\${k}": [
              "%{if}",
              "$\${x}",
            ],
          },
          {
            "\${k}": [
              "\${x}",
              1,
              true,
              null,
              {},
            ],
          },
          "\${literal}",
        ],
      },
    }
  `);
});

describe('text from outside means by the type', () => {
  test.each([
    ['string', 'null', 'null'],
    ['string', '["q"]', '["q"]'],
    ['number', '4.50', 4.5],
    ['bool', 'true', true],
    ['list(string)', '["q", "r"]', ['q', 'r']],
    ['any', '["q"]', ['q']],
    ['any', 'null', null],
    ['object({ a = number, b = optional(string, "x") })', '{ a = "3" }', { a: 3, b: 'x' }],
    ['map(string)', '{ a = 1 }', { a: '1' }],
  ])('%s: %s', (type, text, expected) => {
    const { outputs, diagnostics } = evaluateFiles(
      `variable "v" {\n  type = ${type}\n}\noutput "o" { value = var.v }\n`,
      {
        environment: { variables: new Map([['v', text]]) },
      },
    );
    expect({ outputs, diagnostics }).toEqual({ outputs: { o: expected }, diagnostics: [] });
  });

  test('without a type it is the text itself', () => {
    const { outputs } = evaluateFiles('variable "v" {}\noutput "o" { value = var.v }\n', {
      environment: { variables: new Map([['v', '["q"]']]) },
    });
    expect(outputs).toEqual({ o: '["q"]' });
  });

  test('what is no expression is reported', () => {
    const { outputs, diagnostics } = evaluateFiles(
      'variable "v" { type = list(string) }\noutput "o" { value = var.v }\n',
      {
        environment: { variables: new Map([['v', ')']]) },
      },
    );
    expect({ outputs, diagnostics }).toMatchInlineSnapshot(`
      {
        "diagnostics": [
          "hcl-missing-expression TF_VAR_v The value of "var.v": Expected a value, found ")".",
        ],
        "outputs": {
          "o": "?invalid-expression",
        },
      }
    `);
  });
});

test('a variable without a value is an unknown of its type', () => {
  const { outputs, diagnostics, result } = evaluateFiles(`variable "grove" {
  type = object({ name = string, trees = list(number), note = optional(string, "none") })
}
variable "count" {
  type     = number
  nullable = false
}
variable "any" {}
output "name" { value = var.grove.name }
output "typo" { value = var.grove.nam }
output "given" { value = var.count != null }
output "any" { value = var.any != null }
output "parts" { value = "grove-\${var.grove.name}-x" }
`);
  expect({
    outputs,
    diagnostics,
    without: result.roots[0]?.variablesWithoutValue.map(({ name }) => name),
  }).toMatchInlineSnapshot(`
    {
      "diagnostics": [
        "terraform-invalid-reference main.tf:10:35-10:38 The object has no attribute "nam". Did you mean "name"?",
      ],
      "outputs": {
        "any": "?variable-without-value var.any",
        "given": true,
        "name": "?variable-without-value var.grove",
        "parts": "grove-{var.grove}-x",
        "typo": "?invalid-expression",
      },
      "without": [
        "grove",
        "count",
        "any",
      ],
    }
  `);
});

test('null is given to calls that leave it out only where it may be null', () => {
  const { outputs, diagnostics } = evaluateFiles({
    'main.tf': `module "given" {
  source = "./bakery"
  loaf   = null
  flour  = null
  must   = null
}
module "omitted" {
  source = "./bakery"
  oven   = 3
}
output "given" { value = module.given.all }
output "omitted" { value = module.omitted.all }
`,
    'bakery/main.tf': `variable "loaf" { default = "rye" }
variable "flour" {
  default  = "wheat"
  nullable = false
}
variable "must" { nullable = false }
output "all" { value = [var.loaf, var.flour, var.must] }
`,
  });
  expect({ outputs, diagnostics }).toMatchInlineSnapshot(`
    {
      "diagnostics": [
        "terraform-undeclared-variable main.tf:9:3-9:7 The module has no variable "oven".",
        "terraform-invalid-value main.tf:5:12-5:16 The value of "var.must" must not be null.",
        "terraform-invalid-value main.tf:7:1-7:19 "module.omitted" needs a value for the variable "must".",
      ],
      "outputs": {
        "given": [
          null,
          "wheat",
          "?variable-without-value module.given.var.must",
        ],
        "omitted": [
          "rye",
          "wheat",
          "?variable-without-value module.omitted.var.must",
        ],
      },
    }
  `);
});

test('values are converted to the type, and what is not suitable is said', () => {
  const { outputs, diagnostics } = evaluateFiles(`variable "n" {
  type    = number
  default = "12"
}
variable "m" {
  type    = map(string)
  default = { a = 1, b = true }
}
variable "bad" {
  type    = number
  default = "twelve"
}
variable "worse" {
  type    = thing
  default = 1
}
output "o" { value = [var.n, var.m, var.bad, var.worse] }
`);
  expect({ outputs, diagnostics }).toMatchInlineSnapshot(`
    {
      "diagnostics": [
        "terraform-invalid-value main.tf:11:13-11:21 The value of "var.bad" is not suitable: a number is required.",
        "terraform-invalid-variable main.tf:14:13-14:18 There is no type "thing". Did you mean "string"?",
      ],
      "outputs": {
        "o": [
          12,
          {
            "a": "1",
            "b": "true",
          },
          "?invalid-value var.bad",
          1,
        ],
      },
    }
  `);
});

test('a sensitive variable marks its value wherever it goes', () => {
  const { result } = evaluateFiles(`variable "secret" {
  default   = "s3cret"
  sensitive = true
}
variable "json" {
  default   = "j"
  sensitive = "true"
}
output "plain" { value = var.secret }
output "text" { value = "x-\${var.secret}" }
output "kept" { value = [1, var.secret] }
output "json" { value = var.json }
output "declared" {
  value     = "open"
  sensitive = true
}
`);
  const marks = [...(result.roots[0]?.outputs ?? [])].map(([name, value]) => [
    name,
    value.sensitive === true,
    value.kind === 'list' ? value.elements.map(({ sensitive }) => sensitive === true) : undefined,
  ]);
  expect(marks).toEqual([
    ['plain', true, undefined],
    ['text', true, undefined],
    ['kept', false, [false, true]],
    ['json', true, undefined],
    ['declared', true, undefined],
  ]);
});

test('variable files of a called module are not its own', () => {
  const { outputs } = evaluateFiles({
    'main.tf': 'module "m" { source = "./m" }\noutput "o" { value = module.m.o }\n',
    'm/main.tf': 'variable "v" { default = "kept" }\noutput "o" { value = var.v }\n',
    'm/terraform.tfvars': 'v = "ignored"\n',
  });
  expect(outputs).toEqual({ o: 'kept' });
});
