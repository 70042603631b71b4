import { expect, test } from 'vitest';
import { evaluateFiles, showRange } from '../support/evaluate-files.js';

test('comments that match are attached to what they stand above, beside or in', () => {
  const { result } = evaluateFiles(
    {
      'main.tf': `# trueline:above resource
resource "aws_sqs_queue" "q" { # trueline:at the header
  # trueline:above name
  name = "q" # trueline:beside name
  // trueline:above redrive

  /* trueline:far above
     in two lines */
  tags = {
    # trueline:in tags
    Name = "x"
  }
  # trueline:last in resource
}

# trueline:above nothing

# other
# trueline:two lines above
# and another
locals {
  x = 1 /* trueline:beside x */
}
# trueline:end`,
      'main.tf.json': '{"//": "trueline:json"}',
    },
    { commentPattern: /trueline:/g },
  );
  expect(
    result.comments.map((comment) => [
      showRange(comment),
      comment.content,
      comment.target && showRange(comment.target),
    ]),
  ).toMatchInlineSnapshot(`
    [
      [
        "main.tf:1:1-1:26",
        "trueline:above resource",
        "main.tf:2:1-14:2",
      ],
      [
        "main.tf:2:32-2:56",
        "trueline:at the header",
        "main.tf:2:1-14:2",
      ],
      [
        "main.tf:3:3-3:24",
        "trueline:above name",
        "main.tf:4:3-4:13",
      ],
      [
        "main.tf:4:14-4:36",
        "trueline:beside name",
        "main.tf:4:3-4:13",
      ],
      [
        "main.tf:5:3-5:28",
        "trueline:above redrive",
        "main.tf:2:1-14:2",
      ],
      [
        "main.tf:7:3-8:21",
        "trueline:far above
         in two lines",
        "main.tf:9:3-12:4",
      ],
      [
        "main.tf:10:5-10:23",
        "trueline:in tags",
        "main.tf:9:3-12:4",
      ],
      [
        "main.tf:13:3-13:30",
        "trueline:last in resource",
        "main.tf:2:1-14:2",
      ],
      [
        "main.tf:16:1-16:25",
        "trueline:above nothing",
        undefined,
      ],
      [
        "main.tf:19:1-19:27",
        "trueline:two lines above",
        "main.tf:21:1-23:2",
      ],
      [
        "main.tf:22:9-22:32",
        "trueline:beside x",
        "main.tf:22:3-22:8",
      ],
      [
        "main.tf:24:1-24:15",
        "trueline:end",
        undefined,
      ],
    ]
  `);
});

test('without a pattern there are none', () => {
  expect(evaluateFiles('# trueline:x\nlocals {}\n').result.comments).toEqual([]);
});
