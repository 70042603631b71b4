import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  EvaluationBudget,
  type EvaluationContext,
  type Scope,
} from '../../src/evaluate/terraform/expression/context.js';
import { evaluateExpression, evaluateTemplate } from '../../src/evaluate/terraform/expression/evaluate-expression.js';
import { terraformFunctions } from '../../src/evaluate/terraform/functions/index.js';
import { encodeJson } from '../../src/evaluate/terraform/values/json.js';
import { DYNAMIC, type Type } from '../../src/model/type.js';
import type { Value } from '../../src/model/value.js';
import { isWhollyKnown, stringValue, typeOf } from '../../src/model/values.js';
import type { Diagnostic } from '../../src/source/diagnostic.js';
import { parseHclExpression, parseHclTemplate } from '../../src/syntax/hcl/parse-hcl.js';
import { memoryFileSystem } from './memory-file-system.js';

interface Answer {
  readonly e: string;
  readonly r: 'known' | 'unknown' | 'error';
  readonly v?: string;
  readonly t?: string;
  readonly message?: string;
}

const fixture: { readonly files: Readonly<Record<string, string>>; readonly answers: readonly Answer[] } = JSON.parse(
  readFileSync(new URL('../../fixtures/evaluate/function-answers.json', import.meta.url), 'utf8'),
);
const fileSystem = memoryFileSystem(
  new Map(Object.entries(fixture.files).map(([path, contents]) => [path, Buffer.from(contents, 'base64')])),
);

/** In the console nothing is known of what is not applied, not even its type. */
const unknown = (name: string): Value => ({
  kind: 'unknown',
  type: DYNAMIC,
  reason: 'computed-by-provider',
  identity: name,
  refersTo: [{ root: '.', address: name, attribute: 'output' }],
});
const locals: Readonly<Record<string, Value>> = {
  template: stringValue('a-${x}'),
  text: unknown('terraform_data.pear'),
  list: unknown('terraform_data.crate'),
};
const scope: Scope = {
  reference(name, steps) {
    const [first] = steps;
    const value = name === 'local' && first?.kind === 'attribute' ? locals[first.name] : undefined;
    return value && { value, consumed: 1 };
  },
};

function contextOf(path: string, text: string, names: Scope, depth: number, report: (d: Diagnostic) => void) {
  const context: EvaluationContext = {
    file: { path, text },
    scope: names,
    functions: terraformFunctions,
    functionContext: {
      fileSystem,
      rootFolder: '',
      templateDepth: depth,
      renderTemplate(templatePath, template, variables) {
        const parsed = parseHclTemplate({ path: templatePath, text: template });
        const inner: Scope = {
          reference(name) {
            const value = variables.get(name);
            return value && { value, consumed: 0 };
          },
        };
        return evaluateTemplate(parsed.template, contextOf(templatePath, template, inner, depth + 1, report));
      },
    },
    budget: new EvaluationBudget(),
    report,
  };
  return context;
}

function evaluate(text: string): { readonly value: Value; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const { expression, diagnostics: wrong } = parseHclExpression({ path: 'orchard.tf', text });
  expect(wrong).toEqual([]);
  const context = contextOf('orchard.tf', text, scope, 0, (one) => diagnostics.push(one));
  return { value: evaluateExpression(expression, context), diagnostics };
}

/** As `type()` prints it, without white space. */
function typeText(type: Type): string {
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'map': {
      const element = typeText(type.element);
      const isLong = element.endsWith(',])') || element.endsWith(',})') || element.endsWith(',)');
      return `${type.kind}(${element}${isLong ? ',' : ''})`;
    }
    case 'tuple':
      return `tuple([${type.elements.map((one) => `${typeText(one)},`).join('')}])`;
    case 'object':
      return `object({${[...type.attributes].map(([name, one]) => `${name}:${typeText(one)},`).join('')}})`;
    default:
      return type.kind;
  }
}

/** The words of a message that stand after the function's name. */
function said(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((one) => one.message.replace(/^"[^"]*" failed: /, '').replace(/\.$/, '')).join(' ');
}

/** Where we say something else than Terraform, and why that is right or allowed. */
const VALUE_DEVIATIONS: Readonly<Record<string, string>> = {};
const MESSAGE_DEVIATIONS: Readonly<Record<string, string>> = {};

describe('functions as the console of Terraform answers', () => {
  test.each(fixture.answers.map((answer) => [answer.e, answer] as const))('%s', (text, answer) => {
    const { value, diagnostics } = evaluate(text);
    if (answer.r === 'error') {
      expect(diagnostics.length).toBeGreaterThan(0);
      expect(isWhollyKnown(value)).toBe(false);
      if (MESSAGE_DEVIATIONS[text] === undefined) expect(said(diagnostics)).toBe(answer.message);
      return;
    }
    if (VALUE_DEVIATIONS[text] !== undefined) return;
    expect(diagnostics).toEqual([]);
    if (answer.r === 'unknown') return;
    if (answer.v !== undefined) {
      const json = encodeJson(value);
      expect(json.kind === 'string' ? json.value : json).toBe(answer.v);
    }
    if (answer.t !== undefined && answer.t !== 'dynamic')
      expect(typeText(typeOf(value)).replace(/\s/g, '')).toBe(answer.t);
  });

  test('there are enough of them', () => {
    expect(fixture.answers.length).toBeGreaterThanOrEqual(150);
  });
});
