import type { Diagnostic } from '../source/diagnostic.js';
import type { SourceFile } from '../source/source-file.js';
import type { AccountExtent, AttachedComment, RawResource, UnreadModule } from './raw-resource.js';
import type { Secrets } from './secret-notes.js';

/** What the evaluation of one language's inputs gives; each language adds what only it has. */
export interface Evaluation {
  readonly resources: readonly RawResource[];
  readonly unreadModules: readonly UnreadModule[];
  /** Suppressions in comments, metadata and annotations, with what they are about. */
  readonly comments: readonly AttachedComment[];
  readonly diagnostics: readonly Diagnostic[];
  /** Every file that was read. */
  readonly files: readonly SourceFile[];
  readonly secrets: Secrets;
  /** How much was seen of live accounts. */
  readonly extents?: readonly AccountExtent[] | undefined;
}
