/**
 * What the parser in `wasm/` writes and `native-file.ts` and `expressions.ts` read: records of 32-bit integers on one tape, each named by the index
 * of its first integer. A record begins with its kind and flags, then where it starts and ends, then what its kind has:
 *
 *     NUMBER TRUE FALSE NULL PLAIN WORD VARIABLE ERROR LABEL   –
 *     TEMPLATE                  flags FORM; count, part …
 *     TUPLE                     count, element …
 *     OBJECT                    count of items, key, value …
 *     GET_ATTRIBUTE             object, start of the name
 *     INDEX                     flag MARK: legacy; collection, key
 *     SPLAT                     flag MARK: full; source, count, step …
 *     STEP_ATTRIBUTE            start of the name
 *     STEP_INDEX                key
 *     STEP_SPLAT                flag MARK: full; count, step …
 *     CALL                      flag MARK: expanded; end of the name, NAME or 0, count, argument …
 *     UNARY                     operator in DATA; operand
 *     BINARY                    operator in DATA; left, right
 *     CONDITIONAL               condition, then, else
 *     FOR                       flag MARK: grouped; key variable's start, end, value variable's start, end, collection,
 *                               key or 0, value, condition or 0
 *     PARENTHESIS               expression
 *     TEXT                      flags HIGH, DECODED; start and end of the value, in the text or in the decoded units
 *     INTERPOLATION             expression
 *     IF                        condition, list, list or 0
 *     FOR_PART                  key variable's start, end, value variable's start, end, collection, list
 *     BODY                      flag MARK: incomplete; count of attributes, count of blocks, attribute …, block …
 *     ATTRIBUTE                 end of the name, expression
 *     BLOCK                     end of the type, end of the header, body, count, label …
 *
 * A list is its count and its elements, a NAME its count and the start and end of each of its parts. A variable that is not
 * there starts at -1. Comments and diagnostics are chained from the last to the first.
 */
/** Address of what the parser answers: see `wasm/index.ts`. */
export const RESULT_ADDRESS = 0xf000;

/** Address of the text in the parser's memory. */
export const TEXT_ADDRESS = 0x10000;

export const NUMBER = 1;
export const TRUE = 2;
export const FALSE = 3;
export const NULL = 4;
/** A quoted string that holds nothing but its text. */
export const PLAIN = 5;
/** A bare word as a key of an object. */
export const WORD = 6;
export const TEMPLATE = 7;
export const TUPLE = 8;
export const OBJECT = 9;
export const VARIABLE = 10;
export const GET_ATTRIBUTE = 11;
export const INDEX = 12;
export const SPLAT = 13;
export const CALL = 14;
export const UNARY = 15;
export const BINARY = 16;
export const CONDITIONAL = 17;
export const FOR = 18;
export const PARENTHESIS = 19;
export const ERROR = 20;
export const STEP_ATTRIBUTE = 21;
export const STEP_INDEX = 22;
export const STEP_SPLAT = 23;
export const TEXT = 24;
export const INTERPOLATION = 25;
export const IF = 26;
export const FOR_PART = 27;
/** Only while a template is read. */
export const ELSE = 28;
export const END_IF = 29;
export const END_FOR = 30;
export const BODY = 31;
export const ATTRIBUTE = 32;
export const BLOCK = 33;
export const LABEL = 34;

export const KIND_MASK = 0x3f;
/** It holds nothing but literals. */
export const CONSTANT = 0x40;
/** A text with a unit from U+0300 on, which normalisation may change. */
export const HIGH = 0x80;
/** The value of a text stands in the decoded units. */
export const DECODED = 0x100;
export const MARK = 0x200;
/** The first line of a text is one of a heredoc's, from its start. */
export const LINE_START = 0x400;
/** A text whose part in the indentation of its heredoc is taken. */
export const SETTLED = 0x800;
export const DATA_SHIFT = 12;

export const FORM_QUOTED = 0;
export const FORM_HEREDOC = 1;
export const FORM_BARE = 2;

export const OPERATOR_OR = 1;
export const OPERATOR_AND = 2;
export const OPERATOR_EQUAL = 3;
export const OPERATOR_NOT_EQUAL = 4;
export const OPERATOR_GREATER = 5;
export const OPERATOR_GREATER_EQUAL = 6;
export const OPERATOR_LESS = 7;
export const OPERATOR_LESS_EQUAL = 8;
export const OPERATOR_PLUS = 9;
export const OPERATOR_MINUS = 10;
export const OPERATOR_TIMES = 11;
export const OPERATOR_DIVIDE = 12;
export const OPERATOR_MODULO = 13;

export const COMMENT_HASH = 0;
export const COMMENT_SLASHES = 1;
export const COMMENT_BLOCK = 2;

/** A comment: start, end, style, the comment before it or 0. */
export const COMMENT_SIZE = 4;

/** A diagnostic: message, start, end, three arguments, the diagnostic before it or 0. */
export const DIAGNOSTIC_SIZE = 7;

/** A token: kind, start, end, the token before it or 0. */
export const TOKEN_SPACE = 0;
export const TOKEN_NEWLINE = 1;
export const TOKEN_COMMENT = 2;
export const TOKEN_IDENTIFIER = 3;
export const TOKEN_NUMBER = 4;
export const TOKEN_OPERATOR = 5;
export const TOKEN_QUOTE = 6;
export const TOKEN_HEREDOC = 7;
export const TOKEN_TEXT = 8;
export const TOKEN_SEQUENCE = 9;
export const TOKEN_INVALID = 10;

export const MORE_ERRORS = 1;
export const TOO_LONG = 2;
export const UNTERMINATED_COMMENT = 3;
/** Arguments: start and end of the block's type. */
export const UNCLOSED_BLOCK = 4;
export const QUOTED_NAME = 5;
export const NEITHER_ARGUMENT_NOR_BLOCK = 6;
export const ARGUMENT_WITHOUT_NEWLINE = 7;
export const BLOCK_WITHOUT_NEWLINE = 8;
export const DUPLICATE_ARGUMENT = 9;
export const ONE_LINE_BLOCK_OPEN = 10;
export const ONE_LINE_BLOCK_OF_MORE = 11;
/** Arguments: start and end of the block's type. */
export const BRACE_ON_ANOTHER_LINE = 12;
export const TEMPLATE_LABEL = 13;
export const TOO_DEEP = 14;
export const MISSING_VALUE = 15;
/** Arguments: the construct, and the NAME of a call as start, end. */
export const UNCLOSED = 16;
export const MISSING_ATTRIBUTE_NAME = 17;
export const CHAINED_INDEXES = 18;
export const STAR_NOT_CLOSED = 19;
export const NOT_A_NUMBER = 20;
export const FOR_OBJECT_WITHOUT_KEY = 21;
export const FOR_LIST_WITH_KEY = 22;
export const FOR_LIST_GROUPED = 23;
export const DIRECTIVES_TOO_DEEP = 24;
/** Argument: the directive's kind. */
export const DIRECTIVE_WITHOUT_OPENING = 25;
/** Argument: the directive's kind. */
export const DIRECTIVE_NOT_CLOSED = 26;
/** Arguments: start and end of the marker. */
export const HEREDOC_WITHOUT_NEWLINE = 27;
export const UNTERMINATED_STRING = 28;
/** Arguments: start and end of the marker. */
export const UNTERMINATED_HEREDOC = 29;
export const INVALID_ESCAPE = 30;
export const UNCLOSED_SEQUENCE = 31;
export const UNKNOWN_DIRECTIVE = 32;
export const INVALID_CHARACTER = 33;
/** From here on: what was expected. Arguments: what was found; start and end of a name, or a NAME with -1 as its end. */
export const EXPECTED_ITEM = 64;
export const EXPECTED_NEWLINE_AFTER_ARGUMENT = 66;
export const EXPECTED_NEWLINE_AFTER_BLOCK = 67;
export const EXPECTED_LABEL = 68;
export const EXPECTED_VALUE = 69;
export const EXPECTED_END = 70;
export const EXPECTED_ELSE = 71;
export const EXPECTED_CLOSING_PARENTHESIS = 72;
export const EXPECTED_FUNCTION = 73;
export const EXPECTED_CALL = 74;
export const EXPECTED_CALL_END = 75;
export const EXPECTED_OBJECT_VALUE = 76;
export const EXPECTED_FOR_COLON = 77;
export const EXPECTED_IN = 78;
export const EXPECTED_VARIABLE = 79;
export const EXPECTED_SEQUENCE_END = 80;
/** And one of the constructs below. */
export const EXPECTED_COMMA = 96;

export const FOUND_TOKEN = 0;
export const FOUND_END_OF_TEXT = 1;
export const FOUND_END_OF_LINE = 2;

export const IN_INDEX = 0;
export const IN_LIST = 1;
export const IN_OBJECT = 2;
export const IN_FOR = 3;
export const IN_CALL = 4;
export const IN_PARENTHESIS = 5;

/**
 * SAFETY: how deep a tree may become, whether by nesting or by long chains (`a.b.c…`, `1 + 1 + …`). Whoever walks a tree
 * by recursion relies on it.
 */
export const maxNestingDepth = 250;

/** SAFETY: a file may be wrong in every line; the report need not grow with it. */
export const maxDiagnostics = 1_000;

/** SAFETY: a file of ten megabytes has some two million tokens; each takes tens of bytes as a tree. */
export const maxTokens = 2_000_000;
