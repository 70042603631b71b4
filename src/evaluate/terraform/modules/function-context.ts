import type { Value } from '../../../model/value.js';
import type { SourceFile } from '../../../source/source-file.js';
import type { TemplateExpression } from '../../../syntax/hcl/ast.js';
import { parseHclTemplate } from '../../../syntax/hcl/parse-hcl.js';
import type { EvaluationContext, Scope } from '../expression/context.js';
import { evaluateTemplate } from '../expression/evaluate-expression.js';
import type { FunctionContext } from '../functions/function.js';
import { terraformFunctions } from '../functions/index.js';
import type { World } from './world.js';

/** What functions may use in one root: its files, and templates rendered with variables of their own. */
export function functionContextOf(world: World, templateDepth: number): FunctionContext {
  return {
    fileSystem: world.cache.fileSystem,
    rootFolder: world.selection.folder,
    templateDepth,
    noteSecret: (value) => world.secrets.push(value),
    renderTemplate: (path, text, variables) => render(world, { path, text }, variables, templateDepth + 1),
  };
}

const templates = new Map<string, { readonly source: SourceFile; readonly template: TemplateExpression }>();
/** SAFETY: how many parsed templates are kept. */
const maxKeptTemplates = 1_000;

function render(world: World, source: SourceFile, variables: ReadonlyMap<string, Value>, depth: number): Value {
  const key = `${source.path}\0${source.text}`;
  let parsed = templates.get(key);
  if (parsed === undefined) {
    const { template, diagnostics } = parseHclTemplate(source);
    for (const diagnostic of diagnostics) world.report(diagnostic);
    parsed = { source, template };
    if (templates.size >= maxKeptTemplates) templates.clear();
    templates.set(key, parsed);
  }
  const scope: Scope = {
    reference: (name) => {
      const value = variables.get(name);
      return value === undefined ? undefined : { value, consumed: 0 };
    },
  };
  const context: EvaluationContext = {
    file: parsed.source,
    scope,
    functions: terraformFunctions,
    functionContext: functionContextOf(world, depth),
    budget: world.budget,
    report: world.report,
  };
  return evaluateTemplate(parsed.template, context);
}
