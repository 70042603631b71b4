/**
 * The text with the equals signs of neighbouring lines below each other, as `terraform fmt` puts them: a line that opens a list
 * or an object stands for itself. Text with comments behind values is left as it is.
 */
export function alignAssignments(text: string): string {
  const lines = text.split('\n').map(toLine);
  if (lines.some(({ hasTrailingComment }) => hasTrailingComment)) return text;
  const widths = lines.map(() => 0);
  for (let start = 0; start < lines.length; ) {
    let end = start;
    while (lines[end]?.isWhole === true) end++;
    const widest = Math.max(0, ...lines.slice(start, end).map(({ name }) => name.length));
    widths.fill(widest, start, end);
    start = Math.max(end, start + 1);
  }
  return lines
    .map(({ line, indent, name, value }, index) =>
      name === '' ? line : `${indent}${name.padEnd(widths[index] ?? 0)} = ${value}`,
    )
    .join('\n');
}

interface Line {
  readonly line: string;
  readonly indent: string;
  /** Empty for what is no assignment. */
  readonly name: string;
  readonly value: string;
  /** The value ends on the line. */
  readonly isWhole: boolean;
  readonly hasTrailingComment: boolean;
}

function toLine(line: string): Line {
  const [, indent = '', name = '', value = ''] = /^(\s*)([A-Za-z_][\w-]*|"[^"]*")\s*=\s*([^=>].*)$/.exec(line) ?? [];
  const bare = value.replace(/"(?:[^"\\]|\\.)*"/g, '');
  const depth = (bare.match(/[([{]/g)?.length ?? 0) - (bare.match(/[)\]}]/g)?.length ?? 0);
  return {
    line,
    indent,
    name,
    value,
    isWhole: name !== '' && depth === 0 && !bare.includes('<<'),
    hasTrailingComment: /#|\/\/|\/\*/.test(bare),
  };
}
