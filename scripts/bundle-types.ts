import { dirname, join } from 'node:path';
import ts from 'typescript';

/**
 * The declarations of what the library exports, and of what these are made of, in one text: no file of ours is named in
 * it, and nothing else can be imported. Throws where two of them have one name, one is `any`, or one is written in a way
 * that would have to be rewritten.
 */
export function bundleTypes(root: string): string {
  const modules = new Modules(root);
  const entry = modules.read(join(root, 'src', 'index.ts'));
  const exported = [...entry.exports.keys()].map((name) => modules.find({ path: entry.path, name }));
  const bundle = new Bundle(modules, new Set(exported.map(({ name }) => name)));
  for (const symbol of exported) bundle.add(symbol);
  return `${bundle.parts.join('\n\n')}\n\nexport {};\n`;
}

interface Symbol {
  readonly path: string;
  readonly name: string;
}

interface Module {
  readonly path: string;
  readonly source: ts.SourceFile;
  /** Local name → what it is imported from. */
  readonly imports: ReadonlyMap<string, Symbol>;
  /** Exported name → what it is: here, or in another module. */
  readonly exports: ReadonlyMap<string, Symbol>;
  readonly declarations: ReadonlyMap<string, readonly ts.Statement[]>;
}

/** The declarations of each module, made when they are asked for. */
class Modules {
  readonly #program: ts.Program;
  readonly #read = new Map<string, Module>();

  constructor(root: string) {
    const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
    const options: ts.CompilerOptions = {
      ...ts.parseJsonConfigFileContent(config, ts.sys, root).options,
      noEmit: false,
      incremental: false,
      declaration: true,
      emitDeclarationOnly: true,
      // `npm run check` does that.
      noCheck: true,
      types: [],
    };
    const host = ts.createCompilerHost(options);
    const { readFile } = host;
    // What is not read to be fast would be `any` where it is needed, and that is refused.
    host.readFile = (path) => (path.includes('/schemas/generated/') ? '' : readFile(path));
    this.#program = ts.createProgram([join(root, 'src', 'index.ts')], options, host);
  }

  read(path: string): Module {
    const known = this.#read.get(path);
    if (known !== undefined) return known;
    let text = '';
    this.#program.emit(this.#program.getSourceFile(path), (_, emitted) => {
      text = emitted;
    });
    const module = parseModule(path, ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
    this.#read.set(path, module);
    return module;
  }

  /** Where a name of a module is declared. */
  find({ path, name }: Symbol): Symbol {
    const module = this.read(path);
    const target = module.exports.get(name) ?? module.imports.get(name);
    if (module.declarations.has(name)) return { path, name };
    if (target === undefined) throw new Error(`"${name}" is not declared in ${path}`);
    return this.find(target);
  }
}

function parseModule(path: string, source: ts.SourceFile): Module {
  const imports = new Map<string, Symbol>();
  const exports = new Map<string, Symbol>();
  const declarations = new Map<string, ts.Statement[]>();
  const moduleOf = (node: ts.Expression) => join(dirname(path), node.getText().slice(1, -1)).replace(/\.js$/, '.ts');
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) {
      const bindings = statement.importClause?.namedBindings;
      if (bindings === undefined || !ts.isNamedImports(bindings)) throw notBundled(statement);
      for (const { name, propertyName } of bindings.elements) {
        if (propertyName !== undefined) throw notBundled(statement);
        imports.set(name.text, { path: moduleOf(statement.moduleSpecifier), name: name.text });
      }
    } else if (ts.isExportDeclaration(statement)) {
      if (statement.exportClause === undefined || !ts.isNamedExports(statement.exportClause))
        throw notBundled(statement);
      const from = statement.moduleSpecifier === undefined ? path : moduleOf(statement.moduleSpecifier);
      for (const { name } of statement.exportClause.elements) exports.set(name.text, { path: from, name: name.text });
    } else {
      const name = nameOf(statement);
      const others = declarations.get(name);
      if (others === undefined) declarations.set(name, [statement]);
      else others.push(statement);
    }
  }
  return { path, source, imports, exports, declarations };
}

function notBundled(node: ts.Node): Error {
  return new Error(`the types cannot be bundled: ${node.getSourceFile().fileName}: ${node.getText()}`);
}

function nameOf(statement: ts.Statement): string {
  if (
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isFunctionDeclaration(statement)
  )
    return statement.name?.text ?? '';
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations[0]?.name.getText() ?? '';
  throw notBundled(statement);
}

class Bundle {
  readonly parts: string[] = [];
  /** Name → where it is declared. */
  readonly #names = new Map<string, string>();

  constructor(
    readonly modules: Modules,
    readonly exported: ReadonlySet<string>,
  ) {}

  add({ path, name }: Symbol): void {
    const known = this.#names.get(name);
    if (known === path) return;
    if (known !== undefined) throw new Error(`two types are called "${name}": in ${known} and in ${path}`);
    this.#names.set(name, path);
    const module = this.modules.read(path);
    const statements = module.declarations.get(name) ?? [];
    for (const statement of statements) {
      const whole = statement.getFullText().trim();
      const text = statement.getText();
      const comment = whole.slice(0, whole.length - text.length);
      this.parts.push(`${comment}${this.exported.has(name) ? 'export ' : ''}${text.replace(/^export /, '')}`);
    }
    for (const statement of statements) this.#addReferences(statement, module);
  }

  #addReferences(node: ts.Node, module: Module): void {
    if (ts.isImportTypeNode(node) || node.kind === ts.SyntaxKind.AnyKeyword) throw notBundled(node);
    if (ts.isIdentifier(node) && isReference(node)) {
      const isOurs = module.declarations.has(node.text) || module.imports.has(node.text);
      if (isOurs) this.add(this.modules.find({ path: module.path, name: node.text }));
    }
    ts.forEachChild(node, (child) => this.#addReferences(child, module));
  }
}

/** Whether the name stands for a type or value, and is not itself declared or a property's. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isTypeReferenceNode(parent) && parent.typeName === node) ||
    (ts.isTypeQueryNode(parent) && parent.exprName === node) ||
    (ts.isQualifiedName(parent) && parent.left === node) ||
    (ts.isExpressionWithTypeArguments(parent) && parent.expression === node)
  );
}
