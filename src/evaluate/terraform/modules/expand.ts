import { CERTAIN } from '../../../model/raw-resource.js';
import { expandCount } from './expand-count.js';
import { expandForEach } from './expand-for-each.js';
import type { Expansion, ExpansionInput } from './expansion.js';

const SINGLE: Expansion = {
  kind: 'single',
  slots: [{ key: undefined, existence: CERTAIN, names: new Map() }],
  isOpen: false,
};

/** The instances that `count` or `for_each` give: never none where they are wrong or not known. */
export function expand(input: ExpansionInput): Expansion {
  const { count, forEach } = input;
  if (forEach !== undefined && count !== undefined) {
    const { file, attribute } = count;
    const message = `"${input.address}" has both a "count" and a "for_each".`;
    const { start, end } = attribute.nameRange;
    input.report({ code: 'terraform-invalid-count', message, range: { file, start, end } });
  }
  if (forEach !== undefined) return expandForEach(input, forEach);
  return count === undefined ? SINGLE : expandCount(input, count);
}
