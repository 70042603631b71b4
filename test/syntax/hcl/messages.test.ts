import { describe, expect, it } from 'vitest';
import { parseHcl } from '../../../src/syntax/hcl/parse-hcl.js';
import { places } from './outline.js';

/** A text for every message, and what is said of it first. */
const cases: [string, string][] = [
  ['pear = 1 /* ripe', '1:10-1:12 hcl-unterminated-comment The comment is not closed by "*/".'],
  ['oven {\n', '1:1-1:7 hcl-unclosed-block The block "oven" is not closed by "}".'],
  ['"pear" = 1\n', '1:1-1:2 hcl-unexpected-token The name of an argument must not be quoted.'],
  ['pear 1\n', '1:1-1:5 hcl-unexpected-token "pear" is followed neither by "=" and a value nor by the "{" of a block.'],
  ['oven {\n  pear = 1 }\n', '2:12-2:13 hcl-missing-newline An argument must end with a newline.'],
  ['oven {\n  tray {} }\n', '2:11-2:12 hcl-missing-newline A block must end with a newline.'],
  ['pear = 1\npear = 2\n', '2:1-2:5 hcl-duplicate-attribute The argument "pear" is already set in this body.'],
  ['oven { pear = 1\n}\n', '1:16-2:1 hcl-missing-newline A block that begins on one line must end on it.'],
  ['oven { tray {} }\n', '1:8-1:12 hcl-unexpected-token A block on one line can hold only one argument.'],
  [
    'oven tray\n{\n}\n',
    '1:10-2:1 hcl-unexpected-token The "{" of the block "oven" must stand on the line of its type.',
  ],
  ['oven "${pear}" {\n}\n', '1:6-1:15 hcl-unexpected-token A label cannot hold a template.'],
  ['pear =\n', '1:7-2:1 hcl-missing-expression A value is missing here.'],
  ['pear = [1\n', '1:8-1:9 hcl-unclosed-bracket The list is not closed before the end of the text.'],
  ['pear = (1', '1:8-1:9 hcl-unclosed-bracket The parenthesis is not closed before the end of the text.'],
  [
    'pear = core :: upper(1',
    '1:21-1:22 hcl-unclosed-bracket The call of "core::upper" is not closed before the end of the text.',
  ],
  ['pear = {', '1:8-1:9 hcl-unclosed-bracket The object is not closed before the end of the text.'],
  ['pear = a[1', '1:9-1:10 hcl-unclosed-bracket The index is not closed before the end of the text.'],
  [
    'pear = [for p in q : p',
    '1:8-1:9 hcl-unclosed-bracket The "for" expression is not closed before the end of the text.',
  ],
  ['pear = a.\n', '1:9-1:10 hcl-unexpected-token An attribute name is required after a dot.'],
  ['pear = a.0.1\n', '1:10-1:13 hcl-invalid-number Two indexes cannot be chained as "0.1": write them in brackets.'],
  ['pear = a[*\n', '1:9-1:11 hcl-unclosed-bracket The star of a splat must be followed by "]".'],
  ['pear = 1.2.3\n', '1:8-1:13 hcl-invalid-number "1.2.3" is not a number.'],
  ['pear = { for p in q : p }\n', '1:8-1:26 hcl-unexpected-token A "for" that makes an object needs "key => value".'],
  ['pear = [for p in q : p => p]\n', '1:8-1:29 hcl-unexpected-token A "for" that makes a list cannot have a key.'],
  [
    'pear = [for p in q : p...]\n',
    '1:8-1:27 hcl-unexpected-token A "for" that makes a list cannot be grouped by "...".',
  ],
  ['pear = "%{ endif }"\n', '1:9-1:19 hcl-invalid-directive The directive "endif" has no opening that it belongs to.'],
  ['pear = "%{ else }"\n', '1:9-1:18 hcl-invalid-directive The directive "else" has no opening that it belongs to.'],
  [
    'pear = "%{ endfor }"\n',
    '1:9-1:20 hcl-invalid-directive The directive "endfor" has no opening that it belongs to.',
  ],
  ['pear = "%{ for p in q }"\n', '1:9-1:24 hcl-invalid-directive The directive "for" is not closed by "endfor".'],
  ['pear = "%{ if p }"\n', '1:9-1:18 hcl-invalid-directive The directive "if" is not closed by "endif".'],
  ['pear = <<RIPE\npear\nRIPE', '3:5-3:5 hcl-unterminated-heredoc A newline must follow the "RIPE" of a heredoc.'],
  ['pear = "ripe\n', '1:8-1:13 hcl-unterminated-string The string is not closed on its line.'],
  [
    'pear = <<RIPE\npear\n',
    '1:8-1:10 hcl-unterminated-heredoc The heredoc is not closed by "RIPE" on a line of its own.',
  ],
  ['pear = "\\d"\n', '1:9-1:11 hcl-invalid-escape "\\d" is not a valid escape.'],
  ['pear = "\\😀"\n', '1:9-1:12 hcl-invalid-escape "\\😀" is not a valid escape.'],
  ['pear = "${a"\n', '1:9-1:11 hcl-unclosed-template The template sequence is not closed by "}".'],
  [
    'pear = "%{ when a }"\n',
    '1:12-1:16 hcl-invalid-directive A directive begins with "if", "else", "endif", "for" or "endfor".',
  ],
  ["pear = 'a'\n", '1:8-1:9 hcl-invalid-character The character U+0027 cannot stand here.'],
  ['pear = 😀\n', '1:8-1:10 hcl-invalid-character The character U+1F600 cannot stand here.'],
  ['= 1\n', '1:1-1:2 hcl-unexpected-token Expected the name of an argument or the type of a block, found "=".'],
  ['pear ?\n', '1:1-1:5 hcl-unexpected-token "pear" is followed neither by "=" and a value nor by the "{" of a block.'],
  ['pear @\n', '1:6-1:7 hcl-invalid-character The character U+0040 cannot stand here.'],
  ['pear = 1 2\n', '1:10-1:11 hcl-missing-newline Expected a newline after the argument, found "2".'],
  ['oven {} tray {}\n', '1:9-1:13 hcl-missing-newline Expected a newline after the block, found "tray".'],
  ['oven = tray {\n', '1:13-1:14 hcl-missing-newline Expected a newline after the argument, found "{".'],
  ['oven (\n', '1:1-1:5 hcl-unexpected-token "oven" is followed neither by "=" and a value nor by the "{" of a block.'],
  ['oven a 1 {\n}\n', '1:8-1:9 hcl-unexpected-token Expected a label or the "{" of the block "oven", found "1".'],
  ['pear = ]\n', '1:8-1:9 hcl-missing-expression Expected a value, found "]".'],
  ['pear = a ? b c\n', '1:14-1:15 hcl-unexpected-token Expected ":" and the value for false, found "c".'],
  ['pear = (1 2)\n', '1:11-1:12 hcl-unclosed-bracket Expected ")", found "2".'],
  ['pear = core::1()\n', '1:14-1:15 hcl-unexpected-token Expected the name of a function after "::", found "1".'],
  [
    'pear = core::upper\n',
    '1:19-2:1 hcl-unexpected-token Expected the "(" of the call of "core::upper", found the end of the line.',
  ],
  ['pear = upper(a... b)\n', '1:19-1:20 hcl-unexpected-token Expected ")" after "...", found "b".'],
  ['pear = { a }\n', '1:12-1:13 hcl-unexpected-token Expected "=" and a value after the key, found "}".'],
  [
    'pear = [for p in q p]\n',
    '1:20-1:21 hcl-unexpected-token Expected ":" after the collection of the "for", found "p".',
  ],
  [
    'pear = [for p of q : p]\n',
    '1:15-1:17 hcl-unexpected-token Expected "in" after the variables of the "for", found "of".',
  ],
  [
    'pear = [for 1 in q : p]\n',
    '1:13-1:14 hcl-unexpected-token Expected the name of a variable after "for", found "1".',
  ],
  ['pear = "${a b}"\n', '1:13-1:14 hcl-unclosed-template Expected "}" at the end of the template sequence, found "b".'],
  ['pear = a[1 2]\n', '1:12-1:13 hcl-unexpected-token Expected a comma or the end of the index, found "2".'],
  ['pear = [1 2]\n', '1:11-1:12 hcl-unexpected-token Expected a comma or the end of the list, found "2".'],
  ['pear = { a = 1 b = 2 }\n', '1:16-1:17 hcl-unexpected-token Expected a comma or the end of the object, found "b".'],
  [
    'pear = [for p in q : p p]\n',
    '1:24-1:25 hcl-unexpected-token Expected a comma or the end of the "for" expression, found "p".',
  ],
  [
    'pear = core /* x */ :: upper(1 2)\n',
    '1:32-1:33 hcl-unexpected-token Expected a comma or the end of the call of "core::upper", found "2".',
  ],
  [
    'pear = upper(1 2)\n',
    '1:16-1:17 hcl-unexpected-token Expected a comma or the end of the call of "upper", found "2".',
  ],
  [
    'pear = [1 xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx]\n',
    '1:11-1:61 hcl-unexpected-token Expected a comma or the end of the list, found "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx".',
  ],
];

describe('messages', () => {
  it.each(cases)('%j', (text, expected) => {
    expect(places(parseHcl({ path: 'main.tf', text }).diagnostics)[0]).toBe(expected);
  });
});
