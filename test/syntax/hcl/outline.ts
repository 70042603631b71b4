import type { Diagnostic } from '../../../src/source/diagnostic.js';
import { LineIndex } from '../../../src/source/line-index.js';
import type { Body, Expression, HclFile, JsonBody, SplatStep, TemplatePart } from '../../../src/syntax/hcl/ast.js';

/** An expression as one line: what was understood of it, not how it was written. */
export function outline(node: Expression): string {
  switch (node.kind) {
    case 'literal':
      return node.value !== null && typeof node.value === 'object' ? node.value.number : String(node.value);
    case 'template':
      return `${node.form === 'quoted' ? '' : node.form}${parts(node.parts)}`;
    case 'tuple':
      return `[${node.elements.map(outline).join(', ')}]`;
    case 'object':
      return `{${node.items.map((item) => `${outline(item.key)} = ${outline(item.value)}`).join(', ')}}`;
    case 'variable':
      return node.name;
    case 'get-attribute':
      return `${outline(node.object)}.${node.name}`;
    case 'index':
      return `${outline(node.collection)}[${outline(node.key)}${node.isLegacy ? ' legacy' : ''}]`;
    case 'splat':
      return `splat(${outline(node.source)}, ${node.isFull ? 'full' : 'flat'}${node.each.map(step).join('')})`;
    case 'call':
      return `${node.name}(${node.arguments.map(outline).join(', ')}${node.isExpanded ? '...' : ''})`;
    case 'unary':
      return `(${node.operator}${outline(node.operand)})`;
    case 'binary':
      return `(${outline(node.left)} ${node.operator} ${outline(node.right)})`;
    case 'conditional':
      return `(${outline(node.condition)} ? ${outline(node.then)} : ${outline(node.else)})`;
    case 'for': {
      const variables =
        node.keyVariable === undefined ? node.valueVariable : `${node.keyVariable}, ${node.valueVariable}`;
      const key = node.key === undefined ? '' : `${outline(node.key)} => `;
      const condition = node.condition === undefined ? '' : ` if ${outline(node.condition)}`;
      return `for(${variables} in ${outline(node.collection)}: ${key}${outline(node.value)}${node.isGrouped ? '...' : ''}${condition})`;
    }
    case 'parenthesis':
      return `paren(${outline(node.expression)})`;
    case 'error':
      return 'ERROR';
  }
}

function step(each: SplatStep): string {
  if (each.kind === 'attribute') return `.${each.name}`;
  if (each.kind === 'index') return `[${outline(each.key)}]`;
  return ` splat(${each.isFull ? 'full' : 'flat'}${each.each.map(step).join('')})`;
}

export function parts(list: readonly TemplatePart[]): string {
  return `<${list.map(part).join('|')}>`;
}

function part(each: TemplatePart): string {
  if (each.kind === 'text') return JSON.stringify(each.value);
  if (each.kind === 'interpolation') return outline(each.expression);
  if (each.kind === 'if') {
    const otherwise = each.else === undefined ? '' : ` else ${parts(each.else)}`;
    return `if ${outline(each.condition)} ${parts(each.then)}${otherwise}`;
  }
  const variables = each.keyVariable === undefined ? each.valueVariable : `${each.keyVariable}, ${each.valueVariable}`;
  return `for ${variables} in ${outline(each.collection)} ${parts(each.body)}`;
}

/** A body as indented lines. */
export function outlineBody(body: Body | JsonBody, indent = ''): string[] {
  if (body.kind === 'json-body') return body.objects.map((object) => `${indent}${outline(object)}`);
  const lines = body.isIncomplete === true ? [`${indent}(incomplete)`] : [];
  const items = [...body.attributes, ...body.blocks].sort((a, b) => a.start - b.start);
  for (const item of items) {
    if (item.kind === 'attribute') lines.push(`${indent}${item.name} = ${outline(item.expression)}`);
    else {
      lines.push(`${indent}${[item.type, ...item.labels.map((label) => JSON.stringify(label.value))].join(' ')}`);
      lines.push(...outlineBody(item.body, `${indent}  `));
    }
  }
  return lines;
}

/** `line:column-line:column code message`, a line each. */
export function places(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code, message, range }) => {
    if (range === undefined) return `${code} ${message}`;
    const index = new LineIndex(range.file.text);
    const start = index.position(range.start);
    const end = index.position(range.end);
    return `${start.line}:${start.column}-${end.line}:${end.column} ${code} ${message}`;
  });
}

/** What a range that leaves its parent's, or is no range, is told as; undefined for a sound tree. */
export function misplaced(file: HclFile): string | undefined {
  return misplacedIn(file.body, 0, file.source.text.length, 'file');
}

export function misplacedIn(node: unknown, start: number, end: number, path: string): string | undefined {
  if (Array.isArray(node)) {
    for (const [i, each] of node.entries()) {
      const wrong = misplacedIn(each, start, end, `${path}[${i}]`);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  }
  if (typeof node !== 'object' || node === null) return undefined;
  let own = { start, end };
  if ('start' in node && 'end' in node && typeof node.start === 'number' && typeof node.end === 'number') {
    if (!(node.start >= start && node.start <= node.end && node.end <= end)) {
      return `${path} ${node.start}-${node.end} in ${start}-${end}`;
    }
    own = { start: node.start, end: node.end };
  }
  for (const [key, child] of propertiesOf(node)) {
    if (key === 'file' || key === 'source') continue;
    const wrong = misplacedIn(child, own.start, own.end, `${path}.${key}`);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** Properties of a node, those among them that are worked out when they are asked for. */
function propertiesOf(node: object): [string, unknown][] {
  return [...Object.entries(node), ...gettersOf(node).map((key): [string, unknown] => [key, Reflect.get(node, key)])];
}

const getters = new Map<object, readonly string[]>();

function gettersOf(node: object): readonly string[] {
  const prototype = Object.getPrototypeOf(node);
  if (prototype === Object.prototype) return [];
  let known = getters.get(prototype);
  if (known === undefined) {
    const described = Object.entries(Object.getOwnPropertyDescriptors(prototype));
    known = described.filter(([, { get }]) => get !== undefined).map(([key]) => key);
    getters.set(prototype, known);
  }
  return known;
}
