import { decodeUtf8 } from '../../../source/decode-utf8.js';
import { type Diagnostic, severityOf } from '../../../source/diagnostic.js';
import type { FileSystem, ReadFailure } from '../../../source/file-system.js';
import type { SourceFile } from '../../../source/source-file.js';
import type { DataNode } from '../../../syntax/data/ast.js';
import { parseData } from '../../../syntax/data/parse-data.js';
import { mappingOf } from '../expression/nodes.js';
import { isTemplate, readTemplate, type Template } from './template.js';

/** The marks of Jinja, Cookiecutter and Go; `{{resolve:…}}` is CloudFormation's own. */
const TEMPLATE_LANGUAGE = /\{\{(?!resolve:)|\{%/;

/** The template files of a project, each read and parsed once. */
export class TemplateFiles {
  readonly #sources = new Map<string, SourceFile | undefined>();
  readonly #templates = new Map<string, Template | undefined>();
  readonly #diagnostics = new Map<string, readonly Diagnostic[]>();
  readonly #rendered = new Map<string, SourceFile>();

  constructor(
    private readonly fileSystem: FileSystem,
    /** Paths of the files that are known to be templates, sorted. */
    readonly paths: readonly string[],
  ) {}

  /** What is at a path, as far as it concerns templates. */
  find(path: string): 'file' | 'missing' | 'outside' {
    if (path === '..' || path.startsWith('../')) return 'outside';
    if (this.fileSystem.kindOf(path) !== 'file') {
      const read = this.fileSystem.readFile(path);
      return !read.ok && read.failure === 'outside' ? 'outside' : 'missing';
    }
    return 'file';
  }

  /** The text of a file; undefined where it cannot be read. */
  source(path: string): SourceFile | undefined {
    if (this.#sources.has(path)) return this.#sources.get(path);
    const read = this.fileSystem.readFile(path);
    const text = read.ok ? decodeUtf8(read.value) : undefined;
    const source = text === undefined ? undefined : { path, text };
    if (source === undefined) this.#diagnostics.set(path, [unreadable(path, read.ok ? undefined : read.failure)]);
    this.#sources.set(path, source);
    return source;
  }

  /** The template in a file; undefined where there is none, or it has a syntax error. */
  template(path: string): Template | undefined {
    if (this.#templates.has(path)) return this.#templates.get(path);
    const source = this.source(path);
    const template = source === undefined ? undefined : this.#parse(source);
    this.#templates.set(path, template);
    return template;
  }

  #parse(source: SourceFile): Template | undefined {
    const stream = parseData(source, 'cloudformation');
    const diagnostics = [...stream.diagnostics];
    if (diagnostics.some(({ code }) => severityOf(code) === 'error') && TEMPLATE_LANGUAGE.test(source.text)) {
      this.#rendered.set(source.path, source);
      return undefined;
    }
    this.#diagnostics.set(source.path, diagnostics);
    const whole = stream.documents.filter((document) => !document.isBroken);
    const document = whole.find(({ root }) => isTemplate(root)) ?? whole[0];
    if (document === undefined) return undefined;
    const root = mappingOf(document.root);
    if (root !== undefined) return readTemplate(stream, root);
    const { start, end } = document;
    const message = 'A template is a mapping with "Resources"; this is none, and is not read.';
    diagnostics.push({ code: 'cfn-not-a-mapping', message, range: { file: source, start, end } });
    return undefined;
  }

  /** The data in a file that is no template: one whole document. */
  document(path: string): DataNode | undefined {
    const source = this.find(path) === 'file' ? this.source(path) : undefined;
    const [document, ...more] = source === undefined ? [] : parseData(source, 'cloudformation').documents;
    return document === undefined || document.isBroken || more.length > 0 ? undefined : document.root;
  }

  /** One warning for all files that only become templates: a repository of them has hundreds. */
  rendered(): readonly Diagnostic[] {
    const [first, ...others] = this.#rendered.values();
    if (first === undefined) return [];
    const subject = others.length === 0 ? 'The file becomes a template' : `${others.length + 1} files become templates`;
    const message = `${subject} only when ${others.length === 0 ? 'its' : 'their'} program renders ${others.length === 0 ? 'it' : 'them'}: scan what it makes.`;
    return [{ code: 'template-source', message, range: { file: first, start: 0, end: 0 } }];
  }

  /** Whether a file that was parsed only becomes a template. */
  isRendered(path: string): boolean {
    return this.#rendered.has(path);
  }

  /** What is wrong with the file itself. */
  diagnostics(path: string): readonly Diagnostic[] {
    return this.#diagnostics.get(path) ?? [];
  }

  /** Lets the tree of a template go. */
  release(path: string): void {
    this.#templates.delete(path);
  }
}

function unreadable(path: string, failure: ReadFailure | undefined): Diagnostic {
  if (failure === undefined) {
    return { code: 'file-not-utf8', message: `"${path}" is not UTF-8; it is not read.`, path };
  }
  const code = failure === 'too-large' ? 'file-too-large' : 'file-unreadable';
  return { code, message: `"${path}" cannot be read (${failure}).`, path };
}
