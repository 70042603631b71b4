import { expect, test } from 'vitest';
import { evaluateTemplates } from '../support/evaluate-templates.js';

const BUCKET = 'Resources:\n  Crates: {Type: AWS::S3::Bucket}\n';
const COOKIES = `Resources:\n  {{cookiecutter.name}}:\n    Type: AWS::S3::Bucket\n`;
const JINJA = `{% if fruit %}\nResources:\n  Pears: {Type: AWS::S3::Bucket}\n{% endif %}\n`;
const BROKEN = "Resources:\n  Plums: {Type: 'AWS::S3::Bucket\n  Secret: '{{resolve:ssm:/plums}}'\n";

test('what only becomes a template is one warning, and the other templates are judged', () => {
  const { result } = evaluateTemplates({ 'a.yaml': COOKIES, 'b.yaml': JINJA, 'c.yaml': BUCKET });
  expect(result.resources.map(({ root, address }) => `${root} ${address}`)).toEqual(['c.yaml Crates']);
  expect(result.diagnostics.map(({ code, message, range }) => [code, message, range?.file.path])).toEqual([
    ['template-source', '2 files become templates only when their program renders them: scan what it makes.', 'a.yaml'],
  ]);
  expect(result.files.map(({ path }) => path)).toEqual(['c.yaml']);
});

test('a broken template with a secret of its own is an error', () => {
  const { result } = evaluateTemplates({ 'a.yaml': BROKEN });
  expect(result.diagnostics.map(({ code }) => code)).toEqual(['yaml-invalid-syntax']);
});
