import { readFileSync } from 'node:fs';
import { parse } from '@cdktn/hcl2json';
import { describe, expect, it } from 'vitest';
import type { Body, Expression, JsonBody, TemplatePart } from '../../../src/syntax/hcl/ast.js';
import { parseHcl } from '../../../src/syntax/hcl/parse-hcl.js';

/** Our tree in the form in which HashiCorp's parser (compiled to WebAssembly) answers. */
function toPeerForm(body: Body | JsonBody, text: string): Record<string, unknown> {
  if (body.kind !== 'body') throw new Error('native syntax only');
  const result: Record<string, unknown> = {};
  for (const { name, expression } of body.attributes) result[name] = value(expression, text);
  for (const block of body.blocks) {
    let at = result;
    let key = block.type;
    for (const label of block.labels) {
      at[key] ??= {};
      at = at[key] as Record<string, unknown>;
      key = label.value;
    }
    at[key] ??= [];
    (at[key] as unknown[]).push(toPeerForm(block.body, text));
  }
  return result;
}

function value(node: Expression, text: string): unknown {
  switch (node.kind) {
    case 'literal':
      return node.value !== null && typeof node.value === 'object' ? Number(node.value.number) : node.value;
    case 'template':
      return template(node.parts, text);
    case 'tuple':
      return node.elements.map((element) => value(element, text));
    case 'object':
      return Object.fromEntries(node.items.map((item) => [value(item.key, text), value(item.value, text)]));
    default:
      return `\${${text.slice(node.start, node.end)}}`;
  }
}

function template(parts: readonly TemplatePart[], text: string): string {
  return parts.map((part) => one(part, text)).join('');
}

function one(part: TemplatePart, text: string): string {
  const source = (node: Expression): string => text.slice(node.start, node.end);
  if (part.kind === 'text') return part.value.replaceAll('${', () => '$${').replaceAll('%{', '%%{');
  if (part.kind === 'interpolation') {
    const { expression } = part;
    return expression.kind === 'template' ? template(expression.parts, text) : `\${${source(expression)}}`;
  }
  if (part.kind === 'if') {
    const otherwise = part.else === undefined ? '' : `%{else}${template(part.else, text)}`;
    return `%{if ${source(part.condition)}}${template(part.then, text)}${otherwise}%{endif}`;
  }
  const variables = part.keyVariable === undefined ? part.valueVariable : `${part.keyVariable}, ${part.valueVariable}`;
  return `%{for ${variables} in ${source(part.collection)}}${template(part.body, text)}%{endfor}`;
}

const folder = new URL('../../../fixtures/syntax/hcl/', import.meta.url);

async function compare(name: string, text: string): Promise<void> {
  const file = parseHcl({ path: name, text });
  expect(file.diagnostics).toEqual([]);
  expect(toPeerForm(file.body, text)).toEqual(await parse(name, text));
}

describe("HashiCorp's parser reads the same", () => {
  it.each(['orchard.tf', 'bakery.tf', 'windows.tf'])('in %s', async (name) => {
    await compare(name, readFileSync(new URL(name, folder), 'utf8'));
  });

  const heredocs: [string, string][] = [
    ['kept indentation', '<<EOT\n  a\n    b\nEOT\n'],
    ['removed indentation', '<<-EOT\n    a\n      b\n\n    c${d}\n    EOT\n'],
    ['a smaller marker', '<<-EOT\n      deep\n    ${i} x\n   less\n  EOT\n'],
    ['tabs', '<<-EOT\n\ttab\n\t  x\n  EOT\n'],
    ['blank lines with spaces', '<<-EOT\n    a\n  \n    b\n  EOT\n'],
    ['blank lines only', '<<-EOT\n  \n\n    \n  EOT\n'],
    ['an interpolation at the start of a line', '<<-EOT\n  ${x}\n    y\n${z}\n  EOT\n'],
    ['trimming after an interpolation', '<<-EOT\n    a ${~ b ~}\n      c\n  EOT\n'],
    ['trimmed directives', '<<-EOT\n  %{~ for x in y ~}\n  - ${x}\n  %{~ endfor ~}\n  end\n  EOT\n'],
    ['untrimmed directives', '<<-EOT\n  %{ for x in y }\n  - ${x}\n  %{ endfor }\n  end\n  EOT\n'],
    ['a trim at the start of a line', '<<-EOT\n    a\n${~ b }\n    c\n  EOT\n'],
    ['a marker behind an interpolation', '<<EOT\n${x}EOT\nEOT\n'],
    ['a marker that is not alone', '<<EOT\nEOT x\n EOTS\n  EOT  \n'],
    ['lone dollars', '<<EOT\na $ b $\n%\n$${c} $$${d}\nEOT\n'],
    ['another heredoc inside', '<<A\n${<<B\nb\nB\n}\nA\n'],
    ['carriage returns', '<<-EOT\r\n  a\r\n\r\n   b\r\n  EOT\r\n'],
    ['non-breaking spaces', '<<-EOT\n\u00a0\u00a0a\n\u00a0b\nEOT\n'],
  ];

  it.each(heredocs)('of a heredoc with %s', async (_name, heredoc) => {
    await compare('main.tf', `a = ${heredoc}b = 1\n`);
  });

  const expressions: [string][] = [
    ['"x\\n  %{~ if true ~}\\n  y\\n  %{~ endif ~}\\n z"'],
    ['"a${ b }c${~ d ~}  e"'],
    ['"$${a} %%{b} $$${c} $ % $$ %%"'],
    ['"\\u0065\\u0301 e\u0301 \\U0001F350"'],
    ['a ? b : c ? d : e'],
    ['-a.b[0].c.*.d[1]'],
    ['{ "a" = 1, b : 2\nc = 3 }'],
    ['[\n1,\n2,\n]'],
    ['[for a in b : {\nc = a\n}]'],
    ['f(a, # note\nb /* c */ ,\n)'],
    ['{\n# nothing\n}'],
    ['(a\n+ b)[\n0\n]'],
    ['1e5'],
    ['a-b'],
    ['{ null = 1, true = 2, 3 = 4 }'],
    ['{ for k, v in m :\nk => v...\nif k != v }'],
  ];

  it.each(expressions)('in %s', async (expression) => {
    await compare('main.tf', `a = ${expression}\nb = 1\n`);
  });
});

describe("HashiCorp's parser refuses the same", () => {
  const broken: [string][] = [
    ['a = "b\n'],
    ['a = \n'],
    ['a = 1 2\n'],
    ['a = [1 2]\n'],
    ['a = {b = 1 c = 2}\n'],
    ['a = {\nb\n}\n'],
    ['a = "${b"\n'],
    ['a = "${}"\n'],
    ['a = "%{ if b }"\n'],
    ['a = "%{ endif }"\n'],
    ['a = "%{ if b }%{ else }%{ else }%{ endif }"\n'],
    ['a = "%{ when b }"\n'],
    ['a = "\\d"\n'],
    ['a = "\\u12"\n'],
    ['a = "\\ud800"\n'],
    ['a = 1.2.3\n'],
    ['a = b.0.1\n'],
    ['a = b.\n'],
    ['a = [for b : c]\n'],
    ['a = [for b in c : d => e]\n'],
    ['a = {for b in c : d}\n'],
    ['a = f(b c)\n'],
    ['a = f(b..., c)\n'],
    ['a = (b\n'],
    ['a = b ? c\n'],
    ['a = 1\na = 2\n'],
    ['a {\n'],
    ['a { b = 1\n}\n'],
    ['a { b {} }\n'],
    ['a { b = 1, c = 2 }\n'],
    ['a\n{\n}\n'],
    ['a "${b}" {\n}\n'],
    ['a {} b {}\n'],
    ['a {\nb = 1 }\n'],
    ['}\n'],
    ['"a" = 1\n'],
    ['a = <<EOT\nb\n'],
    ['a = <<EOT\nb\nEOT'],
    ['a = <<"EOT"\nb\nEOT\n'],
    ['a = 1 /* b\n'],
    ['a = b & c\n'],
    ["a = 'b'\n"],
    ['a { b = <<EOT\nc\nEOT\n}\n'],
    ['a = x[*\n'],
    ['a = b::\n'],
    ['a = b::c\n'],
  ];

  it.each(broken)('%j', async (text) => {
    expect(parseHcl({ path: 'main.tf', text }).diagnostics).not.toEqual([]);
    await expect(parse('main.tf', text)).rejects.toThrow();
  });
});
