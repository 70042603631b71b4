/** What the parser asks of JavaScript: see `../parse-native.ts`. */

/** Units of the identifier character that a code point beyond ASCII is; 0 where it is none. */
export declare function identifierLength(point: i32, isStart: bool): i32;

/** Remembers the name of an attribute of a body; whether it was there already. */
export declare function isNameTaken(body: i32, start: i32, end: i32): bool;
