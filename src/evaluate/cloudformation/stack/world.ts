import type { CloudFormationSchemas } from '../../../schemas/cloudformation-schema.js';
import { compareText } from '../../../source/compare-text.js';
import type { Diagnostic, DiagnosticCode } from '../../../source/diagnostic.js';
import type { SourceRange } from '../../../source/source-file.js';
import type { Assemblies } from '../assembly/assemblies.js';
import type { TemplateFiles } from '../templates/template-files.js';
import { Assumption } from '../terms/assumption.js';
import { Logic } from '../terms/formula.js';
import type { Term } from '../terms/term.js';

/** What a stack of the project exports under a name. */
export interface Exported {
  readonly root: string;
  readonly value: () => Term;
}

/** Finds what stacks of the project export. */
export interface ExportIndex {
  find(name: string): readonly Exported[];
}

/** What all stacks of one evaluation share. */
export class World {
  readonly logic = new Logic();
  readonly nothing = Assumption.nothing(this.logic);
  readonly #diagnostics: (Diagnostic & { readonly range: SourceRange })[] = [];
  /** Set once the roots are known. */
  exports: ExportIndex = { find: () => [] };
  readonly #reported = new Set<string>();

  constructor(
    readonly schemas: CloudFormationSchemas,
    readonly files: TemplateFiles,
    readonly assemblies: Assemblies,
  ) {}

  /** Each problem once, however often its place is evaluated. */
  report(code: DiagnosticCode, message: string, range: SourceRange): void {
    const key = `${code}\0${range.file.path}\0${range.start}\0${range.end}\0${message}`;
    if (this.#reported.has(key)) return;
    this.#reported.add(key);
    this.#diagnostics.push({ code, message, range: { file: range.file, start: range.start, end: range.end } });
  }

  /** What was reported, by place. */
  diagnostics(): readonly Diagnostic[] {
    return this.#diagnostics.sort(
      (a, b) =>
        compareText(a.range.file.path, b.range.file.path) ||
        a.range.start - b.range.start ||
        a.range.end - b.range.end ||
        compareText(a.message, b.message),
    );
  }
}
