import type { TemplateValue } from './generated/policy-templates.js';
import type { Draft } from './nodes.js';

/** A recorded piece with its marks replaced. */
export function fillTemplate(value: TemplateValue, argumentOf: (name: string) => Draft): Draft {
  if (typeof value === 'string') return value;
  if (isList(value)) return value.map((item) => fillTemplate(item, argumentOf));
  const { $: mark } = value;
  if (typeof mark === 'string') return argumentOf(mark);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fillTemplate(inner, argumentOf)]));
}

function isList(value: TemplateValue): value is readonly TemplateValue[] {
  return Array.isArray(value);
}
