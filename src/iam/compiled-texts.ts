import { isKnownPattern, type Matcher, toUnionMatcher } from './matcher.js';
import type { Text } from './text.js';
import type { Texts } from './texts.js';

/** The texts of a field, taken apart. */
interface DividedTexts {
  /** The known patterns, in their order. */
  readonly known: readonly Text[];
  /** Those with variables or unknown parts; undefined where there are none. */
  readonly others: Texts | undefined;
}

/** The texts of a field, those that are known put together into one test. */
export interface CompiledTexts extends DividedTexts {
  readonly isMatch: Matcher;
}

export function compileTexts(texts: Texts, prepare: (pattern: Text) => Text): CompiledTexts {
  const divided = divideTexts(texts, prepare);
  return { ...divided, isMatch: toUnionMatcher(divided.known) };
}

/** Takes the texts of a field apart; what is no text is left out, for it matches nothing. */
export function divideTexts({ elements, rest }: Texts, prepare: (pattern: Text) => Text): DividedTexts {
  const known: Text[] = [];
  const others: Texts['elements'][number][] = [];
  for (const element of elements) {
    const [template] = element.options;
    if (element.perhaps !== undefined) others.push(element);
    else if (template?.hasVariables === true || (template !== undefined && !isKnownPattern(template.tokens)))
      others.push(element);
    else if (template !== undefined) known.push(prepare(template.tokens as Text));
  }
  return {
    known,
    others: others.length === 0 && rest === undefined ? undefined : { elements: others, rest },
  };
}
