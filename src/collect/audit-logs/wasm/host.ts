/** What is asked of JavaScript: see `../native-counter.ts`. Addresses are of bytes; a text is a number of `texts.ts`. */

/** Whether an event of this id was counted before: `IS_NEW`, `IS_SEEN` or `IS_FULL`. */
export declare function noteEvent(a: i32, b: i32, c: i32, d: i32): i32;

/** Counts an event that is of another account or region than its file. */
export declare function noteElsewhere(account: i32, region: i32): void;

/** What is known of a text, in bits. */
export declare function factsOfText(text: i32): i32;

/** The text of the ARN on which a request was made, or -1; `request` is the place of its source in `REQUEST_SOURCES`. */
export declare function resourceOfRequest(request: i32, row: usize): i32;

/** Writes the text of a JSON string without its escapes to `roomForText`, and gives its length; -1 where it is none. */
export declare function unescapeText(from: i32, to: i32): i32;

/** The same of the text of an event, to `roomForEvent`. */
export declare function unescapeEvent(from: i32, to: i32): i32;
