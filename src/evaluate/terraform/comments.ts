import type { AttachedComment } from '../../model/raw-resource.js';
import type { SourceFile } from '../../source/source-file.js';
import { statelessPattern } from '../../source/stateless-pattern.js';
import type { Block, Body, Comment, HclFile, Node } from '../../syntax/hcl/ast.js';

/** The comments of a file whose text matches, each with the attribute or block that it stands above, beside, or in. */
export function attachComments({ source, body, comments }: HclFile, pattern: RegExp): AttachedComment[] {
  if (body.kind !== 'body') return [];
  const attached: AttachedComment[] = [];
  const plain = statelessPattern(pattern);
  for (const comment of comments) {
    const content = contentOf(source, comment);
    if (!plain.test(content)) continue;
    const target = targetOf(comment, body, source);
    attached.push({
      file: source,
      start: comment.start,
      end: comment.end,
      content,
      target: target && { file: source, start: target.start, end: target.end },
    });
  }
  return attached;
}

function contentOf({ text }: SourceFile, { style, start, end }: Comment): string {
  const inner =
    style === '/*'
      ? text.slice(start + 2, text.startsWith('*/', end - 2) ? end - 2 : end)
      : text.slice(start + style.length, end);
  return inner.trim();
}

/** Beside something on its line, else above the next thing in the same body, else in the block whose body it is. */
function targetOf(comment: Comment, body: Body, source: SourceFile): Node | undefined {
  const { holder, items } = innermost(body, comment, undefined);
  const before = items.filter((item) => item.end <= comment.start).at(-1);
  if (before !== undefined && !source.text.slice(before.end, comment.start).includes('\n')) return before;
  // Behind the opening brace of a block it stands beside the block.
  if (holder !== undefined && !source.text.slice(holder.header.end, comment.start).includes('\n')) return holder;
  const opened = items.find((item) => item.start < comment.start && item.end > comment.end);
  if (opened !== undefined) return opened;
  const next = items.find((item) => item.start >= comment.end);
  if (next !== undefined && isDirectlyAbove(comment, next, source)) return next;
  return holder;
}

/** Nothing but white space and other comments lies between. */
function isDirectlyAbove(comment: Comment, next: Node, { text }: SourceFile): boolean {
  const between = text.slice(comment.end, next.start);
  return !/\n[ \t]*\r?\n/.test(between);
}

function innermost(
  body: Body,
  at: Node,
  holder: Block | undefined,
): { readonly holder: Block | undefined; readonly items: readonly Node[] } {
  const inner = body.blocks.find(
    (block) => block.body.kind === 'body' && block.body.start <= at.start && at.end <= block.body.end,
  );
  if (inner !== undefined && inner.body.kind === 'body') return innermost(inner.body, at, inner);
  const items: Node[] = [...body.attributes, ...body.blocks].sort((a, b) => a.start - b.start);
  return { holder, items };
}
