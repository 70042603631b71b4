import type { Value } from '../../../model/value.js';
import type { Diagnostic } from '../../../source/diagnostic.js';
import type { FileSystem } from '../../../source/file-system.js';
import type { SourceFile } from '../../../source/source-file.js';
import type { TemplateExpression } from '../../../syntax/hcl/ast.js';
import { parseHclTemplate } from '../../../syntax/hcl/parse-hcl.js';
import type { EvaluationContext, Scope } from '../expression/context.js';
import { evaluateTemplate } from '../expression/evaluate-expression.js';
import type { FunctionCaller, FunctionContext } from '../functions/function.js';
import { terraformFunctions } from '../functions/index.js';
import type { World } from './world.js';

/** What functions may use in one root: its files, and templates rendered with variables of their own. */
export function functionContextOf(world: World, templateDepth: number): FunctionContext {
  return {
    fileSystem: countedReads(world),
    rootFolder: world.selection.folder,
    templateDepth,
    noteSecret: (value) => world.secrets.push(value),
    renderTemplate: (path, text, variables, caller) =>
      render({ world, depth: templateDepth + 1, caller }, { path, text }, variables),
  };
}

/** SAFETY: in steps, what a byte or an entry of a folder takes: a short loop may read a large file a thousand times. */
const byteSteps = 1 / 128;
const entrySteps = 1;

function countedReads({ cache: { fileSystem }, budget }: World): FileSystem {
  return {
    readFile(path) {
      const read = fileSystem.readFile(path);
      if (read.ok) budget.use(Math.floor(read.value.length * byteSteps));
      return read;
    },
    readDirectory(path) {
      const read = fileSystem.readDirectory(path);
      if (read.ok) budget.use(read.value.length * entrySteps);
      return read;
    },
    kindOf: (path) => fileSystem.kindOf(path),
  };
}

interface ParsedTemplate {
  readonly source: SourceFile;
  readonly template: TemplateExpression;
  readonly diagnostics: readonly Diagnostic[];
}

const templates = new Map<string, ParsedTemplate>();
/** SAFETY: how many parsed templates are kept. */
const maxKeptTemplates = 1_000;

interface Rendering {
  readonly world: World;
  readonly depth: number;
  readonly caller: FunctionCaller | undefined;
}

/** What is wrong in the template is wrong where it is called: `try` goes on to its next argument. */
function render(at: Rendering, source: SourceFile, variables: ReadonlyMap<string, Value>): Value {
  const { world, depth, caller } = at;
  world.budget.use(source.text.length >> 4);
  const { source: file, template, diagnostics } = parsedTemplate(source);
  for (const diagnostic of diagnostics) (caller?.reportAlways ?? world.report)(diagnostic);
  const scope: Scope = {
    reference: (name) => {
      const value = variables.get(name);
      return value === undefined ? undefined : { value, consumed: 0 };
    },
  };
  const context: EvaluationContext = {
    file,
    scope,
    functions: terraformFunctions,
    functionContext: functionContextOf(world, depth),
    budget: world.budget,
    report: (diagnostic) => (caller?.context.report ?? world.report)(diagnostic),
  };
  return evaluateTemplate(template, context, caller);
}

function parsedTemplate(source: SourceFile): ParsedTemplate {
  const key = `${source.path}\0${source.text}`;
  let parsed = templates.get(key);
  if (parsed === undefined) {
    parsed = { source, ...parseHclTemplate(source) };
    if (templates.size >= maxKeptTemplates) templates.clear();
    templates.set(key, parsed);
  }
  return parsed;
}
